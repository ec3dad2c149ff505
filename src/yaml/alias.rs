//! Expands aliases and merge keys by copying nodes, up to a limit.

use super::build::NodeBuilder;
use crate::tree::{InsertAt, Kind, MAX_DEPTH, Node, NodeId, TOO_DEEP, Tree};
use std::collections::HashSet;

/// The budget for all copies of a file. A node costs one, plus one per 32 bytes of text.
pub const BUDGET: usize = 1_000_000;

const TOO_MANY: &str = "the aliases of this file expand to more than a million nodes";

/// Copies a node with everything below it. The copies keep the spans of the original.
pub fn copy(
    builder: &mut NodeBuilder<'_>,
    from: NodeId,
    to: InsertAt,
    depth: usize,
) -> Result<NodeId, &'static str> {
    let mut first = None;
    let mut open = vec![(from, to, depth)];
    while let Some((from, to, depth)) = open.pop() {
        let cost = cost(builder.tree.node(from));
        builder.budget = builder.budget.checked_sub(cost).ok_or(TOO_MANY)?;
        let id = copy_one(builder.tree, from, to);
        first.get_or_insert(id);
        let node = builder.tree.node(from);
        if matches!(node.kind(), Kind::Array | Kind::Object) && depth >= MAX_DEPTH {
            return Err(TOO_DEEP);
        }
        // The stack is popped from the end; this keeps the order of children.
        let members = node.members().map(|(key, child)| {
            (
                child.id(),
                InsertAt::Member(id, key.into(), child.key_span()),
                depth + 1,
            )
        });
        let items = node
            .items()
            .map(|child| (child.id(), InsertAt::Item(id), depth + 1));
        let children: Vec<_> = members.chain(items).collect();
        open.extend(children.into_iter().rev());
    }
    first.ok_or(TOO_MANY)
}

fn cost(node: Node<'_>) -> usize {
    1 + (node.key().map_or(0, str::len) + node.as_str().map_or(0, str::len)) / 32
}

/// Copies a scalar, or a container without its content.
fn copy_one(tree: &mut Tree, from: NodeId, to: InsertAt) -> NodeId {
    let node = tree.node(from);
    let span = node.span();
    let is_spelled = matches!(node.kind(), Kind::Bool | Kind::Number);
    let spelled = is_spelled.then(|| node.spelled());
    let copy = match node.kind() {
        Kind::Null => tree.add_null(to, span),
        Kind::Array => tree.add_array(to, span),
        Kind::Object => tree.add_object(to, span),
        Kind::Bool => {
            let value = node.as_bool().unwrap_or_default();
            tree.add_bool(to, span, value)
        }
        Kind::Number => match node.as_number().cloned() {
            Some(value) => tree.add_number(to, span, value),
            None => tree.add_null(to, span),
        },
        Kind::String => {
            let value = node.as_str().unwrap_or_default().into();
            tree.add_string(to, span, value)
        }
    };
    if let Some(text) = spelled {
        tree.spell(copy, &text);
    }
    copy
}

/// Returns the mappings that a value of `<<` merges, or `None` if it is invalid.
pub fn merge_sources(value: Node<'_>) -> Option<Vec<NodeId>> {
    match value.kind() {
        Kind::Object => Some(vec![value.id()]),
        Kind::Array if value.items().all(Node::is_object) => {
            Some(value.items().map(Node::id).collect())
        }
        _ => None,
    }
}

/// The keys of an open mapping. Searching its entries for each merged key would take quadratic time.
#[derive(Debug, Default)]
pub struct KnownKeys {
    known: HashSet<Box<str>>,
    /// The number of entries that `known` covers.
    counted: usize,
}

impl KnownKeys {
    /// Adds the entries that are new since the last call.
    fn update(&mut self, tree: &Tree, object: NodeId) {
        let added = tree.keys_from(object, self.counted);
        self.counted += added.len();
        self.known.extend(added.map(Box::from));
    }
}

/// Copies entries of mappings into another one, except for keys that it already has.
pub fn merge(
    builder: &mut NodeBuilder<'_>,
    sources: &[NodeId],
    target: NodeId,
    keys: &mut KnownKeys,
    depth: usize,
) -> Result<Vec<NodeId>, &'static str> {
    keys.update(builder.tree, target);
    let mut added = Vec::new();
    for source in sources {
        let members = builder.tree.node(*source).members();
        let members: Vec<_> = members
            .map(|(key, child)| (child.id(), Box::<str>::from(key), child.key_span()))
            .collect();
        for (child, key, key_span) in members {
            if keys.known.insert(key.clone()) {
                let place = InsertAt::Member(target, key, key_span);
                added.push(copy(builder, child, place, depth)?);
                keys.counted += 1;
            }
        }
    }
    Ok(added)
}
