//! Work that takes long: a method that waits for it, beside `send`.

use super::docs::Text;
use super::example;
use crate::describe;
use crate::ir::{OperationId, Until, Waiting};
use crate::rust::{Plan, Scope, layout, literal};
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
    decoder: &str,
    scope: &Scope<'_>,
) -> Option<WaitView> {
    let waiting = plan.api.operation(id).waiting.as_ref()?;
    scope.import("waiter::Waiter");
    if waiting.until.is_some() {
        scope.import("waiter");
    }
    let mut parameters = vec!["self".to_owned()];
    let call = match &waiting.until {
        Some(_) => format!("Waiter::until(self.request, {decoder}, &Self::DONE)"),
        None => {
            parameters.push(format!("is_done: impl Fn(&{ty}) -> bool + Send + 'static"));
            format!("Waiter::new(self.request, {decoder}, is_done)")
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
        statement: layout::expression("        ", "", &call, ""),
    })
}

pub fn fields(until: &Until) -> Vec<String> {
    let list = |texts: Vec<String>| {
        let texts: Vec<String> = texts.iter().map(|text| literal::string(text)).collect();
        format!("&[{}]", texts.join(", "))
    };
    let values = until.values.iter().map(ToString::to_string).collect();
    let field =
        |name: &str, texts| layout::expression("        ", &format!("{name}: "), &list(texts), ",");
    vec![
        field("within", until.within.clone()),
        field("member", until.member.clone()),
        field("values", values),
    ]
}

fn docs(plan: Plan<'_>, id: OperationId, waiting: &Waiting) -> Vec<String> {
    let text = Text::new()
        .paragraph(&describe::polling(waiting))
        .paragraph(
            "[`Waiter`] sets how long it waits in between, and when it gives up: the error then has the last response.",
        );
    match &waiting.until {
        Some(_) => text
            .heading("Examples")
            .code("no_run", &example::wait_doctest(plan, id, &waiting.name))
            .finish(),
        None => text.finish(),
    }
}
