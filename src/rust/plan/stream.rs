//! Responses that are streams of values.

use super::Plan;
use crate::ir::{
    Content, EventKinds, Framing, Items, OperationId, SchemaKind, StringFormat, header_text,
};
use crate::rust::code::Statement;
use crate::rust::{Expr, Ty};

/// A stream of values in a response.
#[derive(Debug)]
pub struct StreamPlan<'a> {
    pub content: &'a Content,
    pub items: &'a Items,
    /// The type of a value.
    pub ty: Ty<'a>,
    /// The runtime's stream type.
    pub stream: &'static str,
    /// The builder's method that opens the stream.
    pub method: &'static str,
    /// Whether the builder's method sets a boolean property `stream` of the body.
    pub sets_flag: bool,
}

impl<'a> Plan<'a> {
    /// Plans the streams of an operation.
    pub(super) fn plan_streams(self, id: OperationId) -> Vec<StreamPlan<'a>> {
        let sets_flag = self.api.is_stream_by_flag(id);
        let stream = |(content, items): (&'a Content, &'a Items)| {
            let (stream, method) = match items.framing {
                Framing::Events => ("EventStream", "send_events"),
                Framing::Lines => ("LineStream", "send_lines"),
            };
            StreamPlan {
                content,
                items,
                ty: match is_text(items) {
                    true => Ty::STRING,
                    false => self.ty(&items.schema),
                },
                stream,
                method,
                sets_flag,
            }
        };
        let streams = self.api.operation(id).streams().into_iter();
        streams.map(stream).collect()
    }
}

/// Returns whether the items are plain text, which an event carries without JSON quotes.
fn is_text(items: &Items) -> bool {
    items.framing == Framing::Events && items.schema.kind == SchemaKind::String(StringFormat::Plain)
}

impl StreamPlan<'_> {
    /// Returns the statements that open the stream.
    pub fn statements(&self) -> Vec<Statement> {
        let framing = self.items.framing;
        let decoder = match is_text(self.items) {
            true => Expr::item("decode", "text"),
            false => Expr::item("decode", "json"),
        };
        let media_type = header_text(&self.content.media_type, "*/*");
        let request = Expr::variable("self").field("request");
        let mut arguments = vec![request.clone()];
        match (framing, &self.items.kinds) {
            (Framing::Events, None) => arguments.push(decoder),
            (Framing::Events, Some(kinds)) => arguments.extend(event_data(kinds)),
            (Framing::Lines, _) => arguments.extend([Expr::string(media_type), decoder]),
        }
        let function = match self.items.kinds {
            Some(_) => "open_kinds",
            None => "open",
        };
        let call = Expr::call(format!("{}::{function}", self.stream), arguments).awaited();
        let mut statements = vec![Statement::Tail(call)];
        if self.sets_flag {
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
