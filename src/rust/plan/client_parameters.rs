//! Parameters that the client sets for all operations that have them.

use super::Plan;
use crate::example::request::shared_example;
use crate::ir::{
    Api, ClientParameter, OperationId, Parameter, ParameterLocation, Schema, SchemaKind,
    scalar_text,
};
use crate::rust::{Expr, Ty};
use serde_json::Value as Json;

/// A parameter with the builder's setter.
#[derive(Debug, Clone, Copy)]
pub struct SharedParameter<'a> {
    pub parameter: &'a ClientParameter,
    /// The parameter of an operation that the type and the documentation come from.
    pub source: &'a Parameter,
    /// The setter.
    pub ident: &'a str,
}

impl<'a> SharedParameter<'a> {
    /// Returns the value in examples and tests.
    pub fn example(self, plan: Plan<'_>) -> Json {
        shared_example(plan.api, self.parameter)
    }

    /// Returns the value in examples as code.
    pub fn example_code(self, plan: Plan<'_>) -> Expr {
        let value = self.example(plan);
        match self.plain_ty(plan) {
            Some(_) => Expr::literal(value),
            None => Expr::string(&scalar_text(&value)),
        }
    }

    /// Returns the type of the setter's argument if it is a number or a boolean.
    fn plain_ty(self, plan: Plan<'_>) -> Option<&'static str> {
        let kind = plan.api.resolved(&self.source.schema);
        let is_plain = matches!(kind, SchemaKind::Boolean | SchemaKind::Integer(_));
        match plan.bare(&Schema::new(kind.clone())) {
            Ty::Plain(ty) if is_plain => Some(ty),
            _ => None,
        }
    }

    /// Returns the type of the setter's argument, and the expression that stores it. Every other value is taken
    /// as text: the type of an enum may need a feature of the crate.
    pub fn stored(self, plan: Plan<'_>) -> (Ty<'static>, Expr) {
        let value = Expr::variable("value");
        let (ty, value) = match self.plain_ty(plan) {
            Some(ty) => (Ty::Plain(ty), value.reference()),
            None => (Ty::AsStr, value.method("as_ref", [])),
        };
        let name = Expr::string(&self.parameter.name);
        (
            ty,
            Expr::variable("self").method("parameter", [name, value]),
        )
    }

    /// Returns the environment variable of the parameter, and the expression of `from_env` that sets its value.
    pub fn from_env(self) -> Option<(&'a str, Expr)> {
        let env = self.parameter.env.as_deref()?;
        let name = Expr::string(&self.parameter.name);
        let value = Expr::variable("value").reference();
        let set = Expr::variable("builder").method("parameter", [name, value]);
        Some((env, set))
    }
}

impl<'a> Plan<'a> {
    /// Lists the parameters of the client.
    pub fn client_parameters(self) -> impl Iterator<Item = SharedParameter<'a>> {
        let indexes = 0..self.api.client_parameters.len();
        indexes.map(move |index| self.client_parameter(index))
    }

    pub fn client_parameter(self, index: usize) -> SharedParameter<'a> {
        let parameter = &self.api.client_parameters[index];
        SharedParameter {
            parameter,
            source: self.api.source_of(parameter),
            ident: &self.names.client_parameters[index],
        }
    }

    /// Returns the parameters that have to be set for requests of an operation.
    pub fn needed_parameters(self, id: OperationId) -> impl Iterator<Item = SharedParameter<'a>> {
        let needed = self.api.needed_parameters(self.api.operation(id));
        needed.map(move |index| self.client_parameter(index))
    }
}

impl SharedParameter<'_> {
    /// Returns a sentence about a parameter that the client sets.
    pub fn note(self) -> String {
        format!("Set once by `Client::builder().{}(…)`.", self.ident)
    }

    /// Returns the expression that adds the client's value of an operation's parameter to `request`.
    pub fn call(self, api: &Api, parameter: &Parameter) -> Expr {
        let place = match self.parameter.location {
            ParameterLocation::Query => "query",
            _ => "header",
        };
        let request = Expr::variable("request").reference_mut();
        let name = Expr::string(&self.parameter.name);
        match api.needs_shared(parameter) {
            true => {
                let arguments = [request, name, Expr::string(self.ident)];
                Expr::call(format!("client_parameters::required_{place}"), arguments)
            }
            false => {
                let default = api.default_of_shared(parameter);
                let default = match default {
                    Some(value) => Expr::some(Expr::string(&scalar_text(&value))),
                    None => Expr::variable("None"),
                };
                let function = format!("client_parameters::{place}");
                Expr::call(function, [request, name, default])
            }
        }
    }
}
