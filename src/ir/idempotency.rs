//! Idempotency: which requests the client may retry, and the header that carries a key.

use super::{Api, ContentKind, Operation, Parameter, ParameterLocation};
use serde::Serialize;

/// Why sending a request twice has the effect of sending it once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Idempotency {
    /// The HTTP method is idempotent.
    Method,
    /// Each request has a key in this header, by which the API recognizes a retry.
    Key(String),
    /// The configuration or an extension of the document declares the operation idempotent.
    Declared,
    /// The operation is not idempotent.
    #[default]
    Never,
}

/// What the configuration adds to the document about idempotency.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Retry {
    /// The header that carries the key of a request.
    pub header: Option<String>,
    /// Idempotent operations, by id or by method and path.
    pub idempotent: Vec<String>,
    /// The error statuses that are retried, always and if the response has a `Retry-After`; `None` is the default.
    pub statuses: Option<Vec<u16>>,
    pub statuses_with_retry_after: Option<Vec<u16>>,
}

impl Retry {
    /// Returns whether the configuration chooses the statuses.
    pub fn has_own_statuses(&self) -> bool {
        self.statuses.is_some() || self.statuses_with_retry_after.is_some()
    }

    /// Returns the statuses that are retried whatever headers the response has.
    pub fn statuses(&self) -> &[u16] {
        let usual = &[408, 429, 500, 502, 503, 504];
        self.statuses.as_deref().unwrap_or(usual)
    }

    /// Returns the statuses that are retried if the response has a `Retry-After`.
    pub fn statuses_with_retry_after(&self) -> &[u16] {
        self.statuses_with_retry_after.as_deref().unwrap_or(&[403])
    }
}

impl Operation {
    /// Returns whether the body may be a stream, so that the same request can be sent only once.
    pub fn sends_once(&self) -> bool {
        let mut contents = self.body.iter().flat_map(|body| &body.contents);
        contents.any(|content| matches!(content.kind, ContentKind::Bytes | ContentKind::Multipart))
    }

    /// Returns the header that carries the key of a request, if the operation is idempotent by it.
    pub fn key_header(&self) -> Option<&str> {
        match &self.idempotency {
            Idempotency::Key(header) => Some(header),
            _ => None,
        }
    }

    /// Returns whether a parameter carries the key, which the client makes if the caller sets none.
    pub fn is_key(&self, parameter: &Parameter) -> bool {
        let is_name = |name: &str| name.eq_ignore_ascii_case(&parameter.name);
        parameter.location == ParameterLocation::Header && self.key_header().is_some_and(is_name)
    }
}

impl Api {
    /// Returns whether the client makes keys for some operation.
    pub fn makes_keys(&self) -> bool {
        let mut operations = self.operations.iter();
        operations.any(|operation| operation.key_header().is_some())
    }

    /// Returns whether some operation is idempotent although its method is not.
    pub fn retries_more_than_methods(&self) -> bool {
        let mut operations = self.operations.iter();
        operations.any(|operation| {
            matches!(
                operation.idempotency,
                Idempotency::Key(_) | Idempotency::Declared
            )
        })
    }
}

/// The reason why an operation can be retried although its method is not idempotent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeclaredIdempotency {
    AsItIs,
    /// With the same key in this header.
    ByKey(String),
}
