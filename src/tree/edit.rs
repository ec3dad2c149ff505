//! Changes to a tree that has been read: what an overlay does to a description.
//!
//! What is copied is of the file that it is put into, so that its references lead where those around it
//! lead, and is shown at the place where somebody wrote it.

use super::{Kind, Members, NodeId, Place, Slot, Tree, Value};

impl Tree {
    /// Copies a node, with all that is in it, to another place.
    pub fn copy(&mut self, from: NodeId, to: Place) -> NodeId {
        if let Place::Member(object, ..) = to {
            self.unseal(object);
        }
        let value = match &self.records[from.index()].value {
            Value::Array(_) => Value::Array(Vec::new()),
            Value::Object(_) => Value::Object(Members::default()),
            scalar => scalar.clone(),
        };
        let copied = self.add(to, None, value);
        self.origins.insert(copied, self.written(from));
        for (key, part) in self.parts(from) {
            let place = match key {
                Some(key) => Place::Member(copied, key, None),
                None => Place::Item(copied),
            };
            self.copy(part, place);
        }
        copied
    }

    /// Puts the value of one scalar in the place of another's.
    pub fn overwrite(&mut self, target: NodeId, from: NodeId) {
        self.has_hidden = true;
        self.records[target.index()].value = self.records[from.index()].value.clone();
        self.origins.insert(target, self.written(from));
    }

    /// Takes a node out of the object or the array around it, if it is still there; false for a root,
    /// which is in none.
    pub fn remove(&mut self, id: NodeId) -> bool {
        let Some(parent) = self.node(id).parent().map(|parent| parent.id) else {
            return false;
        };
        let order: Vec<NodeId> = match &mut self.records[parent.index()].value {
            Value::Array(items) => {
                items.retain(|item| *item != id);
                items.clone()
            }
            Value::Object(members) => {
                // A key that stands twice is taken out with both its values.
                let list = &mut members.list;
                let member = list.iter().find(|member| member.value == id);
                let key = member.map(|member| member.key.clone());
                list.retain(|member| Some(&member.key) != key.as_ref());
                list.iter().map(|member| member.value).collect()
            }
            _ => Vec::new(),
        };
        for (index, part) in order.into_iter().enumerate() {
            let slot = &mut self.records[part.index()].slot;
            *slot = match slot {
                Slot::Member(_) => Slot::Member(index as u32),
                _ => Slot::Item(index as u32),
            };
        }
        self.unseal(parent);
        self.has_hidden = true;
        true
    }

    /// The node that somebody wrote where this one is a copy: what diagnostics show.
    pub fn written(&self, id: NodeId) -> NodeId {
        self.origins.get(&id).copied().unwrap_or(id)
    }

    /// How many levels a node has, its own among them, and how many nodes.
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

    /// The members or items of a node, with their keys.
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

    fn unseal(&mut self, object: NodeId) {
        self.sorted.remove(&object);
        self.unsealed.push(object);
    }
}
