//! Operations that the user's configuration names.

use crate::diag::{Diagnostics, Place, codes};
use crate::did_you_mean::nearest;
use crate::ir::{Api, Operation, OperationId};
use std::collections::HashMap;

/// The operations by their names; the first of several.
pub struct Named(HashMap<String, OperationId>);

impl Named {
    pub fn new(api: &Api) -> Self {
        let mut named = HashMap::new();
        for id in api.operation_ids() {
            for name in api.operation(id).names() {
                named.entry(name).or_insert(id);
            }
        }
        Named(named)
    }

    /// The operation that a key of a `section` calls so; where there is none, that is told, with what was
    /// most likely meant. `at` is the place of the key.
    pub fn find(
        &self,
        api: &Api,
        section: &str,
        key: &str,
        at: &Place,
        diagnostics: &mut Diagnostics,
    ) -> Option<OperationId> {
        let found = self.0.get(key).copied();
        if found.is_some() || api.left_out.has(key) {
            diagnostics.answer(at);
        } else {
            let known: Vec<String> = match diagnostics.suggests() {
                true => api.operations.iter().flat_map(Operation::names).collect(),
                false => Vec::new(),
            };
            let nearest = nearest(key, known.iter().map(String::as_str));
            diagnostics.push_unanswered(codes::rule_of_unknown(at, section, key, nearest));
        }
        found
    }
}
