//! The main use of the API, for the crate's documentation.

use super::docs::{Text, spaced};
use crate::rust::Plan;
use crate::rust::code::Doctest;
use crate::rust::snippets::workflow;
use serde::Serialize;

/// The program, with a paragraph about it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WorkflowView {
    /// Lines that begin with a space.
    pub about: Vec<String>,
    pub lines: Vec<String>,
}

/// Returns the program as `print` prints it.
pub fn view(plan: Plan<'_>, print: impl Fn(&Doctest) -> Vec<String>) -> Option<WorkflowView> {
    let flow = plan.client.workflow.as_ref()?;
    Some(WorkflowView {
        about: Text::new().paragraph(&workflow::about(plan, flow)).finish(),
        lines: spaced(print(&workflow::doctest(plan, flow))),
    })
}
