//! Code that adds values to a request.

use super::{Conversion, Plan, style};
use crate::ir::{
    IntegerFormat, NumberFormat, Parameter, ParameterLocation, Schema, SchemaKind, Shape,
    described_object,
};
use crate::rust::{Expr, Ty};

/// The argument for a value and the code that borrows from it.
pub struct Taken<'a> {
    pub ty: Ty<'a>,
    /// A `let` for the argument before its first use: a type and an expression.
    pub bound: Option<(Ty<'a>, Expr)>,
    /// The expression that borrows the value.
    pub code: Expr,
}

/// The argument for a value and the code that adds it to the request.
pub struct Sent<'a> {
    /// The type of the argument.
    pub ty: Ty<'a>,
    /// A `let` for the argument before its first use: a type and an expression.
    pub bound: Option<(Ty<'a>, Expr)>,
    /// The expression that adds the value to the request.
    pub call: Expr,
    /// Whether that expression uses the runtime's `Style` type.
    pub has_style: bool,
}

impl<'a> Taken<'a> {
    fn plain(ty: Ty<'a>, code: Expr) -> Self {
        Taken {
            ty,
            bound: None,
            code,
        }
    }

    fn bound(ty: Ty<'a>, bound: (Ty<'a>, Expr), code: Expr) -> Self {
        Taken {
            ty,
            bound: Some(bound),
            code,
        }
    }

    /// Returns the value together with the expression that sends it.
    pub fn sent(self, has_style: bool, call: impl FnOnce(Expr) -> Expr) -> Sent<'a> {
        Sent {
            ty: self.ty,
            bound: self.bound,
            call: call(self.code),
            has_style,
        }
    }
}

impl<'a> Plan<'a> {
    /// Plans how the argument of this name is added to `request` as a parameter.
    pub fn sent_parameter(self, parameter: &Parameter, argument: &str, request: Expr) -> Sent<'a> {
        let taken = self.taken_parameter(parameter, argument);
        let name = Expr::string(&parameter.name);
        if parameter.location == ParameterLocation::QueryString && !parameter.encoding.is_empty() {
            let object = described_object(self.api, &parameter.schema);
            let styles = style::form_styles(object, &parameter.encoding);
            return taken.sent(!styles.is_empty(), |value| {
                request.method("query_form", [name, value, Expr::slice(styles)])
            });
        }
        let method = match parameter.location {
            ParameterLocation::Path => "path",
            ParameterLocation::Query => "query",
            ParameterLocation::Header => "header",
            ParameterLocation::Cookie => "cookie",
            ParameterLocation::QueryString => "query_string",
        };
        match style::style(self, parameter) {
            Some(style) => taken.sent(true, |value| {
                request.method(format!("styled_{method}"), [name, style, value])
            }),
            None => taken.sent(false, |value| request.method(method, [name, value])),
        }
    }

    /// Plans the argument type of a parameter and the code that borrows from it.
    pub fn taken_parameter(self, parameter: &Parameter, argument: &str) -> Taken<'a> {
        if let Some(value) = &parameter.constant {
            let code = match value.as_str() {
                Some(text) => Expr::string(text),
                None => Expr::literal(value).reference(),
            };
            return Taken::plain(Ty::UNIT, code);
        }
        if self.is_untyped(parameter) {
            let value = Expr::variable(argument.to_owned());
            return Taken::plain(Ty::Serialize, value.reference());
        }
        self.taken(&parameter.schema, argument)
    }

    /// Plans how the caller's idempotency key replaces the generated one in `request`.
    pub fn sent_key(self, parameter: &Parameter, argument: &str, request: Expr) -> Sent<'a> {
        let taken = match self.is_untyped(parameter) {
            true => {
                let value = Expr::variable(argument.to_owned()).method("to_string", []);
                Taken::plain(Ty::Plain("impl ToString"), value.reference())
            }
            false => self.taken(&parameter.schema, argument),
        };
        let name = Expr::string(&parameter.name);
        taken.sent(false, |key| {
            Expr::call("idempotency::set", [request.reference_mut(), name, key])
        })
    }

    /// Plans the argument type of a schema and the code that borrows from it.
    pub fn taken(self, schema: &Schema, value: &str) -> Taken<'a> {
        let ty = self.bare(schema);
        let own = Expr::variable(value.to_owned());
        let borrowed = own.clone().reference();
        if self.is_converted(schema) {
            let bound = (ty.clone(), own.method("into", []));
            return Taken::bound(ty.conversion(), bound, borrowed);
        }
        match self.api.resolved(schema) {
            SchemaKind::String(_) if ty == Ty::STRING || self.is_string(schema) => {
                Taken::plain(Ty::Plain("impl AsRef<str>"), own.method("as_ref", []))
            }
            // Text keeps all digits; a JSON number in memory would not.
            SchemaKind::Number(NumberFormat::Decimal) | SchemaKind::Integer(IntegerFormat::Big) => {
                Taken::plain(ty, own.method("as_str", []))
            }
            SchemaKind::Array(items) => {
                let item = self.bare(items);
                let converts = self.is_string(items) || self.is_converted(items) && !items.nullable;
                let (taken, items) = match converts {
                    true => (item.clone().conversion(), Conversion::Items.of(own)),
                    false => {
                        let items = own.method("into_iter", []);
                        (item.clone(), items.method("collect", []))
                    }
                };
                Taken::bound(taken.iterator(), (item.vec(), items), borrowed)
            }
            SchemaKind::Any
            | SchemaKind::Tuple(_)
            | SchemaKind::Map(_)
            | SchemaKind::Envelope(..) => Taken::plain(ty.reference(), own),
            SchemaKind::Declared(id) => match self.api.ty(*id).shape {
                Shape::Enum(_) => Taken::plain(ty, borrowed),
                _ => Taken::plain(ty.reference(), own),
            },
            _ => Taken::plain(ty, borrowed),
        }
    }
}
