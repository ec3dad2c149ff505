//! The order in which branches are asked, and what is asked besides the tag and the kind.

use super::rivals::Rivals;
use super::{Budget, Leaf, required};
use crate::ir::{JsonKind, Tell};
use indexmap::{IndexMap, IndexSet};
use serde_json::Value as Json;
use std::cmp::Reverse;
use std::collections::HashSet;

/// How many steps the comparison of the branches of one union may take.
const MOST_STEPS: usize = 4_000_000;

/// The leaves in the order of asking, those of one branch that need no telling apart in one.
/// With whether all were compared with each other.
pub(super) fn tells(mut leaves: Vec<Leaf<'_>>, budget: &mut Budget) -> (Vec<Tell>, bool) {
    let most = MOST_STEPS.min(budget.steps);
    let mut known = HashSet::new();
    // A branch that leads to one object by several ways is that object once.
    leaves.retain(|leaf| known.insert((leaf.identity(), leaf.tags.clone())));
    sort(&mut leaves);
    let mut rivals = Rivals::new(&leaves, most);
    let mut tells: IndexMap<Key, (Tell, IndexSet<Json>)> = IndexMap::new();
    for (index, leaf) in leaves.iter().enumerate() {
        let requires = rivals.distinguishing(index);
        let prefers = rivals.own_members(index);
        let (expects, expects_one) = expected(leaf);
        let is_told = !requires.is_empty() || !prefers.is_empty() || !expects.is_empty();
        let key = Key {
            branch: leaf.branch,
            kind: leaf.kind,
            has_tags: !leaf.tags.is_empty(),
            tag_optional: leaf.tag_optional,
            told: is_told.then(|| {
                let lists = [requires.clone(), prefers.clone(), expects.clone()];
                (leaf.tags.clone(), lists)
            }),
        };
        let tell = Tell {
            branch: leaf.branch,
            kind: leaf.kind,
            tags: Vec::new(),
            tag_optional: leaf.tag_optional,
            requires,
            prefers,
            expects,
            expects_one,
        };
        let (_, tags) = tells.entry(key).or_insert((tell, IndexSet::new()));
        tags.extend(leaf.tags.iter().cloned());
    }
    let with_tags = |(tell, tags): (Tell, IndexSet<Json>)| Tell {
        tags: tags.into_iter().collect(),
        ..tell
    };
    let left = rivals.steps_left();
    budget.steps -= most - left;
    (tells.into_values().map(with_tags).collect(), left > 0)
}

/// What leaves that are asked in one have in common.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    branch: usize,
    kind: JsonKind,
    has_tags: bool,
    tag_optional: bool,
    /// The tags and members by which a leaf is told from those of other branches.
    told: Option<(Vec<Json>, [Vec<String>; 3])>,
}

/// The required members of a leaf that may be null, and whether they are all that it requires. Those of a
/// leaf that a tag tells need not be asked for.
fn expected(leaf: &Leaf<'_>) -> (Vec<String>, bool) {
    if !leaf.tags.is_empty() {
        return (Vec::new(), false);
    }
    let members = leaf.object.into_iter().flat_map(|object| &object.members);
    let names: HashSet<&str> = required(leaf).collect();
    let expected: Vec<String> = members
        .filter(|member| member.schema.nullable && names.contains(&*member.name))
        .map(|member| member.name.clone())
        .collect();
    let is_all = !expected.is_empty() && expected.len() == names.len();
    (expected, is_all)
}

/// Kinds stay in the order in which the branches have them; only within a kind does it matter.
fn sort(leaves: &mut [Leaf<'_>]) {
    let groups: IndexSet<JsonKind> = leaves.iter().map(|leaf| group(leaf.kind)).collect();
    leaves.sort_by_cached_key(|leaf| {
        let is_any = leaf.kind == JsonKind::Any;
        let position = groups.get_index_of(&group(leaf.kind));
        let takes_all_numbers = leaf.kind == JsonKind::Number;
        let required = Reverse(required(leaf).count());
        let narrow = (takes_all_numbers, leaf.rank, leaf.tags.is_empty(), required);
        (is_any, position, narrow)
    });
}

/// Integers are numbers too.
fn group(kind: JsonKind) -> JsonKind {
    match kind {
        JsonKind::Integer => JsonKind::Number,
        kind => kind,
    }
}
