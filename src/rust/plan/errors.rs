//! The documented errors of an operation.

use super::Plan;
use crate::ir::{OperationId, Response, StatusPattern};

/// A documented error response.
#[derive(Debug)]
pub struct ErrorPlan<'a> {
    pub response: &'a Response,
    /// The status; `None` for a range and for `default`.
    pub status: Option<u16>,
    /// The method of `Error` that matches the status.
    pub predicate: Option<&'a str>,
}

impl<'a> Plan<'a> {
    /// Plans the documented errors of an operation.
    pub(super) fn plan_errors(self, id: OperationId) -> Vec<ErrorPlan<'a>> {
        let error = |response: &'a Response| {
            let status = match response.status {
                StatusPattern::Exact(status) => Some(status),
                StatusPattern::Range(_) | StatusPattern::Default => None,
            };
            let is_same = |known: &crate::ir::ErrorStatus| Some(known.status) == status;
            let index = self.api.errors.iter().position(is_same);
            ErrorPlan {
                response,
                status,
                predicate: index.map(|index| self.names.predicates[index].as_str()),
            }
        };
        self.api.operation(id).errors().map(error).collect()
    }
}
