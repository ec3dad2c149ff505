//! Edits a loaded tree, for overlays.
//!
//! A copy belongs to the file that it is added to, so that its references are resolved there. Diagnostics show the
//! position of the original.

use super::{InsertAt, Kind, LARGE, Members, NodeId, Slot, Tree, Value};
use std::collections::{BTreeMap, HashSet};

impl Tree {
    /// Copies a node with everything below it.
    pub fn copy(&mut self, from: NodeId, to: InsertAt) -> NodeId {
        let around = match to {
            InsertAt::Member(object, ..) => Some(object),
            _ => None,
        };
        let copied = self.copy_all(from, to);
        if let Some(object) = around {
            self.index_last(object);
        }
        copied
    }

    fn copy_all(&mut self, from: NodeId, to: InsertAt) -> NodeId {
        let value = match &self.records[from.index()].value {
            Value::Array(_) => Value::Array(Vec::new()),
            Value::Object(_) => Value::Object(Members::default()),
            scalar => scalar.clone(),
        };
        let copied = self.add(to, None, value);
        self.origins.insert(copied, self.written(from));
        for (key, part) in self.parts(from) {
            let place = match key {
                Some(key) => InsertAt::Member(copied, key, None),
                None => InsertAt::Item(copied),
            };
            self.copy_all(part, place);
        }
        copied
    }

    /// Adds the last property of an object to its index. Sorting again would make insertions quadratic.
    fn index_last(&mut self, object: NodeId) {
        let Value::Object(members) = &self.records[object.index()].value else {
            return;
        };
        if let (Some(order), Some((last, before))) =
            (self.sorted.get_mut(&object), members.list.split_last())
        {
            let at = order.partition_point(|number| {
                before
                    .get(*number as usize)
                    .is_some_and(|member| member.key <= last.key)
            });
            order.insert(at, before.len() as u32);
        } else if members.list.len() > LARGE {
            self.index(object);
        }
    }

    /// Replaces the value of a scalar by that of another.
    pub fn overwrite(&mut self, target: NodeId, from: NodeId) {
        self.has_hidden = true;
        self.records[target.index()].value = self.records[from.index()].value.clone();
        self.origins.insert(target, self.written(from));
    }

    /// Removes nodes from their objects and arrays. A root stays.
    pub fn remove(&mut self, ids: &[NodeId]) {
        let mut lists: BTreeMap<NodeId, HashSet<NodeId>> = BTreeMap::new();
        for id in ids {
            let Some(parent) = self.node(*id).parent() else {
                continue;
            };
            match parent.kind() {
                Kind::Array => drop(lists.entry(parent.id).or_default().insert(*id)),
                // Earlier duplicates of the key are already hidden.
                _ => self.shadow(*id),
            }
        }
        for (list, removed) in lists {
            self.has_hidden = true;
            let Value::Array(items) = &mut self.records[list.index()].value else {
                continue;
            };
            items.retain(|item| !removed.contains(item));
            for (index, item) in items.clone().into_iter().enumerate() {
                self.records[item.index()].slot = Slot::Item(index as u32);
            }
        }
    }

    /// Returns the original of a copy, or the node itself. Diagnostics show its position.
    pub fn written(&self, id: NodeId) -> NodeId {
        self.origins.get(&id).copied().unwrap_or(id)
    }

    /// Returns the number of levels of a node, including itself, and the number of nodes.
    pub fn extent(&self, id: NodeId) -> (usize, usize) {
        let node = self.node(id);
        let parts = node.members().map(|(_, part)| part).chain(node.items());
        let (mut below, mut count) = (0, 1);
        for part in parts {
            let (levels, nodes) = self.extent(part.id);
            below = levels.max(below);
            count += nodes;
        }
        (below + 1, count)
    }

    /// Returns the children of a node with their keys.
    pub fn parts(&self, id: NodeId) -> Vec<(Option<Box<str>>, NodeId)> {
        let node = self.node(id);
        match node.kind() {
            Kind::Array => node.items().map(|item| (None, item.id)).collect(),
            _ => {
                let members = node.members();
                members
                    .map(|(key, value)| (Some(key.into()), value.id))
                    .collect()
            }
        }
    }
}
