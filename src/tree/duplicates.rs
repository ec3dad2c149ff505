//! Finds and reports duplicate keys.

use super::{NodeId, Tree};
use std::collections::{BTreeMap, HashMap};

/// The number of entries up to which comparing all pairs is faster than a map.
const FEW: usize = 16;

/// Returns the entries of an object whose key occurs again, each with the next entry of that key.
pub fn duplicates(tree: &Tree, object: NodeId) -> Vec<(NodeId, NodeId)> {
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

/// A key that an object has several times.
pub struct Duplicate {
    pub first: NodeId,
    pub last: NodeId,
    pub count: usize,
}

/// Hides all but the last entry of each key, as JSON readers do, and returns each key once.
pub fn shadow_duplicates(tree: &mut Tree, pairs: &[(NodeId, NodeId)]) -> Vec<Duplicate> {
    let mut pairs = pairs.to_vec();
    pairs.sort_unstable_by_key(|(_, later)| *later);
    // The first entry of a key and the number of entries, by the last entry so far.
    let mut keys: BTreeMap<NodeId, (NodeId, usize)> = BTreeMap::new();
    for (earlier, later) in pairs {
        let (first, count) = keys.remove(&earlier).unwrap_or((earlier, 1));
        keys.insert(later, (first, count + 1));
        tree.shadow(earlier);
    }
    let keys = keys.into_iter();
    keys.map(|(last, (first, count))| Duplicate { first, last, count })
        .collect()
}
