//! The sections of the components of a Swagger 2.0 document, which are members of its root.

use crate::tree::Node;

/// The member by which a document declares that it is a Swagger document.
pub fn version(root: Node<'_>) -> Option<Node<'_>> {
    let declared = root.get("swagger").or_else(|| root.get("swaggerVersion"));
    declared.filter(|_| root.get("openapi").is_none())
}

/// The sections of a document's components, each with the map that holds them.
pub fn sections<'t>(root: Node<'t>) -> impl Iterator<Item = (&'t str, Node<'t>)> {
    let is_swagger = version(root).is_some();
    let sections = SECTIONS.iter().filter(move |_| is_swagger);
    sections.filter_map(move |(key, section)| Some((*section, root.get(key)?)))
}

/// The members of the root that hold components, with the sections of OpenAPI 3 that they are.
pub const SECTIONS: [(&str, &str); 4] = [
    ("definitions", "schemas"),
    ("parameters", "parameters"),
    ("responses", "responses"),
    ("securityDefinitions", "securitySchemes"),
];
