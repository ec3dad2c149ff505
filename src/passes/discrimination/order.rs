//! The order in which branches are asked, and what is asked besides the tag and the kind.

use super::rivals::Rivals;
use super::{Budget, Candidate, required};
use crate::ir::{BranchTest, JsonKind};
use indexmap::{IndexMap, IndexSet};
use serde_json::Value as Json;
use std::cmp::Reverse;
use std::collections::HashSet;

/// How many steps the comparison of the branches of one union may take.
const MOST_STEPS: usize = 4_000_000;

/// The leaves in the order of asking, those of one branch that need no telling apart in one.
/// With whether all were compared with each other.
pub(super) fn tests(
    mut candidates: Vec<Candidate<'_>>,
    budget: &mut Budget,
) -> (Vec<BranchTest>, bool) {
    let most = MOST_STEPS.min(budget.steps);
    let mut known = HashSet::new();
    // A branch that leads to one object by several ways is that object once.
    candidates.retain(|candidate| known.insert((candidate.identity(), candidate.tags.clone())));
    sort(&mut candidates);
    let mut rivals = Rivals::new(&candidates, most);
    let mut tests: IndexMap<Key, (BranchTest, IndexSet<Json>)> = IndexMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let requires = rivals.distinguishing(index);
        let prefers = rivals.own_members(index);
        let (expects, expects_one) = expected(candidate);
        let is_told = !requires.is_empty() || !prefers.is_empty() || !expects.is_empty();
        let key = Key {
            branch: candidate.branch,
            kind: candidate.kind,
            has_tags: !candidate.tags.is_empty(),
            tag_optional: candidate.tag_optional,
            found: is_told.then(|| {
                let lists = [requires.clone(), prefers.clone(), expects.clone()];
                (candidate.tags.clone(), lists)
            }),
        };
        let test = BranchTest {
            branch: candidate.branch,
            kind: candidate.kind,
            tags: Vec::new(),
            tag_optional: candidate.tag_optional,
            requires,
            prefers,
            expects,
            expects_one,
        };
        let (_, tags) = tests.entry(key).or_insert((test, IndexSet::new()));
        tags.extend(candidate.tags.iter().cloned());
    }
    let with_tags = |(test, tags): (BranchTest, IndexSet<Json>)| BranchTest {
        tags: tags.into_iter().collect(),
        ..test
    };
    let left = rivals.steps_left();
    budget.steps -= most - left;
    (tests.into_values().map(with_tags).collect(), left > 0)
}

/// What leaves that are asked in one have in common.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    branch: usize,
    kind: JsonKind,
    has_tags: bool,
    tag_optional: bool,
    /// The tags and members by which a leaf is told from those of other branches.
    found: Option<(Vec<Json>, [Vec<String>; 3])>,
}

/// The required members of a leaf that may be null, and whether they are all that it requires. Those of a
/// leaf that a tag tells need not be asked for.
fn expected(candidate: &Candidate<'_>) -> (Vec<String>, bool) {
    if !candidate.tags.is_empty() {
        return (Vec::new(), false);
    }
    let members = candidate
        .object
        .into_iter()
        .flat_map(|object| &object.members);
    let names: HashSet<&str> = required(candidate).collect();
    let expected: Vec<String> = members
        .filter(|member| member.schema.nullable && names.contains(&*member.name))
        .map(|member| member.name.clone())
        .collect();
    let is_all = !expected.is_empty() && expected.len() == names.len();
    (expected, is_all)
}

/// Kinds stay in the order in which the branches have them; only within a kind does it matter.
fn sort(candidates: &mut [Candidate<'_>]) {
    let groups: IndexSet<JsonKind> = candidates
        .iter()
        .map(|candidate| group(candidate.kind))
        .collect();
    candidates.sort_by_cached_key(|candidate| {
        let is_any = candidate.kind == JsonKind::Any;
        let position = groups.get_index_of(&group(candidate.kind));
        let takes_all_numbers = candidate.kind == JsonKind::Number;
        let required = Reverse(required(candidate).count());
        let narrow = (
            takes_all_numbers,
            candidate.rank,
            candidate.tags.is_empty(),
            required,
        );
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
