//! Finds and reports duplicate keys.

use crate::diag::{Diagnostics, codes};
use crate::tree::{NodeId, Tree};
use std::collections::{BTreeMap, HashMap};

/// The number of entries up to which comparing all pairs is faster than a map.
const FEW: usize = 16;

/// Returns the entries of an object whose key occurs again, each with the next entry of that key.
pub(crate) fn duplicates(tree: &Tree, object: NodeId) -> Vec<(NodeId, NodeId)> {
    let members = || {
        tree.node(object)
            .members()
            .map(|(key, node)| (key, node.id()))
    };
    let mut pairs = Vec::new();
    if tree.surely_differ(object) {
        return pairs;
    }
    if members().count() <= FEW {
        for (index, (key, earlier)) in members().enumerate() {
            let later = members().skip(index + 1).find(|(other, _)| *other == key);
            pairs.extend(later.map(|(_, later)| (earlier, later)));
        }
    } else {
        let mut seen: HashMap<&str, NodeId> = HashMap::with_capacity(members().count());
        for (key, later) in members() {
            pairs.extend(seen.insert(key, later).map(|earlier| (earlier, later)));
        }
    }
    pairs
}

/// Hides all but the last entry of each key, as JSON readers do, and reports each key once.
pub(crate) fn report_duplicates(
    tree: &mut Tree,
    pairs: &[(NodeId, NodeId)],
    diagnostics: &mut Diagnostics,
) {
    let mut pairs = pairs.to_vec();
    pairs.sort_unstable_by_key(|(_, later)| *later);
    // The first entry of a key and the number of entries, by the last entry so far.
    let mut keys: BTreeMap<NodeId, (NodeId, usize)> = BTreeMap::new();
    for (earlier, later) in pairs {
        let (first, count) = keys.remove(&earlier).unwrap_or((earlier, 1));
        keys.insert(later, (first, count + 1));
        tree.shadow(earlier);
    }
    for (last, (first, count)) in keys {
        let (first, last) = (tree.node(first), tree.node(last));
        diagnostics.push(codes::duplicate_key(first, last, count));
    }
}
