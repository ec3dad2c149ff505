//! The error statuses that the API documents, each once, with the name that all agree on.

use crate::ir::{Api, ErrorStatus, StatusPattern};
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
}
