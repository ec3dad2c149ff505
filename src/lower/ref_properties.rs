//! Properties that stand elsewhere: `properties: {$ref: …}`.
//!
//! By the letter that is a property called `$ref`, whose schema is a text and so none. Tools that lay
//! files into each other before they read them take it as a reference, and those who use them write it.

use crate::diag::Diagnostics;
use crate::resolve::{Resolver, reference};
use crate::tree::{Node, NodeId};
use std::collections::HashMap;

/// The objects that are meant, by those that name them. What leads nowhere is not in it: it is told
/// as any text in place of a schema is.
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
