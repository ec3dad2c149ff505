//! Every place of the IR that holds a schema, and every type that a schema names: written once, so
//! that no pass forgets one.

use super::{Api, Body, Content, Extra, Schema, SchemaKind, Shape, TypeId};

impl Schema {
    /// The types that the schema names, whether alone or as items, values or enveloped.
    pub fn each_type(&self, visit: &mut impl FnMut(TypeId)) {
        match &self.kind {
            SchemaKind::Declared(id) => visit(*id),
            kind => {
                for part in kind.parts() {
                    part.each_type(visit);
                }
            }
        }
    }

    /// As [`Schema::each_type`], to name other types.
    pub fn each_type_mut(&mut self, visit: &mut impl FnMut(&mut TypeId)) {
        match &mut self.kind {
            SchemaKind::Declared(id) => visit(id),
            kind => {
                for part in kind.parts_mut() {
                    part.each_type_mut(visit);
                }
            }
        }
    }
}

impl Content {
    /// The schema, that of the values of a stream, those of the parts, and those of their headers.
    pub fn each_schema(&self, visit: &mut impl FnMut(&Schema)) {
        visit(&self.schema);
        self.items.iter().for_each(|items| visit(&items.schema));
        let parts = self.parts.iter().flat_map(|parts| &parts.members);
        parts.for_each(|part| visit(&part.schema));
        let headers = self.encoding.iter().flat_map(|encoding| &encoding.headers);
        headers.for_each(|header| visit(&header.schema));
    }

    /// As [`Content::each_schema`], to change them.
    pub fn each_schema_mut(&mut self, visit: &mut impl FnMut(&mut Schema)) {
        visit(&mut self.schema);
        let items = self.items.iter_mut();
        items.for_each(|items| visit(&mut items.schema));
        let parts = self.parts.iter_mut().flat_map(|parts| &mut parts.members);
        parts.for_each(|part| visit(&mut part.schema));
        let encoding = self.encoding.iter_mut();
        let headers = encoding.flat_map(|encoding| &mut encoding.headers);
        headers.for_each(|header| visit(&mut header.schema));
    }
}

impl Shape {
    /// The schemas that the type is made of.
    pub fn each_schema(&self, visit: &mut impl FnMut(&Schema)) {
        match self {
            Shape::Object(object) => {
                object
                    .members
                    .iter()
                    .for_each(|member| visit(&member.schema));
                if let Extra::Typed(schema) = &object.extra {
                    visit(schema);
                }
            }
            Shape::Union(union) => union
                .branches
                .iter()
                .for_each(|branch| visit(&branch.schema)),
            Shape::Alias(schema) => visit(schema),
            Shape::Enum(_) => {}
        }
    }

    /// As [`Shape::each_schema`], to change them.
    pub fn each_schema_mut(&mut self, visit: &mut impl FnMut(&mut Schema)) {
        match self {
            Shape::Object(object) => {
                for member in &mut object.members {
                    visit(&mut member.schema);
                }
                if let Extra::Typed(schema) = &mut object.extra {
                    visit(schema);
                }
            }
            Shape::Union(union) => {
                for branch in &mut union.branches {
                    visit(&mut branch.schema);
                }
            }
            Shape::Alias(schema) => visit(schema),
            Shape::Enum(_) => {}
        }
    }
}

impl Api {
    /// Every schema of the operations, the webhooks and the types.
    pub fn each_schema_mut(&mut self, visit: &mut impl FnMut(&mut Schema)) {
        for operation in &mut self.operations {
            for parameter in &mut operation.parameters {
                visit(&mut parameter.schema);
            }
            body_schemas(&mut operation.body, visit);
            for response in &mut operation.responses {
                for content in &mut response.contents {
                    content.each_schema_mut(visit);
                }
                for header in &mut response.headers {
                    visit(&mut header.schema);
                }
            }
        }
        for webhook in &mut self.webhooks {
            body_schemas(&mut webhook.body, visit);
        }
        self.error_bodies.iter_mut().for_each(&mut *visit);
        let headers = self.error_headers.iter_mut();
        headers.for_each(|header| visit(&mut header.schema));
        self.places.iter_mut().for_each(|(_, schema)| visit(schema));
        for def in &mut self.types {
            def.shape.each_schema_mut(visit);
        }
    }
}

fn body_schemas(body: &mut Option<Body>, visit: &mut impl FnMut(&mut Schema)) {
    for content in body.iter_mut().flat_map(|body| &mut body.contents) {
        content.each_schema_mut(visit);
    }
}
