//! Finds properties and parameters with a single valid value, which no caller passes: from the schema, from a
//! discriminator's mapping, or an optional tag.

use super::dedup;
use crate::ir::{
    Api, ContentKind, EnumKind, EnumValue, Origin, Parameter, Property, Schema, SchemaKind, Shape,
    StringFormat, TypeDef, TypeId, is_scalar,
};
use serde_json::Value as Json;
use std::collections::{HashMap, HashSet};

/// A longer string is unlikely to be a tag.
const LONGEST: usize = 60;

pub fn run(api: &mut Api) {
    let tags = mapped_tags(api);
    for id in api.type_ids() {
        let Shape::Object(object) = &api.ty(id).shape else {
            continue;
        };
        let constant = |member: &Property| {
            // An optional or nullable property has at least two values.
            if !member.required || member.schema.nullable || member.read_only {
                return (None, false);
            }
            if let Some(only) = only_value(api, &member.schema) {
                return (Some(only), true);
            }
            let tag = tags.get(&id).filter(|(name, _)| *name == member.name);
            let mapped = tag.and_then(|(_, value)| value.clone());
            (
                mapped.filter(|value| allows(api, &member.schema, value)),
                false,
            )
        };
        let constants: Vec<(Option<Json>, bool)> = object.members.iter().map(constant).collect();
        let Shape::Object(object) = &mut api.types[id.0 as usize].shape else {
            continue;
        };
        for (member, (constant, is_constant)) in object.members.iter_mut().zip(constants) {
            member.constant = constant;
            member.is_constant = is_constant;
        }
    }
    inline_values(api);
}

/// Replaces the type of a property that always has the same text by the text, and drops the types that nothing
/// else uses. Parts of a multipart body are arguments, so they keep their types.
fn inline_values(api: &mut Api) {
    let mut replaced = HashSet::new();
    let forms = multipart_types(api);
    for id in api.type_ids().filter(|id| !forms.contains(id)) {
        let def = api.ty(id);
        let Shape::Object(object) = &def.shape else {
            continue;
        };
        let only = |member: &Property| {
            if member.write_only || member.inferred || def.fixed(object, member).is_none() {
                return None;
            }
            inline_constant(api, &member.schema)
        };
        let values: Vec<Option<(TypeId, EnumValue)>> = object.members.iter().map(only).collect();
        let Shape::Object(object) = &mut api.types[id.0 as usize].shape else {
            continue;
        };
        for (member, value) in object.members.iter_mut().zip(values) {
            if let Some((part, only)) = value {
                replaced.insert(part);
                member.schema.kind = SchemaKind::Constant(Box::new(only));
            }
        }
    }
    drop_unused(api, replaced);
}

/// Sets the value of each required parameter with a single one, and drops the types that nothing else uses. Runs
/// after `client_parameters`: the client may set such a parameter to another value.
pub fn fix_parameters(api: &mut Api) {
    let mut replaced = HashSet::new();
    for index in 0..api.operations.len() {
        let operation = &api.operations[index];
        let only = |parameter: &Parameter| {
            let is_plain = parameter.content.is_none() && !parameter.inferred;
            let value = api.only_value(parameter).filter(is_scalar);
            value.filter(|_| is_plain && operation.is_argument(parameter))
        };
        let values: Vec<Option<Json>> = operation.parameters.iter().map(only).collect();
        for (place, value) in values.into_iter().enumerate() {
            let Some(value) = value else { continue };
            let parameter = &api.operations[index].parameters[place];
            let part = inline_constant(api, &parameter.schema);
            let parameter = &mut api.operations[index].parameters[place];
            parameter.constant = Some(value);
            if let Some((part, only)) = part {
                replaced.insert(part);
                parameter.schema.kind = SchemaKind::Constant(Box::new(only));
            }
        }
    }
    drop_unused(api, replaced);
}

