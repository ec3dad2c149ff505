//! Mutations of a document's JSON tree, so that most results are still OpenAPI.

use super::choices::Choices;
use serde_json::{Map, Value, json};
use std::mem::take;

/// Mutations do not enlarge a document of this many nodes: the limits of `tests/fuzz` apply to the cost of a document
/// relative to its size.
const MOST_NODES: usize = 200_000;

const TYPES: [&str; 8] = [
    "string", "object", "array", "integer", "number", "boolean", "null", "file",
];

/// Keys with a meaning in schemas, operations or names.
const KEYS: [&str; 20] = [
    "$ref",
    "allOf",
    "oneOf",
    "anyOf",
    "discriminator",
    "enum",
    "const",
    "type",
    "items",
    "required",
    "properties",
    "additionalProperties",
    "not",
    "default",
    "example",
    "",
    "self",
    "日本",
    "a/b~c{d}",
    "+1",
];

/// Applies between 1 and 32 mutations, which may copy parts of the other document.
pub fn mutate(document: &mut Value, other: &Value, choices: &mut Choices) {
    for _ in 0..=choices.roll(32) {
        change(document, other, choices);
    }
}

fn change(document: &mut Value, other: &Value, choices: &mut Choices) {
    let kind = choices.roll(14);
    let grows = !matches!(kind, 2 | 3 | 4 | 6);
    if grows && count(document) > MOST_NODES {
        return;
    }
    match kind {
        0 => swap(document, choices),
        1 | 2 => duplicate(document, choices),
        3 => delete(document, choices),
        4 | 5 => retarget(document, choices),
        6 => {
            let kind = one_type(choices);
            if let Some(place) = any_such(document, choices, |node| node.get("type").is_some()) {
                place["type"] = kind;
            }
        }
        7 | 8 => wrap(document, choices),
        9 => rename(document, choices),
        10 | 11 => {
            let value = any(&mut other.clone(), choices).clone();
            *any(document, choices) = value;
        }
        12 => {
            let value = extreme(choices);
            let is_scalar = |node: &Value| !node.is_object() && !node.is_array();
            if let Some(place) = any_such(document, choices, is_scalar) {
                *place = value;
            }
        }
        _ => insert(document, choices),
    }
}

/// Counts the nodes of a tree.
pub fn count(value: &Value) -> usize {
    let below: usize = match value {
        Value::Object(members) => members.values().map(count).sum(),
        Value::Array(items) => items.iter().map(count).sum(),
        _ => 0,
    };
    1 + below
}

/// Finds the node that `left` other matching nodes precede, in document order.
fn nth<'a>(
    value: &'a mut Value,
    holds: &impl Fn(&Value) -> bool,
    left: &mut usize,
) -> Option<&'a mut Value> {
    if holds(value) {
        if *left == 0 {
            return Some(value);
        }
        *left -= 1;
    }
    match value {
        Value::Object(members) => members.values_mut().find_map(|node| nth(node, holds, left)),
        Value::Array(items) => items.iter_mut().find_map(|node| nth(node, holds, left)),
        _ => None,
    }
}

fn any_such<'a>(
    document: &'a mut Value,
    choices: &mut Choices,
    holds: impl Fn(&Value) -> bool,
) -> Option<&'a mut Value> {
    fn all(value: &Value, holds: &impl Fn(&Value) -> bool) -> usize {
        let below: usize = match value {
            Value::Object(members) => members.values().map(|node| all(node, holds)).sum(),
            Value::Array(items) => items.iter().map(|node| all(node, holds)).sum(),
            _ => 0,
        };
        usize::from(holds(value)) + below
    }
    let count = all(document, &holds);
    nth(document, &holds, &mut choices.roll(count))
}

fn any<'a>(document: &'a mut Value, choices: &mut Choices) -> &'a mut Value {
    let mut left = choices.roll(count(document));
    nth(document, &|_| true, &mut left).expect("less than all")
}

/// Returns whether a node looks like a schema.
fn is_schema(node: &Value) -> bool {
    const SIGNS: [&str; 7] = [
        "type",
        "$ref",
        "properties",
        "allOf",
        "oneOf",
        "anyOf",
        "enum",
    ];
    node.is_object() && SIGNS.iter().any(|sign| node.get(sign).is_some())
}

/// Swaps two nodes. If one contains the other, a copy of the first replaces the second.
fn swap(document: &mut Value, choices: &mut Choices) {
    let count = count(document);
    let mut path = || path(document, &mut choices.roll(count)).unwrap_or_default();
    let (one, other) = (path(), path());
    let value = at(document, &one).clone();
    let was = std::mem::replace(at(document, &other), value);
    if !one.starts_with(&other) && !other.starts_with(&one) {
        *at(document, &one) = was;
    }
}

/// Returns the path to the node that `left` others precede, as indices within each container.
fn path(value: &Value, left: &mut usize) -> Option<Vec<usize>> {
    if *left == 0 {
        return Some(Vec::new());
    }
    *left -= 1;
    let parts: Vec<&Value> = match value {
        Value::Object(members) => members.values().collect(),
        Value::Array(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    parts.into_iter().enumerate().find_map(|(index, part)| {
        let mut path = path(part, left)?;
        path.insert(0, index);
        Some(path)
    })
}

fn at<'a>(document: &'a mut Value, path: &[usize]) -> &'a mut Value {
    path.iter().fold(document, |node, index| {
        let part = match node {
            Value::Object(members) => members.values_mut().nth(*index),
            Value::Array(items) => items.get_mut(*index),
            _ => None,
        };
        part.expect("the path is one of this document")
    })
}

