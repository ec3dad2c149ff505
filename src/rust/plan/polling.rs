//! Polling, and the expressions for the condition that ends it.

use super::Plan;
use crate::ir::{DoneWhen, OperationId, Polling};
use crate::rust::Expr;

/// The polling of an operation.
#[derive(Debug)]
pub struct PollingPlan<'a> {
    pub polling: &'a Polling,
    /// The fields of the constant with the condition that ends polling; `None` if the caller supplies the condition.
    pub done: Option<[(&'static str, Expr); 3]>,
}

impl<'a> Plan<'a> {
    /// Plans the polling of an operation.
    pub(super) fn plan_polling(self, id: OperationId) -> Option<PollingPlan<'a>> {
        let polling = self.api.operation(id).polling.as_ref()?;
        let done = polling.done_when.as_ref().map(fields);
        Some(PollingPlan { polling, done })
    }
}

fn fields(until: &DoneWhen) -> [(&'static str, Expr); 3] {
    let values = until.values.iter().map(ToString::to_string);
    [
        ("within", Expr::strings(&until.within)),
        ("member", Expr::strings(&until.member)),
        ("values", Expr::strings(values)),
    ]
}
