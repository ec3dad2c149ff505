//! Finds the place where the API uses each type first.
//!
//! Whole responses and bodies come before their items, and operations before properties. So the place is the
//! one that says most about the type.

use crate::ir::{
    Api, Body, Extra, FirstUse, Operation, OperationId, Response, Schema, SchemaKind, Shape,
    TypeId, UsePart, UsePlace,
};

/// A place with a type that it uses.
type TypeUse = (TypeId, FirstUse);

pub fn run(api: &mut Api) {
    let mut uses = Vec::new();
    for id in api.operation_ids() {
        of_operation(id, api.operation(id), &mut uses);
    }
    for webhook in &api.webhooks {
        let place = UsePlace::Webhook(webhook.name.clone());
        of_body(webhook.body.as_ref(), &place, &mut uses);
    }
    let any = |id| of_whole(id, UsePlace::AnyWebhook);
    uses.extend(api.event.map(any));
    // The sort is stable: places of one rank stay in document order.
    uses.sort_by_key(|(_, used)| rank(used));
    spread(api, uses);
    spread(api, of_unused(api));
}

/// Returns the places in types that no operation uses.
fn of_unused(api: &Api) -> Vec<TypeUse> {
    let unused = api.type_ids().filter(|id| api.ty(*id).first_use.is_none());
    let mut uses = Vec::new();
    unused.for_each(|id| of_shape(id, &api.ty(id).shape, &mut uses));
    uses
}

/// Returns how much a place says about its type; less is better.
fn rank(used: &FirstUse) -> u8 {
    let place = match used.place {
        UsePlace::Response(_) => 0,
        UsePlace::RequestBody(_) => 1,
        UsePlace::Error(..) | UsePlace::Webhook(_) => 2,
        _ => 3,
    };
    match used.part {
        UsePart::Whole => place,
        UsePart::Item | UsePart::Value => place + 4,
    }
}

/// Sets the places, and those of properties and branches, breadth-first.
fn spread(api: &mut Api, mut open: Vec<TypeUse>) {
    while !open.is_empty() {
        let mut inner = Vec::new();
        for (id, used) in open {
            let def = &mut api.types[id.0 as usize];
            if def.first_use.is_none() {
                def.first_use = Some(used);
                of_shape(id, &def.shape, &mut inner);
            }
        }
        open = inner;
    }
}

fn of_operation(id: OperationId, operation: &Operation, uses: &mut Vec<TypeUse>) {
    for parameter in &operation.parameters {
        let place = UsePlace::Parameter(id, parameter.name.clone());
        of_schema(&parameter.schema, &place, UsePart::Whole, uses);
    }
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    for part in contents.flat_map(|content| content.parts.iter().flat_map(|parts| &parts.members)) {
        let place = UsePlace::FormPart(id, part.name.clone());
        of_schema(&part.schema, &place, UsePart::Whole, uses);
    }
    of_body(operation.body.as_ref(), &UsePlace::RequestBody(id), uses);
    for response in operation.successes() {
        of_response(id, response, &UsePlace::Response(id), uses);
    }
    for response in operation.errors() {
        let place = UsePlace::Error(id, response.status);
        of_response(id, response, &place, uses);
    }
}

fn of_response(id: OperationId, response: &Response, place: &UsePlace, uses: &mut Vec<TypeUse>) {
    for content in &response.contents {
        of_schema(&content.schema, place, UsePart::Whole, uses);
        if let Some(items) = &content.items {
            of_schema(&items.schema, place, UsePart::Item, uses);
        }
    }
    for header in &response.headers {
        let place = UsePlace::Header(id, header.name.clone());
        of_schema(&header.schema, &place, UsePart::Whole, uses);
    }
}

fn of_body(body: Option<&Body>, place: &UsePlace, uses: &mut Vec<TypeUse>) {
    for content in body.into_iter().flat_map(|body| &body.contents) {
        of_schema(&content.schema, place, UsePart::Whole, uses);
    }
}

