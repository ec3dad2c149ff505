//! The node tree: every file of a description as one arena of JSON-like nodes.
//!
//! A node knows its parent and its place in it, so a JSON Pointer (RFC 6901) and a position can be
//! given for any node without being stored. YAML nodes carry byte spans from the parser; JSON nodes
//! carry none, and their positions are found again only when a diagnostic needs one.

use serde_json::Number;

/// One file of the description, in the order in which the files were met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// One node of the arena, unique over all files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

impl NodeId {
    /// The node's place in the arena, for printing.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Byte offsets into the file's UTF-8 text, the end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// Where a node stands in its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Root,
    /// Member number of an object, in source order.
    Member(u32),
    /// Item number of an array.
    Item(u32),
}

/// One member of an object.
#[derive(Debug, Clone)]
struct Member {
    key: Box<str>,
    /// Only YAML files know it.
    key_span: Option<Span>,
    value: NodeId,
}

#[derive(Debug, Clone)]
enum Value {
    Null,
    Bool(bool),
    Number(Number),
    String(Box<str>),
    Array(Vec<NodeId>),
    Object(Vec<Member>),
}

#[derive(Debug, Clone)]
struct Record {
    parent: NodeId,
    slot: Slot,
    file: FileId,
    span: Option<Span>,
    value: Value,
}

/// What a node holds, without its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    /// The JSON name of the kind with its article, for messages.
    pub fn describe(self) -> &'static str {
        match self {
            Kind::Null => "null",
            Kind::Bool => "a boolean",
            Kind::Number => "a number",
            Kind::String => "a string",
            Kind::Array => "an array",
            Kind::Object => "an object",
        }
    }
}

/// The arena of all nodes of all files.
#[derive(Debug, Default)]
pub struct Tree {
    records: Vec<Record>,
    roots: Vec<Option<NodeId>>,
    /// Members whose key stands again later in the same object: they are there, and hidden.
    shadowed: std::collections::HashSet<NodeId>,
    /// The numbers of the members of large objects, sorted by key and then by number.
    sorted: std::collections::HashMap<NodeId, Box<[u32]>>,
    /// How many records are sealed.
    sealed: usize,
}

/// The members of an object of more are not searched one after the other.
const LARGE: usize = 16;

/// How a loader fills the tree: it opens containers and adds values in document order.
impl Tree {
    /// Adds a scalar at the place that `at` names.
    pub fn add_null(&mut self, at: Place, span: Option<Span>) -> NodeId {
        self.add(at, span, Value::Null)
    }

    pub fn add_bool(&mut self, at: Place, span: Option<Span>, value: bool) -> NodeId {
        self.add(at, span, Value::Bool(value))
    }

    pub fn add_number(&mut self, at: Place, span: Option<Span>, value: Number) -> NodeId {
        self.add(at, span, Value::Number(value))
    }

    pub fn add_string(&mut self, at: Place, span: Option<Span>, value: Box<str>) -> NodeId {
        self.add(at, span, Value::String(value))
    }

    /// Opens an empty array; its items are added with [`Place::Item`].
    pub fn add_array(&mut self, at: Place, span: Option<Span>) -> NodeId {
        self.add(at, span, Value::Array(Vec::new()))
    }

    /// Opens an empty object; its members are added with [`Place::Member`].
    pub fn add_object(&mut self, at: Place, span: Option<Span>) -> NodeId {
        self.add(at, span, Value::Object(Vec::new()))
    }

    /// Sets the span of a container once its end is known.
    pub fn set_span(&mut self, id: NodeId, span: Span) {
        self.records[id.index()].span = Some(span);
    }

    fn add(&mut self, at: Place, span: Option<Span>, value: Value) -> NodeId {
        let id = NodeId(self.records.len() as u32);
        let (parent, slot, file) = match at {
            Place::Root(file) => {
                let index = file.0 as usize;
                if self.roots.len() <= index {
                    self.roots.resize(index + 1, None);
                }
                self.roots[index] = Some(id);
                (id, Slot::Root, file)
            }
            Place::Item(parent) => {
                let file = self.records[parent.index()].file;
                let Value::Array(items) = &mut self.records[parent.index()].value else {
                    unreachable!("a loader adds items to arrays only")
                };
                items.push(id);
                (parent, Slot::Item(items.len() as u32 - 1), file)
            }
            Place::Member(parent, key, key_span) => {
                let file = self.records[parent.index()].file;
                let Value::Object(members) = &mut self.records[parent.index()].value else {
                    unreachable!("a loader adds members to objects only")
                };
                members.push(Member {
                    key,
                    key_span,
                    value: id,
                });
                (parent, Slot::Member(members.len() as u32 - 1), file)
            }
        };
        self.records.push(Record {
            parent,
            slot,
            file,
            span,
            value,
        });
        id
    }

