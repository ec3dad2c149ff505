//! The node tree: every file of a description in one arena of JSON-like nodes.
//!
//! A node knows its parent, so its JSON Pointer (RFC 6901) and position can be computed without being stored. YAML
//! nodes have byte spans from the parser. JSON nodes have none; their positions are found again when a diagnostic
//! needs one.

pub mod duplicates;
mod edit;
mod left_out;
mod limits;
pub mod location;
mod node;
#[cfg(test)]
pub mod reads;
mod written;

pub use left_out::LeftOut;
pub use limits::{MAX_DEPTH, TOO_DEEP};
pub use node::Node;
use serde_json::Number;

/// A file of the description. Files are numbered in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A node of the arena, unique over all files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

impl NodeId {
    /// Returns the index of the node in the arena.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Byte offsets into the UTF-8 text of a file, without the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// The position of a node in its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Root,
    /// The index of a property, in source order.
    Member(u32),
    /// The index of an item.
    Item(u32),
}

/// A property of an object.
#[derive(Debug, Clone)]
struct Member {
    key: Box<str>,
    /// Only for YAML.
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
    Object(Members),
}

/// The properties of an object in source order.
#[derive(Debug, Clone, Default)]
struct Members {
    list: Vec<Member>,
    /// The union of the [`trace`]s of all keys. Most lookups of missing keywords end here.
    traces: u64,
}

impl Members {
    fn push(&mut self, member: Member) {
        self.traces |= trace(&member.key);
        self.list.push(member);
    }
}

/// Returns one bit for a key, from its length, first and last byte. The factors separate the keywords of Schema
/// Objects as well as 64 bits can.
#[inline]
fn trace(key: &str) -> u64 {
    let byte = |byte: Option<&u8>| byte.copied().map_or(0, u32::from);
    let bytes = key.as_bytes();
    let mixed = (bytes.len() % 64) as u32 * 3 + byte(bytes.first()) * 61 + byte(bytes.last());
    1 << (mixed % 64)
}

#[derive(Debug, Clone)]
struct Record {
    parent: NodeId,
    slot: Slot,
    file: FileId,
    span: Option<Span>,
    value: Value,
}

/// The kind of a node's value.
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
    /// Returns the JSON name of the kind with its article, for messages.
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

/// The arena of the nodes of all files.
#[derive(Debug, Default)]
pub struct Tree {
    records: Vec<Record>,
    roots: Vec<Option<NodeId>>,
    /// Properties that are hidden, because they were removed or their key occurs again later in the object.
    shadowed: std::collections::HashSet<NodeId>,
    /// The indices of the properties of large objects, sorted by key and then by index.
    sorted: std::collections::HashMap<NodeId, Vec<u32>>,
    /// Large objects that are not in `sorted` yet.
    unsealed: Vec<NodeId>,
    /// Whether there may be nodes that are not reachable from a root.
    has_hidden: bool,
    /// The originals of copied nodes.
    origins: std::collections::HashMap<NodeId, NodeId>,
    /// The source text of numbers and booleans in YAML, if it differs from JSON: `1.10`, `007`, `True`.
    spellings: std::collections::HashMap<NodeId, Box<str>>,
}

/// The number of properties above which lookups use a sorted index.
const LARGE: usize = 16;

/// Building: a loader opens containers and adds values in document order.
impl Tree {
    /// Adds a scalar.
    pub fn add_null(&mut self, at: InsertAt, span: Option<Span>) -> NodeId {
        self.add(at, span, Value::Null)
    }

    pub fn add_bool(&mut self, at: InsertAt, span: Option<Span>, value: bool) -> NodeId {
        self.add(at, span, Value::Bool(value))
    }

    pub fn add_number(&mut self, at: InsertAt, span: Option<Span>, value: Number) -> NodeId {
        self.add(at, span, Value::Number(value))
    }

    pub fn add_string(&mut self, at: InsertAt, span: Option<Span>, value: Box<str>) -> NodeId {
        self.add(at, span, Value::String(value))
    }

    /// Records the source text of a number or boolean, if JSON would print another.
    pub fn spell(&mut self, id: NodeId, text: &str) {
        let bytes = text.as_bytes();
        let is_short = bytes.len() < 18 && bytes.iter().all(u8::is_ascii_digit);
        if is_short && (bytes.len() == 1 || !text.starts_with('0')) {
            return;
        }
        let printed = self.node(id).to_json().to_string();
        if printed != text {
            self.spellings.insert(id, text.into());
        }
    }

    /// Opens an empty array. Its items are added with [`InsertAt::Item`].
    pub fn add_array(&mut self, at: InsertAt, span: Option<Span>) -> NodeId {
        self.add(at, span, Value::Array(Vec::new()))
    }

    /// Opens an empty object. Its properties are added with [`InsertAt::Member`].
    pub fn add_object(&mut self, at: InsertAt, span: Option<Span>) -> NodeId {
        self.add(at, span, Value::Object(Members::default()))
    }

    /// Returns the number of nodes in all files.
    pub fn node_count(&self) -> usize {
        self.records.len()
    }

    /// Sets the span of a container, once its end is known.
    pub fn set_span(&mut self, id: NodeId, span: Span) {
        self.records[id.index()].span = Some(span);
    }

