//! The arguments of an operation: how callers pass its parameters.

use super::client_parameters::SharedParameter;
use super::sent::{ArgumentType, Sent};
use super::{Plan, style};
use crate::ir::{
    OperationId, Parameter, ParameterLocation, Schema, SchemaKind, Shape, StringFormat,
    described_object,
};
use crate::rust::Expr;

/// A parameter of an operation, and how callers pass its value.
#[derive(Debug)]
pub struct ArgumentPlan<'a> {
    pub parameter: &'a Parameter,
    /// The argument of the method, or the setter of the builder.
    pub ident: &'a str,
    /// The setter that takes an `Option`.
    pub maybe: &'a str,
    pub role: ArgumentRole<'a>,
    pub value: ArgumentType<'a>,
    /// Whether the parameter has no type in the document.
    pub is_untyped: bool,
    /// The style; `None` if it is the default of the parameter's location.
    pub style: Option<Expr>,
    /// The fields of a whole query string that have a style of their own; `None` for other parameters.
    form_styles: Option<Vec<Expr>>,
}

/// Where callers pass the value of a parameter.
#[derive(Debug, Clone, Copy)]
pub enum ArgumentRole<'a> {
    /// To the method of the resource.
    Positional,
    /// To a setter of the builder.
    Setter,
    /// To the client, whose value a setter of the builder overrides.
    Shared(SharedParameter<'a>),
    /// To a setter of the builder, instead of the idempotency key that the client generates.
    Key,
    /// Nowhere: the only value is sent.
    Constant,
}

impl<'a> ArgumentPlan<'a> {
    /// Returns whether the method of the resource takes it, and not a setter of the builder.
    pub fn is_positional(&self) -> bool {
        matches!(self.role, ArgumentRole::Positional)
    }

    /// Returns whether the parameter has one value, which the crate sends.
    pub fn is_constant(&self) -> bool {
        matches!(self.role, ArgumentRole::Constant)
    }

    /// Returns the client's parameter that the setter overrides.
    pub fn shared(&self) -> Option<SharedParameter<'a>> {
        match self.role {
            ArgumentRole::Shared(shared) => Some(shared),
            _ => None,
        }
    }

    /// Returns the code that adds the value to the request.
    pub fn sent(&self) -> Sent<'a> {
        let (argument, request) = match self.role {
            ArgumentRole::Positional | ArgumentRole::Constant => {
                (self.ident, Expr::variable("request"))
            }
            _ => ("value", Expr::variable("self").field("request")),
        };
        let constant = self.parameter.constant.as_ref();
        let value = match constant.map(|value| (value, value.as_str())) {
            Some((_, Some(text))) => Expr::string(text),
            Some((value, None)) => Expr::literal(value).reference(),
            None => self.value.used(argument),
        };
        let name = Expr::string(&self.parameter.name);
        let (call, has_style) = match (&self.form_styles, &self.style) {
            _ if matches!(self.role, ArgumentRole::Key) => {
                let arguments = [request.reference_mut(), name, value];
                (Expr::call("idempotency::set", arguments), false)
            }
            (Some(styles), _) => {
                let arguments = [name, value, Expr::slice(styles.clone())];
                (request.method("query_form", arguments), !styles.is_empty())
            }
            (None, Some(style)) => {
                let method = format!("styled_{}", method(self.parameter.location));
                (request.method(method, [name, style.clone(), value]), true)
            }
            (None, None) => {
                let method = method(self.parameter.location);
                (request.method(method, [name, value]), false)
            }
        };
        Sent {
            bound: self.value.bound(argument).filter(|_| constant.is_none()),
            call,
            has_style,
        }
    }
}

/// Returns the method of a request that adds a parameter.
fn method(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
        ParameterLocation::QueryString => "query_string",
    }
}

impl<'a> Plan<'a> {
    /// Plans the arguments of an operation, in the order of its parameters.
    pub(super) fn plan_arguments(self, id: OperationId) -> Vec<ArgumentPlan<'a>> {
        let operation = self.api.operation(id);
        let names = self.names.operation(id);
        let idents = names.parameters.iter().zip(&names.maybe);
        let parameters = operation.parameters.iter().zip(idents);
        let argument = |(parameter, (ident, maybe)): (&'a Parameter, (&'a String, &'a String))| {
            let role = match parameter.shared {
                _ if parameter.constant.is_some() => ArgumentRole::Constant,
                _ if operation.is_argument(parameter) => ArgumentRole::Positional,
                Some(index) => ArgumentRole::Shared(self.client_parameter(index)),
                None if operation.is_key(parameter) => ArgumentRole::Key,
                None => ArgumentRole::Setter,
            };
            let is_key = matches!(role, ArgumentRole::Key);
            let is_form = parameter.location == ParameterLocation::QueryString
                && !parameter.encoding.is_empty();
            ArgumentPlan {
                parameter,
                ident,
                maybe,
                role,
                value: self.parameter_type(parameter, is_key),
                is_untyped: self.is_untyped(parameter),
                style: style::style(self, parameter),
                form_styles: is_form.then(|| {
                    let object = described_object(self.api, &parameter.schema);
                    style::form_styles(object, &parameter.encoding)
                }),
            }
        };
        parameters.map(argument).collect()
    }
}

impl Plan<'_> {
    /// Returns whether a parameter has no schema type. Such a parameter takes text, numbers, anything
    /// else that is written as text, and lists of these.
    pub fn is_untyped(self, parameter: &Parameter) -> bool {
        *self.api.resolved(&parameter.schema) == SchemaKind::Any
    }

    /// Returns whether a value is a single text, number or boolean.
    pub fn is_scalar(self, schema: &Schema) -> bool {
        match self.api.resolved(schema) {
            SchemaKind::Boolean
            | SchemaKind::Integer(_)
            | SchemaKind::Number(_)
            | SchemaKind::String(_)
            | SchemaKind::Constant(_) => true,
            SchemaKind::Declared(id) => matches!(self.api.ty(*id).shape, Shape::Enum(_)),
            _ => false,
        }
    }

    /// Returns whether an argument takes values that convert into its type: a quoted integer, or a union
    /// of scalars.
    pub fn is_converted(self, schema: &Schema) -> bool {
        match self.api.resolved(schema) {
            SchemaKind::String(StringFormat::Integer(_)) => true,
            SchemaKind::Declared(id) => match &self.api.ty(*id).shape {
                Shape::Union(union) => {
                    let mut branches = union.branches.iter();
                    branches.all(|branch| self.is_scalar(&branch.schema))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Returns whether a schema is plain text to the caller.
    pub fn is_string(self, schema: &Schema) -> bool {
        matches!(
            self.api.resolved(schema),
            SchemaKind::String(StringFormat::Plain | StringFormat::Binary)
        )
    }
}
