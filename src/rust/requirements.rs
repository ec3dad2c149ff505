//! The crate's requirements: parts of the runtime and dependencies.

use super::Plan;
use crate::config::webhooks::Algorithm;
use crate::config::{Dates, Decimals};
use crate::ir::{
    ContentKind, IntegerFormat, NumberFormat, Schema, SchemaKind, StringFormat, is_open_range,
};

impl Plan<'_> {
    pub fn uses_base64(self) -> bool {
        self.any_schema(|kind| *kind == SchemaKind::String(StringFormat::Base64))
    }

    pub fn uses_base64_url(self) -> bool {
        self.any_schema(|kind| *kind == SchemaKind::String(StringFormat::Base64Url))
    }

    /// Returns whether a schema has bytes that are encoded as text in JSON.
    pub fn uses_encoded_bytes(self) -> bool {
        self.uses_base64() || self.uses_base64_url()
    }

    /// Returns whether a schema has integers that are strings in JSON.
    pub fn uses_quoted(self) -> bool {
        self.any_schema(|kind| matches!(kind, SchemaKind::String(StringFormat::Integer(_))))
    }

    /// Returns whether a schema uses the crate's type for a date with a time.
    pub fn uses_date_time(self) -> bool {
        self.options.dates != Dates::String
            && self.any_schema(|kind| *kind == SchemaKind::String(StringFormat::DateTime))
    }

    /// Returns whether a schema uses the crate's own type for dates.
    pub fn uses_date(self) -> bool {
        self.options.dates != Dates::String
            && self.any_schema(|kind| *kind == SchemaKind::String(StringFormat::Date))
    }

    /// Returns whether the decimal type converts from and to the numbers of this crate.
    pub fn calculates_with(self, decimals: Decimals) -> bool {
        self.options.decimals == decimals && self.uses_decimal()
    }

    pub fn uses_decimal(self) -> bool {
        self.any_schema(|kind| {
            matches!(
                kind,
                SchemaKind::Number(NumberFormat::Decimal) | SchemaKind::Integer(IntegerFormat::Big)
            )
        })
    }

    pub fn uses_password(self) -> bool {
        self.any_schema(|kind| *kind == SchemaKind::String(StringFormat::Password))
    }

    pub fn uses_uuid(self) -> bool {
        self.any_schema(|kind| *kind == SchemaKind::String(StringFormat::Uuid))
    }

    /// Returns whether a date crate is needed and the configuration selects this one.
    pub fn uses_dates_of(self, dates: Dates) -> bool {
        let dated = |kind: &SchemaKind| {
            matches!(
                kind,
                SchemaKind::String(StringFormat::Date | StringFormat::DateTime)
            )
        };
        self.options.dates == dates && self.any_schema(dated)
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
