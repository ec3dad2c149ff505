//! The sections of the components of a Swagger 2.0 document, which are properties of its root.

use crate::tree::Node;

/// Returns the property that declares a Swagger document.
pub fn version(root: Node<'_>) -> Option<Node<'_>> {
    let declared = root.get("swagger").or_else(|| root.get("swaggerVersion"));
    declared.filter(|_| root.get("openapi").is_none())
}

/// Returns the sections of the components, each with its map.
pub fn sections<'t>(root: Node<'t>) -> impl Iterator<Item = (&'t str, Node<'t>)> {
    let is_swagger = version(root).is_some();
    let sections = SECTIONS.iter().filter(move |_| is_swagger);
    sections.filter_map(move |(key, section)| Some((*section, root.get(key)?)))
}

/// The properties of the root that contain components, with the name of the section in OpenAPI 3.
pub const SECTIONS: [(&str, &str); 4] = [
    ("definitions", "schemas"),
    ("parameters", "parameters"),
    ("responses", "responses"),
    ("securityDefinitions", "securitySchemes"),
];
