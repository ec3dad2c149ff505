//! Parameters and headers, which say their type themselves.

use super::super::{Parameter, Reader};
use crate::diag::codes;
use crate::tree::Node;

/// Keywords that make a schema of a parameter.
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
        // Those of the schema, which the parameter is itself.
        examples: Vec::new(),
    }
}

/// The parameter is its own schema; some documents give it one as OpenAPI 3 does.
fn schema(node: Node<'_>) -> Option<Node<'_>> {
    own_schema(node).or_else(|| node.get("schema"))
}

/// The parameter itself, if it says its type.
pub(super) fn own_schema(node: Node<'_>) -> Option<Node<'_>> {
    let is_typed = TYPED.iter().any(|key| node.get(key).is_some());
    is_typed.then_some(node)
}

/// The style of a list, and whether it explodes, by its `collectionFormat`.
fn collection(
    node: Node<'_>,
    location: &str,
    reader: &mut Reader<'_>,
) -> (Option<String>, Option<bool>) {
    let style = |style: &str| (Some(style.to_owned()), Some(false));
    let is_pairs = matches!(location, "query" | "formData");
    // Path parameters and headers separate items by commas anyway.
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

/// The style of `collectionFormat: tsv`, which OpenAPI 3 has no name for.
pub const TAB_DELIMITED: &str = "tabDelimited";
