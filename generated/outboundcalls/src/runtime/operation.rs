//! What is fixed about an operation, and what may be set for one call of it.

use std::{fmt, time::Duration};

use http::{HeaderName, HeaderValue, StatusCode, header};

use super::{requirement::Security, retry::RetryPolicy, url::BaseUrl};
use crate::error::ErrorBody;

/// What the API's description says about one operation.
pub(crate) struct Operation {
    /// Its name in the description.
    pub(crate) id: &'static str,
    /// As it goes on the wire: one of HTTP's own, or another that the description names.
    pub(crate) method: &'static str,
    /// The path, percent-encoded, with each parameter as `{name}`.
    pub(crate) path: &'static str,
    /// The media type asked for.
    pub(crate) accept: &'static str,
    /// Whether sending it twice does no more than sending it once.
    pub(crate) idempotent: bool,
    /// Which credentials it needs.
    pub(crate) security: Security,
    /// The statuses outside of 200–299 that are a success: redirects that the client returns instead
    /// of following them.
    pub(crate) successes: &'static [Status],
    /// Which body is documented for which error status.
    pub(crate) errors: &'static [(Status, ReadErrorBody)],
}

/// Reads a documented error body; `None` when the bytes are something else.
pub(crate) type ReadErrorBody = fn(&[u8]) -> Option<ErrorBody>;

/// A status of a description: `404`, `4XX`, or `default`. In this order one goes before another.
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
    /// Whether a response of this status is returned as a value.
    ///
    /// Every 2xx is a success (RFC 9110, section 15.3), whatever the description lists: a caller who
    /// got an error for a 201 would create the resource a second time.
    pub(super) fn is_success(&self, status: StatusCode) -> bool {
        status.is_success() || self.successes.iter().any(|known| known.matches(status))
    }

    /// The body of an error, when it is one of the documented ones.
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

/// What is different for one call.
#[derive(Clone, Default)]
pub struct CallOptions {
    pub(super) timeout: Option<Duration>,
    pub(super) total_timeout: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) base_url: Option<BaseUrl>,
    pub(super) max_response_size: Option<usize>,
    pub(super) strict_responses: bool,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) error: Option<String>,
}

impl CallOptions {
    /// Nothing is different yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How long one attempt may take, from connecting to the last byte of the response.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long the call may take with all its attempts and the waits between them.
    #[must_use]
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = Some(timeout);
        self
    }

    /// When to send again. What must not arrive twice is never sent again because of this.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// The request is sent once.
    #[must_use]
    pub fn no_retries(self) -> Self {
        self.retry(RetryPolicy::none())
    }

    /// Sends this call to another server, with its credentials. What holds for
    /// [`ClientBuilder::base_url`](super::ClientBuilder::base_url) holds here.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        match BaseUrl::parse(&url.into()) {
            Ok(url) => self.base_url = Some(url),
            Err(message) => {
                self.error.get_or_insert(message.to_owned());
            }
        }
        self
    }

    /// How many bytes the body of the response may have, decompressed.
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = Some(bytes);
        self
    }

    /// Fails with [`Error::Decode`](super::Error::Decode) where the response deviates from the API's
    /// description, as [`ClientBuilder::strict_responses`](super::ClientBuilder::strict_responses) does.
    #[must_use]
    pub fn strict_responses(mut self) -> Self {
        self.strict_responses = true;
        self
    }

    /// Adds a header. It replaces what the client would send under this name. In place of a credential it
    /// counts as that credential.
    ///
    /// A name or value that HTTP does not allow, and a header that frames the message, such as
    /// `Content-Length`, makes the call fail with [`Error::Build`](super::Error::Build) before
    /// anything is sent.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match parse_header(name, value) {
            Ok(header) => self.headers.push(header),
            Err(message) => {
                self.error.get_or_insert(message);
            }
        }
        self
    }
}

/// The values of headers may be secret, so only their names are shown.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("total_timeout", &self.total_timeout)
            .field("retry", &self.retry)
            .field("base_url", &self.base_url)
            .field("max_response_size", &self.max_response_size)
            .field("headers", &headers)
            .field("error", &self.error)
            .finish()
    }
}

/// Checks a header that comes from the user. The value may be private, so it is not in the message.
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
