//! Reads `consumes` and `produces`, and the responses that `produces` applies to.

use super::super::{MediaType, Reader, Response, named};
use crate::diag::{Diagnostics, codes};
use crate::ir::{is_json, is_xml, meant_media_type};
use crate::resolve::Resolver;
use crate::tree::{Kind, Node};

/// A media type, with the node that names it.
pub type Medium<'t> = (&'t str, Node<'t>);

/// The media type if a document names none.
pub(super) const USUAL: &str = "application/json";

/// Returns the media types of an operation's request body.
pub fn consumes<'t>(
    operation: Node<'t>,
    root: Node<'t>,
    reader: &mut Reader<'_>,
) -> Vec<Medium<'t>> {
    media(operation, root, "consumes", reader)
}

/// Returns the media types of an operation's responses.
pub fn produces<'t>(
    operation: Node<'t>,
    root: Node<'t>,
    reader: &mut Reader<'_>,
) -> Vec<Medium<'t>> {
    media(operation, root, "produces", reader)
}

/// Reads a list of media types. The operation's list overrides the document's, even if it is empty.
fn media<'t>(
    operation: Node<'t>,
    root: Node<'t>,
    key: &str,
    reader: &mut Reader<'_>,
) -> Vec<Medium<'t>> {
    let owner = match operation.get(key) {
        Some(_) => operation,
        None => root,
    };
    let mut listed = reader.array(owner, key);
    // A string in place of the list is a frequent mistake. It was already reported.
    listed.extend(owner.get(key).filter(|node| node.kind() == Kind::String));
    let mut media: Vec<Medium<'t>> = Vec::new();
    for node in listed {
        let text = node.as_str().map(str::trim).unwrap_or_default();
        let name = meant_media_type(text);
        if name != Some(text) && !text.is_empty() {
            let finding = codes::not_a_media_type(node, text, name);
            reader.diagnostics.push(finding);
        }
        if let Some(name) = name
            && media.iter().all(|(known, _)| *known != name)
        {
            media.push((name, node));
        }
    }
    media
}

/// Reads a Response Object. `produces` are its media types, see [`produced`].
pub fn response<'t>(
    node: Node<'t>,
    produces: &[Medium<'t>],
    reader: &mut Reader<'_>,
) -> Response<'t> {
    super::report_foreign(node, &["content", "links"], reader);
    Response {
        description: reader.prose(node, "description"),
        inferred: reader.flag(node, "x-sdkgen-inferred").unwrap_or_default(),
        content: content(node, produces, reader),
        headers: reader
            .object(node, "headers")
            .map(named)
            .unwrap_or_default(),
    }
}

fn content<'t>(
    node: Node<'t>,
    produces: &[Medium<'t>],
    reader: &mut Reader<'_>,
) -> Vec<MediaType<'t>> {
    let examples = reader.object(node, "examples").map(named);
    let examples = examples.unwrap_or_default();
    let schema = node.get("schema");
    let media: Vec<Medium<'t>> = match schema {
        Some(schema) if is_file(schema) => file_media(node, produces),
        Some(_) if produces.is_empty() => vec![(USUAL, node)],
        Some(_) => produces.to_vec(),
        // A response with an example has a body, even without a schema.
        None => examples.clone(),
    };
    let media_type = |(name, at): Medium<'t>| MediaType {
        name,
        node: at,
        schema,
        item_schema: None,
        encoding: None,
        form: None,
        examples: examples
            .iter()
            .filter(|(key, _)| *key == name)
            .map(|(_, example)| *example)
            .collect(),
    };
    media.into_iter().map(media_type).collect()
}

/// Returns the media types of one response.
///
/// `produces` is meant for success. An operation that returns an archive still returns JSON for an error, which
/// Swagger 2.0 cannot express.
pub fn produced<'t>(
    status: &str,
    node: Node<'t>,
    produces: &[Medium<'t>],
    resolver: Resolver<'t>,
) -> Vec<Medium<'t>> {
    let is_kept = status.starts_with('2')
        || produces.is_empty()
        || produces
            .iter()
            .any(|(name, _)| is_json(name) || is_xml(name));
    let schema = node.get("schema").filter(|_| !is_kept);
    let schema = schema.and_then(|schema| resolver.follow(schema, &mut Diagnostics::default()));
    match schema.is_some_and(is_structured) {
        true => vec![(USUAL, node)],
        false => produces.to_vec(),
    }
}

/// Returns whether a schema describes objects or arrays.
fn is_structured(schema: Node<'_>) -> bool {
    let is_typed = matches!(schema.text("type"), Some("object" | "array"));
    is_typed || schema.get("properties").is_some() || schema.get("allOf").is_some()
}

/// Returns the media types of a file. Drops JSON, which is the document's default for other responses.
fn file_media<'t>(node: Node<'t>, produces: &[Medium<'t>]) -> Vec<Medium<'t>> {
    let media = produces.iter().filter(|(name, _)| !is_json(name)).copied();
    let media: Vec<Medium<'t>> = media.collect();
    match media.is_empty() {
        true => vec![("*/*", node)],
        false => media,
    }
}

/// Returns whether a schema describes a file.
pub(super) fn is_file(schema: Node<'_>) -> bool {
    schema.text("type") == Some("file")
}
