//! Streaming responses: a method besides `send` for each framing.

use super::docs::Text;
use crate::describe;
use crate::ir::{Content, Framing, Items, OperationId};
use crate::rust::plan::stream::{is_text, stream_ty};
use crate::rust::snippets::call;
use crate::rust::{Plan, Scope, Ty, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StreamView {
    pub docs: Vec<String>,
    pub signature: String,
    pub statements: Vec<String>,
}

pub fn views(plan: Plan<'_>, id: OperationId, scope: &Scope<'_>) -> Vec<StreamView> {
    let streams = plan.api.operation(id).streams();
    let view = |(content, items)| view(plan, id, content, items, scope);
    streams.into_iter().map(view).collect()
}

fn view(
    plan: Plan<'_>,
    id: OperationId,
    content: &Content,
    items: &Items,
    scope: &Scope<'_>,
) -> StreamView {
    let framing = items.framing;
    let sets_flag = plan.api.is_stream_by_flag(id);
    let value = match is_text(items) {
        true => Ty::STRING,
        false => plan.ty(&items.schema),
    };
    scope.import(match framing {
        Framing::Events => "events::EventStream",
        Framing::Lines => "lines::LineStream",
    });
    if sets_flag {
        scope.import("patch");
    }
    let parameter = if sets_flag { "mut self" } else { "self" };
    let head = format!("pub async fn {}", framing.method());
    let returns = format!("Result<{}<{}>>", stream_ty(framing), scope.ty(&value));
    StreamView {
        docs: docs(plan, id, content, framing, sets_flag),
        signature: layout::signature("    ", &head, &[parameter.to_owned()], Some(&returns)),
        statements: layout::statements("        ", &plan.stream_statements(id, content, items)),
    }
}

fn docs(
    plan: Plan<'_>,
    id: OperationId,
    content: &Content,
    framing: Framing,
    sets_flag: bool,
) -> Vec<String> {
    let media_type = describe::code(&content.media_type);
    let what = match framing {
        Framing::Events => "events",
        Framing::Lines => "lines",
    };
    let about = format!(
        "Sends the request, accepts {media_type}, and returns the {what} of the response as they arrive."
    );
    let flag = match sets_flag {
        true => "Sets `stream` in the JSON body, so that the API streams its response.",
        false => "",
    };
    Text::new()
        .paragraph(&about)
        .paragraph(flag)
        .heading("Errors")
        .paragraph("Returns the errors of [`send`](Self::send).")
        .heading("Examples")
        .code("no_run", &call::stream_doctest(plan, id, framing).source())
        .finish()
}
