//! The static description of an operation.

use std::fmt;

use http::{HeaderName, HeaderValue, StatusCode, header};

use super::requirement::Security;
use crate::error::ErrorBody;

/// The static facts about one operation.
pub(crate) struct Operation {
    /// Its `operationId`.
    pub(crate) id: &'static str,
    /// The HTTP method, which may be a custom one.
    pub(crate) method: &'static str,
    /// The path, percent-encoded, with each parameter as `{name}`.
    pub(crate) path: &'static str,
    /// The value of `Accept`.
    pub(crate) accept: &'static str,
    /// Whether sending the request twice has the same effect as sending it once.
    pub(crate) idempotent: bool,
    /// The credentials that it needs.
    pub(crate) security: Security,
    /// The statuses outside of 200–299 that are successes: redirects that the client returns.
    pub(crate) successes: &'static [Status],
    /// The documented error bodies by status.
    pub(crate) errors: &'static [(Status, ReadErrorBody)],
}

/// Decodes a documented error body. Returns `None` if the bytes do not fit it.
pub(crate) type ReadErrorBody = fn(&[u8]) -> Option<ErrorBody>;

/// A status in the description: `404`, `4XX`, or `default`. Earlier variants take precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Exact(u16),
    /// All statuses with this first digit.
    Class(u16),
    Any,
}

impl Status {
    pub(crate) fn matches(self, status: StatusCode) -> bool {
        match self {
            Self::Exact(exact) => status.as_u16() == exact,
            Self::Class(class) => status.as_u16() / 100 == class,
            Self::Any => true,
        }
    }
}

impl Operation {
    /// Returns whether a response with this status is a success.
    ///
    /// Every 2xx is a success (RFC 9110, section 15.3), whatever the description lists: a caller who got an
    /// error for a 201 would create the resource a second time.
    pub(super) fn is_success(&self, status: StatusCode) -> bool {
        status.is_success() || self.successes.iter().any(|known| known.matches(status))
    }

    /// Decodes a documented error body.
    pub(super) fn error_body(&self, status: StatusCode, body: &[u8]) -> Option<ErrorBody> {
        let (_, read) = self
            .errors
            .iter()
            .filter(|(pattern, _)| pattern.matches(status))
            .min_by_key(|(pattern, _)| *pattern)?;
        read(body)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {self}", self.id)
    }
}

/// Checks a header that the user sets. Its value may be private, so the message does not contain it.
pub(super) fn parse_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let Ok(name) = HeaderName::from_bytes(name.as_bytes()) else {
        return Err(format!("{name:?} is not a header name"));
    };
    let framing = [
        header::CONNECTION,
        header::CONTENT_LENGTH,
        header::HOST,
        header::TRANSFER_ENCODING,
        header::UPGRADE,
    ];
    if framing.contains(&name) {
        return Err(format!("the header `{name}` is set by the transport"));
    }
    let Ok(mut value) = HeaderValue::from_str(value) else {
        return Err(format!(
            "the value of the header `{name}` has a control character in it"
        ));
    };
    let secret = [
        header::AUTHORIZATION,
        header::COOKIE,
        header::PROXY_AUTHORIZATION,
    ];
    value.set_sensitive(secret.contains(&name));
    Ok((name, value))
}
