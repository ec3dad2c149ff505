//! A node together with its tree, which later stages read.

use super::{FileId, Kind, LARGE, Member, NodeId, Record, Slot, Span, Tree, Value, trace};
use serde_json::Number;

/// A node together with its tree.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    pub(super) tree: &'t Tree,
    pub(super) id: NodeId,
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}#{}", self.file().0, self.pointer())
    }
}

impl<'t> Node<'t> {
    fn record(self) -> &'t Record {
        #[cfg(test)]
        super::reads::add();
        &self.tree.records[self.id.index()]
    }

    pub fn id(self) -> NodeId {
        self.id
    }

    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    pub fn file(self) -> FileId {
        self.record().file
    }

    /// Returns the byte range of the value, or `None` for JSON (see the module's documentation).
    pub fn span(self) -> Option<Span> {
        self.record().span
    }

    /// Returns the byte range of the node's key, if the loader recorded it.
    pub fn key_span(self) -> Option<Span> {
        self.member().and_then(|member| member.key_span)
    }

    /// Returns the node's key in its object.
    pub fn key(self) -> Option<&'t str> {
        self.member().map(|member| &*member.key)
    }

    /// Returns the node's index in its array.
    pub fn index(self) -> Option<usize> {
        match self.record().slot {
            Slot::Item(index) => Some(index as usize),
            Slot::Root | Slot::Member(_) => None,
        }
    }

    fn member(self) -> Option<&'t Member> {
        let record = self.record();
        match (record.slot, &self.tree.records[record.parent.index()].value) {
            (Slot::Member(index), Value::Object(members)) => members.list.get(index as usize),
            _ => None,
        }
    }

    pub fn parent(self) -> Option<Node<'t>> {
        let record = self.record();
        (record.slot != Slot::Root).then(|| self.tree.node(record.parent))
    }

    /// Returns whether this node is `other` or a descendant of it.
    pub fn is_within(self, other: Node<'_>) -> bool {
        let mut around = std::iter::successors(Some(self), |node| node.parent());
        around.any(|node| node.id == other.id)
    }

    /// Returns the JSON Pointer (RFC 6901) of the node in its file. It is empty for a root.
    pub fn pointer(self) -> String {
        let mut steps = Vec::new();
        let mut at = Some(self);
        while let Some(node) = at {
            match node.record().slot {
                Slot::Root => {}
                Slot::Item(index) => steps.push(index.to_string()),
                Slot::Member(_) => {
                    steps.push(
                        node.key()
                            .unwrap_or_default()
                            .replace('~', "~0")
                            .replace('/', "~1"),
                    );
                }
            }
            at = node.parent();
        }
        steps.iter().rev().flat_map(|step| ["/", step]).collect()
    }

    pub fn kind(self) -> Kind {
        match self.record().value {
            Value::Null => Kind::Null,
            Value::Bool(_) => Kind::Bool,
            Value::Number(_) => Kind::Number,
            Value::String(_) => Kind::String,
            Value::Array(_) => Kind::Array,
            Value::Object(_) => Kind::Object,
        }
    }

    pub fn is_object(self) -> bool {
        self.kind() == Kind::Object
    }

    pub fn as_str(self) -> Option<&'t str> {
        match &self.record().value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_bool(self) -> Option<bool> {
        match self.record().value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    pub fn as_number(self) -> Option<&'t Number> {
        match &self.record().value {
            Value::Number(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the value of a property. Of duplicate keys, the last one counts, as in JSON readers.
    #[inline]
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        match &self.record().value {
            Value::Object(members) if members.traces & trace(key) != 0 => {
                self.search(&members.list, key)
            }
            _ => None,
        }
    }

    fn search(self, members: &'t [Member], key: &str) -> Option<Node<'t>> {
        let order = (members.len() > LARGE).then(|| self.tree.sorted.get(&self.id));
        let found = match order.flatten() {
            Some(order) => {
                let key_of = |number: u32| &*members[number as usize].key;
                let after = order.partition_point(|number| key_of(*number) <= key);
                let last = after.checked_sub(1).map(|at| order[at]);
                let last = last.filter(|number| key_of(*number) == key);
                last.map(|number| &members[number as usize])
            }
            None => members.iter().rev().find(|member| &*member.key == key),
        };
        // The last property of a key is hidden only if it was removed.
        let found = found.filter(|member| !self.tree.is_shadowed(member.value));
        found.map(|member| self.tree.node(member.value))
    }

    /// Returns the value of a property, if it is a string.
    pub fn text(self, key: &str) -> Option<&'t str> {
        self.get(key)?.as_str()
    }

    /// Returns the properties of an object in source order, without duplicates. Empty for any other kind.
    pub fn members(self) -> impl DoubleEndedIterator<Item = (&'t str, Node<'t>)> + 't {
        let members: &'t [Member] = match &self.record().value {
            Value::Object(members) => &members.list,
            _ => &[],
        };
        let tree = self.tree;
        members
            .iter()
            .filter(|member| !tree.is_shadowed(member.value))
            .map(move |member| (&*member.key, tree.node(member.value)))
    }

    /// Returns the items of an array in source order. Empty for any other kind.
    pub fn items(self) -> impl ExactSizeIterator<Item = Node<'t>> + DoubleEndedIterator + 't {
        let items: &'t [NodeId] = match &self.record().value {
            Value::Array(items) => items,
            _ => &[],
        };
        let tree = self.tree;
        items.iter().map(move |id| tree.node(*id))
    }

    pub fn item(self, index: usize) -> Option<Node<'t>> {
        match &self.record().value {
            Value::Array(items) => items.get(index).map(|id| self.tree.node(*id)),
            _ => None,
        }
    }

    /// Returns the node at a JSON Pointer relative to this node. The steps are unescaped.
    pub fn descend(self, steps: &[String]) -> Option<Node<'t>> {
        steps.iter().try_fold(self, |node, step| node.child(step))
    }

    /// Returns the child for one step of a pointer.
    pub fn child(self, step: &str) -> Option<Node<'t>> {
        match self.kind() {
            Kind::Object => self.get(step),
            Kind::Array => self.item(step.parse().ok()?),
            _ => None,
        }
    }

    /// Returns the source text of a scalar. An unquoted `1.10` is a number, but was meant as these four characters if
    /// a string is expected.
    pub fn spelled(self) -> String {
        let tree = self.tree;
        match (self.as_str(), tree.spellings.get(&tree.written(self.id))) {
            (Some(text), _) => text.to_owned(),
            (None, Some(text)) => text.to_string(),
            (None, None) => self.to_json().to_string(),
        }
    }

    /// Returns the node as a JSON value, for examples, defaults and enum values.
    pub fn to_json(self) -> serde_json::Value {
        match &self.record().value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(value) => serde_json::Value::Number(value.clone()),
            Value::String(value) => serde_json::Value::String(value.to_string()),
            Value::Array(_) => self.items().map(Node::to_json).collect(),
            Value::Object(_) => serde_json::Value::Object(
                self.members()
                    .map(|(key, value)| (key.to_owned(), value.to_json()))
                    .collect(),
            ),
        }
    }
}
