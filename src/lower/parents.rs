//! Parents: schemas with a discriminator that their children extend with `allOf`. A value of a parent's type is
//! one of its children.

use super::Lowering;
use super::merge::Merged;
use super::union::{Alternative, Alternatives};
use crate::openapi;
use crate::tree::{Node, NodeId};
use std::collections::{HashMap, HashSet};

/// The children of all parents.
#[derive(Default)]
pub(super) struct ParentIndex<'t> {
    /// By parent, in document order.
    children: HashMap<NodeId, Vec<Node<'t>>>,
    /// All schemas that are a child of some parent.
    members: HashSet<NodeId>,
}

impl<'t> Lowering<'t, '_> {
    /// Returns the alternatives of a parent: its children, and its own properties for any other value.
    pub(super) fn parent(&mut self, schema: &openapi::Schema<'t>) -> Option<Alternatives<'t>> {
        let holder = openapi::discriminated(schema.node)?;
        let discriminator = match holder.id() == schema.node.id() {
            true => schema.discriminator?,
            false => self.read_schema(holder).discriminator?,
        };
        let tag = openapi::tag(discriminator, &mut self.reader);
        if !schema.branches.is_empty() || tag.is_none() {
            return None;
        }
        let mut children = self.children_of(schema.node.id());
        let mapping = self.mapping(Some(discriminator)).into_iter();
        let mapped: Vec<Node<'t>> = mapping.map(|(_, target)| target).collect();
        // A parent that was copied into its child still maps all its children.
        let is_copy = holder.id() != schema.node.id()
            && mapped.iter().any(|target| target.id() == schema.node.id());
        for target in mapped.into_iter().filter(|_| !is_copy) {
            let known = children.iter().any(|child| child.id() == target.id());
            if target.id() != schema.node.id() && !known {
                children.push(target);
            }
        }
        if children.is_empty() {
            return None;
        }
        let merged: Merged<'t> = self.merge(schema);
        let mut parts: Vec<Alternative<'t>> = children.into_iter().map(Alternative::of).collect();
        let own = Alternative {
            node: schema.node,
            title: Some("base".to_owned()),
            merged: merged.is_object().then(|| Box::new(merged)),
        };
        let default = own.merged.is_some().then_some(parts.len());
        parts.extend(own.merged.is_some().then_some(own));
        Some(Alternatives {
            discriminator: Some(discriminator),
            parts,
            default,
        })
    }

    /// Returns whether a schema is a child of some parent.
    pub(super) fn is_child(&mut self, node: Node<'t>) -> bool {
        self.parent_index().members.contains(&node.id())
    }

    fn children_of(&mut self, parent: NodeId) -> Vec<Node<'t>> {
        let children = self.parent_index().children.get(&parent);
        children.cloned().unwrap_or_default()
    }

    /// Returns the children of all parents, found on first use: components whose `allOf` leads to a schema with
    /// a discriminator. A child that is a parent itself represents its own children.
    fn parent_index(&mut self) -> &ParentIndex<'t> {
        if self.parents.is_none() {
            self.parents = Some(self.parents());
        }
        self.parents.get_or_insert_default()
    }

    fn parents(&mut self) -> ParentIndex<'t> {
        let components = &self.document.components;
        let named = components.schemas.iter().map(|(_, node)| *node);
        let components = named.chain(components.children.iter().copied());
        let places: HashMap<NodeId, usize> = components
            .clone()
            .enumerate()
            .map(|(place, node)| (node.id(), place))
            .collect();
        let mut users: HashMap<NodeId, Vec<Node<'t>>> = HashMap::new();
        let mut parents: Vec<Node<'t>> = Vec::new();
        let mut seen: HashSet<NodeId> = HashSet::new();
        let mut open: Vec<Node<'t>> = components.collect();
        while let Some(node) = open.pop() {
            if !seen.insert(node.id()) {
                continue;
            }
            if is_parent(node) {
                parents.push(node);
            }
            for base in self.bases(node) {
                users.entry(base.id()).or_default().push(node);
                open.push(base);
            }
        }
        let mut index = ParentIndex::default();
        for parent in parents {
            let mut children: Vec<Node<'t>> = descendants(parent, &users)
                .into_iter()
                .filter(|node| places.contains_key(&node.id()))
                .collect();
            children.sort_by_key(|node| places.get(&node.id()));
            index.members.extend(children.iter().map(|node| node.id()));
            index.children.insert(parent.id(), children);
        }
        index
    }

    /// Returns the schemas that an `allOf` refers to.
    fn bases(&mut self, node: Node<'t>) -> Vec<Node<'t>> {
        let branches = node.get("allOf").into_iter().flat_map(Node::items);
        let references = branches.filter(|branch| branch.text("$ref").is_some());
        // An unresolved reference is reported when the schema is read.
        let find = |branch| {
            let mut unheard = crate::diag::Diagnostics::default();
            self.resolver.follow(branch, &mut unheard)
        };
        references.filter_map(find).collect()
    }
}

/// Returns whether a schema has a discriminator and is not a union itself.
fn is_parent(node: Node<'_>) -> bool {
    openapi::discriminated(node).is_some() && node.get("oneOf").or(node.get("anyOf")).is_none()
}

/// Returns the schemas that extend a parent, directly or through schemas that are not parents.
fn descendants<'t>(parent: Node<'t>, users: &HashMap<NodeId, Vec<Node<'t>>>) -> Vec<Node<'t>> {
    let of = |node: Node<'t>| users.get(&node.id()).into_iter().flatten().copied();
    let mut seen = HashSet::from([parent.id()]);
    let mut found = Vec::new();
    let mut open: Vec<Node<'t>> = of(parent).collect();
    while let Some(node) = open.pop() {
        if !seen.insert(node.id()) {
            continue;
        }
        found.push(node);
        if !is_parent(node) {
            open.extend(of(node));
        }
    }
    found
}
