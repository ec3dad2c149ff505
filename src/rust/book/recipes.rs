//! The page about features of the crate: the blocking API, tracing, polling, transports.

use super::page::Book;
use super::text;
use crate::describe;
use crate::ir::OperationId;
use crate::prose;
use crate::rust::Expr;
use crate::rust::snippets::{call, program};
use serde::Serialize;

/// The page's path.
pub const PATH: &str = "ways.md";

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WaysPage {
    pub package: String,
    pub version: String,
    /// The blocking example, as a code block.
    pub blocking: Vec<String>,
    /// Rows of the operations that can be polled, and an example of the first one.
    pub waits: Vec<String>,
    pub wait_example: String,
}

/// Returns `None` without operations.
pub fn page(book: &Book<'_>) -> Option<WaysPage> {
    let plan = book.plan;
    let waiting = || {
        let ids = plan.api.operation_ids();
        ids.filter(|id| plan.api.operation(*id).polling.is_some())
    };
    let blocking = program::blocking_start(plan).visible().join("\n");
    (!blocking.is_empty()).then(|| WaysPage {
        package: plan.options.package.name.clone(),
        version: plan.minor_version(),
        blocking: text::fenced("rust,ignore", &blocking),
        waits: waiting().map(|id| row(book, id)).collect(),
        wait_example: waiting()
            .next()
            .map(|id| example(book, id))
            .unwrap_or_default(),
    })
}

fn row(book: &Book<'_>, id: OperationId) -> String {
    let plan = book.plan;
    let operation = plan.api.operation(id);
    let waiting = operation.polling.as_ref();
    let name = waiting.map_or("", |waiting| &waiting.name);
    let resource = &plan.names.resources[operation.group].accessor;
    let call = format!("client.{resource}().{}(…)", plan.names.operation(id).method);
    format!(
        "| {} | {} | {} |",
        prose::code_span(&call),
        prose::code_span(&format!(".{name}()")),
        prose::piped(&waiting.map(describe::polling).unwrap_or_default())
    )
}

/// Returns an operation and its polling method, on one line.
fn example(book: &Book<'_>, id: OperationId) -> String {
    let plan = book.plan;
    let waiting = plan.api.operation(id).polling.as_ref();
    let is_done = Expr::call("is_done", [Expr::variable("value")]);
    let arguments = match waiting.and_then(|waiting| waiting.done_when.as_ref()) {
        Some(_) => Vec::new(),
        None => vec![Expr::closure("value", is_done)],
    };
    let name = waiting.map_or_else(String::new, |waiting| waiting.name.clone());
    let call = call::example(plan, id).call;
    call.method(name, arguments).to_string()
}
