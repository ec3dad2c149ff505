//! Path parameters that allow an empty value.
//!
//! An empty value turns most paths into another one: `DELETE /users/` is not `DELETE /users/{id}`. So the
//! document or the configuration has to allow it.

use super::name_overrides::{all_parameters, unknown};
use crate::diag::Diagnostics;
use crate::ir::{Api, ConfiguredName, Parameter, ParameterLocation, Schema, SchemaKind, Shape};
use crate::resolve::LONGEST_CHAIN;

/// Allows empty values for `minLength: 0` and for the configured parameters.
pub fn run(api: &mut Api, allowed: &[ConfiguredName], diagnostics: &mut Diagnostics) {
    let mut places = Vec::new();
    for (at, operation) in api.operations.iter().enumerate() {
        let of_path = operation.parameters.iter().enumerate();
        let described = of_path
            .filter(|(_, parameter)| is_path(parameter) && may_be_empty(api, &parameter.schema));
        places.extend(described.map(|(index, _)| (at, index)));
    }
    if !allowed.is_empty() {
        let known = all_parameters(api, is_path);
        for configured in allowed {
            match known.get(&configured.name) {
                Some(place) => {
                    diagnostics.mark_used(&configured.key.0);
                    places.push(*place);
                }
                None => {
                    let known = || known.keys().cloned().collect();
                    let what = "path parameter of an operation";
                    unknown(
                        api,
                        "allow_empty",
                        what,
                        &configured.name,
                        configured,
                        known,
                        diagnostics,
                    );
                }
            }
        }
    }
    for (operation, parameter) in places {
        api.operations[operation].parameters[parameter].allow_empty = true;
    }
}

fn is_path(parameter: &Parameter) -> bool {
    parameter.location == ParameterLocation::Path
}

/// Returns whether the schema, or one it is an alias of, has `minLength: 0`.
fn may_be_empty(api: &Api, schema: &Schema) -> bool {
    let mut schema = schema;
    // A chain of aliases may be a cycle.
    for _ in 0..LONGEST_CHAIN {
        let facts = schema.facts.iter();
        let mut limits = facts.flat_map(|facts| &facts.limits);
        if limits.any(|(keyword, value)| keyword == "minLength" && value.as_f64() == Some(0.0)) {
            return true;
        }
        match &schema.kind {
            SchemaKind::Declared(id) => match &api.ty(*id).shape {
                Shape::Alias(target) => schema = target,
                _ => return false,
            },
            _ => return false,
        }
    }
    false
}
