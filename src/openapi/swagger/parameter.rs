//! Reads parameters and headers, which have `type` themselves.

use super::super::{Parameter, Reader};
use crate::diag::codes;
use crate::tree::Node;

/// Keywords that make a parameter its own schema.
const TYPED: [&str; 3] = ["type", "enum", "items"];

/// Reads a Parameter Object that is not a body, or a Header Object.
pub fn parameter<'t>(node: Node<'t>, reader: &mut Reader<'_>) -> Parameter<'t> {
    let location = reader.text(node, "in").unwrap_or_default();
    let schema = schema(node);
    let (style, explode) = match schema.and_then(|schema| schema.text("type")) {
        Some("array") => collection(node, &location, reader),
        _ => (None, None),
    };
    Parameter {
        node,
        name: reader.text(node, "name").unwrap_or_default(),
        location,
        required: reader.flag(node, "required").unwrap_or_default(),
        deprecated: reader.flag(node, "deprecated").unwrap_or_default(),
        inferred: reader.flag(node, "x-sdkgen-inferred").unwrap_or_default(),
        description: reader.prose(node, "description"),
        style,
        explode,
        allow_reserved: false,
        allow_empty_value: reader.flag(node, "allowEmptyValue").unwrap_or_default(),
        schema,
        content: Vec::new(),
        // The schema is the parameter itself, so its examples are found there.
        examples: Vec::new(),
    }
}

/// Returns the schema: the parameter itself, or a `schema` as in OpenAPI 3.
fn schema(node: Node<'_>) -> Option<Node<'_>> {
    own_schema(node).or_else(|| node.get("schema"))
}

/// Returns the parameter itself, if it has a type.
pub(super) fn own_schema(node: Node<'_>) -> Option<Node<'_>> {
    let is_typed = TYPED.iter().any(|key| node.get(key).is_some());
    is_typed.then_some(node)
}

/// Returns `style` and `explode` for the `collectionFormat` of a list.
fn collection(
    node: Node<'_>,
    location: &str,
    reader: &mut Reader<'_>,
) -> (Option<String>, Option<bool>) {
    let style = |style: &str| (Some(style.to_owned()), Some(false));
    let is_pairs = matches!(location, "query" | "formData");
    // Path parameters and headers are separated by commas anyway.
    let commas = (None, is_pairs.then_some(false));
    let format = reader.text(node, "collectionFormat");
    match format.as_deref() {
        None | Some("csv") => commas,
        Some("multi") if is_pairs => (None, None),
        Some("ssv") => style("spaceDelimited"),
        Some("tsv") => style(TAB_DELIMITED),
        Some("pipes") => style("pipeDelimited"),
        Some(other) => {
            reader
                .diagnostics
                .push(codes::collection_format(node, other, location));
            commas
        }
    }
}

/// The style for `collectionFormat: tsv`, which has no equivalent in OpenAPI 3.
pub const TAB_DELIMITED: &str = "tabDelimited";
