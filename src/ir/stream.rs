//! Operations that return streams of values.

use super::{Api, Content, ContentKind, Framing, Items, Operation, OperationId, SchemaKind, Shape};

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
        let operation = self.operation(id);
        let is_json = |content: &&Content| content.kind == ContentKind::Json;
        let gives_value = operation
            .successes()
            .flat_map(|response| &response.contents)
            .any(|content| is_json(&content) && content.items.is_none());
        let streams = operation.streams();
        let is_event = |(_, items): &(&Content, &Items)| items.framing == Framing::Events;
        let bodies = operation.body.iter().flat_map(|body| &body.contents);
        gives_value
            && streams.iter().any(is_event)
            && bodies.filter(is_json).any(|content| self.has_flag(content))
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
