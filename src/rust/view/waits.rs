//! Long-running operations: a method besides `send` that polls until the work is done.

use super::docs::Text;
use crate::describe;
use crate::ir::{OperationId, Polling};
use crate::rust::code::{Parameter, TypeCode};
use crate::rust::snippets::call;
use crate::rust::{Expr, Plan, Scope, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WaitView {
    /// Lines of the constant with the condition that ends polling; empty if the caller supplies the
    /// condition.
    pub until: Vec<String>,
    pub docs: Vec<String>,
    pub signature: String,
    pub statement: String,
}

/// Returns the method. `ty` is the response type, and `decoder` decodes it.
pub fn view(
    plan: Plan<'_>,
    id: OperationId,
    ty: &TypeCode,
    decoder: Expr,
    scope: &Scope<'_>,
) -> Option<WaitView> {
    let planned = plan.operation(id).polling.as_ref()?;
    let polling = planned.polling;
    scope.import("waiter::Waiter");
    if polling.done_when.is_some() {
        scope.import("waiter");
    }
    let mut parameters = vec![Parameter::SELF];
    let request = Expr::variable("self").field("request");
    let call = match &polling.done_when {
        Some(_) => {
            let done = Expr::item("Self", "DONE").reference();
            Expr::call("Waiter::until", [request, decoder, done])
        }
        None => {
            let condition = format!("impl Fn(&{ty}) -> bool + Send + 'static");
            parameters.push(Parameter::new("is_done", TypeCode::name(condition)));
            Expr::new("Waiter", [request, decoder, Expr::variable("is_done")])
        }
    };
    Some(WaitView {
        until: planned.done.as_ref().map(fields).unwrap_or_default(),
        docs: docs(plan, id, polling),
        signature: layout::signature(
            "    ",
            &format!("pub fn {}", polling.name),
            &parameters,
            Some(&format!("Waiter<{ty}>")),
        ),
        statement: layout::tail("        ", &call),
    })
}

fn fields(fields: &[(&'static str, Expr); 3]) -> Vec<String> {
    let print = |(name, value): &(&str, Expr)| layout::field_value("        ", name, value);
    fields.each_ref().map(print).into()
}

fn docs(plan: Plan<'_>, id: OperationId, polling: &Polling) -> Vec<String> {
    let text = Text::new()
        .paragraph(&describe::polling(polling))
        .paragraph(
            "[`Waiter`] sets the interval between requests and the deadline. The error after the deadline has the last response.",
        );
    match &polling.done_when {
        Some(_) => text
            .heading("Examples")
            .code(
                "no_run",
                &call::wait_doctest(plan, id, &polling.name).source(),
            )
            .finish(),
        None => text.finish(),
    }
}
