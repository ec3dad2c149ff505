//! Finds streams of server-sent events whose data has a different schema for each event.
//!
//! The item of such a stream is an object with the fields of an event. Its `data` is a string whose content has
//! a schema (OpenAPI 3.2, "Server-Sent Event Streams"). The client decodes that string, so the property has the
//! type of its content.

use crate::diag::Diagnostics;
use crate::ir::{EventKinds, essence};
use crate::resolve::{LONGEST_CHAIN, Resolver};
use crate::tree::{Node, NodeId};
use std::collections::HashMap;

/// The streams that [`find`] returns.
#[derive(Debug, Default)]
pub(super) struct EventStreams {
    /// By the schema of the item.
    pub kinds: HashMap<NodeId, EventKinds>,
    /// Schemas of contents, by the schemas of the strings.
    pub contents: HashMap<NodeId, NodeId>,
}

/// Finds all streams of events in the document.
pub(super) fn find(resolver: Resolver<'_>) -> EventStreams {
    let mut events = EventStreams::default();
    for media in resolver.tree.objects() {
        // Checking the length first avoids an allocation for most keys.
        let is_stream = |key: &str| key.len() >= 17 && essence(key) == "text/event-stream";
        if !media.key().is_some_and(is_stream) {
            continue;
        }
        let media = resolver.follow(media, &mut Diagnostics::default());
        if let Some(item) = media.and_then(|media| media.get("itemSchema")) {
            events.add(resolver, item);
        }
    }
    events
}

impl EventStreams {
    fn add(&mut self, resolver: Resolver<'_>, item: Node<'_>) {
        let mut kinds = EventKinds::default();
        let mut contents = Vec::new();
        let (mut has_data, mut has_names) = (false, false);
        for branch in branches(resolver, item) {
            let names = property(resolver, branch, "event", 0).map(values);
            let names = names.unwrap_or_default();
            let data = property(resolver, branch, "data", 0);
            let content = data.and_then(|data| Some((data, data.get("contentSchema")?)));
            has_data |= data.is_some();
            has_names |= !names.is_empty();
            match (names.is_empty(), content.is_some()) {
                (false, true) => kinds.json.extend(names),
                (false, false) => kinds.text.extend(names),
                (true, is_json) => kinds.others_are_json |= is_json,
            }
            contents.extend(content.map(|(data, content)| (data.id(), content.id())));
        }
        if has_data && has_names {
            self.kinds.insert(item.id(), kinds);
            self.contents.extend(contents);
        }
    }
}

/// Returns the branches of a schema's union, with references followed.
fn branches<'t>(resolver: Resolver<'t>, schema: Node<'t>) -> Vec<Node<'t>> {
    let mut at = schema;
    for _ in 0..LONGEST_CHAIN {
        let unions = ["oneOf", "anyOf"].into_iter().filter_map(|key| at.get(key));
        let branches: Vec<Node<'t>> = unions.flat_map(Node::items).collect();
        if !branches.is_empty() {
            return branches;
        }
        match resolver.step(at, &mut Diagnostics::default()) {
            Some(next) => at = next,
            None => break,
        }
    }
    Vec::new()
}

/// Returns the schema of a property that a schema declares, refers to or extends.
fn property<'t>(
    resolver: Resolver<'t>,
    schema: Node<'t>,
    name: &str,
    depth: usize,
) -> Option<Node<'t>> {
    const MOST: usize = 8;
    let own = schema.get("properties").and_then(|list| list.get(name));
    if own.is_some() || depth == MOST {
        return own;
    }
    let target = resolver.step(schema, &mut Diagnostics::default());
    let parts = schema.get("allOf").into_iter().flat_map(Node::items);
    let mut parts = target.into_iter().chain(parts);
    parts.find_map(|part| property(resolver, part, name, depth + 1))
}

/// Returns the strings that a schema lists.
fn values(schema: Node<'_>) -> Vec<String> {
    let listed = schema.get("enum").into_iter().flat_map(Node::items);
    let values = schema.get("const").into_iter().chain(listed);
    values
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect()
}
