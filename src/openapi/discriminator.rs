//! Reads discriminators: an object, or in Swagger 2.0 a property name.

use super::{Reader, Version};
use crate::diag::codes;
use crate::tree::{Kind, Node};

/// Returns the discriminator of a schema.
pub(super) fn discriminator<'t>(schema: Node<'t>, reader: &mut Reader<'_>) -> Option<Node<'t>> {
    let node = schema.get("discriminator")?;
    match (reader.version, node.kind()) {
        // Accepts the object of OpenAPI 3 too.
        (Version::V20, Kind::String | Kind::Object) => Some(node),
        (Version::V20, _) => {
            let finding = codes::wrong_kind(node, "discriminator", "a string");
            reader.diagnostics.push(finding);
            None
        }
        _ => reader.is_object(node, "discriminator").then_some(node),
    }
}

/// Returns the schema with the discriminator that makes `schema` a parent: itself, or an inline branch of `allOf`.
///
/// The discriminator of a union belongs to the union's own branches.
pub fn discriminated(schema: Node<'_>) -> Option<Node<'_>> {
    if schema.get("discriminator").is_some() {
        return Some(schema);
    }
    let elsewhere = ["$ref", "oneOf", "anyOf"];
    let mut branches = schema.get("allOf").into_iter().flat_map(Node::items);
    branches.find_map(
        |branch| match elsewhere.iter().any(|key| branch.get(key).is_some()) {
            true => None,
            false => discriminated(branch),
        },
    )
}

/// Returns the property name of a discriminator.
pub fn tag(discriminator: Node<'_>, reader: &mut Reader<'_>) -> Option<String> {
    match discriminator.as_str() {
        Some(name) => Some(name.to_owned()),
        None => reader.text(discriminator, "propertyName"),
    }
}
