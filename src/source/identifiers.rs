//! Collects identifiers of schemas: `$id`, `$anchor`, `$dynamicAnchor`, and `$self` of OpenAPI 3.2.
//!
//! A node with an `$id` is the root of its own resource: references inside of it are relative to its address, and
//! fragments are resolved in it.

use super::uri;
use crate::tree::{Node, NodeId, Tree};
use std::collections::HashMap;

/// The identified nodes of all files.
#[derive(Debug, Default)]
pub struct Identifiers {
    /// Nodes by their address, without fragment.
    resources: HashMap<String, NodeId>,
    /// The address of each resource's root.
    bases: HashMap<NodeId, String>,
    /// Anchors by their resource and name.
    anchors: HashMap<(NodeId, String), NodeId>,
    /// The nodes with a `$dynamicAnchor`, by name, in document order.
    dynamic: HashMap<String, Vec<NodeId>>,
}

/// Keywords whose objects are maps, so that their keys are not keywords.
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

/// Keywords with plain data.
const DATA: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// A text without any of these has no identifiers.
const SIGNS: [&str; 6] = [
    "$id",
    "$anchor",
    "$self",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$schema",
];

/// A node to visit, with its resource.
struct PendingNode<'t> {
    node: Node<'t>,
    resource: NodeId,
    /// Whether the node is a map, whose keys are not keywords.
    names: bool,
}

impl Identifiers {
    /// Returns whether a text may contain identifiers.
    pub fn may_be_in(text: &str) -> bool {
        SIGNS.iter().any(|sign| text.contains(sign))
    }

    /// Collects the identifiers of a file. `path` is its address.
    pub fn collect(&mut self, root: Node<'_>, path: &str) {
        let own = root.text("$self").filter(|_| root.get("openapi").is_some());
        let base = uri::resolve(path, without_fragment(own.unwrap_or_default()));
        self.add_resource(root.id(), base);
        let mut open = vec![PendingNode {
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
            open.extend(children.chain(items).map(|(node, names)| PendingNode {
                node,
                resource,
                names,
            }));
            // The stack is popped from the end; this keeps the document order.
            open[from..].reverse();
        }
    }

    /// Collects the identifiers of one node. Returns its resource.
    fn identify(&mut self, node: Node<'_>, mut resource: NodeId) -> NodeId {
        if let Some(id) = node.text("$id") {
            let (address, fragment) = id.split_once('#').unwrap_or((id, ""));
            if !address.is_empty() {
                let base = self.bases.get(&resource).map(String::as_str);
                let address = uri::resolve(base.unwrap_or_default(), address);
                self.add_resource(node.id(), address);
                resource = node.id();
            }
            // Before JSON Schema 2019-09, anchors were written as `$id: "#name"`.
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
        // Of two nodes with the same address, the first one counts.
        self.resources.entry(address.clone()).or_insert(node);
        self.bases.insert(node, address);
    }

    fn add_anchor(&mut self, resource: NodeId, name: &str, node: Node<'_>) {
        let key = (resource, name.to_owned());
        self.anchors.entry(key).or_insert(node.id());
    }

    /// Returns the root of a node's resource: the nearest ancestor with an `$id`, or the root of the file.
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

    /// Returns the node with an address, which is relative to `place`.
    pub fn find<'t>(&self, place: Node<'t>, address: &str) -> Option<Node<'t>> {
        if self.resources.is_empty() {
            return None;
        }
        let base = self.bases.get(&self.resource(place).id());
        let absolute = uri::resolve(base.map_or("", String::as_str), address);
        let found = self.resources.get(&absolute)?;
        Some(place.tree().node(*found))
    }

    /// Returns the node with an anchor, in a resource or else in its file.
    pub fn anchor(&self, tree: &Tree, resource: Node<'_>, name: &str) -> Option<NodeId> {
        let own = self.anchors.get(&(resource.id(), name.to_owned()));
        let around = || {
            let root = tree.root(resource.file())?;
            self.anchors.get(&(root.id(), name.to_owned()))
        };
        own.or_else(around).copied()
    }

    /// Returns the names of a resource's anchors, sorted.
    pub fn anchors(&self, resource: Node<'_>) -> Vec<&str> {
        let own = self.anchors.keys().filter(|(of, _)| *of == resource.id());
        let mut names: Vec<&str> = own.map(|(_, name)| name.as_str()).collect();
        names.sort_unstable();
        names
    }

    /// Returns the nodes with a dynamic anchor of this name, in document order.
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
