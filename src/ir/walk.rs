//! Visitors for every schema in the model and every type in a schema. Passes share them, so that none misses a
//! position.

use super::{Api, Body, Content, Extra, Schema, SchemaKind, Shape, TypeId};

impl Schema {
    /// Visits the types in the schema, including those of items, values and envelopes.
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

    /// Visits the same types mutably.
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
    /// Visits the schema and those of stream values, parts and part headers.
    pub fn each_schema(&self, visit: &mut impl FnMut(&Schema)) {
        visit(&self.schema);
        self.items.iter().for_each(|items| visit(&items.schema));
        let parts = self.parts.iter().flat_map(|parts| &parts.members);
        parts.for_each(|part| visit(&part.schema));
        let headers = self.encoding.iter().flat_map(|encoding| &encoding.headers);
        headers.for_each(|header| visit(&header.schema));
    }

    /// Visits the same schemas mutably.
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
    /// Visits the schemas of properties, branches or the alias target.
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

    /// Visits the same schemas mutably.
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
    /// Visits every schema of operations, webhooks, errors and types.
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
