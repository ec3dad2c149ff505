//! The errors that the API documents: each status once, with the name that all agree on, and each
//! body once.

use crate::ir::{Api, ErrorStatus, Schema, StatusPattern};
use std::collections::BTreeMap;

pub fn run(api: &mut Api) {
    let mut found: BTreeMap<u16, ErrorStatus> = BTreeMap::new();
    for operation in &api.operations {
        for response in &operation.responses {
            let StatusPattern::Exact(status @ 400..) = response.status else {
                continue;
            };
            let description = response.docs.description.clone();
            let fresh = || ErrorStatus {
                status,
                component: response.component.clone(),
                description,
            };
            let entry = found.entry(status).or_insert_with(fresh);
            if entry.component != response.component {
                entry.component = None;
                entry.description = None;
            }
        }
    }
    api.errors = found.into_values().collect();
    api.error_bodies = bodies(api);
}

fn bodies(api: &Api) -> Vec<Schema> {
    let mut bodies: Vec<Schema> = Vec::new();
    for operation in &api.operations {
        for schema in operation.errors().filter_map(|response| response.json()) {
            if !bodies.iter().any(|known| known.kind == schema.kind) {
                bodies.push(Schema::new(schema.kind.clone()));
            }
        }
    }
    bodies
}
