//! Typed access to members, with a diagnostic where a member is not of the kind it should be.

use super::Version;
use crate::diag::{Diagnostics, codes};
use crate::tree::{Kind, Node, NodeId};
use std::collections::{HashMap, HashSet};

/// Reads members of nodes and says what is wrong with them.
#[derive(Debug)]
pub struct Reader<'d> {
    pub diagnostics: &'d mut Diagnostics,
    /// What the document says that it is, as soon as that is known.
    pub version: Version,
    /// Schemas whose `format` some value in the document does not have, as soon as they are known.
    pub doubted: HashSet<NodeId>,
    /// Where properties are that stand elsewhere, as soon as it is known.
    pub borrowed: HashMap<NodeId, NodeId>,
    /// The schemas of the contents of texts that are decoded, by those of the texts.
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

    /// Says which texts are decoded: properties are then read as the contents.
    pub fn set_contents(&mut self, contents: HashMap<NodeId, NodeId>) {
        self.is_content = contents.values().copied().collect();
        self.contents = contents;
    }

    /// The schema of what a property is once it is decoded.
    pub fn content<'t>(&self, property: Node<'t>) -> Node<'t> {
        let content = self.contents.get(&property.id());
        content.map_or(property, |content| property.tree().node(*content))
    }

    /// Whether a schema is that of a text's content.
    pub fn is_content(&self, schema: Node<'_>) -> bool {
        self.is_content.contains(&schema.id())
    }

    /// A string member. A number or boolean is taken by its text, since YAML authors often leave
    /// the quotes out (`version: 1.0`).
    pub fn text(&mut self, object: Node<'_>, key: &str) -> Option<String> {
        let node = object.get(key)?;
        match node.kind() {
            Kind::String => node.as_str().map(str::to_owned),
            Kind::Number | Kind::Bool => {
                self.diagnostics.push(codes::scalar_for_string(node, key));
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

    /// A string member with something in it besides white space.
    pub fn prose(&mut self, object: Node<'_>, key: &str) -> Option<String> {
        self.text(object, key)
            .filter(|text| !text.trim().is_empty())
    }

    /// A boolean member; the texts `"true"` and `"false"` are taken as meant.
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

    /// An object member; null counts as absent.
    pub fn object<'t>(&mut self, object: Node<'t>, key: &str) -> Option<Node<'t>> {
        self.of_kind(object, key, Kind::Object)
    }

    /// The items of an array member; absent and null give none.
    pub fn array<'t>(&mut self, object: Node<'t>, key: &str) -> Vec<Node<'t>> {
        self.of_kind(object, key, Kind::Array)
            .map(|node| node.items().collect())
            .unwrap_or_default()
    }

    /// The strings of an array member; what is no string is diagnosed and left out.
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

    /// Whether a node that is called `key` is an object; one that is something else is told, but for null,
    /// which counts as absent.
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
