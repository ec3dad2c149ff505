//! How the branches of a union are told apart.
//!
//! By the tag where there is one, declared or found: a member that has another constant in each
//! branch. Then by the JSON kind, then by members that one branch requires and another does not. What
//! is left is tried in order, the branch that takes less before the one that takes more.

mod order;
mod tags;

use self::order::tells;
use self::tags::{common_tag, take_tags};
use crate::diag::{Diagnostics, codes};
use crate::ir::{
    Api, JsonKind, Object, Schema, SchemaKind, Shape, StringFormat, Tell, TypeId, Union,
};
use crate::resolve::LONGEST_CHAIN;
use crate::tree::Tree;
use serde_json::Value as Json;

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
