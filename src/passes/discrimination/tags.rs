//! Finds tags: properties whose constants discriminate objects.

use super::{Candidate, is_union};
use crate::ir::{Api, JsonKind, Object, Property, SchemaKind, Shape, Union};
use crate::resolve::LONGEST_CHAIN;
use indexmap::IndexMap;
use serde_json::Value as Json;
use std::collections::HashMap;

/// Returns the constants that a property is limited to, if there are few.
fn constants(api: &Api, member: &Property) -> Vec<Json> {
    /// A property with more values does not discriminate.
    const MOST: usize = 16;
    let mut schema = &member.schema;
    // A longer chain of aliases is not followed.
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
            SchemaKind::Constant(only) => return vec![only.value.clone()],
            SchemaKind::Boolean => break,
            _ => return Vec::new(),
        }
    }
    let limits = schema.facts.iter().flat_map(|facts| &facts.limits);
    let values = limits.filter(|(keyword, _)| keyword == "enum");
    let values = values.filter_map(|(_, values)| values.as_array());
    values.flatten().cloned().collect()
}

pub(super) fn member<'a>(object: &'a Object, name: &str) -> Option<&'a Property> {
    object.members.iter().find(|member| member.name == name)
}

/// Returns the property whose constants distinguish the most branches, the first of several.
pub(super) fn common_tag(api: &Api, candidates: &[Candidate<'_>]) -> Option<String> {
    let mut found: IndexMap<&str, Vec<(usize, Vec<Json>)>> = IndexMap::new();
    for candidate in candidates {
        for member in candidate.object.iter().flat_map(|object| &object.members) {
            let values = constants(api, member);
            if !values.is_empty() {
                let entry = found.entry(&member.name).or_default();
                entry.push((candidate.branch, values));
            }
        }
    }
    let mut best: Option<(usize, &str)> = None;
    for (name, values) in &found {
        let score = distinguished(values);
        if score > 1 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, name));
        }
    }
    best.map(|(_, name)| name.to_owned())
}

/// Counts the branches whose values no other branch has. Returns 0 if every branch has several values, because
/// such a property is a state.
fn distinguished(constants: &[(usize, Vec<Json>)]) -> usize {
    if !constants.iter().any(|(_, values)| values.len() == 1) {
        return 0;
    }
    // The only branch with a value, or `None` if several have it.
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
    // The candidates of one branch are contiguous.
    let branches = constants.chunk_by(|(one, _), (other, _)| one == other);
    branches
        .filter(|candidates| candidates.iter().all(is_own))
        .count()
}

/// The branch that `mapping` assigns to each tag value, or `None` if it assigns several.
pub(super) type Mapped<'a> = HashMap<&'a Json, Option<usize>>;

pub(super) fn mapped(union: &Union) -> Mapped<'_> {
    let mut owners = Mapped::new();
    for (index, branch) in union.branches.iter().enumerate() {
        for value in &branch.tags {
            let owner = owners.entry(value).or_insert(Some(index));
            *owner = owner.filter(|owner| *owner == index);
        }
    }
    owners
}

/// Sets the tag values of a candidate. Returns false if `mapping` assigns all of them to other branches.
pub(super) fn take_tags(
    api: &Api,
    union: &Union,
    tag: &str,
    mapped: &Mapped<'_>,
    candidate: &mut Candidate<'_>,
) -> bool {
    if candidate.kind < JsonKind::Object {
        return true;
    }
    let branch = &union.branches[candidate.branch];
    let declared = candidate.object.and_then(|object| member(object, tag));
    let constants = declared.map_or_else(Vec::new, |member| constants(api, member));
    candidate.tag_optional =
        !constants.is_empty() && declared.is_some_and(|member| !member.required);
    if !is_union(api, &branch.schema) {
        let implicit = branch
            .implicit_tag
            .as_deref()
            .filter(|_| union.tag.is_some());
        candidate.tags = with_constants(&branch.tags, &constants, implicit);
        // The default branch matches every value that no other branch has.
        let is_default = union.default == Some(candidate.branch);
        if is_default && branch.tags.is_empty() && candidate.tags.len() > 1 {
            candidate.tags.clear();
        }
        return true;
    }
    // A nested union with the same tag has values for its own branches.
    let (inner, place) = candidate.within;
    let named = (inner.tag.as_deref() == Some(tag)).then(|| &inner.branches[place]);
    let own: &[Json] = named.map_or(&[], |named| &named.tags);
    let is_base = inner.default == Some(place);
    let implicit = named.and_then(|named| named.implicit_tag.as_deref());
    // A mapping to the schema itself replaces the name of the component.
    let implicit = implicit.filter(|_| !is_base || branch.tags.is_empty());
    candidate.tags = with_constants(own, &constants, implicit);
    let takes_outer = is_base || (inner.default.is_none() && place == 0);
    if takes_outer || candidate.tags.is_empty() {
        let outer = branch.tags.iter();
        candidate.tags.splice(..0, outer.cloned());
    }
    if candidate.tags.is_empty() {
        let outer = branch.implicit_tag.clone().filter(|_| union.tag.is_some());
        candidate.tags.extend(outer.map(Json::String));
        return true;
    }
    let is_of_another = |value: &Json| {
        let owner = mapped.get(value).copied().flatten();
        owner.is_some_and(|owner| owner != candidate.branch)
    };
    candidate.tags.retain(|value| !is_of_another(value));
    !candidate.tags.is_empty()
}

/// Returns the mapped values and the property's only constant; else the component name, if the constants allow
/// it (OpenAPI, Discriminator Object); else all constants.
fn with_constants(mapping: &[Json], constants: &[Json], implicit: Option<&str>) -> Vec<Json> {
    let mut tags = mapping.to_vec();
    if let [only] = constants
        && !tags.contains(only)
    {
        tags.push(only.clone());
    }
    if !tags.is_empty() {
        return tags;
    }
    let Some(name) = implicit else {
        return constants.to_vec();
    };
    let same = |value: &&Json| value.as_str() == Some(name);
    let alike = |value: &&Json| {
        let text = value.as_str();
        text.is_some_and(|text| text.eq_ignore_ascii_case(name))
    };
    let listed = constants.iter().find(same);
    match listed.or_else(|| constants.iter().find(alike)) {
        Some(listed) => vec![listed.clone()],
        None if constants.is_empty() => vec![Json::String(name.to_owned())],
        None => constants.to_vec(),
    }
}

/// Removes values that several branches share from candidates with more than one value, because such a property
/// does not discriminate. Returns whether it removed any.
pub(super) fn drop_shared(candidates: &mut [Candidate<'_>], mapped: &Mapped<'_>) -> bool {
    let mut owners: HashMap<Json, Option<usize>> = HashMap::new();
    for candidate in candidates
        .iter()
        .filter(|candidate| candidate.kind >= JsonKind::Object)
    {
        for value in &candidate.tags {
            let owner = owners
                .entry(value.clone())
                .or_insert(Some(candidate.branch));
            *owner = owner.filter(|owner| *owner == candidate.branch);
        }
    }
    let mut has_shared = false;
    for candidate in candidates
        .iter_mut()
        .filter(|candidate| candidate.tags.len() > 1)
    {
        let count = candidate.tags.len();
        candidate
            .tags
            .retain(|value| mapped.contains_key(value) || owners.get(value) != Some(&None));
        has_shared |= candidate.tags.len() < count;
    }
    has_shared
}
