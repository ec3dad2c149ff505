//! Checks Schema Objects, including differences between versions.

use super::found::GroupedFindings;
use super::values::{bad, is_of_kind};
use super::{bounds, expression};
use crate::diag::codes;
use crate::openapi::Version;
use crate::tree::{Kind, Node};

const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// Returns whether the schemas of a document use a dialect that sdkgen knows.
pub fn is_known_dialect(root: Node<'_>) -> bool {
    let dialect = root.text("jsonSchemaDialect");
    dialect.is_none_or(|uri| uri.contains("json-schema.org") || uri.contains("spec.openapis.org"))
}

/// Checks the keywords of a schema.
pub fn schema(node: Node<'_>, version: Version, found: &mut GroupedFindings<'_>) {
    types(node, version, found);
    required(node, version, found);
    limits(node, version, found);
    bounds::contradictory(node, found);
    if let Some(pattern) = node.get("pattern")
        && let Some(text) = pattern.as_str()
        && let Err(why) = expression::check(text)
    {
        found.push(pattern, codes::invalid_expression(pattern, why));
    }
    if version == Version::V30
        && let Some(items) = node.get("items")
        && items.kind() == Kind::Array
    {
        other(items, "a list in `items`", version, found);
    }
}

fn other(node: Node<'_>, what: &str, version: Version, found: &mut GroupedFindings<'_>) {
    found.push(node, codes::of_other_version(node, what, version.name()));
}

fn types(node: Node<'_>, version: Version, found: &mut GroupedFindings<'_>) {
    let Some(types) = node.get("type") else {
        return;
    };
    let is_old = version == Version::V30;
    match types.kind() {
        Kind::Array if is_old => other(types, "a list in `type`", version, found),
        Kind::Array => types.items().for_each(|item| name(item, found)),
        Kind::String if is_old && types.as_str() == Some("null") => {
            other(types, "the type `null`", version, found);
        }
        _ => name(types, found),
    }
}

fn name(node: Node<'_>, found: &mut GroupedFindings<'_>) {
    let is_one = node.as_str().is_some_and(|text| TYPES.contains(&text));
    if !is_one {
        let what = "`type` must be a type of JSON Schema, such as `string`";
        bad(node, what.to_owned(), found);
    }
}

fn required(node: Node<'_>, version: Version, found: &mut GroupedFindings<'_>) {
    let Some(required) = node.get("required") else {
        return;
    };
    if !is_of_kind(required, "required", Kind::Array, found) {
        return;
    }
    for item in required.items() {
        is_of_kind(item, "required", Kind::String, found);
    }
    if version == Version::V30 && required.items().len() == 0 {
        other(required, "an empty list in `required`", version, found);
    }
    let mut names: Vec<&str> = required.items().filter_map(Node::as_str).collect();
    names.sort_unstable();
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        bad(
            required,
            "`required` lists a property more than once".to_owned(),
            found,
        );
    }
}

/// Checks exclusive limits: booleans in OpenAPI 3.0, numbers since.
fn limits(node: Node<'_>, version: Version, found: &mut GroupedFindings<'_>) {
    for keyword in ["exclusiveMinimum", "exclusiveMaximum"] {
        let Some(limit) = node.get(keyword) else {
            continue;
        };
        match (limit.kind(), version) {
            (Kind::Number, Version::V30) => {
                other(limit, &format!("a number in `{keyword}`"), version, found);
            }
            (Kind::Bool, Version::V31 | Version::V32) => {
                other(limit, &format!("a boolean in `{keyword}`"), version, found);
            }
            (Kind::Number | Kind::Bool, _) => {}
            _ => {
                is_of_kind(limit, keyword, Kind::Number, found);
            }
        }
    }
}
