//! A node with its tree: what every later stage reads.

use super::{FileId, Kind, LARGE, Member, NodeId, Record, Slot, Span, Tree, Value, trace};
use serde_json::Number;

/// A node with its tree: what every later stage reads.
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

    /// The value's bytes in its file; `None` for JSON files (see the module's text).
    pub fn span(self) -> Option<Span> {
        self.record().span
    }

    /// The bytes of the key under which the node stands, where the loader kept them.
    pub fn key_span(self) -> Option<Span> {
        self.member().and_then(|member| member.key_span)
    }

    /// The key under which the node stands in its parent object.
    pub fn key(self) -> Option<&'t str> {
        self.member().map(|member| &*member.key)
    }

    /// The number of the item that the node is in its parent array, from 0.
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

    /// Whether this is another node, or a part of it.
    pub fn is_within(self, other: Node<'_>) -> bool {
        let mut around = std::iter::successors(Some(self), |node| node.parent());
        around.any(|node| node.id == other.id)
    }

    /// The JSON Pointer (RFC 6901) of the node within its file; empty for a root.
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

    /// The member's value; the last one where a key stands twice, as every JSON reader has it.
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
        // The last one of a key is hidden only where the key was removed.
        let found = found.filter(|member| !self.tree.is_shadowed(member.value));
        found.map(|member| self.tree.node(member.value))
    }

    /// The member's text, when the member is there and is a string.
    pub fn text(self, key: &str) -> Option<&'t str> {
        self.get(key)?.as_str()
    }

    /// The members of an object in source order, each key once; empty for every other kind.
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

    /// The items of an array in source order; empty for every other kind.
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

    /// The node that a JSON Pointer names, from here; the pointer's steps are unescaped already.
    pub fn descend(self, steps: &[String]) -> Option<Node<'t>> {
        steps.iter().try_fold(self, |node, step| node.child(step))
    }

    /// What one step of a pointer names.
    pub fn child(self, step: &str) -> Option<Node<'t>> {
        match self.kind() {
            Kind::Object => self.get(step),
            Kind::Array => self.item(step.parse().ok()?),
            _ => None,
        }
    }

    /// The text of a scalar, as the document has it: an unquoted `1.10` is a number, and was meant as these
    /// four letters where a string is asked for.
    pub fn spelled(self) -> String {
        let tree = self.tree;
        match (self.as_str(), tree.spellings.get(&tree.written(self.id))) {
            (Some(text), _) => text.to_owned(),
            (None, Some(text)) => text.to_string(),
            (None, None) => self.to_json().to_string(),
        }
    }

    /// The node as a JSON value of its own: for examples, defaults and enum values.
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
