//! Finds the items that a crate uses, from the code that is made for the API.

use super::items::ItemKind;
use super::references::{Reference, references};
use super::scope::{Code, Crate, LeafId, Node, NodeId};
use std::collections::HashSet;

/// Traits of other crates, with the beginnings of the methods that need the trait in scope. A `use` of a trait is
/// kept if the file calls such a method; a `use` of anything else is kept if the file refers to its name.
const TRAITS: [(&str, &[&str]); 33] = [
    ("AsyncRead", &["poll_read"]),
    (
        "Buf",
        &[
            "advance",
            "chunk",
            "copy_to_bytes",
            "has_remaining",
            "remaining",
        ],
    ),
    ("BuildHasher", &["build_hasher", "hash_one"]),
    ("Deserialize", &["deserialize"]),
    ("DeserializeSeed", &["deserialize"]),
    ("Deserializer", &["deserialize_"]),
    ("Engine", &["decode", "encode"]),
    ("Formatter", &["begin_", "end_", "write_"]),
    ("FromStr", &["from_str"]),
    ("Future", &["poll"]),
    ("Hasher", &["finish", "write"]),
    ("Instrument", &["in_current_span", "instrument"]),
    ("IntoDeserializer", &["into_deserializer"]),
    ("IntoFuture", &["into_future"]),
    ("MapAccess", &["next_entry", "next_key", "next_value"]),
    ("Read", &["by_ref", "bytes", "chain", "read", "take"]),
    ("SeqAccess", &["next_element", "size_hint"]),
    ("Serialize", &["serialize"]),
    ("SerializeMap", &["end", "serialize_"]),
    ("SerializeSeq", &["end", "serialize_element"]),
    ("SerializeStruct", &["end", "serialize_field"]),
    ("SerializeStructVariant", &["end", "serialize_field"]),
    ("SerializeTuple", &["end", "serialize_element"]),
    ("SerializeTupleStruct", &["end", "serialize_field"]),
    ("SerializeTupleVariant", &["end", "serialize_field"]),
    ("Serializer", &["collect_", "serialize_"]),
    ("Service", &["call", "poll_ready"]),
    ("Stream", &["poll_next"]),
    ("Visitor", &["visit_"]),
    ("Write", &["finish", "flush", "write"]),
    (
        "de::Error",
        &["custom", "invalid_", "missing_field", "unknown_"],
    ),
    ("error::Error", &["source"]),
    ("ser::Error", &["custom"]),
];

/// The used items of a crate.
#[derive(Debug)]
pub struct Used {
    /// By [`NodeId`].
    pub nodes: Vec<bool>,
    pub leaves: HashSet<LeafId>,
}

/// Finds the items that are used by files which stay whole, and by each other.
pub fn used(of: &Crate<'_>) -> Used {
    let mut marker = Marker {
        of,
        used: Used {
            nodes: vec![false; of.nodes.len()],
            leaves: HashSet::new(),
        },
        methods: HashSet::new(),
        called: vec![HashSet::new(); of.files.len()],
        pending: Vec::new(),
    };
    for (file, of) in of.files.iter().enumerate() {
        if let Code::Whole(references) = &of.code {
            references
                .iter()
                .for_each(|reference| marker.follow(file, reference, None));
        }
    }
    loop {
        while let Some(node) = marker.pending.pop() {
            marker.scan(node);
        }
        marker.mark_dependents();
        marker.mark_traits();
        if marker.pending.is_empty() {
            return marker.used;
        }
    }
}

struct Marker<'c, 's> {
    of: &'c Crate<'s>,
    used: Used,
    /// The names of all called methods.
    methods: HashSet<&'s str>,
    /// The names that may be methods of traits in scope, and the called macros, by file.
    called: Vec<HashSet<&'s str>>,
    /// Used items that are not yet scanned.
    pending: Vec<NodeId>,
}

