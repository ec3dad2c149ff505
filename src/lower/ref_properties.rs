//! Resolves `properties: {$ref: …}`.
//!
//! Strictly, that is a property named `$ref` whose schema is a string, which is invalid. Tools that inline
//! files treat it as a reference, and their users write it.

use crate::diag::Diagnostics;
use crate::resolve::{Resolver, reference};
use crate::tree::{Node, NodeId};
use std::collections::HashMap;

/// Returns the target objects by the `properties` objects that refer to them. Unresolved ones are missing here
/// and reported as invalid schemas.
pub(super) fn find(resolver: Resolver<'_>) -> HashMap<NodeId, NodeId> {
    let objects = resolver.tree.objects();
    let lists = objects.filter_map(|node| node.get("properties"));
    let lists = lists.filter(|list| reference(*list).is_some());
    let meant = |node: Node<'_>| {
        let found = resolver.follow(node, &mut Diagnostics::default())?;
        found.is_object().then(|| (node.id(), found.id()))
    };
    lists.filter_map(meant).collect()
}
