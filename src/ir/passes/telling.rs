//! How the branches of a union are told apart.
//!
//! By the tag where there is one, declared or found: a member that has another constant in each
//! branch. Then by the JSON kind, then by members that one branch requires and another does not. What
//! is left is tried in order, the branch that takes less before the one that takes more.

use crate::diag::{Diagnostics, codes};
use crate::ir::{
    Api, Branch, JsonKind, Member, Object, Schema, SchemaKind, Shape, StringFormat, Tell, TypeId,
    Union,
};
use crate::resolve::LONGEST_CHAIN;
use crate::tree::Tree;
use indexmap::IndexMap;
use serde_json::Value as Json;
use std::cmp::Reverse;

pub fn run(api: &mut Api, tree: &Tree, diagnostics: &mut Diagnostics) {
    for id in api.type_ids() {
        let Shape::Union(union) = &api.ty(id).shape else {
            continue;
        };
        let told = tell(api, union);
        if !told.complete
            && let Some(at) = api.ty(id).at
        {
            diagnostics.push(codes::untagged_branch(tree.node(at)));
        }
        if let Shape::Union(union) = &mut api.types[id.0 as usize].shape {
            for (branch, (tags, writes_tag)) in union.branches.iter_mut().zip(told.branches) {
                branch.tags = tags;
                branch.writes_tag = writes_tag;
            }
            union.tag = told.tag;
            union.tells = told.tells;
        }
    }
}

struct Told {
    tag: Option<String>,
    tells: Vec<Tell>,
    /// For each branch its tags, and whether they have to be written.
    branches: Vec<(Vec<Json>, bool)>,
    /// A declared tag has a value for each branch of objects.
    complete: bool,
}

/// One kind of values of a branch.
struct Leaf<'a> {
    branch: usize,
    /// The innermost union that it is a branch of, and its place there.
    within: (&'a Union, usize),
    kind: JsonKind,
    /// Among leaves of one kind, which takes less than which: formats before enumerations before
    /// any text.
    rank: u8,
    object: Option<&'a Object>,
    tags: Vec<Json>,
    tag_optional: bool,
}

fn tell(api: &Api, union: &Union) -> Told {
    let mut leaves = Vec::new();
    for (index, branch) in union.branches.iter().enumerate() {
        let place = Place {
            branch: index,
            within: (union, index),
            depth: 0,
        };
        collect(api, &branch.schema, place, &mut Vec::new(), &mut leaves);
    }
    let found = || common_tag(api, &leaves);
    let tag = union.tag.clone().or_else(found);
    if let Some(tag) = &tag {
        leaves
            .iter_mut()
            .for_each(|leaf| take_tags(api, union, tag, leaf));
    }
    let is_untagged = |leaf: &Leaf<'_>| {
        let is_default = union.default == Some(leaf.branch);
        leaf.kind >= JsonKind::Object && leaf.tags.is_empty() && !is_default
    };
    let complete = union.tag.is_none() || !leaves.iter().any(is_untagged);
    let branches = (0..union.branches.len()).map(|index| {
        let of_branch: Vec<&Leaf<'_>> = leaves.iter().filter(|leaf| leaf.branch == index).collect();
        let mut tags = union.branches[index].tags.clone();
        let objects = of_branch
            .iter()
            .filter(|leaf| leaf.kind >= JsonKind::Object);
        for value in objects.flat_map(|leaf| &leaf.tags) {
            if !tags.contains(value) {
                tags.push(value.clone());
            }
        }
        let writes = match (&union.tag, &of_branch[..]) {
            (Some(tag), [leaf]) if !is_union(api, &union.branches[index].schema) => {
                !tags.is_empty() && !requires(leaf, tag)
            }
            _ => false,
        };
        (tags, writes)
    });
    let branches = branches.collect();
    Told {
        tells: tells(leaves),
        branches,
        complete,
        tag,
    }
}

/// Where a leaf is looked for.
#[derive(Clone, Copy)]
struct Place<'a> {
    branch: usize,
    within: (&'a Union, usize),
    /// How many declarations lie around it.
    depth: usize,
}

