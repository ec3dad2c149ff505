//! Reads `readOnly` and `writeOnly` of properties, wherever their schemas state them.

use super::Lowering;
use crate::diag::Diagnostics;
use crate::resolve::LONGEST_CHAIN;
use crate::tree::Node;
use std::collections::HashSet;

/// `readOnly` and `writeOnly` of a property.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct AccessFlags {
    pub read_only: bool,
    pub write_only: bool,
}

impl<'t> Lowering<'t, '_> {
    /// Reads both keywords next to `$ref`, in its target and in `allOf` branches. One `true` is enough (JSON
    /// Schema Validation 2020-12, section 9.4).
    pub(super) fn access(&mut self, schemas: impl IntoIterator<Item = Node<'t>>) -> AccessFlags {
        let mut access = AccessFlags::default();
        let mut seen = HashSet::new();
        let mut open: Vec<Node<'t>> = schemas.into_iter().collect();
        // The limit ends cycles; no property is described by that many schemas.
        while let Some(node) = open.pop().filter(|_| seen.len() < LONGEST_CHAIN) {
            if !seen.insert(node.id()) {
                continue;
            }
            let mut flag = |key| self.reader.flag(node, key).unwrap_or_default();
            access.read_only |= flag("readOnly");
            access.write_only |= flag("writeOnly");
            if node.get("$ref").is_some() {
                open.extend(self.resolver.step(node, &mut Diagnostics::default()));
            }
            open.extend(node.get("allOf").into_iter().flat_map(Node::items));
        }
        access
    }
}
