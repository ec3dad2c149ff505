//! Reads the keywords about properties that `properties` does not list.

use crate::tree::Node;

/// The properties that an object may have beside those of `properties`.
///
/// From `additionalProperties`, or `unevaluatedProperties` if that is missing, and `patternProperties`.
#[derive(Debug, Clone, Copy)]
pub enum Additional<'t> {
    Unsaid,
    Allowed,
    Forbidden,
    /// Any property. Those that match `patternProperties` of this node have a schema.
    Patterned(Node<'t>),
    Schema(Node<'t>),
    /// One of several schemas, depending on the name: see [`beside`] of this node.
    Several(Node<'t>),
}

/// Returns what a schema allows beside its `properties`.
pub fn additional(node: Node<'_>) -> Additional<'_> {
    let declared = additional_keyword(node);
    // `patternProperties` are valid even if `additionalProperties` is false.
    let patterns = patterns(node);
    match (&patterns[..], declared) {
        ([], _) => declared,
        (_, Additional::Unsaid) if !match_all_names(node) => Additional::Patterned(node),
        (_, Additional::Allowed) if !match_all_names(node) => declared,
        (_, Additional::Forbidden) => patterned(node),
        ([only], Additional::Unsaid | Additional::Allowed) => Additional::Schema(*only),
        _ => Additional::Several(node),
    }
}

/// Returns what a schema allows if properties that match no pattern are forbidden.
pub fn patterned(node: Node<'_>) -> Additional<'_> {
    match patterns(node)[..] {
        [] => Additional::Forbidden,
        [only] => Additional::Schema(only),
        _ => Additional::Several(node),
    }
}

/// Returns whether only `unevaluatedProperties` restricts the properties, including those of `allOf` branches.
pub fn is_unevaluated(node: Node<'_>) -> bool {
    node.get("additionalProperties").is_none() && node.get("unevaluatedProperties").is_some()
}

/// Returns whether a pattern matches every name.
fn match_all_names(node: Node<'_>) -> bool {
    let patterns = node.get("patternProperties");
    let mut names = patterns.into_iter().flat_map(Node::members);
    names.any(|(pattern, _)| {
        let inner = pattern.strip_prefix('^').unwrap_or(pattern);
        let inner = inner.strip_suffix('$').unwrap_or(inner);
        matches!(inner, "" | ".*" | ".+" | "(.*)" | "(.+)")
    })
}

/// Returns the schemas of `patternProperties`, except for `false`.
fn patterns(node: Node<'_>) -> Vec<Node<'_>> {
    let patterns = node
        .get("patternProperties")
        .into_iter()
        .flat_map(Node::members);
    patterns
        .map(|(_, schema)| schema)
        .filter(|schema| schema.as_bool() != Some(false))
        .collect()
}

/// Returns the schemas for properties beside `properties`.
pub fn beside(node: Node<'_>) -> Vec<Node<'_>> {
    let mut schemas = patterns(node);
    if let Additional::Schema(schema) = additional_keyword(node) {
        schemas.push(schema);
    }
    schemas
}

/// Returns the value of `additionalProperties` or `unevaluatedProperties`.
pub fn additional_value(node: Node<'_>) -> Option<Node<'_>> {
    node.get("additionalProperties")
        .or_else(|| node.get("unevaluatedProperties"))
}

fn additional_keyword(node: Node<'_>) -> Additional<'_> {
    match additional_value(node) {
        None => Additional::Unsaid,
        Some(value) => match value.as_bool() {
            Some(true) => Additional::Allowed,
            Some(false) => Additional::Forbidden,
            None if value.members().next().is_none() => Additional::Allowed,
            None => Additional::Schema(value),
        },
    }
}
