//! Collects the documented errors of the API: statuses with the name that all operations agree on, bodies and
//! headers.

use crate::ir::{
    Api, ErrorStatus, Header, Operation, Schema, SchemaKind, StatusPattern, StringFormat,
};
use indexmap::map::Entry;
use indexmap::{IndexMap, IndexSet};
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
    api.error_headers = headers(api);
}

/// Returns headers, deduplicated by name. If descriptions of a header differ, it is a text, and differing docs
/// are dropped.
fn headers(api: &Api) -> Vec<Header> {
    let mut headers: IndexMap<String, Header> = IndexMap::new();
    let operations = api.operations.iter();
    let responses = operations.flat_map(|operation| operation.failures());
    for header in responses.flat_map(|response| &response.headers) {
        match headers.entry(header.name.to_ascii_lowercase()) {
            Entry::Occupied(mut known) => {
                let known = known.get_mut();
                if known.schema.kind != header.schema.kind || known.content != header.content {
                    known.schema = Schema::new(SchemaKind::String(StringFormat::Plain));
                    known.content = None;
                }
                if known.docs != header.docs {
                    known.docs = Default::default();
                }
            }
            Entry::Vacant(place) if header.can_be() => {
                place.insert(header.clone());
            }
            Entry::Vacant(_) => {}
        }
    }
    headers.into_values().collect()
}

fn bodies(api: &Api) -> Vec<Schema> {
    let failures = api.operations.iter().flat_map(Operation::failures);
    let kinds = failures.filter_map(|response| Some(&response.json()?.kind));
    let kinds: IndexSet<&SchemaKind> = kinds.collect();
    kinds.into_iter().cloned().map(Schema::new).collect()
}