    /// True when the object that is being filled has the key already.
    ///
    /// The search is linear: a loader that fills large objects keeps its own set of keys.
    pub fn has_member(&self, object: NodeId, key: &str) -> bool {
        self.node(object).get(key).is_some()
    }

    /// Hides a member from [`Node::members`], because a later one of the same key replaces it.
    pub fn shadow(&mut self, member: NodeId) {
        self.shadowed.insert(member);
    }

    /// Prepares the search in large objects, once a file has been read; nothing is added to it later.
    pub fn seal(&mut self) {
        for index in self.sealed..self.records.len() {
            let Value::Object(members) = &self.records[index].value else {
                continue;
            };
            if members.len() > LARGE {
                let mut order: Box<[u32]> = (0..members.len() as u32).collect();
                order.sort_by_key(|number| (&members[*number as usize].key, *number));
                self.sorted.insert(NodeId(index as u32), order);
            }
        }
        self.sealed = self.records.len();
    }

    /// Takes back the root of a file that turned out not to be parseable after its first nodes.
    pub fn forget(&mut self, file: FileId) {
        if let Some(root) = self.roots.get_mut(file.0 as usize) {
            *root = None;
        }
    }
}

/// Where a loader puts the next node.
#[derive(Debug)]
pub enum Place {
    Root(FileId),
    Item(NodeId),
    Member(NodeId, Box<str>, Option<Span>),
}

impl Tree {
    /// The root of a file, unless the file is empty or could not be parsed.
    pub fn root(&self, file: FileId) -> Option<Node<'_>> {
        self.roots
            .get(file.0 as usize)
            .copied()
            .flatten()
            .map(|id| self.node(id))
    }

    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node { tree: self, id }
    }

    /// How many nodes all files have together.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

/// A node with its tree: what every later stage reads.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    id: NodeId,
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}#{}", self.file().0, self.pointer())
    }
}

impl<'t> Node<'t> {
    fn record(self) -> &'t Record {
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
            (Slot::Member(index), Value::Object(members)) => members.get(index as usize),
            _ => None,
        }
    }

    pub fn parent(self) -> Option<Node<'t>> {
        let record = self.record();
        (record.slot != Slot::Root).then(|| self.tree.node(record.parent))
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
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        match &self.record().value {
            Value::Object(members) => {
                let found = match self
                    .tree
                    .sorted
                    .get(&self.id)
                    .filter(|_| members.len() > LARGE)
                {
                    Some(order) => {
                        let key_of = |number: u32| &*members[number as usize].key;
                        let after = order.partition_point(|number| key_of(*number) <= key);
                        let last = after.checked_sub(1).map(|at| order[at]);
                        let last = last.filter(|number| key_of(*number) == key);
                        last.map(|number| &members[number as usize])
                    }
                    None => members.iter().rev().find(|member| &*member.key == key),
                };
                found.map(|member| self.tree.node(member.value))
            }
            _ => None,
        }
    }

    /// The member's text, when the member is there and is a string.
    pub fn text(self, key: &str) -> Option<&'t str> {
        self.get(key)?.as_str()
    }

    /// The members of an object in source order, each key once; empty for every other kind.
    pub fn members(self) -> impl DoubleEndedIterator<Item = (&'t str, Node<'t>)> + 't {
        let members: &'t [Member] = match &self.record().value {
            Value::Object(members) => members,
            _ => &[],
        };
        let tree = self.tree;
        members
            .iter()
            .filter(|member| tree.shadowed.is_empty() || !tree.shadowed.contains(&member.value))
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
        steps.iter().try_fold(self, |node, step| match node.kind() {
            Kind::Object => node.get(step),
            Kind::Array => node.item(step.parse().ok()?),
            _ => None,
        })
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
