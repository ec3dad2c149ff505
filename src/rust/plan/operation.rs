//! Facts about one operation that several parts of the back end need. They are made once.

use super::Plan;
use super::body::BodyPlan;
use super::result::ResultPlan;
use crate::ir::OperationId;

/// What an operation takes and returns.
#[derive(Debug)]
pub struct OperationPlan<'a> {
    pub body: Option<BodyPlan<'a>>,
    pub result: ResultPlan<'a>,
}

impl<'a> OperationPlan<'a> {
    pub fn of(plan: Plan<'a>, id: OperationId) -> Self {
        OperationPlan {
            body: plan.plan_body(id),
            result: plan.plan_result(id),
        }
    }
}

impl<'a> Plan<'a> {
    /// Returns the facts about an operation.
    pub fn operation(self, id: OperationId) -> &'a OperationPlan<'a> {
        &self.operations[id.0 as usize]
    }
}
