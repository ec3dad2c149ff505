//! Path parameters whose value may be empty.
//!
//! An empty value makes another path of most templates, where `DELETE /users/` is not what
//! `DELETE /users/{id}` was meant for. So it needs a word of the description or the configuration.

use super::name_overrides::{all_parameters, unknown};
use crate::diag::Diagnostics;
use crate::ir::{Api, ConfiguredName, Location, Parameter, Schema, SchemaKind, Shape};
use crate::resolve::LONGEST_CHAIN;

/// Allows what the description says with `minLength: 0`, and what the configuration names.
pub fn run(api: &mut Api, allowed: &[ConfiguredName], diagnostics: &mut Diagnostics) {
    let mut places = Vec::new();
    for (at, operation) in api.operations.iter().enumerate() {
        let of_path = operation.parameters.iter().enumerate();
        let said = of_path
            .filter(|(_, parameter)| is_path(parameter) && may_be_empty(api, &parameter.schema));
        places.extend(said.map(|(index, _)| (at, index)));
    }
    if !allowed.is_empty() {
        let known = all_parameters(api, is_path);
        for given in allowed {
            match known.get(&given.name) {
                Some(place) => {
                    diagnostics.answer(&given.key.0);
                    places.push(*place);
                }
                None => {
                    let known = || known.keys().cloned().collect();
                    let what = "path parameter of an operation";
                    unknown(
                        api,
                        "allow_empty",
                        what,
                        &given.name,
                        given,
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
    parameter.location == Location::Path
}

/// Whether the schema, or one that it is another name for, has `minLength: 0`.
fn may_be_empty(api: &Api, schema: &Schema) -> bool {
    let mut schema = schema;
    // A chain of aliases may be a circle.
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