/// The kinds of values that a schema has, each declared union taken apart once.
fn collect<'a>(
    api: &'a Api,
    schema: &Schema,
    place: Place<'a>,
    seen: &mut Vec<TypeId>,
    leaves: &mut Vec<Leaf<'a>>,
) {
    let mut leaf = |kind, rank, object| {
        leaves.push(Leaf {
            branch: place.branch,
            within: place.within,
            kind,
            rank,
            object,
            tags: Vec::new(),
            tag_optional: false,
        });
    };
    match &schema.kind {
        SchemaKind::Any | SchemaKind::Null | SchemaKind::Envelope(..) => {
            leaf(JsonKind::Any, 0, None);
        }
        SchemaKind::Boolean => leaf(JsonKind::Boolean, 0, None),
        SchemaKind::Integer(_) => leaf(JsonKind::Integer, 0, None),
        SchemaKind::Number(_) => leaf(JsonKind::Number, 0, None),
        SchemaKind::String(StringFormat::Plain | StringFormat::Binary) => {
            leaf(JsonKind::String, 2, None);
        }
        SchemaKind::String(_) => leaf(JsonKind::String, 0, None),
        SchemaKind::Constant(only) => leaves.push(Leaf {
            branch: place.branch,
            within: place.within,
            kind: JsonKind::String,
            rank: 0,
            object: None,
            tags: vec![only.value.clone()],
            tag_optional: false,
        }),
        SchemaKind::Tuple(_) => leaf(JsonKind::Array, 0, None),
        SchemaKind::Array(_) => leaf(JsonKind::Array, 1, None),
        SchemaKind::Map(_) => leaf(JsonKind::Object, 0, None),
        SchemaKind::Declared(id) => match &api.ty(*id).shape {
            Shape::Object(object) => leaf(JsonKind::Object, 0, Some(object)),
            Shape::Enum(shape) => {
                let kind = match shape.kind {
                    crate::ir::EnumKind::String => JsonKind::String,
                    crate::ir::EnumKind::Integer => JsonKind::Integer,
                    crate::ir::EnumKind::Scalar => JsonKind::Any,
                };
                leaf(kind, 1, None);
            }
            Shape::Union(_) | Shape::Alias(_) if seen.contains(id) => {}
            // What lies deeper is tried when nothing else is left.
            Shape::Union(_) | Shape::Alias(_) if place.depth >= LONGEST_CHAIN => {
                leaf(JsonKind::Any, 0, None);
            }
            Shape::Union(union) => {
                seen.push(*id);
                for (index, inner) in union.branches.iter().enumerate() {
                    let inner_place = Place {
                        within: (union, index),
                        depth: place.depth + 1,
                        ..place
                    };
                    collect(api, &inner.schema, inner_place, seen, leaves);
                }
            }
            Shape::Alias(target) => {
                seen.push(*id);
                let depth = place.depth + 1;
                collect(api, target, Place { depth, ..place }, seen, leaves);
            }
        },
    }
}

/// The few values that a member can have, if it says them.
fn constants(api: &Api, member: &Member) -> Vec<Json> {
    /// What has more values than that tells no branch.
    const MOST: usize = 16;
    let mut schema = &member.schema;
    // A chain of aliases is no longer than the list of all types.
    for _ in 0..api.types.len() {
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

fn member<'a>(object: &'a Object, name: &str) -> Option<&'a Member> {
    object.members.iter().find(|member| member.name == name)
}

/// The member whose constants tell most branches apart; the first of several.
fn common_tag(api: &Api, leaves: &[Leaf<'_>]) -> Option<String> {
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
    let is_apart = |branch: usize| {
        let (own, others): (Vec<_>, Vec<_>) =
            constants.iter().partition(|(other, _)| *other == branch);
        let mut values = own.iter().flat_map(|(_, values)| values);
        values.all(|value| others.iter().all(|(_, values)| !values.contains(value)))
    };
    let mut branches: Vec<usize> = constants.iter().map(|(branch, _)| *branch).collect();
    branches.dedup();
    branches
        .into_iter()
        .filter(|branch| is_apart(*branch))
        .count()
}

/// The tag's values that mean a leaf: its own constants, and what the discriminator maps to a branch
/// that is nothing but the leaf; else the name of the component.
fn take_tags(api: &Api, union: &Union, tag: &str, leaf: &mut Leaf<'_>) {
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

fn is_union(api: &Api, schema: &Schema) -> bool {
    let mut schema = schema;
    for _ in 0..api.types.len() {
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

/// Whether a leaf is an object that always has the member.
fn requires(leaf: &Leaf<'_>, name: &str) -> bool {
    required(leaf).any(|required| required == name)
}

fn required<'a>(leaf: &Leaf<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let members = leaf.object.into_iter().flat_map(|object| &object.members);
    // What only one side may send is not there for the other.
    members
        .filter(|member| member.required && !member.read_only && !member.write_only)
        .map(|member| member.name.as_str())
}

/// The leaves in the order of asking, those of one branch that need no telling apart in one.
fn tells(mut leaves: Vec<Leaf<'_>>) -> Vec<Tell> {
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
