//! Builds the tests of a union's branches, in the order in which they are tried.

use super::rivals::Rivals;
use super::{Candidate, UnionBudget, required};
use crate::ir::{BranchTest, JsonKind};
use indexmap::{IndexMap, IndexSet};
use serde_json::Value as Json;
use std::cmp::Reverse;
use std::collections::HashSet;

/// The maximum number of steps for comparing the branches of one union.
const MOST_STEPS: usize = 4_000_000;

/// Returns the tests in order, with candidates of one branch merged if nothing distinguishes them, and whether
/// all candidates were compared.
pub(super) fn tests(
    mut candidates: Vec<Candidate<'_>>,
    budget: &mut UnionBudget,
) -> (Vec<BranchTest>, bool) {
    let most = MOST_STEPS.min(budget.steps);
    let mut known = HashSet::new();
    // A branch may reach one object by several paths.
    candidates.retain(|candidate| known.insert((candidate.identity(), candidate.tags.clone())));
    sort(&mut candidates);
    let mut rivals = Rivals::new(&candidates, most);
    let mut tests: IndexMap<CandidateKey, (BranchTest, IndexSet<Json>)> = IndexMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let requires = rivals.distinguishing(index);
        let prefers = rivals.own_members(index);
        let (expects, expects_one) = expected(candidate);
        let is_distinguished = !requires.is_empty() || !prefers.is_empty() || !expects.is_empty();
        let key = CandidateKey {
            branch: candidate.branch,
            kind: candidate.kind,
            has_tags: !candidate.tags.is_empty(),
            tag_optional: candidate.tag_optional,
            found: is_distinguished.then(|| {
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

/// Candidates with equal keys share a test.
#[derive(PartialEq, Eq, Hash)]
struct CandidateKey {
    branch: usize,
    kind: JsonKind,
    has_tags: bool,
    tag_optional: bool,
    /// Tags and properties that distinguish a candidate from those of other branches.
    found: Option<(Vec<Json>, [Vec<String>; 3])>,
}

/// Returns the required properties that may be null, and whether no other property is required. A candidate
/// with a tag needs none.
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

/// Keeps kinds in the order of the branches and sorts only within a kind.
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

/// Groups integers with numbers, which include them.
fn group(kind: JsonKind) -> JsonKind {
    match kind {
        JsonKind::Integer => JsonKind::Number,
        kind => kind,
    }
}
