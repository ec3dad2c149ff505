//! Adds a union of all webhook payloads, discriminated by a property with a different constant in each, because
//! one address often receives several webhooks.

use crate::ir::{
    Api, Branch, ContentKind, Docs, Object, Origin, Owner, Property, Role, Schema, SchemaKind,
    Shape, TypeDef, TypeId, Union, Usage, Webhook,
};
use serde_json::Value as Json;

pub fn run(api: &mut Api) {
    let Some((tag, branches)) = discriminated(api) else {
        return;
    };
    let origin = Origin::Inline {
        owner: Owner::Webhook("webhook".to_owned()),
        role: Role::Property("event".to_owned()),
    };
    let about = "The payload of any webhook.";
    api.event = Some(TypeId(api.types.len() as u32));
    api.types.push(TypeDef {
        origin,
        derives: Vec::new(),
        pinned: None,
        docs: Docs {
            description: Some(about.to_owned()),
            ..Docs::default()
        },
        deprecated: false,
        inferred: false,
        shape: Shape::Union(Union {
            branches,
            tag: Some(tag),
            ..Union::default()
        }),
        limits: Vec::new(),
        examples: Vec::new(),
        usage: Usage::default(),
        first_use: None,
        at: None,
    });
}

/// Returns the discriminating property and a branch for each payload. Callbacks are excluded, because they have
/// their own addresses.
fn discriminated(api: &Api) -> Option<(String, Vec<Branch>)> {
    let webhooks = api.webhooks.iter();
    let webhooks = webhooks.filter(|webhook| webhook.callback.is_none() && !webhook.inferred);
    let mut payloads: Vec<(&Schema, &Object)> = Vec::new();
    for schema in webhooks.filter_map(payload) {
        let object = object(api, schema)?;
        if payloads.iter().all(|(known, _)| known.kind != schema.kind) {
            payloads.push((schema, object));
        }
    }
    let ((_, first), [_, ..]) = payloads.split_first()? else {
        return None;
    };
    let discriminate = |name: &Property| -> Option<(String, Vec<Branch>)> {
        let mut branches: Vec<Branch> = Vec::new();
        for (schema, object) in &payloads {
            let value = constant(object, &name.name)?;
            if branches.iter().any(|known| known.tags.contains(value)) {
                return None;
            }
            let mut branch = Branch::new((*schema).clone());
            branch.tags.push(value.clone());
            branches.push(branch);
        }
        Some((name.name.clone(), branches))
    };
    first.members.iter().find_map(discriminate)
}

fn payload(webhook: &Webhook) -> Option<&Schema> {
    let mut contents = webhook.body.iter().flat_map(|body| &body.contents);
    let content = contents.find(|content| content.kind == ContentKind::Json)?;
    Some(&content.schema)
}

fn object<'a>(api: &'a Api, schema: &'a Schema) -> Option<&'a Object> {
    let SchemaKind::Declared(id) = api.resolved(schema) else {
        return None;
    };
    match &api.ty(*id).shape {
        Shape::Object(object) if !schema.nullable => Some(object),
        _ => None,
    }
}

/// Returns the string constant of a property.
fn constant<'a>(object: &'a Object, name: &str) -> Option<&'a Json> {
    let member = object.members.iter().find(|member| member.name == name)?;
    member.constant.as_ref().filter(|value| value.is_string())
}
