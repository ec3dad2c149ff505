//! Records what a filter removed, by the names that a configuration uses.

use super::{NodeId, Tree};
use std::collections::HashSet;

/// The names of operations, tags and schemas that are in the document but not in the crate.
///
/// A configuration may still name them: it may be shared by several crates, or older than the filter.
#[derive(Debug, Clone, Default)]
pub struct LeftOut {
    names: HashSet<String>,
    /// The JSON Pointers of schemas and paths: `#/components/schemas/Pet`.
    pointers: Vec<String>,
}

impl LeftOut {
    /// Adds names of removed operations and tags.
    pub fn add_names<'n>(&mut self, names: impl IntoIterator<Item = &'n String>) {
        self.names.extend(names.into_iter().cloned());
    }

    /// Adds removed nodes.
    pub fn add_nodes(&mut self, tree: &Tree, nodes: &[NodeId]) {
        for node in nodes.iter().map(|id| tree.node(*id)) {
            self.pointers.push(format!("#{}", node.pointer()));
            let section = node.parent().and_then(|section| section.key());
            let is_schema = matches!(section, Some("schemas" | "definitions"));
            let name = node.key().filter(|_| is_schema);
            self.names.extend(name.map(str::to_owned));
        }
    }

    /// Returns whether a configuration key names a removed item or a part of it.
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
