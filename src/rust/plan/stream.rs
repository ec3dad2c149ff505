//! Responses that are streams of values.

use super::Plan;
use crate::ir::{
    Content, EventKinds, Framing, Items, OperationId, SchemaKind, StringFormat, header_text,
};
use crate::rust::Expr;
use crate::rust::code::Statement;

impl Framing {
    /// Returns the builder's method that opens the stream.
    pub fn method(self) -> &'static str {
        match self {
            Framing::Events => "send_events",
            Framing::Lines => "send_lines",
        }
    }
}

/// Returns the runtime's stream type.
pub fn stream_ty(framing: Framing) -> &'static str {
    match framing {
        Framing::Events => "EventStream",
        Framing::Lines => "LineStream",
    }
}

/// Returns whether the items are plain text, which an event carries without JSON quotes.
pub fn is_text(items: &Items) -> bool {
    items.framing == Framing::Events && items.schema.kind == SchemaKind::String(StringFormat::Plain)
}

impl Plan<'_> {
    /// Returns the statements that open the stream.
    pub fn stream_statements(
        self,
        id: OperationId,
        content: &Content,
        items: &Items,
    ) -> Vec<Statement> {
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
        let call = Expr::call(format!("{}::{function}", stream_ty(framing)), arguments).awaited();
        let mut statements = vec![Statement::Tail(call)];
        if self.api.is_stream_by_flag(id) {
            let field = Expr::strings(["stream"]);
            let arguments = [request.reference_mut(), field, Expr::string("true")];
            let put = Expr::call("patch::put", arguments);
            statements.insert(0, Statement::Do(put));
        }
        statements
    }
}

/// Returns the names of the events whose data is JSON, or of those whose data is not, with a marker for
/// which of the two it is.
fn event_data(kinds: &EventKinds) -> [Expr; 2] {
    let names = match kinds.others_are_json {
        true => &kinds.text,
        false => &kinds.json,
    };
    [Expr::strings(names), Expr::literal(!kinds.others_are_json)]
}
