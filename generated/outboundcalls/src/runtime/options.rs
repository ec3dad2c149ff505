//! Options for one request.

use std::{collections::BTreeMap, fmt, time::Duration};

use http::{HeaderName, HeaderValue};
use percent_encoding::utf8_percent_encode;
use serde_core::Serialize;
use serde_json::value::RawValue;

use super::{body::Body, number, operation::parse_header, retry::RetryPolicy, style, url::BaseUrl};

/// Overrides the client's settings for one request, and adds headers, query parameters and body properties.
///
/// Setters never fail: the first invalid option makes the request return
/// [`Error::Build`](super::Error::Build) before anything is sent.
#[derive(Clone, Default)]
pub struct RequestOptions {
    pub(super) timeout: Option<Duration>,
    pub(super) total_timeout: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) base_url: Option<BaseUrl>,
    pub(super) max_response_size: Option<usize>,
    pub(super) strict_responses: bool,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    /// Names, and the encoded pairs.
    pub(super) query: Vec<(String, String)>,
    /// Names, and values as JSON.
    pub(super) body: Vec<(String, String)>,
    pub(super) idempotency_key: Option<HeaderValue>,
    pub(super) error: Option<String>,
}

impl RequestOptions {
    /// Creates options that override nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the timeout of one attempt, from connecting to the last byte of the response.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the timeout of the request, including all attempts and the waits between them.
    #[must_use]
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = Some(timeout);
        self
    }

    /// Sets the retry policy. It never makes a request that must not arrive twice retryable.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Turns off retries.
    #[must_use]
    pub fn no_retries(self) -> Self {
        self.retry(RetryPolicy::none())
    }

    /// Sends this request to another server, with its credentials. The URL has to meet the requirements of
    /// [`ClientBuilder::base_url`](super::ClientBuilder::base_url).
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        match BaseUrl::parse(&url.into()) {
            Ok(url) => self.base_url = Some(url),
            Err(message) => self.fail(message),
        }
        self
    }

    /// Sets the largest response body in bytes, decompressed.
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = Some(bytes);
        self
    }

    /// Returns [`Error::Decode`](super::Error::Decode) if the response deviates from the API description, as
    /// [`ClientBuilder::strict_responses`](super::ClientBuilder::strict_responses) does.
    #[must_use]
    pub fn strict_responses(mut self) -> Self {
        self.strict_responses = true;
        self
    }

    /// Sets a header. It replaces the client's header of the same name. If that is a credential, it counts as
    /// that credential.
    ///
    /// A name or value that HTTP does not allow is an error. So is a header that frames the message, such as
    /// `Content-Length`.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match parse_header(name, value) {
            Ok(header) => self.headers.push(header),
            Err(message) => self.fail(message),
        }
        self
    }

    /// Adds a query parameter, which need not be in the API description. It replaces the request's parameter
    /// of the same name. Call it several times to repeat the name.
    #[must_use]
    pub fn query(mut self, name: &str, value: impl fmt::Display) -> Self {
        let value = value.to_string();
        let encode = |text| utf8_percent_encode(text, style::NOT_UNRESERVED);
        let pair = format!("{}={}", encode(name), encode(&value));
        self.query.push((name.to_owned(), pair));
        self
    }

    /// Adds a property to the JSON body, which need not be in the API description. It replaces the body's
    /// property of the same name. If the body is not a JSON object, the request fails.
    #[must_use]
    pub fn body_property(mut self, name: &str, value: impl Serialize) -> Self {
        match number::to_string(&value) {
            Ok(json) => self.body.push((name.to_owned(), json)),
            Err(error) => self.fail(format!("the value of `{name}` cannot be written: {error}")),
        }
        self
    }

    /// Sets the idempotency key, in the documented header or else in `Idempotency-Key`. The request is then
    /// retried as a `GET` is, so **the API has to support the key.**
    #[must_use]
    pub fn idempotency_key(mut self, key: &str) -> Self {
        match parse_header("idempotency-key", key) {
            Ok((_, key)) if !key.is_empty() => self.idempotency_key = Some(key),
            Ok(_) => self.fail("the idempotency key is empty"),
            Err(message) => self.fail(message),
        }
        self
    }

    fn fail(&mut self, message: impl Into<String>) {
        self.error.get_or_insert(message.into());
    }

    /// Adds the properties to a body. All other properties keep their text.
    pub(super) fn patch(&self, body: Option<Body>) -> Result<Option<Body>, String> {
        if self.body.is_empty() {
            return Ok(body);
        }
        let not_an_object = "a property can only be added to a body that is a JSON object";
        let json = match &body {
            Some(body) => body.as_bytes().ok_or(not_an_object)?,
            None => b"{}",
        };
        let mut properties: BTreeMap<String, Box<RawValue>> =
            serde_json::from_slice(json).map_err(|_| not_an_object)?;
        for (name, value) in &self.body {
            let value = RawValue::from_string(value.clone()).map_err(|error| error.to_string())?;
            properties.insert(name.clone(), value);
        }
        let json = serde_json::to_vec(&properties).map_err(|error| error.to_string())?;
        Ok(Some(json.into()))
    }
}

/// Shows names only, since values may be secret.
impl fmt::Debug for RequestOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        let query: Vec<_> = self.query.iter().map(|(name, _)| name).collect();
        let body: Vec<_> = self.body.iter().map(|(name, _)| name).collect();
        f.debug_struct("RequestOptions")
            .field("timeout", &self.timeout)
            .field("total_timeout", &self.total_timeout)
            .field("retry", &self.retry)
            .field("base_url", &self.base_url)
            .field("max_response_size", &self.max_response_size)
            .field("headers", &headers)
            .field("query", &query)
            .field("body", &body)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}
