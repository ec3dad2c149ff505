//! The crate's requirements: parts of the runtime and dependencies.

use super::Plan;
use super::plan::credentials::shape;
use crate::config::Dates;
use crate::config::webhooks::Algorithm;
use crate::ir::{
    ContentKind, Framing, IntegerFormat, NumberFormat, Pagination, Presence, Schema, SchemaKind,
    Shape, StringFormat, is_open_range,
};

impl<'a> Plan<'a> {
    /// Returns whether a schema has strings of this format.
    pub fn has_strings(self, format: StringFormat) -> bool {
        self.any_schema(|kind| *kind == SchemaKind::String(format))
    }

    /// Returns whether a schema uses the crate's own type for dates, or for dates with a time.
    pub fn has_dates(self, format: StringFormat) -> bool {
        self.options.keys.dates != Dates::String && self.has_strings(format)
    }

    /// Returns whether a schema has integers that are strings in JSON.
    pub fn has_quoted_integers(self) -> bool {
        self.any_schema(|kind| matches!(kind, SchemaKind::String(StringFormat::Integer(_))))
    }

    pub fn has_decimals(self) -> bool {
        self.any_schema(|kind| {
            matches!(
                kind,
                SchemaKind::Number(NumberFormat::Decimal) | SchemaKind::Integer(IntegerFormat::Big)
            )
        })
    }

    /// Returns whether a request has a property that may be absent, null or a value.
    pub fn has_nullable_setters(self) -> bool {
        self.api.types.iter().any(|def| match &def.shape {
            Shape::Object(object) => object.members.iter().any(|member| {
                def.presence(member) == Presence::OptionalNullable && !member.read_only
            }),
            _ => false,
        })
    }

    pub fn has_streams_of(self, framing: Framing) -> bool {
        let operations = self.api.operations.iter();
        let mut streams = operations.flat_map(|operation| operation.streams());
        streams.any(|(_, items)| items.framing == framing)
    }

    /// Returns whether some response can be read as a stream of bytes.
    pub fn has_downloads(self) -> bool {
        let operations = self.api.operations.iter();
        let successes = operations.flat_map(|operation| operation.successes());
        let mut bodies = successes.filter(|response| !response.status.is_redirect());
        bodies.any(|response| {
            let mut choices = response.named_choices().into_iter();
            choices.any(|(content, _)| {
                matches!(content.kind, ContentKind::Bytes | ContentKind::Multipart)
            })
        })
    }

    /// Returns whether some response header is documented.
    pub fn has_headers(self) -> bool {
        let mut operations = self.api.operations.iter();
        !self.api.error_headers.is_empty()
            || operations.any(|operation| !operation.headers().is_empty())
    }

    pub fn paginations(self) -> impl Iterator<Item = &'a Pagination> {
        let operations = self.api.operations.iter();
        operations.filter_map(|operation| operation.paging.as_ref())
    }

    /// Returns whether some secret can come from a provider.
    pub fn has_token_providers(self) -> bool {
        let mut schemes = self.api.security_schemes.values();
        !self.api.operations.is_empty() && schemes.any(|scheme| shape(&scheme.kind).is_some())
    }

    /// Returns whether some operation sends a body of one of these kinds.
    pub fn sends(self, kinds: &[ContentKind]) -> bool {
        let bodies = self
            .api
            .operations
            .iter()
            .filter_map(|operation| operation.body.as_ref());
        let mut contents = bodies.flat_map(|body| &body.contents);
        contents.any(|content| kinds.contains(&content.kind))
    }

    /// Returns whether some body is binary with a media type that only the caller knows.
    pub fn takes_media_bodies(self) -> bool {
        let operations = self.api.operations.iter();
        let mut bodies = operations.filter_map(|operation| operation.body.as_ref());
        bodies.any(|body| {
            let mut contents = self.chosen_contents(&body.contents).into_iter();
            contents.any(|content| {
                content.kind == ContentKind::Bytes && is_open_range(&content.media_type)
            })
        })
    }

    pub fn uses_envelopes(self) -> bool {
        self.any_schema(|kind| matches!(kind, SchemaKind::Envelope(..)))
    }

    /// Returns whether any schema in the API satisfies a predicate.
    pub fn any_schema(self, test: impl Fn(&SchemaKind) -> bool + Copy) -> bool {
        let mut found = false;
        let mut visit = |schema: &Schema| found |= holds(schema, test);
        for operation in &self.api.operations {
            for parameter in &operation.parameters {
                visit(&parameter.schema);
            }
            let answers = operation.responses.iter();
            let contents = operation.body.iter().flat_map(|body| &body.contents);
            for content in contents.chain(answers.flat_map(|response| &response.contents)) {
                content.each_schema(&mut visit);
            }
            for header in operation.headers() {
                visit(&header.schema);
            }
        }
        for header in &self.api.error_headers {
            visit(&header.schema);
        }
        let webhooks = self.api.webhooks.iter();
        let payloads = webhooks.flat_map(|webhook| &webhook.body);
        for content in payloads.flat_map(|body| &body.contents) {
            content.each_schema(&mut visit);
        }
        for def in &self.api.types {
            def.shape.each_schema(&mut visit);
        }
        found
    }
}

fn holds(schema: &Schema, test: impl Fn(&SchemaKind) -> bool + Copy) -> bool {
    test(&schema.kind) || schema.kind.parts().iter().any(|part| holds(part, test))
}

/// Returns the crate and the type of a hash function.
pub fn hash(algorithm: Algorithm) -> (&'static str, &'static str) {
    match algorithm {
        Algorithm::Sha256 => ("sha2", "Sha256"),
        Algorithm::Sha1 => ("sha1", "Sha1"),
        Algorithm::Sha512 => ("sha2", "Sha512"),
    }
}