/// Copies a node next to itself, or to another position.
fn duplicate(document: &mut Value, choices: &mut Choices) {
    let key = format!("copy{}", choices.roll(100));
    let has_parts = |node: &Value| match node {
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    };
    match any_such(document, choices, has_parts) {
        Some(Value::Object(members)) => {
            let value = members.values().nth(choices.roll(members.len())).cloned();
            members.insert(key, value.unwrap_or_default());
        }
        Some(Value::Array(items)) => {
            let item = choices.pick(items).clone();
            for _ in 0..1 + choices.roll(3) {
                items.push(item.clone());
            }
        }
        _ => {}
    }
}

fn delete(document: &mut Value, choices: &mut Choices) {
    match any_such(document, choices, |node| {
        node.is_object() || node.is_array()
    }) {
        Some(Value::Object(members)) => {
            let key = members.keys().nth(choices.roll(members.len())).cloned();
            members.shift_remove(&key.unwrap_or_default());
        }
        Some(Value::Array(items)) if !items.is_empty() => {
            items.remove(choices.roll(items.len()));
        }
        _ => {}
    }
}

/// Points a reference to another component, or to any other node.
fn retarget(document: &mut Value, choices: &mut Choices) {
    let target = target(document, choices);
    let is_reference = |node: &Value| node.get("$ref").is_some_and(Value::is_string);
    if let Some(place) = any_such(document, choices, is_reference) {
        place["$ref"] = json!(target);
    }
}

/// Returns a reference to a schema of the document, or to any other node.
fn target(document: &Value, choices: &mut Choices) -> String {
    let schemas = document["components"]["schemas"].as_object();
    let names: Vec<&String> = schemas.into_iter().flat_map(Map::keys).collect();
    if !names.is_empty() && !choices.once_in(6) {
        return format!(
            "#/components/schemas/{}",
            escaped(names[choices.roll(names.len())])
        );
    }
    let mut pointer = "#".to_owned();
    let mut node = document;
    // Each step either continues or stops.
    while !choices.once_in(5) {
        let (step, next) = match node {
            Value::Object(members) if !members.is_empty() => {
                let Some((key, next)) = members.iter().nth(choices.roll(members.len())) else {
                    break;
                };
                (escaped(key), next)
            }
            Value::Array(items) if !items.is_empty() => {
                let index = choices.roll(items.len());
                (index.to_string(), &items[index])
            }
            _ => break,
        };
        pointer = format!("{pointer}/{step}");
        node = next;
    }
    pointer
}

/// Escapes a key for a JSON Pointer in a URI's fragment.
fn escaped(key: &str) -> String {
    let key = key.replace('~', "~0").replace('/', "~1");
    key.replace('%', "%25")
        .replace('{', "%7B")
        .replace('}', "%7D")
}

fn one_type(choices: &mut Choices) -> Value {
    match choices.once_in(4) {
        true => json!([choices.pick(&TYPES), choices.pick(&TYPES)]),
        false => json!(choices.pick(&TYPES)),
    }
}

/// Wraps a schema in another one.
fn wrap(document: &mut Value, choices: &mut Choices) {
    let reference = json!({"$ref": target(document, choices)});
    let kind = choices.roll(8);
    let Some(place) = any_such(document, choices, is_schema) else {
        return;
    };
    let schema = take(place);
    *place = match kind {
        0 => json!({"allOf": [schema, reference]}),
        1 => json!({"oneOf": [schema, reference]}),
        2 => json!({"anyOf": [reference, schema, {"type": "null"}]}),
        3 => json!({"type": "array", "minItems": 2, "items": schema}),
        4 => json!({"type": "object", "required": ["w"], "properties": {"w": schema}}),
        5 => json!({"type": "object", "additionalProperties": schema}),
        6 => json!({
            "oneOf": [schema, reference],
            "discriminator": {"propertyName": "t", "mapping": {"x": reference["$ref"]}},
        }),
        _ => json!({"not": schema, "nullable": true}),
    };
}

fn rename(document: &mut Value, choices: &mut Choices) {
    let key = (*choices.pick(&KEYS)).to_owned();
    let has_members = |node: &Value| node.as_object().is_some_and(|members| !members.is_empty());
    if let Some(Value::Object(members)) = any_such(document, choices, has_members) {
        let index = choices.roll(members.len());
        let renamed = take(members)
            .into_iter()
            .enumerate()
            .map(|(at, (old, value))| {
                let new = if at == index { key.clone() } else { old };
                (new, value)
            });
        *members = renamed.collect();
    }
}

/// Adds a keyword that may not be valid for the node.
fn insert(document: &mut Value, choices: &mut Choices) {
    let key = (*choices.pick(&KEYS)).to_owned();
    let value = match choices.roll(3) {
        0 => extreme(choices),
        1 => json!({"$ref": target(document, choices)}),
        _ => any(document, choices).clone(),
    };
    if let Some(Value::Object(members)) = any_such(document, choices, Value::is_object) {
        members.insert(key, value);
    }
}

/// Returns a value at the limits of its type.
fn extreme(choices: &mut Choices) -> Value {
    match choices.roll(16) {
        0 => Value::Null,
        1 => json!(false),
        2 => json!(-1),
        3 => json!(1.5e300),
        4 => json!(u64::MAX),
        5 => json!(i64::MIN),
        6 => json!(1e-320),
        7 => json!(""),
        8 => json!("{{ x }} {% y %} \" */ #![a] \u{202e} \n `"),
        9 => json!("x".repeat(70_000)),
        10 => json!("\u{0}\u{7f}\u{fffe}\u{10ffff}"),
        11 => json!([]),
        12 => json!({}),
        13 => json!([{}, null, "x", 3]),
        14 => json!("(a{0,1000}){0,1000}"),
        _ => json!("https://example.com/%7Bid%7D/{id}?x=#y"),
    }
}