/// Returns the inline type with a single text that a schema refers to, and the text.
fn inline_constant(api: &Api, schema: &Schema) -> Option<(TypeId, EnumValue)> {
    let SchemaKind::Declared(id) = schema.kind else {
        return None;
    };
    let part = api.ty(id);
    let is_part = matches!(part.origin, Origin::Inline { .. }) && part.pinned.is_none();
    match &part.shape {
        Shape::Enum(shape) if is_part && shape.kind == EnumKind::String => {
            match &shape.values[..] {
                [only] => Some((id, only.clone())),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Drops the types of a set that no schema refers to.
fn drop_unused(api: &mut Api, mut types: HashSet<TypeId>) {
    // The list of all schemas is no use of a type.
    let mut places = std::mem::take(&mut api.places);
    api.each_schema_mut(&mut |schema| schema.each_type(&mut |id| _ = types.remove(&id)));
    places.retain(|(_, schema)| {
        let mut is_left = true;
        schema.each_type(&mut |id| is_left &= !types.contains(&id));
        is_left
    });
    api.places = places;
    dedup::drop_types(api, &types);
}

/// Returns the types of multipart bodies.
fn multipart_types(api: &Api) -> HashSet<TypeId> {
    let bodies = api.operations.iter().filter_map(|it| it.body.as_ref());
    let contents = bodies.flat_map(|body| &body.contents);
    contents
        .filter(|content| content.kind == ContentKind::Multipart)
        .filter_map(|content| declared(api, &content.schema))
        .map(|(id, _)| id)
        .collect()
}

/// Lets the constructor of an object set an optional tag. If the union wrote it, it would also add it to
/// decoded values without one.
pub fn leave_optional_tags(api: &mut Api) {
    let mut tags = Tags::new();
    let mut branches: Vec<(TypeId, usize, TypeId)> = Vec::new();
    for id in api.type_ids() {
        let Shape::Union(union) = &api.ty(id).shape else {
            continue;
        };
        for test in union.tests.iter().filter(|test| test.tag_optional) {
            let branch = &union.branches[test.branch];
            let (Some(tag), [only]) = (&union.tag, &branch.tags[..]) else {
                continue;
            };
            // The default branch also accepts all other values.
            if union.default == Some(test.branch) {
                continue;
            }
            let Some((object, _)) = declared(api, &branch.schema) else {
                continue;
            };
            add_tag(&mut tags, object, tag, Some(only));
            branches.push((id, test.branch, object));
        }
    }
    for (union, branch, object) in branches {
        let Some((tag, Some(value))) = tags.get(&object) else {
            continue;
        };
        let Shape::Object(shape) = &api.ty(object).shape else {
            continue;
        };
        let takes = |member: &Property| {
            let only = only_value(api, &member.schema);
            let is_value = only.as_ref() == Some(value) || allows(api, &member.schema, value);
            member.name == *tag && !member.read_only && is_value
        };
        let Some(place) = shape.members.iter().position(takes) else {
            continue;
        };
        if let Shape::Object(shape) = &mut api.types[object.0 as usize].shape {
            shape.members[place].constant = Some(value.clone());
        }
        if let Shape::Union(shape) = &mut api.types[union.0 as usize].shape {
            shape.branches[branch].writes_tag = false;
        }
    }
}

/// The tag of an object that is a branch, and its value; `None` if unions disagree on the value.
type Tags = HashMap<TypeId, (String, Option<Json>)>;

fn add_tag(tags: &mut Tags, object: TypeId, tag: &str, value: Option<&Json>) {
    let value = value.cloned();
    let entry = tags
        .entry(object)
        .or_insert_with(|| (tag.to_owned(), value.clone()));
    if entry.0 != tag || entry.1 != value {
        entry.1 = None;
    }
}

fn mapped_tags(api: &Api) -> Tags {
    let mut found = Tags::new();
    for def in &api.types {
        let Shape::Union(union) = &def.shape else {
            continue;
        };
        let Some(tag) = &union.tag else { continue };
        for (index, branch) in union.branches.iter().enumerate() {
            let Some((id, _)) = declared(api, &branch.schema) else {
                continue;
            };
            // The default branch also accepts all other values.
            let value = match &branch.tags[..] {
                [only] if union.default != Some(index) => Some(only),
                _ => None,
            };
            add_tag(&mut found, id, tag, value);
        }
    }
    found
}

/// Returns the declaration that a schema refers to, with aliases followed.
fn declared<'a>(api: &'a Api, schema: &Schema) -> Option<(TypeId, &'a TypeDef)> {
    let mut kind = &schema.kind;
    // The limit is the number of types, so a cycle of aliases ends.
    for _ in 0..=api.types.len() {
        let SchemaKind::Declared(id) = kind else {
            return None;
        };
        match &api.ty(*id).shape {
            Shape::Alias(target) if !target.nullable => kind = &target.kind,
            Shape::Alias(_) => return None,
            _ => return Some((*id, api.ty(*id))),
        }
    }
    None
}

/// Returns the only value that a schema lists.
fn only_value(api: &Api, schema: &Schema) -> Option<Json> {
    if let SchemaKind::Constant(only) = &schema.kind {
        return Some(only.value.clone());
    }
    if let Some((_, def)) = declared(api, schema) {
        return match &def.shape {
            Shape::Enum(shape) => match &shape.values[..] {
                [only] => Some(only.value.clone()),
                _ => None,
            },
            _ => None,
        };
    }
    if schema.kind != SchemaKind::Boolean {
        return None;
    }
    let limits = schema.facts.iter().flat_map(|facts| &facts.limits);
    let mut listed = limits.filter(|(keyword, _)| keyword == "enum");
    match listed.next()?.1.as_array().map(Vec::as_slice) {
        Some([only @ Json::Bool(_)]) => Some(only.clone()),
        _ => None,
    }
}

/// Returns whether a mapped value is valid for a schema.
fn allows(api: &Api, schema: &Schema, value: &Json) -> bool {
    match declared(api, schema) {
        Some((_, def)) => match &def.shape {
            Shape::Enum(shape) => {
                shape.kind == EnumKind::String
                    && shape.values.iter().any(|listed| listed.value == *value)
            }
            _ => false,
        },
        None => {
            schema.kind == SchemaKind::String(StringFormat::Plain)
                && value.as_str().is_some_and(|text| text.len() <= LONGEST)
        }
    }
}
