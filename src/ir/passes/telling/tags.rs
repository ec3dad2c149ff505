//! Tags: the constants that tell objects apart.

use super::{Leaf, is_union};
use crate::ir::{Api, Branch, JsonKind, Member, Object, SchemaKind, Shape, Union};
use crate::resolve::LONGEST_CHAIN;
use indexmap::IndexMap;
use serde_json::Value as Json;
use std::collections::HashMap;

/// The few values that a member can have, if it says them.
fn constants(api: &Api, member: &Member) -> Vec<Json> {
    /// What has more values than that tells no branch.
    const MOST: usize = 16;
    let mut schema = &member.schema;
    // What longer chains lead to is no tag.
    for _ in 0..LONGEST_CHAIN {
        match &schema.kind {
            SchemaKind::Declared(id) => match &api.ty(*id).shape {
                Shape::Alias(target) => schema = target,
                Shape::Enum(shape) if shape.values.len() <= MOST => {
                    return shape
                        .values
                        .iter()
                        .map(|value| value.value.clone())
                        .collect();
                }
                _ => return Vec::new(),
            },
            SchemaKind::Boolean => break,
            _ => return Vec::new(),
        }
    }
    let limits = schema.facts.iter().flat_map(|facts| &facts.limits);
    let values = limits.filter(|(keyword, _)| keyword == "enum");
    let values = values.filter_map(|(_, values)| values.as_array());
    values.flatten().cloned().collect()
}

pub(super) fn member<'a>(object: &'a Object, name: &str) -> Option<&'a Member> {
    object.members.iter().find(|member| member.name == name)
}

/// The member whose constants tell most branches apart; the first of several.
pub(super) fn common_tag(api: &Api, leaves: &[Leaf<'_>]) -> Option<String> {
    let mut found: IndexMap<&str, Vec<(usize, Vec<Json>)>> = IndexMap::new();
    for leaf in leaves {
        for member in leaf.object.iter().flat_map(|object| &object.members) {
            let values = constants(api, member);
            if !values.is_empty() {
                let entry = found.entry(&member.name).or_default();
                entry.push((leaf.branch, values));
            }
        }
    }
    let mut best: Option<(usize, &str)> = None;
    for (name, values) in &found {
        let score = told_apart(values);
        if score > 1 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, name));
        }
    }
    best.map(|(_, name)| name.to_owned())
}

/// How many branches have only values that no other branch has; none where each has a choice, which
/// is a state rather than a kind.
fn told_apart(constants: &[(usize, Vec<Json>)]) -> usize {
    if !constants.iter().any(|(_, values)| values.len() == 1) {
        return 0;
    }
    // The branch that alone has a value; `None` where several have it.
    let mut owners: HashMap<&Json, Option<usize>> = HashMap::new();
    for (branch, values) in constants {
        for value in values {
            let owner = owners.entry(value).or_insert(Some(*branch));
            *owner = owner.filter(|owner| owner == branch);
        }
    }
    let is_own = |(branch, values): &(usize, Vec<Json>)| {
        values.iter().all(|value| owners[value] == Some(*branch))
    };
    // The leaves of a branch are one after the other.
    let branches = constants.chunk_by(|(one, _), (other, _)| one == other);
    branches.filter(|leaves| leaves.iter().all(is_own)).count()
}

/// The tag's values that mean a leaf: its own constants, and what the discriminator maps to a branch
/// that is nothing but the leaf; else the name of the component.
pub(super) fn take_tags(api: &Api, union: &Union, tag: &str, leaf: &mut Leaf<'_>) {
    if leaf.kind < JsonKind::Object {
        return;
    }
    let branch = &union.branches[leaf.branch];
    let declared = leaf.object.and_then(|object| member(object, tag));
    let constants = declared.map_or_else(Vec::new, |member| constants(api, member));
    let is_union = is_union(api, &branch.schema);
    // A union within has its own words for its branches, if it is told by the same tag.
    let (inner, place) = leaf.within;
    let inner = (inner.tag.as_deref() == Some(tag)).then(|| &inner.branches[place]);
    let inner = if is_union { inner } else { Some(branch) };
    if let Some(inner) = inner {
        leaf.tags.clone_from(&inner.tags);
    }
    // A choice that the discriminator leaves open is made by the mapping where there is one.
    if leaf.tags.is_empty() || constants.len() == 1 {
        for value in &constants {
            if !leaf.tags.contains(value) {
                leaf.tags.push(value.clone());
            }
        }
    }
    let implicit = |branch: &Branch| branch.implicit_tag.clone().map(Json::String);
    if leaf.tags.is_empty() && is_union {
        leaf.tags.extend(inner.and_then(implicit));
    }
    if leaf.tags.is_empty() {
        leaf.tags.clone_from(&branch.tags);
    }
    if leaf.tags.is_empty() && union.tag.is_some() {
        leaf.tags.extend(implicit(branch));
    }
    leaf.tag_optional = !constants.is_empty() && declared.is_some_and(|member| !member.required);
}
