//! Parents: schemas with a discriminator that their children lay into themselves with `allOf`. Where
//! a parent is the type of a value, the value is one of its children.

use super::Lowering;
use super::merge::Merged;
use super::union::{Alternative, Alternatives};
use crate::openapi;
use crate::tree::{Node, NodeId};
use std::collections::HashMap;

impl<'t> Lowering<'t, '_> {
    /// A schema that stands for its children: them, and what it describes itself for all others.
    pub(super) fn parent(&mut self, schema: &openapi::Schema<'t>) -> Option<Alternatives<'t>> {
        let discriminator = schema.discriminator?;
        if !schema.branches.is_empty() || discriminator.text("propertyName").is_none() {
            return None;
        }
        let mut children = self.children_of(schema.node.id());
        for (_, target) in self.mapping(Some(discriminator)) {
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

    /// True for a schema that a parent is one with.
    pub(super) fn is_child(&mut self, node: Node<'t>) -> bool {
        self.read_children();
        let mut children = self.children.values().flatten();
        children.any(|child| child.id() == node.id())
    }

    fn children_of(&mut self, parent: NodeId) -> Vec<Node<'t>> {
        self.read_children();
        self.children.get(&parent).cloned().unwrap_or_default()
    }

    /// Finds the children of all parents, once: components whose `allOf` leads to a schema with a
    /// discriminator. A child that is a parent itself stands for its own children.
    fn read_children(&mut self) {
        if self.has_children {
            return;
        }
        self.has_children = true;
        let mut children: HashMap<NodeId, Vec<Node<'t>>> = HashMap::new();
        for (_, component) in &self.document.schemas {
            let mut open = self.bases(*component);
            let mut seen = vec![component.id()];
            while let Some(base) = open.pop() {
                if seen.contains(&base.id()) {
                    continue;
                }
                seen.push(base.id());
                match base.get("discriminator") {
                    Some(_) if base.get("oneOf").or(base.get("anyOf")).is_none() => {
                        children.entry(base.id()).or_default().push(*component);
                    }
                    _ => open.extend(self.bases(base)),
                }
            }
        }
        self.children = children;
    }

    /// The schemas that an `allOf` refers to.
    fn bases(&mut self, node: Node<'t>) -> Vec<Node<'t>> {
        let branches = node.get("allOf").into_iter().flat_map(Node::items);
        let references = branches.filter(|branch| branch.text("$ref").is_some());
        // What cannot be found is told where the schema itself is read.
        let find = |branch| {
            let mut unheard = crate::diag::Diagnostics::default();
            self.resolver.follow(branch, &mut unheard)
        };
        references.filter_map(find).collect()
    }
}
