//! Checks values of single fields, and mutually exclusive fields.

use super::found::GroupedFindings;
use super::objects::{FieldType, ObjectType};
use crate::diag::codes;
use crate::openapi::Version;
use crate::tree::{self, Node};

/// Codes that readers report for the value of a field.
const REPORTED_BY_READERS: [&str; 9] = [
    "W0109", "N0110", "W0303", "W0304", "W0409", "W0413", "W0431", "N0432", "N0345",
];

/// Checks the value of a field.
pub fn value(value: Node<'_>, key: &str, shape: FieldType, found: &mut GroupedFindings<'_>) {
    use tree::Kind::{Bool, Number};
    match shape {
        FieldType::Text => is_text(value, key, found),
        FieldType::Uri => uri(value, key, found),
        FieldType::Flag => {
            is_of_kind(value, key, Bool, found);
        }
        // Valid in YAML. The parser reports them.
        FieldType::Number if value.as_str().is_some_and(is_infinite) => {}
        FieldType::Number => {
            is_of_kind(value, key, Number, found);
        }
        FieldType::Count => count(value, key, found),
        FieldType::Values => values(value, key, found),
        FieldType::Texts => texts(value, key, found),
        FieldType::Word(words) => word(value, key, words, found),
        FieldType::TextMap => text_map(value, key, found),
        FieldType::Requirements => requirements(value, key, found),
        _ => {}
    }
}

fn is_infinite(text: &str) -> bool {
    let text = text.trim_start_matches(['+', '-']);
    [".inf", ".nan"]
        .iter()
        .any(|name| text.eq_ignore_ascii_case(name))
}

fn values(value: Node<'_>, key: &str, found: &mut GroupedFindings<'_>) {
    if is_of_kind(value, key, tree::Kind::Array, found) && value.items().len() == 0 {
        bad(value, format!("`{key}` is empty"), found);
    }
}

fn text_map(value: Node<'_>, key: &str, found: &mut GroupedFindings<'_>) {
    if is_of_kind(value, key, tree::Kind::Object, found) {
        let others = value.members().filter(|(key, _)| !key.starts_with("x-"));
        others.for_each(|(name, text)| is_text(text, name, found));
    }
}

fn requirements(value: Node<'_>, key: &str, found: &mut GroupedFindings<'_>) {
    if is_of_kind(value, key, tree::Kind::Array, found) {
        value.items().for_each(|item| requirement(item, found));
    }
}

fn requirement(item: Node<'_>, found: &mut GroupedFindings<'_>) {
    if is_of_kind(item, "security", tree::Kind::Object, found) {
        for (scheme, scopes) in item.members() {
            texts(scopes, scheme, found);
        }
    }
}

/// Reports a value of the wrong type. Returns whether the type is right.
pub fn is_of_kind(
    value: Node<'_>,
    key: &str,
    kind: tree::Kind,
    found: &mut GroupedFindings<'_>,
) -> bool {
    let is_one = value.kind() == kind;
    if !is_one && !found.is_reported(value, &REPORTED_BY_READERS) {
        let finding = codes::wrong_kind(value, key, kind.describe());
        found.push(value, finding);
    }
    is_one
}

fn is_text(value: Node<'_>, key: &str, found: &mut GroupedFindings<'_>) {
    use tree::Kind::{Bool, Number, String};
    match value.kind() {
        Number | Bool if !found.is_reported(value, &REPORTED_BY_READERS) => {
            let finding = codes::scalar_instead_of_string(value, key);
            found.push(value, finding);
        }
        _ => {
            is_of_kind(value, key, String, found);
        }
    }
}

fn texts(value: Node<'_>, key: &str, found: &mut GroupedFindings<'_>) {
    if is_of_kind(value, key, tree::Kind::Array, found) {
        value.items().for_each(|item| is_text(item, key, found));
    }
}

fn count(value: Node<'_>, key: &str, found: &mut GroupedFindings<'_>) {
    if !is_of_kind(value, key, tree::Kind::Number, found) {
        return;
    }
    let number = value.as_number();
    let is_count = number.is_some_and(|number| {
        let float = number.as_f64().unwrap_or(-1.0);
        number.is_u64() || (float >= 0.0 && float.fract() == 0.0)
    });
    if !is_count {
        bad(
            value,
            format!("`{key}` must be a non-negative integer"),
            found,
        );
    }
}

/// Reports characters that are not valid in a URI (RFC 3986). Templates are not checked.
fn uri(value: Node<'_>, key: &str, found: &mut GroupedFindings<'_>) {
    is_text(value, key, found);
    let text = value.as_str().unwrap_or_default();
    let is_foreign = |c: char| c.is_whitespace() || c.is_control() || "<>\"\\^`|".contains(c);
    if text.contains(is_foreign) {
        bad(value, format!("`{key}` is not a URI"), found);
    }
}

/// Reports a string that is not one of the allowed ones.
pub fn word(value: Node<'_>, key: &str, words: &[&str], found: &mut GroupedFindings<'_>) {
    let is_one = value.as_str().is_some_and(|text| words.contains(&text));
    if !is_one {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let what = match &words[..] {
            [word] => word.clone(),
            words => format!("one of {}", words.join(", ")),
        };
        bad(value, format!("`{key}` must be {what}"), found);
    }
}

/// Reports an invalid value, unless its reader did.
pub fn bad(value: Node<'_>, message: String, found: &mut GroupedFindings<'_>) {
    // The type of a security scheme is reported at the scheme.
    let scheme = value.parent().unwrap_or(value);
    if !found.is_reported(value, &REPORTED_BY_READERS) && !found.is_reported(scheme, &["W0112"]) {
        found.push(value, codes::bad_value(value, message));
    }
}

/// Reports names that references cannot use.
pub fn names(map: Node<'_>, found: &mut GroupedFindings<'_>) {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    for (name, value) in map.members() {
        if (name.is_empty() || !name.chars().all(is_sign)) && name != "$ref" {
            let finding = codes::component_name(value, map.key().unwrap_or_default());
            found.push(value, finding);
        }
    }
}

/// Reports two mutually exclusive fields.
pub fn either(node: Node<'_>, one: &str, other: &str, found: &mut GroupedFindings<'_>) {
    if let Some((one, other)) = node.get(one).zip(node.get(other)) {
        found.push(one, codes::exclusive_fields(one, other));
    }
}

/// Reports mutually exclusive fields of an object, and missing ones of which it needs one.
pub fn exclusive(
    node: Node<'_>,
    kind: ObjectType,
    version: Version,
    found: &mut GroupedFindings<'_>,
) {
    match kind {
        ObjectType::License => either(node, "identifier", "url", found),
        ObjectType::MediaType => {
            either(node, "example", "examples", found);
            either(node, "encoding", "prefixEncoding", found);
            either(node, "encoding", "itemEncoding", found);
        }
        ObjectType::Example => {
            either(node, "value", "externalValue", found);
            either(node, "value", "dataValue", found);
            either(node, "value", "serializedValue", found);
            either(node, "serializedValue", "externalValue", found);
        }
        ObjectType::Link => {
            either(node, "operationRef", "operationId", found);
            let has_target = ["operationRef", "operationId"].map(|key| node.get(key).is_some());
            if version > Version::V30 && has_target == [false, false] {
                let needs = "operationId` or `operationRef";
                found.push(node, codes::missing_field(node, kind.title(), needs));
            }
        }
        _ => {}
    }
}
