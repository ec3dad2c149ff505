//! Determines whether requests, responses or both contain each type.
//!
//! A type that no operation uses counts as both, so that callers can build and decode it.

use crate::ir::{Api, Body, Schema, TypeId, Usage};

pub fn run(api: &mut Api) {
    let mut request = Vec::new();
    let mut response = Vec::new();
    for operation in &api.operations {
        operation
            .parameters
            .iter()
            .for_each(|parameter| targets(&parameter.schema, &mut request));
        body_targets(operation.body.as_ref(), &mut request);
        for described in &operation.responses {
            let contents = described.contents.iter();
            contents.for_each(|content| {
                content.each_schema(&mut |schema| targets(schema, &mut response));
            });
            described
                .headers
                .iter()
                .for_each(|header| targets(&header.schema, &mut response));
        }
    }
    for webhook in &api.webhooks {
        body_targets(webhook.body.as_ref(), &mut response);
    }
    response.extend(api.event);
    spread(api, request, |usage| &mut usage.request);
    spread(api, response, |usage| &mut usage.response);
    let unused: Vec<TypeId> = api
        .type_ids()
        .filter(|id| api.ty(*id).usage == Usage::default())
        .collect();
    spread(api, unused.clone(), |usage| &mut usage.request);
    spread(api, unused, |usage| &mut usage.response);
}

fn body_targets(body: Option<&Body>, found: &mut Vec<TypeId>) {
    let contents = body.into_iter().flat_map(|body| &body.contents);
    contents.for_each(|content| content.each_schema(&mut |schema| targets(schema, found)));
}

fn targets(schema: &Schema, found: &mut Vec<TypeId>) {
    schema.each_type(&mut |id| found.push(id));
}

/// Marks types and everything they contain.
fn spread(api: &mut Api, mut open: Vec<TypeId>, flag: impl Fn(&mut Usage) -> &mut bool) {
    while let Some(id) = open.pop() {
        let def = &mut api.types[id.0 as usize];
        if std::mem::replace(flag(&mut def.usage), true) {
            continue;
        }
        def.shape
            .each_schema(&mut |schema| targets(schema, &mut open));
    }
}
