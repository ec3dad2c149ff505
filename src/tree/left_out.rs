//! What a filter has left out, by the names that a configuration has for it.

use super::{NodeId, Tree};
use std::collections::HashSet;

/// The names of operations, tags and schemas that the document has, and the crate does not.
///
/// A configuration may name them: it is often that of several crates, or was there before the filter.
#[derive(Debug, Clone, Default)]
pub struct LeftOut {
    names: HashSet<String>,
    /// The JSON Pointers of schemas and paths, as `#/components/schemas/Pet`.
    pointers: Vec<String>,
}

impl LeftOut {
    /// Adds names of operations and tags that are left out.
    pub fn add_names<'n>(&mut self, names: impl IntoIterator<Item = &'n String>) {
        self.names.extend(names.into_iter().cloned());
    }

    /// Adds nodes that are left out.
    pub fn add_nodes(&mut self, tree: &Tree, nodes: &[NodeId]) {
        for node in nodes.iter().map(|id| tree.node(*id)) {
            self.pointers.push(format!("#{}", node.pointer()));
            let section = node.parent().and_then(|section| section.key());
            let is_schema = matches!(section, Some("schemas" | "definitions"));
            let name = node.key().filter(|_| is_schema);
            self.names.extend(name.map(str::to_owned));
        }
    }

    /// Whether a key of the configuration names something that is left out, or a part of it.
    pub fn has(&self, key: &str) -> bool {
        let dots = key.match_indices('.').map(|(at, _)| at);
        let is_part = |of: &String| {
            let rest = key.strip_prefix(of.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
        };
        dots.chain([key.len()])
            .any(|at| self.names.contains(&key[..at]))
            || (key.starts_with('#') && self.pointers.iter().any(is_part))
    }
}
