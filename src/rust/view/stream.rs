//! Streaming responses: a method besides `send` for each framing.

use super::docs::Text;
use crate::describe;
use crate::ir::{Framing, OperationId};
use crate::rust::code::FnParameter;
use crate::rust::plan::stream::StreamPlan;
use crate::rust::snippets::call;
use crate::rust::{Plan, Scope, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StreamView {
    pub docs: Vec<String>,
    pub signature: String,
    pub statements: Vec<String>,
}

pub fn views(plan: Plan<'_>, id: OperationId, scope: &Scope<'_>) -> Vec<StreamView> {
    let streams = plan.operation(id).streams.iter();
    let view = |stream| view(plan, id, stream, scope);
    streams.map(view).collect()
}

fn view(
    plan: Plan<'_>,
    id: OperationId,
    planned: &StreamPlan<'_>,
    scope: &Scope<'_>,
) -> StreamView {
    scope.import(match planned.items.framing {
        Framing::Events => "events::EventStream",
        Framing::Lines => "lines::LineStream",
    });
    if planned.sets_flag {
        scope.import("patch");
    }
    let parameter = match planned.sets_flag {
        true => FnParameter::MUT_SELF,
        false => FnParameter::SELF,
    };
    let head = format!("pub async fn {}", planned.method);
    scope.import("runtime::Result");
    let returns = format!("Result<{}<{}>>", planned.stream, scope.ty(&planned.ty));
    StreamView {
        docs: docs(plan, id, planned),
        signature: layout::signature("    ", &head, &[parameter], Some(&returns)),
        statements: layout::statements("        ", &planned.statements()),
    }
}

fn docs(plan: Plan<'_>, id: OperationId, planned: &StreamPlan<'_>) -> Vec<String> {
    let media_type = describe::code(&planned.content.media_type);
    let what = match planned.items.framing {
        Framing::Events => "events",
        Framing::Lines => "lines",
    };
    let about = format!(
        "Sends the request, accepts {media_type}, and returns the {what} of the response as they arrive."
    );
    let flag = match planned.sets_flag {
        true => "Sets `stream` in the JSON body, so that the API streams its response.",
        false => "",
    };
    let example = call::stream_doctest(plan, id, planned);
    Text::new()
        .paragraph(&about)
        .paragraph(flag)
        .heading("Errors")
        .paragraph("Returns the errors of [`send`](Self::send).")
        .heading("Examples")
        .code("no_run", &example.source())
        .finish()
}
