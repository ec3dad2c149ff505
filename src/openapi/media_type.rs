//! Reads Media Type Objects, the entries of `content`.

use super::{Form, Reader, named};
use crate::diag::codes;
use crate::ir::meant_media_type;
use crate::resolve::Resolver;
use crate::tree::Node;

/// A Media Type Object, with the media type that is its key.
#[derive(Debug)]
pub struct MediaType<'t> {
    pub name: &'t str,
    /// The entry of `content`, for its position.
    pub node: Node<'t>,
    pub schema: Option<Node<'t>>,
    /// The schema of each value of a stream (OpenAPI 3.2).
    pub item_schema: Option<Node<'t>>,
    pub encoding: Option<Node<'t>>,
    /// The fields of a form that parameters describe (Swagger 2.0).
    pub form: Option<Form<'t>>,
    pub examples: Vec<Node<'t>>,
}

/// Returns the media types under `content`.
///
/// A key that is not a media type is reported and ignored. It is usually a property of a Media Type Object on the
/// wrong level.
pub(super) fn content<'t>(
    node: Node<'t>,
    resolver: Resolver<'t>,
    reader: &mut Reader<'_>,
) -> Vec<MediaType<'t>> {
    let content = reader.object(node, "content").map(named);
    let mut found = Vec::new();
    for (key, node) in content.unwrap_or_default() {
        let name = meant_media_type(key);
        if name != Some(key) {
            reader
                .diagnostics
                .push(codes::not_a_media_type(node, key, name));
        }
        let Some(name) = name else {
            continue;
        };
        // With an unresolved reference, only the media type of the body is known.
        let described = resolver.follow(node, reader.diagnostics).unwrap_or(node);
        found.push(MediaType {
            name,
            node,
            schema: described.get("schema"),
            item_schema: described.get("itemSchema"),
            encoding: reader.object(described, "encoding"),
            form: None,
            examples: examples(described, resolver, reader),
        });
    }
    found
}

/// Returns the values of `example` and of the Example Objects under `examples`, in that order.
pub(super) fn examples<'t>(
    node: Node<'t>,
    resolver: Resolver<'t>,
    reader: &mut Reader<'_>,
) -> Vec<Node<'t>> {
    let mut found: Vec<Node<'t>> = node.get("example").into_iter().collect();
    for (_, example) in node.get("examples").into_iter().flat_map(Node::members) {
        let Some(example) = resolver.follow(example, reader.diagnostics) else {
            continue;
        };
        // OpenAPI 3.2 has `dataValue`, earlier versions `value`.
        found.extend(example.get("dataValue").or_else(|| example.get("value")));
    }
    found
}
