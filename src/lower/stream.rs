//! Lowers streams of values in response bodies.

use super::{Lowering, Site};
use crate::diag::codes;
use crate::ir::{Framing, Items, Role, Schema, SchemaKind, StringFormat};
use crate::openapi::{Additional, FurtherItems, MediaType};
use crate::tree::Node;

impl<'t> Lowering<'t, '_> {
    /// Returns the values of a content that is a stream.
    pub(super) fn items(&mut self, media: &MediaType<'t>, site: &Site) -> Option<Items> {
        let is_response = matches!(site.role, Role::Response(_));
        let Some(framing) = Framing::of(media.name).filter(|_| is_response) else {
            if let Some(items) = media.item_schema {
                let diagnostic = codes::not_generated(items, "the items of this body");
                self.diagnostics().push(diagnostic);
            }
            return None;
        };
        if let (Framing::Events, Some(event)) = (framing, media.item_schema)
            && let Some(items) = self.kinds_of_events(event, site)
        {
            return Some(items);
        }
        let node = match (framing, media.item_schema) {
            (Framing::Events, Some(event)) => self.event_data(event),
            (Framing::Lines, Some(item)) => Some(item),
            (_, None) => media.schema.and_then(|schema| self.item_of_body(schema)),
        };
        let site = site.part(Role::Item);
        let schema = match (framing, node) {
            (_, Some(node)) => self.schema(node, &site),
            (Framing::Lines, None) => Schema::any(),
            (Framing::Events, None) => Schema::new(SchemaKind::String(StringFormat::Plain)),
        };
        Some(Items {
            framing,
            schema,
            kinds: None,
        })
    }

    /// Lowers events with a different schema for each event name.
    fn kinds_of_events(&mut self, event: Node<'t>, site: &Site) -> Option<Items> {
        let kinds = self.event_kinds.get(&event.id())?.clone();
        let schema = self.schema(event, &site.part(Role::Item));
        let is_declared = matches!(schema.kind, SchemaKind::Declared(_));
        if !is_declared {
            let diagnostic = codes::not_generated(event, "the kinds of these events");
            self.diagnostics().push(diagnostic);
        }
        is_declared.then_some(Items {
            framing: Framing::Events,
            schema,
            kinds: Some(kinds),
        })
    }

    /// Returns the schema of an event's data (OpenAPI 3.2, section 4.14.3). The properties of an event are its
    /// fields, and `data` is a string with `contentSchema`.
    fn event_data(&mut self, event: Node<'t>) -> Option<Node<'t>> {
        let schema = self.followed_schema(event)?;
        let is_field = |name: &str| matches!(name, "data" | "event" | "id" | "retry");
        let data = schema.properties.iter().find(|(name, _)| *name == "data");
        match data {
            Some((_, data)) => self.follow(*data)?.get("contentSchema"),
            None if schema.properties.iter().any(|(name, _)| is_field(name)) => None,
            // If the branches are events of several kinds, their data stays text.
            None if schema.branches.iter().any(|branch| self.is_event(*branch)) => None,
            None => self.structured(event),
        }
    }

    fn is_event(&mut self, branch: Node<'t>) -> bool {
        let Some(branch) = self.follow(branch) else {
            return false;
        };
        let schema = self.read_schema(branch);
        schema.properties.iter().any(|(name, _)| *name == "data")
    }

    /// Returns the schema of one value. Before OpenAPI 3.2, documents describe the body as a single value,
    /// since then as an array.
    fn item_of_body(&mut self, body: Node<'t>) -> Option<Node<'t>> {
        let schema = self.followed_schema(body)?;
        match schema.rest {
            FurtherItems::Schema(items) if schema.types.array => Some(items),
            _ => self.structured(body),
        }
    }

    /// Returns the schema if it has structure. A string schema describes the whole body.
    fn structured(&mut self, node: Node<'t>) -> Option<Node<'t>> {
        let schema = self.followed_schema(node)?;
        let types = schema.types;
        let is_structured = types.object
            || types.array
            || !schema.properties.is_empty()
            || !schema.branches.is_empty()
            || !schema.all_of.is_empty()
            || matches!(schema.additional, Additional::Schema(_));
        is_structured.then_some(node)
    }
}
