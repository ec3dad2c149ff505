//! Records what a filter removed, by the names that a configuration uses.

use crate::config::operations::Described;
use crate::source::Loaded;
use crate::tree::NodeId;
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
    /// Adds removed operations. Tags of `kept` operations are not removed.
    pub fn add_operations<'d>(
        &mut self,
        left_out: impl Iterator<Item = &'d Described>,
        kept: &[&Described],
    ) {
        let kept: HashSet<&String> = kept.iter().flat_map(|operation| &operation.tags).collect();
        for operation in left_out {
            self.names.extend(operation.names.iter().cloned());
            let tags = operation.tags.iter().filter(|tag| !kept.contains(tag));
            self.names.extend(tags.cloned());
        }
    }

    /// Adds removed nodes.
    pub fn add_nodes(&mut self, loaded: &Loaded, nodes: &[NodeId]) {
        for node in nodes.iter().map(|id| loaded.tree.node(*id)) {
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
