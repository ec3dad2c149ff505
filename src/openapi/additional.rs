//! Members of objects beside their `properties`.

use crate::tree::Node;

/// What members an object may have beside its `properties`: `additionalProperties`, with
/// `unevaluatedProperties` in its place where only that is written, and `patternProperties`.
#[derive(Debug, Clone, Copy)]
pub enum Additional<'t> {
    Unsaid,
    Allowed,
    Forbidden,
    /// Any, of which those whose names match `patternProperties` of this node have a schema.
    Patterned(Node<'t>),
    Schema(Node<'t>),
    /// Of one of several schemas, by their names: see [`beside`] of this node.
    Several(Node<'t>),
}

/// What the keywords of a schema say of members beside its `properties`.
pub fn additional(node: Node<'_>) -> Additional<'_> {
    let declared = additional_keyword(node);
    // Names that a pattern allows are members too, whatever else is forbidden.
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

/// What is left if members whose names match no pattern are forbidden.
pub fn patterned(node: Node<'_>) -> Additional<'_> {
    match patterns(node)[..] {
        [] => Additional::Forbidden,
        [only] => Additional::Schema(only),
        _ => Additional::Several(node),
    }
}

/// Whether `unevaluatedProperties` alone says what members an object has beside its `properties`, those of
/// the branches of its `allOf` included.
pub fn is_unevaluated(node: Node<'_>) -> bool {
    node.get("additionalProperties").is_none() && node.get("unevaluatedProperties").is_some()
}

/// Whether a pattern takes every name.
fn match_all_names(node: Node<'_>) -> bool {
    let patterns = node.get("patternProperties");
    let mut names = patterns.into_iter().flat_map(Node::members);
    names.any(|(pattern, _)| {
        let inner = pattern.strip_prefix('^').unwrap_or(pattern);
        let inner = inner.strip_suffix('$').unwrap_or(inner);
        matches!(inner, "" | ".*" | ".+" | "(.*)" | "(.+)")
    })
}

/// The schemas of `patternProperties` for which a value can be valid.
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

/// The schemas that members beside the `properties` may have.
pub fn beside(node: Node<'_>) -> Vec<Node<'_>> {
    let mut schemas = patterns(node);
    if let Additional::Schema(schema) = additional_keyword(node) {
        schemas.push(schema);
    }
    schemas
}

/// The value of the keyword that says what an object has beside its `properties`.
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