fn of_shape(id: TypeId, shape: &Shape, uses: &mut Vec<TypeUse>) {
    match shape {
        Shape::Object(object) => {
            for member in &object.members {
                let place = UsePlace::Property(id, member.name.clone());
                of_schema(&member.schema, &place, UsePart::Whole, uses);
            }
            if let Extra::Typed(schema) = &object.extra {
                of_schema(schema, &UsePlace::ExtraProperty(id), UsePart::Whole, uses);
            }
        }
        Shape::Union(union) => {
            for branch in &union.branches {
                of_schema(&branch.schema, &UsePlace::Branch(id), UsePart::Whole, uses);
            }
        }
        Shape::Alias(schema) => of_schema(schema, &UsePlace::Alias(id), UsePart::Whole, uses),
        Shape::Enum(_) => {}
    }
}

fn of_schema(schema: &Schema, place: &UsePlace, part: UsePart, uses: &mut Vec<TypeUse>) {
    if let SchemaKind::Declared(id) = &schema.kind {
        let place = place.clone();
        return uses.push((*id, FirstUse { place, part }));
    }
    let part = match &schema.kind {
        SchemaKind::Array(_) | SchemaKind::Tuple(_) => UsePart::Item,
        SchemaKind::Map(_) => UsePart::Value,
        _ => part,
    };
    for inner in schema.kind.parts() {
        of_schema(inner, place, part, uses);
    }
}

fn of_whole(id: TypeId, place: UsePlace) -> TypeUse {
    let part = UsePart::Whole;
    (id, FirstUse { place, part })
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::ir::{Api, FirstUse, Origin, UsePart, UsePlace};
    use crate::{load, pipeline};

    fn api(operations: &str, schemas: &str) -> Api {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n{operations}\
             components:\n  schemas:\n{schemas}"
        );
        let mut diagnostics = Diagnostics::default();
        let loaded = load::from_texts(&[("x.yaml", &text)], &mut diagnostics).expect(&text);
        pipeline::api(&loaded, &Default::default(), &mut diagnostics).expect(&text)
    }

    /// Returns the first use of the component of this name.
    fn first<'a>(api: &'a Api, name: &str) -> Option<&'a FirstUse> {
        let is_named = |origin: &Origin| format!("{origin:?}").contains(&format!("{name:?}"));
        let def = api.types.iter().find(|def| is_named(&def.origin));
        def.expect(name).first_use.as_ref()
    }

    #[test]
    fn a_whole_response_precedes_bodies_items_and_properties() {
        let operations = "  /a:\n    get:\n      responses: {'200': {description: R, content: {application/json: \
                          {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}\n    post:\n      \
                          requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}\n      \
                          responses: {'204': {description: D}}\n  /b:\n    get:\n      responses: {'200': {description: \
                          R, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}\n";
        let schemas = "    Pet: {type: object, properties: {tag: {$ref: '#/components/schemas/Tag'}}}\n    \
                       Tag: {type: object, properties: {name: {type: string}}}\n    \
                       Alone: {type: object, properties: {inner: {$ref: '#/components/schemas/Inner'}}}\n    \
                       Inner: {type: object, properties: {name: {type: string}}}\n";
        let api = api(operations, schemas);
        let response = api.operations.iter().position(|it| it.path.raw == "/b");
        let pet = first(&api, "Pet").unwrap();
        assert_eq!(pet.part, UsePart::Whole);
        assert!(
            matches!(pet.place, UsePlace::Response(id) if Some(id.0 as usize) == response),
            "{pet:?}"
        );
        let tag = first(&api, "Tag").unwrap();
        assert!(matches!(&tag.place, UsePlace::Property(_, name) if name == "tag"));
        // No operation uses `Alone`, but `Inner` has a use in it.
        assert_eq!(first(&api, "Alone"), None);
        let inner = first(&api, "Inner").unwrap();
        assert!(matches!(&inner.place, UsePlace::Property(_, name) if name == "inner"));
    }

    #[test]
    fn a_body_precedes_the_items_of_a_response() {
        let operations = "  /a:\n    get:\n      responses: {'200': {description: R, content: {application/json: \
                          {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}\n    post:\n      \
                          requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}\n      \
                          responses: {'204': {description: D}}\n";
        let schemas = "    Pet: {type: object, properties: {name: {type: string}}}\n";
        let api = api(operations, schemas);
        let pet = first(&api, "Pet").unwrap();
        assert!(matches!(pet.place, UsePlace::RequestBody(_)), "{pet:?}");
    }
}
