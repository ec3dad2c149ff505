//! Validates the configured polling rules against the operations they name.

use super::find_operations::OperationIndex;
use crate::describe;
use crate::diag::{Diagnostics, codes};
use crate::did_you_mean;
use crate::ir::{
    Api, DoneWhen, Operation, Polling, PollingConfig, PollingRule, Schema, SchemaKind, Shape,
};
use serde_json::Value as Json;

pub fn run(api: &mut Api, config: &PollingConfig, diagnostics: &mut Diagnostics) {
    if config.is_empty() {
        return;
    }
    let operations = OperationIndex::new(api);
    for (key, rule) in config {
        let Some(id) = operations.find(api, "wait", key, &rule.at.0, diagnostics) else {
            continue;
        };
        match polling_of(api, api.operation(id), rule) {
            Ok(polling) => api.operations[id.0 as usize].polling = Some(polling),
            Err(why) => diagnostics.push(codes::wait_misfit(&rule.at.0, key, &why)),
        }
    }
}

fn polling_of(api: &Api, operation: &Operation, rule: &PollingRule) -> Result<Polling, String> {
    if operation.method != "GET" {
        let method = describe::code(&operation.method);
        return Err(format!(
            "its method is {method}, and only `GET` can be polled"
        ));
    }
    let until = rule.until.as_ref();
    let until = until.map(|(path, values)| done_when(api, operation, path, values));
    Ok(Polling {
        name: rule.name.clone(),
        done_when: until.transpose()?,
    })
}

fn done_when(
    api: &Api,
    operation: &Operation,
    path: &str,
    values: &[Json],
) -> Result<DoneWhen, String> {
    let (within, schema) =
        response_body(operation).ok_or("it has no single JSON success response")?;
    let kind = property_kind(api, schema, path)?;
    for value in values {
        check(api, kind, value)?;
    }
    Ok(DoneWhen {
        within: within.to_vec(),
        member: path.split('.').map(str::to_owned).collect(),
        values: values.to_vec(),
    })
}

/// Returns the JSON body of the only success, without its envelope.
fn response_body(operation: &Operation) -> Option<(&[String], &Schema)> {
    let (_, content) = operation.only_json()?;
    Some(match &content.schema.kind {
        SchemaKind::Envelope(within, inner) => (within, inner),
        _ => (&[], &content.schema),
    })
}

/// Returns the kind of the property at a path; any value if the document does not describe it.
fn property_kind<'a>(
    api: &'a Api,
    schema: &'a Schema,
    path: &str,
) -> Result<&'a SchemaKind, String> {
    let mut kind = api.resolved(schema);
    for name in path.split('.') {
        let SchemaKind::Declared(id) = kind else {
            match kind {
                SchemaKind::Any => return Ok(kind),
                _ => return Err(unknown_property(path, name, [])),
            }
        };
        let Shape::Object(object) = &api.ty(*id).shape else {
            return Err(unknown_property(path, name, []));
        };
        let found = object.members.iter().find(|member| member.name == name);
        let known = object.members.iter().map(|member| &*member.name);
        let found = found.ok_or_else(|| unknown_property(path, name, known))?;
        kind = api.resolved(&found.schema);
    }
    Ok(kind)
}

fn unknown_property<'k>(
    path: &str,
    name: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> String {
    let hint = did_you_mean::hint(name, known);
    format!(
        "its response has no property {}{hint}",
        describe::code(path)
    )
}

/// Checks that a property can have a value.
fn check(api: &Api, kind: &SchemaKind, value: &Json) -> Result<(), String> {
    let shown = describe::json(value);
    let values = match kind {
        SchemaKind::Declared(id) => match &api.ty(*id).shape {
            Shape::Enum(known) => &known.values,
            _ => return Err(format!("the property is an object, and cannot be {shown}")),
        },
        SchemaKind::Boolean if !value.is_boolean() => {
            return Err(format!("the property is a boolean, and cannot be {shown}"));
        }
        SchemaKind::String(_) if !value.is_string() => {
            return Err(format!("the property is a string, and cannot be {shown}"));
        }
        SchemaKind::Integer(_) | SchemaKind::Number(_) if !value.is_number() => {
            return Err(format!("the property is a number, and cannot be {shown}"));
        }
        _ => return Ok(()),
    };
    if values.iter().any(|known| known.value == *value) {
        return Ok(());
    }
    let known = values.iter().filter_map(|known| known.value.as_str());
    let hint = did_you_mean::hint(value.as_str().unwrap_or_default(), known);
    Err(format!(
        "{shown} is not in the `enum` of the property{hint}"
    ))
}
