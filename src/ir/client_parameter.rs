//! Parameters that the client sets for all operations that have them.

use super::{Api, ConfigPosition, Operation, Parameter, ParameterLocation, SchemaKind, Shape};
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value as Json;

/// A header or query parameter that operations share. Its value is set once, on the client.
#[derive(Debug, Serialize)]
pub struct ClientParameter {
    /// The name on the wire.
    pub name: String,
    pub location: ParameterLocation,
    /// Whether some operation requires it.
    pub required: bool,
    /// The configured default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Json>,
    /// The environment variable that may set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub env: Option<String>,
    /// The operation and the parameter that its type and documentation come from, by index.
    #[serde(skip)]
    pub source: (usize, usize),
}

/// Configured client parameters, by name.
pub type ClientParameterConfig = IndexMap<String, ConfiguredParameter>;

/// The configuration of one parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConfiguredParameter {
    #[serde(skip)]
    pub key: ConfigPosition,
    /// Whether the client sets the parameter.
    pub is_shared: bool,
    pub default: Option<Json>,
    pub env: Option<String>,
}

impl Api {
    /// Returns the parameter that a client parameter gets its type and documentation from.
    pub fn source_of(&self, parameter: &ClientParameter) -> &Parameter {
        let (operation, index) = parameter.source;
        &self.operations[operation].parameters[index]
    }

    /// Returns the client parameter that a parameter of an operation is.
    pub fn shared(&self, parameter: &Parameter) -> Option<&ClientParameter> {
        parameter.shared.map(|index| &self.client_parameters[index])
    }

    /// Returns the value that is sent for a client parameter if neither the client nor the request sets it: the
    /// configured default, or what the document names if the API requires the parameter.
    pub fn default_of_shared(&self, parameter: &Parameter) -> Option<Json> {
        let shared = self.shared(parameter)?;
        let described = || {
            let facts = parameter.schema.facts.as_ref();
            let default = facts.and_then(|facts| facts.default.clone());
            default
                .filter(is_scalar)
                .or_else(|| self.only_value(parameter))
        };
        let default = shared.default.clone();
        default.or_else(|| described().filter(|_| shared.required))
    }

    /// Returns the only value that the schema of a parameter allows.
    pub fn only_value(&self, parameter: &Parameter) -> Option<Json> {
        match self.resolved(&parameter.schema) {
            SchemaKind::Constant(value) => Some(value.value.clone()),
            SchemaKind::Declared(id) => match &self.ty(*id).shape {
                Shape::Enum(shape) => match &shape.values[..] {
                    [only] => Some(only.value.clone()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns whether a request fails unless the client or the request sets the parameter.
    pub fn needs_shared(&self, parameter: &Parameter) -> bool {
        let is_shared = parameter.shared.is_some();
        is_shared && parameter.required && self.default_of_shared(parameter).is_none()
    }

    /// Returns the client parameters that requests of an operation need, by index.
    pub fn needed_parameters<'a>(
        &'a self,
        operation: &'a Operation,
    ) -> impl Iterator<Item = usize> + 'a {
        let needed = operation
            .parameters
            .iter()
            .filter(|it| self.needs_shared(it));
        needed.filter_map(|it| it.shared)
    }
}

impl Operation {
    /// Returns whether the caller has to pass a parameter: it is required, has more than one value, and the client
    /// does not set it.
    pub fn is_argument(&self, parameter: &Parameter) -> bool {
        let is_set = parameter.shared.is_some() || parameter.constant.is_some();
        parameter.required && !self.is_key(parameter) && !is_set
    }
}

/// Returns whether a value is a text, a number or a boolean.
pub fn is_scalar(value: &Json) -> bool {
    value.is_string() || value.is_number() || value.is_boolean()
}

/// Returns a scalar as it is sent.
pub fn scalar_text(value: &Json) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    }
}
