//! Plans how the branches of a union are discriminated.
//!
//! Branches are distinguished by the tag, if there is one: the declared discriminator, or a property with a
//! different constant in each branch. Next come the JSON kind, and then properties that one branch requires and
//! another does not. Remaining branches are tried in order, the stricter before the more permissive.

mod candidates;
mod order;
mod rivals;
mod tags;
#[cfg(test)]
mod tests;

use self::order::tests;
use self::tags::{common_tag, drop_shared, mapped, take_tags};
use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, BranchTest, JsonKind, Object, Schema, SchemaKind, Shape, Union};
use crate::resolve::LONGEST_CHAIN;
use crate::tree::Tree;
use indexmap::IndexSet;
use serde_json::Value as Json;

pub fn run(api: &mut Api, tree: &Tree, diagnostics: &mut Diagnostics) {
    let mut budget = UnionBudget::default();
    for id in api.type_ids() {
        let Shape::Union(union) = &api.ty(id).shape else {
            continue;
        };
        let found = discriminate(api, union, &mut budget);
        if let Some(at) = api.ty(id).at {
            if !found.complete {
                diagnostics.push(codes::branch_without_discriminator_value(tree.node(at)));
            }
            if found.is_cut {
                diagnostics.push(codes::union_too_large(tree.node(at)));
            }
        }
        if let Shape::Union(union) = &mut api.types[id.0 as usize].shape {
            for (branch, (tags, writes_tag)) in union.branches.iter_mut().zip(found.branches) {
                branch.tags = tags;
                branch.writes_tag = writes_tag;
            }
            union.tag = found.tag;
            union.tests = found.tests;
        }
    }
}

/// Limits on the work for all unions of an API. Published descriptions stay far below them.
struct UnionBudget {
    /// Branches of nested unions.
    nested: usize,
    /// Comparisons of the properties of two branches.
    steps: usize,
}

impl Default for UnionBudget {
    fn default() -> Self {
        UnionBudget {
            nested: 1_000_000,
            steps: 20_000_000,
        }
    }
}

struct Discrimination {
    tag: Option<String>,
    tests: Vec<BranchTest>,
    /// For each branch its tags, and whether the union has to write them.
    branches: Vec<(Vec<Json>, bool)>,
    /// Whether every object branch has a value of the declared tag.
    complete: bool,
    /// Whether a limit stopped the comparison of all branches.
    is_cut: bool,
}

/// One kind of value of a branch.
struct Candidate<'a> {
    branch: usize,
    /// The innermost union that contains the candidate, and the index of its branch there.
    within: (&'a Union, usize),
    kind: JsonKind,
    /// Orders candidates of one kind from strict to permissive: formats, then enums, then any string.
    rank: u8,
    object: Option<&'a Object>,
    tags: Vec<Json>,
    tag_optional: bool,
}

impl<'a> Candidate<'a> {
    /// Returns everything but the tags of a candidate. Candidates with equal identities share a test.
    fn identity(&self) -> (usize, JsonKind, u8, *const Object, bool) {
        let object = self.object.map_or(std::ptr::null(), std::ptr::from_ref);
        (self.branch, self.kind, self.rank, object, self.tag_optional)
    }
}

fn discriminate(api: &Api, union: &Union, budget: &mut UnionBudget) -> Discrimination {
    let (mut candidates, is_cut) = candidates::of(api, union, budget);
    let found = || common_tag(api, &candidates);
    let tag = union.tag.clone().or_else(found);
    let mut has_shared = false;
    if let Some(tag) = &tag {
        let mapped = mapped(union);
        candidates.retain_mut(|candidate| take_tags(api, union, tag, &mapped, candidate));
        has_shared = union.tag.is_some() && drop_shared(&mut candidates, &mapped);
    }
    let is_untagged = |candidate: &Candidate<'_>| {
        let is_default = union.default == Some(candidate.branch);
        candidate.kind >= JsonKind::Object && candidate.tags.is_empty() && !is_default
    };
    let complete = union.tag.is_none() || !(has_shared || candidates.iter().any(is_untagged));
    // The candidates of one branch are contiguous.
    let mut rest = &candidates[..];
    let branches = (0..union.branches.len()).map(|index| {
        let of_branch;
        let count = rest
            .iter()
            .take_while(|candidate| candidate.branch == index)
            .count();
        (of_branch, rest) = rest.split_at(count);
        let mut tags: IndexSet<Json> = union.branches[index].tags.iter().cloned().collect();
        let objects = of_branch
            .iter()
            .filter(|candidate| candidate.kind >= JsonKind::Object);
        tags.extend(objects.flat_map(|candidate| candidate.tags.iter().cloned()));
        // The union does not write the tag if the caller has to choose between several values, or if the branch
        // is the default.
        let writes = match (&union.tag, of_branch) {
            (Some(tag), [candidate]) if !is_union(api, &union.branches[index].schema) => {
                tags.len() == 1 && union.default != Some(index) && !requires(candidate, tag)
            }
            _ => false,
        };
        (tags.into_iter().collect(), writes)
    });
    let branches = branches.collect();
    let (tests, is_compared) = tests(candidates, budget);
    Discrimination {
        tests,
        branches,
        complete,
        is_cut: is_cut || !is_compared,
        tag,
    }
}

fn is_union(api: &Api, schema: &Schema) -> bool {
    let mut schema = schema;
    for _ in 0..LONGEST_CHAIN {
        match &schema.kind {
            SchemaKind::Declared(id) => match &api.ty(*id).shape {
                Shape::Alias(target) => schema = target,
                shape => return matches!(shape, Shape::Union(_)),
            },
            _ => return false,
        }
    }
    false
}

/// Returns whether a candidate is an object that requires the property.
fn requires(candidate: &Candidate<'_>, name: &str) -> bool {
    required(candidate).any(|required| required == name)
}

fn required<'a>(candidate: &Candidate<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let members = candidate
        .object
        .into_iter()
        .flat_map(|object| &object.members);
    // A read-only or write-only property is absent in one direction.
    members
        .filter(|member| member.required && !member.read_only && !member.write_only)
        .map(|member| member.name.as_str())
}
