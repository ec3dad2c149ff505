//! Members of objects beside their `properties`.

use crate::tree::Node;

/// What members an object may have beside its `properties`: `additionalProperties`, with
/// `unevaluatedProperties` in its place where only that is written, and `patternProperties`.
#[derive(Debug, Clone, Copy)]
pub enum Additional<'t> {
    Unsaid,
    Allowed,
    Forbidden,
    Schema(Node<'t>),
    /// Of one of several schemas, by their names: see [`beside`] of this node.
    Several(Node<'t>),
}

/// What the keywords of a schema say of members beside its `properties`.
pub fn additional(node: Node<'_>) -> Additional<'_> {
    let declared = additional_keyword(node);
    // Names that a pattern allows are members too, whatever else is forbidden.
    match (&patterns(node)[..], declared) {
        ([], _) | (_, Additional::Allowed) => declared,
        ([only], Additional::Forbidden | Additional::Unsaid) => Additional::Schema(*only),
        _ => Additional::Several(node),
    }
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
