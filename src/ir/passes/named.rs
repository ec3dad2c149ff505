//! Operations that the user's configuration names.

use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, Operation, OperationId};
use crate::nearest::nearest;

/// The operation that a key of a `section` calls so; where there is none, that is told, with what was most
/// likely meant. `at` is the place of the key.
pub fn named(
    api: &Api,
    section: &str,
    key: &str,
    at: &str,
    diagnostics: &mut Diagnostics,
) -> Option<OperationId> {
    let is_named = |id: &OperationId| api.operation(*id).names().any(|known| known == key);
    let found = api.operation_ids().find(is_named);
    if found.is_none() {
        let known: Vec<String> = api.operations.iter().flat_map(Operation::names).collect();
        let nearest = nearest(key, known.iter().map(String::as_str));
        diagnostics.push(codes::rule_of_unknown(at, section, key, nearest));
    }
    found
}
