//! The order in which branches are asked, and what is asked besides the tag and the kind.

use super::tags::member;
use super::{Leaf, required, requires};
use crate::ir::{JsonKind, Object, Tell};
use std::cmp::Reverse;

/// The leaves in the order of asking, those of one branch that need no telling apart in one.
pub(super) fn tells(mut leaves: Vec<Leaf<'_>>) -> Vec<Tell> {
    // Kinds stay in the order in which the branches have them; only within a kind does it matter.
    let mut groups: Vec<JsonKind> = Vec::new();
    for leaf in &leaves {
        let group = group(leaf.kind);
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    leaves.sort_by_key(|leaf| {
        let is_any = leaf.kind == JsonKind::Any;
        let position = groups.iter().position(|known| *known == group(leaf.kind));
        let takes_all_numbers = leaf.kind == JsonKind::Number;
        let required = Reverse(required(leaf).count());
        let narrow = (takes_all_numbers, leaf.rank, leaf.tags.is_empty(), required);
        (is_any, position, narrow)
    });
    let mut tells: Vec<Tell> = Vec::new();
    for leaf in &leaves {
        let tell = Tell {
            branch: leaf.branch,
            kind: leaf.kind,
            tags: leaf.tags.clone(),
            tag_optional: leaf.tag_optional,
            requires: distinguishing(leaf, &leaves),
            prefers: own_members(leaf, &leaves),
        };
        let same = |other: &&mut Tell| {
            other.branch == tell.branch
                && other.kind == tell.kind
                && other.requires.is_empty()
                && tell.requires.is_empty()
                && other.prefers.is_empty()
                && tell.prefers.is_empty()
                && other.tag_optional == tell.tag_optional
                && other.tags.is_empty() == tell.tags.is_empty()
        };
        if tells.contains(&tell) {
            continue;
        }
        match tells.iter_mut().find(same) {
            Some(other) => {
                for value in tell.tags {
                    if !other.tags.contains(&value) {
                        other.tags.push(value);
                    }
                }
            }
            None => tells.push(tell),
        }
    }
    tells
}

/// Integers are numbers too.
fn group(kind: JsonKind) -> JsonKind {
    match kind {
        JsonKind::Integer => JsonKind::Number,
        kind => kind,
    }
}

/// Required members that tell a leaf from every other that may have its tags, as few as will do.
fn distinguishing(leaf: &Leaf<'_>, leaves: &[Leaf<'_>]) -> Vec<String> {
    let mut chosen: Vec<String> = Vec::new();
    for other in leaves {
        let apart = other.branch == leaf.branch
            || other.kind < JsonKind::Object
            || tags_differ(leaf, other)
            || chosen.iter().any(|name| !requires(other, name));
        if apart {
            continue;
        }
        let undeclared = |name: &&str| {
            let declared = other.object.and_then(|object| member(object, name));
            declared.is_none()
        };
        let found = required(leaf).find(undeclared);
        let found = found.or_else(|| required(leaf).find(|name| !requires(other, name)));
        chosen.extend(found.map(str::to_owned));
    }
    chosen
}

/// Members that are declared by a leaf and not by another from which no tag and no required member
/// tells it.
fn own_members(leaf: &Leaf<'_>, leaves: &[Leaf<'_>]) -> Vec<String> {
    /// More than enough to recognise an object by.
    const MOST: usize = 12;
    let is_told = |other: &Leaf<'_>| {
        let by_required =
            |one: &Leaf<'_>, other: &Leaf<'_>| required(one).any(|name| !requires(other, name));
        other.branch == leaf.branch
            || tags_differ(leaf, other)
            || by_required(leaf, other)
            || by_required(other, leaf)
    };
    let rivals = leaves
        .iter()
        .filter(|other| other.object.is_some() && !is_told(other));
    let rivals: Vec<&Object> = rivals.filter_map(|other| other.object).collect();
    let members = leaf.object.into_iter().flat_map(|object| &object.members);
    let is_own = |name: &str| rivals.iter().any(|rival| member(rival, name).is_none());
    let own = members
        .map(|member| member.name.as_str())
        .filter(|name| is_own(name));
    own.take(MOST).map(str::to_owned).collect()
}

fn tags_differ(one: &Leaf<'_>, other: &Leaf<'_>) -> bool {
    let told = |leaf: &Leaf<'_>| !leaf.tags.is_empty() && !leaf.tag_optional;
    told(one) && told(other) && one.tags.iter().all(|tag| !other.tags.contains(tag))
}