impl<'s> Marker<'_, 's> {
    fn mark(&mut self, node: NodeId) {
        if !std::mem::replace(&mut self.used.nodes[node.0], true) {
            self.pending.push(node);
        }
    }

    /// Marks everything that a used item refers to.
    fn scan(&mut self, id: NodeId) {
        let node = &self.of.nodes[id.0];
        let file = &self.of.files[node.file];
        let (range, owner) = match &file.items()[node.item].kind {
            // The members of the block are nodes of their own.
            ItemKind::Impl(block) if block.of.is_none() && node.member.is_none() => {
                (block.head_tokens.clone(), None)
            }
            ItemKind::Impl(block) => {
                let owner = self.of.named(node.file, &block.ty);
                (node.tokens.clone(), owner.first().copied())
            }
            ItemKind::Type => (node.tokens.clone(), Some(id)),
            _ => (node.tokens.clone(), None),
        };
        for reference in references(&file.tokens()[range]) {
            self.follow(node.file, &reference, owner);
        }
    }

    fn follow(&mut self, file: usize, reference: &Reference<'s>, owner: Option<NodeId>) {
        match reference {
            Reference::Path(path) => {
                let found = self.of.resolve(file, path, owner);
                found.nodes.into_iter().for_each(|node| self.mark(node));
                self.used.leaves.extend(found.leaves);
            }
            Reference::Method(name) => {
                self.methods.insert(name);
                self.called[file].insert(name);
            }
            Reference::Called(name) => {
                self.called[file].insert(name);
            }
        }
    }

    /// Marks what is used because something else is: methods of used types, implementations of used traits for
    /// used types, and calls of macros beside used items.
    fn mark_dependents(&mut self) {
        for index in 0..self.of.nodes.len() {
            if !self.used.nodes[index] && self.is_needed(&self.of.nodes[index]) {
                self.mark(NodeId(index));
            }
        }
    }

    fn is_needed(&self, node: &Node<'s>) -> bool {
        let is_used = |id: &NodeId| self.used.nodes[id.0];
        if node.member.is_some() {
            return node.owner.is_none_or(|owner| {
                let is_api = node.is_public && self.of.nodes[owner.0].is_public;
                let is_called = self.methods.contains(node.name) && self.of.has_receiver(node);
                is_used(&owner) && (is_api || is_called)
            });
        }
        match &self.of.files[node.file].items()[node.item].kind {
            ItemKind::Attribute => true,
            ItemKind::Impl(block) => match &block.of {
                Some(of) => {
                    let mut named = self.of.named(node.file, of);
                    named.extend(self.of.named(node.file, &block.ty));
                    named.iter().all(is_used)
                }
                None => self.has_used_members(node),
            },
            ItemKind::MacroCall => self.has_used_items(node.file),
            ItemKind::Value if node.name == "_" => self.has_used_items(node.file),
            _ => false,
        }
    }

    /// Returns whether a member of an `impl` block is used.
    fn has_used_members(&self, block: &Node<'s>) -> bool {
        let mut nodes = self.of.nodes.iter().zip(&self.used.nodes);
        nodes.any(|(node, is_used)| {
            let is_member = node.member.is_some() && node.item == block.item;
            *is_used && is_member && node.file == block.file
        })
    }

    /// Returns whether a file has a used item with a name, or no such item at all.
    fn has_used_items(&self, file: usize) -> bool {
        let named = |node: &Node<'_>| {
            let kind = &self.of.files[node.file].items()[node.item].kind;
            let is_item = node.member.is_none() && !["", "_"].contains(&node.name);
            node.file == file && is_item && !matches!(kind, ItemKind::Mod)
        };
        let nodes = self.of.nodes.iter().zip(&self.used.nodes);
        let mut named = nodes.filter(|(node, _)| named(node)).peekable();
        named.peek().is_none() || named.any(|(_, is_used)| *is_used)
    }

    /// Marks the `use` items of traits whose methods are called.
    fn mark_traits(&mut self) {
        let mut marked = Vec::new();
        for (file, of) in self.of.files.iter().enumerate() {
            for (index, used) in of
                .uses
                .iter()
                .enumerate()
                .filter(|(_, used)| used.item.is_some())
            {
                for leaf in 0..used.leaves.len() {
                    let id = (file, index, leaf);
                    if self.used.leaves.contains(&id) {
                        continue;
                    }
                    let target = self.of.leaf_target(id);
                    let is_called = match target.is_empty() {
                        true => self.calls_foreign(file, &used.leaves[leaf].path),
                        false => {
                            let mut methods =
                                target.iter().flat_map(|node| self.of.trait_methods(*node));
                            methods.any(|method| self.called[file].contains(method))
                        }
                    };
                    if is_called {
                        marked.push((id, target));
                    }
                }
            }
        }
        for (id, target) in marked {
            self.used.leaves.insert(id);
            target.into_iter().for_each(|node| self.mark(node));
        }
    }

    /// Returns whether a file calls methods of a trait of another crate.
    fn calls_foreign(&self, file: usize, path: &[&str]) -> bool {
        let path = path.join("::");
        let is_path = |name: &str| {
            path.strip_suffix(name)
                .is_some_and(|rest| rest.ends_with("::"))
        };
        let known = TRAITS.iter().find(|(name, _)| is_path(name));
        known.is_some_and(|(_, methods)| {
            let mut called = self.called[file].iter();
            called.any(|name| methods.iter().any(|method| name.starts_with(method)))
        })
    }
}

impl<'s> Crate<'s> {
    /// Returns whether a member is a method. Other functions are called by a path.
    fn has_receiver(&self, node: &Node<'s>) -> bool {
        let tokens = &self.files[node.file].tokens()[node.tokens.clone()];
        let mut after_name = tokens.iter().skip_while(|token| !token.is("fn"));
        let open = after_name.find(|token| token.is("("));
        open.is_some() && after_name.take(4).any(|token| token.is("self"))
    }

    /// Returns the methods of a node that is a trait.
    fn trait_methods(&self, id: NodeId) -> Vec<&'s str> {
        let node = &self.nodes[id.0];
        let file = &self.files[node.file];
        if node.member.is_some() || !matches!(file.items()[node.item].kind, ItemKind::Trait) {
            return Vec::new();
        }
        let tokens = file.tokens()[node.tokens.clone()].windows(2);
        let methods = tokens
            .filter(|pair| pair[0].is("fn"))
            .map(|pair| pair[1].text);
        methods.collect()
    }
}
