//! Operations that return streams of values.

use super::{
    Api, ConfigPosition, Content, ContentKind, Framing, Items, Operation, OperationId, Schema,
    SchemaKind, Shape, StringFormat,
};
use indexmap::IndexMap;
use serde::Serialize;

/// Configured streams, by operation.
pub type StreamConfig = IndexMap<String, ConfiguredStream>;

/// The configured stream of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConfiguredStream {
    /// The position of the operation in the configuration.
    #[serde(skip)]
    pub key: ConfigPosition,
    /// The position of the type.
    #[serde(skip)]
    pub at: ConfigPosition,
    /// The type of one event, by component name or JSON Pointer; `None` if the operation has no stream.
    pub event: Option<String>,
}

impl Content {
    /// Returns a stream of server-sent events whose data has this schema.
    pub fn of_events(schema: Schema) -> Self {
        Content {
            media_type: "text/event-stream".to_owned(),
            kind: ContentKind::Text,
            repeats_json: false,
            schema: Schema::new(SchemaKind::String(StringFormat::Plain)),
            parts: None,
            encoding: Vec::new(),
            examples: Vec::new(),
            items: Some(Items {
                framing: Framing::Events,
                schema,
                kinds: None,
            }),
        }
    }
}

impl Operation {
    /// Returns the streams of the successes, the first of each framing.
    pub fn streams(&self) -> Vec<(&Content, &Items)> {
        let contents = self.successes().flat_map(|response| &response.contents);
        let mut streams: Vec<(&Content, &Items)> = Vec::new();
        for content in contents {
            let Some(items) = &content.items else {
                continue;
            };
            let is_known = |(_, known): &(&Content, &Items)| known.framing == items.framing;
            if !streams.iter().any(is_known) {
                streams.push((content, items));
            }
        }
        streams
    }
}

impl Api {
    /// Returns whether a boolean property `stream` of the JSON body selects between a value and a stream of
    /// events.
    pub fn is_stream_by_flag(&self, id: OperationId) -> bool {
        let streams = self.operation(id).streams();
        let is_event = |(_, items): &(&Content, &Items)| items.framing == Framing::Events;
        streams.iter().any(is_event) && self.has_stream_flag(id)
    }

    /// Returns whether an operation returns a JSON value and has a boolean property `stream` in its JSON body.
    pub fn has_stream_flag(&self, id: OperationId) -> bool {
        let operation = self.operation(id);
        let is_json = |content: &&Content| content.kind == ContentKind::Json;
        let returns_value = operation
            .successes()
            .flat_map(|response| &response.contents)
            .any(|content| is_json(&content) && content.items.is_none());
        let bodies = operation.body.iter().flat_map(|body| &body.contents);
        returns_value && bodies.filter(is_json).any(|content| self.has_flag(content))
    }

    fn has_flag(&self, content: &Content) -> bool {
        let SchemaKind::Declared(id) = self.resolved(&content.schema) else {
            return false;
        };
        let Shape::Object(object) = &self.ty(*id).shape else {
            return false;
        };
        let mut members = object.members.iter();
        members.any(|member| {
            member.name == "stream" && *self.resolved(&member.schema) == SchemaKind::Boolean
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::ir::Framing;

    #[test]
    fn media_types_determine_the_framing() {
        assert_eq!(
            Framing::of("text/event-stream; charset=utf-8"),
            Some(Framing::Events)
        );
        assert_eq!(Framing::of("application/JSONL"), Some(Framing::Lines));
        assert_eq!(Framing::of("application/json"), None);
    }
}
