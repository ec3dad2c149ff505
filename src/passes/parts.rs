//! The parts of a multipart body that is one of several objects.
//!
//! Parts are named, and a union of objects has no names of its own: it gets those of all branches, of
//! which a caller sets the ones of the branch that is meant.

use crate::ir::{
    Api, ContentKind, EnumKind, Member, Object, Schema, SchemaKind, Shape, StringFormat, TypeId,
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

/// The members of all branches of a union of objects; required where every branch requires them.
fn of_branches(api: &Api, schema: &Schema) -> Option<Object> {
    let mut objects = Vec::new();
    gather(api, schema, &mut objects)?;
    let mut members: Vec<Member> = Vec::new();
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

/// All objects that a value may be, those of unions within unions too; `None` where it may be
/// something else.
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

/// What holds the values of both: text where both are, else anything.
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
