//! Parts of multipart bodies whose schema is a union of objects.
//!
//! Parts need names, so the body has the properties of all branches. Callers set those of one branch.

use crate::ir::{
    Api, ContentKind, EnumKind, Object, Property, Schema, SchemaKind, Shape, StringFormat, TypeId,
};

pub(super) fn run(api: &mut Api) {
    for index in 0..api.operations.len() {
        let bodies = api.operations[index].body.iter();
        let contents = bodies.flat_map(|body| &body.contents);
        let found: Vec<Option<Object>> = contents
            .map(|content| {
                let is_form = content.kind == ContentKind::Multipart;
                (is_form && content.parts(api).is_none())
                    .then(|| of_branches(api, &content.schema))
                    .flatten()
            })
            .collect();
        let bodies = api.operations[index].body.iter_mut();
        let contents = bodies.flat_map(|body| &mut body.contents);
        for (content, found) in contents.zip(found) {
            content.parts = content.parts.take().or(found);
        }
    }
}

/// Returns the properties of all branches; required if every branch requires them.
fn of_branches(api: &Api, schema: &Schema) -> Option<Object> {
    let mut objects = Vec::new();
    gather(api, schema, &mut objects)?;
    let mut members: Vec<Property> = Vec::new();
    for member in objects.iter().flat_map(|object| &object.members) {
        match members.iter_mut().find(|known| known.name == member.name) {
            None => members.push(member.clone()),
            Some(known) => {
                if known.schema.kind != member.schema.kind {
                    known.schema = common(api, &known.schema, &member.schema);
                }
                known.read_only &= member.read_only;
            }
        }
    }
    for member in &mut members {
        let is_required = |object: &&Object| {
            let mut own = object.members.iter();
            own.any(|own| own.name == member.name && own.required)
        };
        member.required = objects.iter().all(is_required);
    }
    Some(Object {
        members,
        ..Object::default()
    })
}

/// Collects all objects of a union, including nested ones. Returns `None` if a branch is not an object.
fn gather<'a>(api: &'a Api, schema: &'a Schema, objects: &mut Vec<&'a Object>) -> Option<()> {
    let mut left = vec![schema];
    let mut seen: Vec<TypeId> = Vec::new();
    while let Some(schema) = left.pop() {
        let SchemaKind::Declared(id) = *api.resolved(schema) else {
            return None;
        };
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        match &api.ty(id).shape {
            Shape::Object(object) => objects.push(object),
            Shape::Union(union) => {
                left.extend(union.branches.iter().rev().map(|branch| &branch.schema))
            }
            Shape::Enum(_) | Shape::Alias(_) => return None,
        }
    }
    Some(())
}

/// Returns a schema that accepts the values of both.
fn common(api: &Api, one: &Schema, other: &Schema) -> Schema {
    let is_text = |schema: &Schema| match api.resolved(schema) {
        SchemaKind::String(_) | SchemaKind::Constant(_) => true,
        SchemaKind::Declared(id) => {
            matches!(&api.ty(*id).shape, Shape::Enum(values) if values.kind == EnumKind::String)
        }
        _ => false,
    };
    match is_text(one) && is_text(other) {
        true => Schema::new(SchemaKind::String(StringFormat::Plain)),
        false => Schema::any(),
    }
}