    fn add(&mut self, at: InsertAt, span: Option<Span>, value: Value) -> NodeId {
        let id = NodeId(self.records.len() as u32);
        let (parent, slot, file) = match at {
            InsertAt::Root(file) => {
                let index = file.0 as usize;
                if self.roots.len() <= index {
                    self.roots.resize(index + 1, None);
                }
                self.roots[index] = Some(id);
                (id, Slot::Root, file)
            }
            InsertAt::Nowhere(file) => {
                self.has_hidden = true;
                (id, Slot::Root, file)
            }
            InsertAt::Item(parent) => {
                let file = self.records[parent.index()].file;
                let Value::Array(items) = &mut self.records[parent.index()].value else {
                    unreachable!("a loader adds items to arrays only")
                };
                items.push(id);
                (parent, Slot::Item(items.len() as u32 - 1), file)
            }
            InsertAt::Member(parent, key, key_span) => {
                let file = self.records[parent.index()].file;
                let Value::Object(members) = &mut self.records[parent.index()].value else {
                    unreachable!("a loader adds members to objects only")
                };
                members.push(Member {
                    key,
                    key_span,
                    value: id,
                });
                let count = members.list.len();
                if count == LARGE + 1 {
                    self.unsealed.push(parent);
                }
                (parent, Slot::Member(count as u32 - 1), file)
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

    /// Returns the keys of an object from an index on, including hidden ones.
    pub fn keys_from(&self, object: NodeId, first: usize) -> impl ExactSizeIterator<Item = &str> {
        let members = match &self.records[object.index()].value {
            Value::Object(members) => members.list.get(first..).unwrap_or_default(),
            _ => &[],
        };
        members.iter().map(|member| &*member.key)
    }

    /// Returns whether the keys of an object are known to be unique, without comparing them.
    pub fn surely_differ(&self, object: NodeId) -> bool {
        match &self.records[object.index()].value {
            Value::Object(members) => members.traces.count_ones() as usize == members.list.len(),
            _ => true,
        }
    }

    /// Hides a property from [`Node::members`] and [`Node::get`], because it is removed or replaced by a later one.
    pub fn shadow(&mut self, member: NodeId) {
        self.shadowed.insert(member);
        self.has_hidden = true;
    }

    /// Indexes large objects, after a file was read or changed.
    pub fn seal(&mut self) {
        for id in std::mem::take(&mut self.unsealed) {
            self.index(id);
        }
    }

    /// Sorts the keys of an object.
    fn index(&mut self, id: NodeId) {
        if let Value::Object(Members { list, .. }) = &self.records[id.index()].value {
            let mut order: Vec<u32> = (0..list.len() as u32).collect();
            order.sort_by_key(|number| (&list[*number as usize].key, *number));
            self.sorted.insert(id, order);
        }
    }

    /// Removes the root of a file that could not be parsed completely.
    pub fn forget(&mut self, file: FileId) {
        self.has_hidden = true;
        if let Some(root) = self.roots.get_mut(file.0 as usize) {
            *root = None;
        }
    }
}

/// The position of the next node that a loader adds.
#[derive(Debug)]
pub enum InsertAt {
    Root(FileId),
    /// In a file, but not in any of its nodes. Used for a temporary copy.
    Nowhere(FileId),
    Item(NodeId),
    Member(NodeId, Box<str>, Option<Span>),
}

impl Tree {
    /// Returns the root of a file, unless it is empty or could not be parsed.
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

    /// Returns the objects that are reachable from a root, ordered by id.
    pub fn objects(&self) -> impl Iterator<Item = Node<'_>> {
        let reached = self.has_hidden.then(|| self.reached());
        let records = self.records.iter().enumerate();
        let objects = records.filter(|(_, record)| matches!(record.value, Value::Object(_)));
        let nodes = objects.map(|(index, _)| self.node(NodeId(index as u32)));
        nodes.filter(move |node| reached.as_ref().is_none_or(|of| of[node.id.index()]))
    }

    /// Returns whether each node is reachable from a root. A container precedes its content.
    fn reached(&self) -> Vec<bool> {
        let mut reached: Vec<bool> = Vec::with_capacity(self.records.len());
        for (index, record) in self.records.iter().enumerate() {
            let id = NodeId(index as u32);
            let around = &self.records[record.parent.index()].value;
            let is_part = match (record.slot, around) {
                (Slot::Root, _) => self.root(record.file).map(Node::id) == Some(id),
                (Slot::Item(at), Value::Array(items)) => items.get(at as usize) == Some(&id),
                (Slot::Member(at), Value::Object(members)) => {
                    let member = members.list.get(at as usize);
                    member.is_some_and(|member| member.value == id) && !self.is_shadowed(id)
                }
                _ => false,
            };
            let leads_here = |parent: &bool| record.slot == Slot::Root || *parent;
            let parent = reached.get(record.parent.index()).unwrap_or(&true);
            reached.push(is_part && leads_here(parent));
        }
        reached
    }

    /// Returns whether a property is hidden.
    fn is_shadowed(&self, member: NodeId) -> bool {
        !self.shadowed.is_empty() && self.shadowed.contains(&member)
    }

    /// Returns the number of nodes in all files.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}
