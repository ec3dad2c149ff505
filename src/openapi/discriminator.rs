//! Discriminators: an object, or in Swagger 2.0 the name of a property.

use super::{Reader, Version};
use crate::tree::{Kind, Node};

/// The discriminator of a schema.
pub(super) fn discriminator<'t>(schema: Node<'t>, reader: &mut Reader<'_>) -> Option<Node<'t>> {
    let node = schema.get("discriminator")?;
    let is_name = reader.version == Version::V20 && node.kind() == Kind::String;
    (is_name || reader.is_object(node, "discriminator")).then_some(node)
}

/// The property that a discriminator names.
pub fn tag(discriminator: Node<'_>, reader: &mut Reader<'_>) -> Option<String> {
    match discriminator.as_str() {
        Some(name) => Some(name.to_owned()),
        None => reader.text(discriminator, "propertyName"),
    }
}
