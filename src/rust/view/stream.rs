//! Responses that are streams of values: a method beside `send` for each way that values are told apart.

use super::docs::Text;
use super::example;
use crate::describe;
use crate::ir::{
    Content, EventKinds, Framing, Items, OperationId, SchemaKind, StringFormat, header_text,
};
use crate::rust::{Expr, Plan, Scope, Ty, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StreamView {
    pub docs: Vec<String>,
    pub signature: String,
    pub statements: Vec<String>,
}

impl Framing {
    /// The method of a call that gives the stream.
    pub fn method(self) -> &'static str {
        match self {
            Framing::Events => "send_events",
            Framing::Lines => "send_lines",
        }
    }

    fn ty(self) -> &'static str {
        match self {
            Framing::Events => "EventStream",
            Framing::Lines => "LineStream",
        }
    }
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
    let returns = format!("Result<{}<{}>>", framing.ty(), scope.ty(&value));
    StreamView {
        docs: docs(plan, id, content, framing, sets_flag),
        signature: layout::signature("    ", &head, &[parameter.to_owned()], Some(&returns)),
        statements: statements(plan, id, content, items),
    }
}

/// Whether the values are texts, which are no JSON in an event.
fn is_text(items: &Items) -> bool {
    items.framing == Framing::Events && items.schema.kind == SchemaKind::String(StringFormat::Plain)
}

/// The statements that open the stream.
pub fn statements(
    plan: Plan<'_>,
    id: OperationId,
    content: &Content,
    items: &Items,
) -> Vec<String> {
    let framing = items.framing;
    let decoder = match is_text(items) {
        true => Expr::item("decode", "text"),
        false => Expr::item("decode", "json"),
    };
    let media_type = header_text(&content.media_type, "*/*");
    let request = Expr::variable("self").field("request");
    let mut arguments = vec![request.clone()];
    match (framing, &items.kinds) {
        (Framing::Events, None) => arguments.push(decoder),
        (Framing::Events, Some(kinds)) => arguments.extend(event_data(kinds)),
        (Framing::Lines, _) => arguments.extend([Expr::string(media_type), decoder]),
    }
    let function = match items.kinds {
        Some(_) => "open_kinds",
        None => "open",
    };
    let call = Expr::call(format!("{}::{function}", framing.ty()), arguments).awaited();
    let mut statements = vec![layout::tail("        ", &call)];
    if plan.api.is_stream_by_flag(id) {
        let field = Expr::strings(["stream"]);
        let arguments = [request.reference_mut(), field, Expr::string("true")];
        let put = Expr::call("patch::put", arguments);
        statements.insert(0, layout::statement("        ", &put));
    }
    statements
}

/// The names of the events whose data is JSON, or of those whose data is not, and which of both.
fn event_data(kinds: &EventKinds) -> [Expr; 2] {
    let names = match kinds.others_are_json {
        true => &kinds.text,
        false => &kinds.json,
    };
    [Expr::strings(names), Expr::literal(!kinds.others_are_json)]
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
        "Sends the request, asks for {media_type}, and returns the {what} of the response as they arrive."
    );
    let flag = match sets_flag {
        true => "Sets `stream` in a JSON body, so that the API answers in this way.",
        false => "",
    };
    Text::new()
        .paragraph(&about)
        .paragraph(flag)
        .heading("Errors")
        .paragraph("Returns the errors of [`send`](Self::send).")
        .heading("Examples")
        .code(
            "no_run",
            &example::stream_doctest(plan, id, framing).source(),
        )
        .finish()
}
