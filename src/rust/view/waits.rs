//! Work that takes long: a method that waits for it, beside `send`.

use super::docs::Text;
use crate::describe;
use crate::ir::{OperationId, Until, Waiting};
use crate::rust::plan::polling;
use crate::rust::snippets::call;
use crate::rust::{Expr, Plan, Scope, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WaitView {
    /// Lines of the constant that says when the work is done; none where the caller says it.
    pub until: Vec<String>,
    pub docs: Vec<String>,
    pub signature: String,
    pub statement: String,
}

/// The method, where `ty` is what the call gives, and `decoder` reads it.
pub fn view(
    plan: Plan<'_>,
    id: OperationId,
    ty: &str,
    decoder: Expr,
    scope: &Scope<'_>,
) -> Option<WaitView> {
    let waiting = plan.api.operation(id).waiting.as_ref()?;
    scope.import("waiter::Waiter");
    if waiting.until.is_some() {
        scope.import("waiter");
    }
    let mut parameters = vec!["self".to_owned()];
    let request = Expr::variable("self").field("request");
    let call = match &waiting.until {
        Some(_) => {
            let done = Expr::item("Self", "DONE").reference();
            Expr::call("Waiter::until", [request, decoder, done])
        }
        None => {
            parameters.push(format!("is_done: impl Fn(&{ty}) -> bool + Send + 'static"));
            Expr::new("Waiter", [request, decoder, Expr::variable("is_done")])
        }
    };
    Some(WaitView {
        until: waiting.until.as_ref().map(fields).unwrap_or_default(),
        docs: docs(plan, id, waiting),
        signature: layout::signature(
            "    ",
            &format!("pub fn {}", waiting.name),
            &parameters,
            Some(&format!("Waiter<{ty}>")),
        ),
        statement: layout::tail("        ", &call),
    })
}

fn fields(until: &Until) -> Vec<String> {
    let print = |(name, value)| layout::field_value("        ", name, &value);
    polling::fields(until).map(print).into()
}

fn docs(plan: Plan<'_>, id: OperationId, waiting: &Waiting) -> Vec<String> {
    let text = Text::new()
        .paragraph(&describe::polling(waiting))
        .paragraph(
            "[`Waiter`] says how long it waits in between, and when it gives up: then the error has what was given last.",
        );
    match &waiting.until {
        Some(_) => text
            .heading("Examples")
            .code(
                "no_run",
                &call::wait_doctest(plan, id, &waiting.name).source(),
            )
            .finish(),
        None => text.finish(),
    }
}
