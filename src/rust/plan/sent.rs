//! The types of arguments, and code that adds their values to a request.

use super::{Conversion, Plan};
use crate::ir::{IntegerFormat, NumberFormat, Parameter, Schema, SchemaKind, Shape};
use crate::rust::{Expr, Ty};

/// The type of an argument, and how code uses its value.
#[derive(Debug)]
pub struct ArgumentType<'a> {
    pub ty: Ty<'a>,
    usage: Usage<'a>,
}

/// How code uses the value of an argument.
#[derive(Debug)]
enum Usage<'a> {
    /// `value`
    Value,
    /// `&value`
    Borrowed,
    /// `value.as_ref()`, by the name of the method
    Method(&'static str),
    /// `&value.to_string()`
    Printed,
    /// `&value`, after `.into()` to this type
    Converted(Ty<'a>),
    /// `&value`, after the items are collected into this type, each by this conversion
    Collected(Ty<'a>, Conversion),
}

impl<'a> ArgumentType<'a> {
    fn new(ty: Ty<'a>, usage: Usage<'a>) -> Self {
        ArgumentType { ty, usage }
    }

    /// Returns the argument type of a part, which a method of the body converts.
    pub(super) fn part() -> Self {
        ArgumentType::new(Ty::PART.conversion(), Usage::Value)
    }

    /// Returns the argument type of a part that is converted before it is added.
    pub(super) fn converted_part() -> Self {
        ArgumentType::new(Ty::PART.conversion(), Usage::Method("into"))
    }

    /// Returns the argument type of several parts with one name.
    pub(super) fn parts() -> Self {
        ArgumentType::new(Ty::PART.conversion().iterator(), Usage::Value)
    }

    /// Returns the `let` for the argument of this name before its first use: a type and an expression.
    pub fn bound(&self, name: &str) -> Option<(Ty<'a>, Expr)> {
        let value = Expr::variable(name.to_owned());
        match &self.usage {
            Usage::Converted(ty) => Some((ty.clone(), Conversion::Into.of(value))),
            Usage::Collected(ty, Conversion::Items) => {
                Some((ty.clone(), Conversion::Items.of(value)))
            }
            Usage::Collected(ty, _) => {
                let items = value.method("into_iter", []);
                Some((ty.clone(), items.method("collect", [])))
            }
            _ => None,
        }
    }

    /// Returns the expression that uses the argument of this name.
    pub fn used(&self, name: &str) -> Expr {
        let value = Expr::variable(name.to_owned());
        match &self.usage {
            Usage::Value => value,
            Usage::Borrowed | Usage::Converted(_) | Usage::Collected(..) => value.reference(),
            Usage::Method(method) => value.method(*method, []),
            Usage::Printed => value.method("to_string", []).reference(),
        }
    }
}

/// The code that adds an argument to a request or to a body.
#[derive(Debug)]
pub struct Sent<'a> {
    /// A `let` for the argument before its first use: a type and an expression.
    pub bound: Option<(Ty<'a>, Expr)>,
    /// The expression that adds the value.
    pub call: Expr,
    /// Whether that expression uses the runtime's `Style` type.
    pub has_style: bool,
}

impl<'a> Plan<'a> {
    /// Returns the argument type of a parameter.
    pub(super) fn parameter_type(self, parameter: &Parameter, is_key: bool) -> ArgumentType<'a> {
        match (self.is_untyped(parameter), is_key) {
            (true, true) => ArgumentType::new(Ty::ToString, Usage::Printed),
            (true, false) => ArgumentType::new(Ty::Serialize, Usage::Borrowed),
            (false, _) => self.argument_type(&parameter.schema),
        }
    }

    /// Returns the argument type of a schema.
    pub(super) fn argument_type(self, schema: &Schema) -> ArgumentType<'a> {
        let ty = self.bare(schema);
        if self.is_converted(schema) {
            return ArgumentType::new(ty.clone().conversion(), Usage::Converted(ty));
        }
        match self.api.resolved(schema) {
            SchemaKind::String(_) if ty == Ty::STRING || self.is_string(schema) => {
                ArgumentType::new(Ty::AsStr, Usage::Method("as_ref"))
            }
            // Text keeps all digits; a JSON number in memory would not.
            SchemaKind::Number(NumberFormat::Decimal) | SchemaKind::Integer(IntegerFormat::Big) => {
                ArgumentType::new(ty, Usage::Method("as_str"))
            }
            SchemaKind::Array(items) => {
                let item = self.bare(items);
                let converts = self.is_string(items) || self.is_converted(items) && !items.nullable;
                let (taken, conversion) = match converts {
                    true => (item.clone().conversion(), Conversion::Items),
                    false => (item.clone(), Conversion::None),
                };
                ArgumentType::new(taken.iterator(), Usage::Collected(item.vec(), conversion))
            }
            SchemaKind::Any
            | SchemaKind::Tuple(_)
            | SchemaKind::Map(_)
            | SchemaKind::Envelope(..) => ArgumentType::new(ty.reference(), Usage::Value),
            SchemaKind::Declared(id) => match self.api.ty(*id).shape {
                Shape::Enum(_) => ArgumentType::new(ty, Usage::Borrowed),
                _ => ArgumentType::new(ty.reference(), Usage::Value),
            },
            _ => ArgumentType::new(ty, Usage::Borrowed),
        }
    }
}
