//! Reads properties of nodes with a type, and reports values of another type.

use super::Version;
use crate::diag::{Diagnostics, codes};
use crate::tree::{Kind, Node, NodeId};
use std::collections::{HashMap, HashSet};

/// Reads properties of nodes and reports faults.
#[derive(Debug)]
pub struct Reader<'d> {
    pub diagnostics: &'d mut Diagnostics,
    /// The declared version, set once it is known.
    pub version: Version,
    /// Schemas whose `format` does not match some value of the document. Set by `lower`.
    pub doubted: HashSet<NodeId>,
    /// Where the properties of `properties` with a `$ref` are. Set by `lower`.
    pub borrowed: HashMap<NodeId, NodeId>,
    /// The schema of the decoded content, keyed by the schema of the string.
    contents: HashMap<NodeId, NodeId>,
    is_content: HashSet<NodeId>,
}

impl<'d> Reader<'d> {
    pub fn new(diagnostics: &'d mut Diagnostics) -> Self {
        Reader {
            diagnostics,
            version: Version::V31,
            doubted: HashSet::new(),
            borrowed: HashMap::new(),
            contents: HashMap::new(),
            is_content: HashSet::new(),
        }
    }

    /// Sets the strings that are decoded: their properties are then read as the content.
    pub fn set_contents(&mut self, contents: HashMap<NodeId, NodeId>) {
        self.is_content = contents.values().copied().collect();
        self.contents = contents;
    }

    /// Returns the schema of the decoded content of a property, or the property itself.
    pub fn content<'t>(&self, property: Node<'t>) -> Node<'t> {
        let content = self.contents.get(&property.id());
        content.map_or(property, |content| property.tree().node(*content))
    }

    /// Returns whether a schema describes the decoded content of a string.
    pub fn is_content(&self, schema: Node<'_>) -> bool {
        self.is_content.contains(&schema.id())
    }

    /// Returns a string property. Numbers and booleans are converted, since authors of YAML often forget the quotes
    /// (`version: 1.0`).
    pub fn text(&mut self, object: Node<'_>, key: &str) -> Option<String> {
        let node = object.get(key)?;
        match node.kind() {
            Kind::String => node.as_str().map(str::to_owned),
            Kind::Number | Kind::Bool => {
                self.diagnostics
                    .push(codes::scalar_instead_of_string(node, key));
                Some(node.to_json().to_string())
            }
            Kind::Null => None,
            _ => {
                self.diagnostics
                    .push(codes::wrong_kind(node, key, "a string"));
                None
            }
        }
    }

    /// Returns a string property, unless it is blank.
    pub fn prose(&mut self, object: Node<'_>, key: &str) -> Option<String> {
        self.text(object, key)
            .filter(|text| !text.trim().is_empty())
    }

    /// Returns a boolean property. Accepts the strings `"true"` and `"false"`.
    pub fn flag(&mut self, object: Node<'_>, key: &str) -> Option<bool> {
        let node = object.get(key)?;
        let value = match (node.kind(), node.as_str()) {
            (Kind::Bool, _) => return node.as_bool(),
            (Kind::Null, _) => return None,
            (_, Some("true")) => Some(true),
            (_, Some("false")) => Some(false),
            _ => None,
        };
        self.diagnostics
            .push(codes::wrong_kind(node, key, "a boolean"));
        value
    }

    /// Returns an object property. Null counts as absent.
    pub fn object<'t>(&mut self, object: Node<'t>, key: &str) -> Option<Node<'t>> {
        self.of_kind(object, key, Kind::Object)
    }

    /// Returns the items of an array property. Absent and null are empty.
    pub fn array<'t>(&mut self, object: Node<'t>, key: &str) -> Vec<Node<'t>> {
        self.of_kind(object, key, Kind::Array)
            .map(|node| node.items().collect())
            .unwrap_or_default()
    }

    /// Returns the strings of an array property. Other items are reported and skipped.
    pub fn strings<'t>(&mut self, object: Node<'t>, key: &str) -> Vec<&'t str> {
        let mut strings = Vec::new();
        for item in self.array(object, key) {
            match item.as_str() {
                Some(text) => strings.push(text),
                None => self
                    .diagnostics
                    .push(codes::wrong_kind(item, key, "a string")),
            }
        }
        strings
    }

    /// Returns whether a node is an object. Reports other values, except for null, which counts as absent.
    pub fn is_object(&mut self, node: Node<'_>, key: &str) -> bool {
        self.is_of_kind(node, key, Kind::Object)
    }

    fn of_kind<'t>(&mut self, object: Node<'t>, key: &str, kind: Kind) -> Option<Node<'t>> {
        let node = object.get(key)?;
        self.is_of_kind(node, key, kind).then_some(node)
    }

    fn is_of_kind(&mut self, node: Node<'_>, key: &str, kind: Kind) -> bool {
        if node.kind() != kind && node.kind() != Kind::Null {
            self.diagnostics
                .push(codes::wrong_kind(node, key, kind.describe()));
        }
        node.kind() == kind
    }
}
