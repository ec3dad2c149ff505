//! Finds the operations that the configuration names.

use crate::diag::{Diagnostics, Location, codes};
use crate::did_you_mean::nearest;
use crate::ir::{Api, Operation, OperationId};
use std::collections::HashMap;

/// Operations by id and by method and path, the first of several.
pub struct OperationIndex(HashMap<String, OperationId>);

impl OperationIndex {
    pub fn new(api: &Api) -> Self {
        let mut index = HashMap::new();
        for id in api.operation_ids() {
            for name in api.operation(id).names() {
                index.entry(name).or_insert(id);
            }
        }
        OperationIndex(index)
    }

    /// Returns the operation with this key. If there is none, reports the key with the most similar one. `at`
    /// is the position of the key.
    pub fn find(
        &self,
        api: &Api,
        section: &str,
        key: &str,
        at: &Location,
        diagnostics: &mut Diagnostics,
    ) -> Option<OperationId> {
        let found = self.0.get(key).copied();
        if found.is_some() || api.left_out.has(key) {
            diagnostics.mark_used(at);
        } else {
            let known: Vec<String> = match diagnostics.suggests() {
                true => api.operations.iter().flat_map(Operation::names).collect(),
                false => Vec::new(),
            };
            let nearest = nearest(key, known.iter().map(String::as_str));
            diagnostics.push_unless_used(codes::unknown_operation(at, section, key, nearest));
        }
        found
    }
}
