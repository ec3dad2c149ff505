//! What schemas call themselves: `$id`, `$anchor`, `$dynamicAnchor`, and OpenAPI 3.2's `$self`.
//!
//! A node with an `$id` begins a resource of its own: references in it are relative to its address,
//! and their fragments are looked up in it.

use super::uri;
use crate::tree::{Node, NodeId, Tree};
use std::collections::HashMap;

/// The identified nodes of all files.
#[derive(Debug, Default)]
pub struct Identifiers {
    /// What an address without its fragment names.
    resources: HashMap<String, NodeId>,
    /// The address of each node that begins a resource.
    bases: HashMap<NodeId, String>,
    /// Anchors by the resource that they are in.
    anchors: HashMap<(NodeId, String), NodeId>,
    /// The nodes with a `$dynamicAnchor`, by its name, in document order.
    dynamic: HashMap<String, Vec<NodeId>>,
}

/// The members of an object that hold names, so that no member of theirs is a keyword.
const NAMES: [&str; 12] = [
    "$defs",
    "definitions",
    "dependentSchemas",
    "headers",
    "parameters",
    "pathItems",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
];

/// The members of an object that hold plain data.
const DATA: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// Texts without any of these have nothing to identify.
const SIGNS: [&str; 6] = [
    "$id",
    "$anchor",
    "$self",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$schema",
];

/// A node to look at, with the resource that it is in.
struct Open<'t> {
    node: Node<'t>,
    resource: NodeId,
    /// The members are names.
    names: bool,
}

impl Identifiers {
    /// Whether there is anything in a text that could identify something.
    pub fn may_be_in(text: &str) -> bool {
        SIGNS.iter().any(|sign| text.contains(sign))
    }

    /// Takes in what a file identifies; `path` is what it is called by.
    pub fn collect(&mut self, root: Node<'_>, path: &str) {
        let own = root.text("$self").filter(|_| root.get("openapi").is_some());
        let base = uri::resolve(path, without_fragment(own.unwrap_or_default()));
        self.add_resource(root.id(), base);
        let mut open = vec![Open {
            node: root,
            resource: root.id(),
            names: false,
        }];
        while let Some(at) = open.pop() {
            let resource = match at.names {
                true => at.resource,
                false => self.identify(at.node, at.resource),
            };
            let members = at
                .node
                .members()
                .filter(|(key, _)| at.names || !DATA.contains(key));
            let children = members.map(|(key, node)| (node, !at.names && NAMES.contains(&key)));
            let items = at.node.items().map(|node| (node, false));
            let from = open.len();
            open.extend(children.chain(items).map(|(node, names)| Open {
                node,
                resource,
                names,
            }));
            // The last one in is the first one out.
            open[from..].reverse();
        }
    }

    /// Takes in what one node says of itself; gives the resource that it is in, or is.
    fn identify(&mut self, node: Node<'_>, mut resource: NodeId) -> NodeId {
        if let Some(id) = node.text("$id") {
            let (address, fragment) = id.split_once('#').unwrap_or((id, ""));
            if !address.is_empty() {
                let base = self.bases.get(&resource).map(String::as_str);
                let address = uri::resolve(base.unwrap_or_default(), address);
                self.add_resource(node.id(), address);
                resource = node.id();
            }
            // Before 2019 an anchor was written as an `$id`.
            if !fragment.is_empty() {
                self.add_anchor(resource, fragment, node);
            }
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = node.text(keyword) {
                self.add_anchor(resource, name, node);
            }
        }
        if let Some(name) = node.text("$dynamicAnchor") {
            self.dynamic
                .entry(name.to_owned())
                .or_default()
                .push(node.id());
        }
        resource
    }

    fn add_resource(&mut self, node: NodeId, address: String) {
        // The first of two that call themselves the same is the one that is found.
        self.resources.entry(address.clone()).or_insert(node);
        self.bases.insert(node, address);
    }

    fn add_anchor(&mut self, resource: NodeId, name: &str, node: Node<'_>) {
        let key = (resource, name.to_owned());
        self.anchors.entry(key).or_insert(node.id());
    }

    /// The node that begins the resource in which a node stands: the nearest with an `$id`, else the
    /// root of its file.
    pub fn resource<'t>(&self, node: Node<'t>) -> Node<'t> {
        let mut at = node;
        while let Some(parent) = at.parent() {
            if !self.bases.is_empty() && self.bases.contains_key(&at.id()) {
                break;
            }
            at = parent;
        }
        at
    }

    /// What an address names, as it is written at a place.
    pub fn find<'t>(&self, place: Node<'t>, address: &str) -> Option<Node<'t>> {
        if self.resources.is_empty() {
            return None;
        }
        let base = self.bases.get(&self.resource(place).id());
        let absolute = uri::resolve(base.map_or("", String::as_str), address);
        let found = self.resources.get(&absolute)?;
        Some(place.tree().node(*found))
    }

    /// The node with an anchor in a resource, else in the file around it.
    pub fn anchor(&self, tree: &Tree, resource: Node<'_>, name: &str) -> Option<NodeId> {
        let own = self.anchors.get(&(resource.id(), name.to_owned()));
        let around = || {
            let root = tree.root(resource.file())?;
            self.anchors.get(&(root.id(), name.to_owned()))
        };
        own.or_else(around).copied()
    }

    /// The names of the anchors in a resource, in the order of their letters.
    pub fn anchors(&self, resource: Node<'_>) -> Vec<&str> {
        let own = self.anchors.keys().filter(|(of, _)| *of == resource.id());
        let mut names: Vec<&str> = own.map(|(_, name)| name.as_str()).collect();
        names.sort_unstable();
        names
    }

    /// The nodes with a dynamic anchor of this name, in document order.
    pub fn dynamic(&self, name: &str) -> &[NodeId] {
        self.dynamic
            .get(name)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }
}

fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or_default()
}
