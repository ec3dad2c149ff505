//! Settings of a client.

use std::{fmt, sync::Arc, time::Duration};

use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde_core::Serialize;

use super::{
    auth::Credential,
    client::{Core, Settings},
    error::{Error, Result},
    operation::parse_header,
    provide::Provided,
    request::replace,
    requirement::{Scheme, Schemes},
    retry::{Budget, Retried, RetryPolicy},
    scalar,
    transport::Transport,
    url::BaseUrl,
};

/// How long making a connection may take.
pub(super) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(60);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(180);
const MAX_RESPONSE_SIZE: usize = 64 * 1024 * 1024;

/// Creates the error of the first invalid setting.
type MakeError = fn(String) -> Error;

/// Sets up a client.
///
/// Setters never fail: `build` reports the first fault.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    base_url: String,
    /// Whether the caller has set it.
    is_elsewhere: bool,
    allow_insecure_http: bool,
    connect_timeout: Duration,
    timeout: Duration,
    total_timeout: Duration,
    retry: RetryPolicy,
    retried: Retried,
    headers: HeaderMap,
    credentials: Vec<Credential>,
    provided: Vec<Provided>,
    schemes: Schemes,
    parameters: Vec<(&'static str, String)>,
    allows_none: bool,
    gzip_from: Option<usize>,
    max_response_size: usize,
    strict_responses: bool,
    transport: Option<Arc<dyn Transport>>,
    /// The first fault, and the kind of error that it is.
    error: Option<(MakeError, String)>,
}

impl ClientBuilder {
    /// `user_agent` is the name and the version of the crate.
    pub(crate) fn with_defaults(base_url: &str, user_agent: &'static str) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::USER_AGENT, HeaderValue::from_static(user_agent));
        Self {
            base_url: base_url.to_owned(),
            is_elsewhere: false,
            allow_insecure_http: false,
            connect_timeout: CONNECT_TIMEOUT,
            timeout: TIMEOUT,
            total_timeout: TOTAL_TIMEOUT,
            retry: RetryPolicy::default(),
            retried: Retried::USUAL,
            headers,
            credentials: Vec::new(),
            provided: Vec::new(),
            schemes: &[],
            parameters: Vec::new(),
            allows_none: false,
            gzip_from: None,
            max_response_size: MAX_RESPONSE_SIZE,
            strict_responses: false,
            transport: None,
            error: None,
        }
    }

    /// Sends requests to another server, for example one on this machine: all of them, those of
    /// operations that have a server of their own too.
    ///
    /// A path in it is kept: operations are put after it. A query, a fragment, a user name, and
    /// `http://` to another machine are errors.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self.is_elsewhere = true;
        self
    }

    /// Allows `http://` to other machines. **Everything then travels in the clear**, the
    /// credentials too.
    pub fn allow_insecure_http(mut self) -> Self {
        self.allow_insecure_http = true;
        self
    }

    /// Sets how long making a connection may take. The default is 10 seconds. Nothing was sent by
    /// then, so even a `POST` is retried.
    ///
    /// It applies to the default transport; one that is set by [`transport`](Self::transport) has a
    /// timeout of its own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long one attempt may take, from connecting to the last byte of the response. The default
    /// is 60 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how long a request may take with all its attempts and the waits between them. The default is
    /// 180 seconds.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = timeout;
        self
    }

    /// Sets how often a request is sent, and how long the client waits in between. The default is three
    /// attempts.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Adds a header to every request. It is not sent to another server that a redirect leads to.
    ///
    /// It takes precedence over the `Accept` header and the credential that the client would send under
    /// this name, and counts as that credential: with `authorization` set here, an operation that needs a
    /// credential in that header can be sent. Header parameters of a request, the `Content-Type` of its
    /// body, and [`RequestOptions::header`](super::RequestOptions::header) take precedence over it.
    pub fn default_header(mut self, name: &str, value: &str) -> Self {
        match parse_header(name, value) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(message) => self.fail(message),
        }
        self
    }

    /// Sends requests although the credential that the API's description asks for is not set, for servers
    /// that run without authentication. A credential that is set is still sent.
    ///
    /// Without this, such a request fails with [`Error::Auth`] before anything is sent.
    pub fn without_credentials(mut self) -> Self {
        self.allows_none = true;
        self
    }

    /// Replaces the `User-Agent` header.
    pub fn user_agent(self, user_agent: &str) -> Self {
        self.default_header("user-agent", user_agent)
    }

    /// Compresses bodies of requests by gzip that have at least so many bytes and are in memory. The server has
    /// to support `Content-Encoding: gzip` in requests.
    ///
    /// A request whose `Content-Encoding` is set by a header is sent as it is.
    #[cfg(feature = "gzip")]
    pub fn gzip_requests(self, min_bytes: usize) -> Self {
        self.gzip_from(min_bytes)
    }

    /// As `gzip_requests`, which has no effect without the feature `gzip`.
    pub(crate) fn gzip_from(mut self, min_bytes: usize) -> Self {
        self.gzip_from = Some(min_bytes);
        self
    }

    /// Sets how many bytes the body of a response may have, decompressed. The default is 64 MiB.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// Fails with [`Error::Decode`](super::Error::Decode) where a response deviates from the API's
    /// description.
    ///
    /// By default a response is read leniently: a required property that is missing or null takes its
    /// blank value, such as an empty string, and a value of another type is converted where that is
    /// obvious, such as `"5"` for an integer.
    /// [`RawResponse::deviations`](super::RawResponse::deviations) lists where this happened.
    pub fn strict_responses(mut self) -> Self {
        self.strict_responses = true;
        self
    }

    /// Sends requests through `transport` in place of the default one.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets a credential, or keeps why it is none. A later one of the same scheme replaces it.
    pub(crate) fn credential(&mut self, credential: Result<Credential, String>) {
        match credential {
            Ok(credential) => {
                self.unset(credential.scheme);
                self.credentials.push(credential);
            }
            Err(message) => self.fail_auth(message),
        }
    }

    /// Sets where a credential comes from, in place of an earlier one of the same scheme.
    pub(crate) fn provided(&mut self, provided: Provided) {
        self.unset(provided.scheme);
        self.provided.push(provided);
    }

    fn unset(&mut self, scheme: &str) {
        self.credentials.retain(|known| known.scheme != scheme);
        self.provided.retain(|known| known.scheme != scheme);
    }

    /// Declares where the credential of each security scheme goes.
    pub(crate) fn schemes(mut self, schemes: Schemes) -> Self {
        self.schemes = schemes;
        self
    }

    /// Sets a parameter of all operations that have it.
    pub(crate) fn parameter<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        let mut text = String::new();
        scalar::write(value, &mut |value| value.clone_into(&mut text));
        if text.is_empty() || text.chars().any(char::is_control) {
            self.fail(format!(
                "the value of `{name}` is empty or has a control character in it"
            ));
        }
        replace(&mut self.parameters, name, text);
    }

    /// Sets which statuses are retried, where the API says so.
    pub(crate) fn retried(mut self, retried: Retried) -> Self {
        self.retried = retried;
        self
    }

    /// Whether some credential is set, is in a header of the caller's own, or is not needed.
    pub(crate) fn has_credentials(&self) -> bool {
        let is_own = |(name, value)| {
            self.schemes
                .iter()
                .any(|Scheme(_, shape)| shape.is_header(name, value))
        };
        self.allows_none
            || !self.credentials.is_empty()
            || !self.provided.is_empty()
            || self.headers.iter().any(is_own)
    }

    fn fail(&mut self, message: String) {
        self.error.get_or_insert((Error::config, message));
    }

    /// Keeps a fault of a credential.
    pub(crate) fn fail_auth(&mut self, message: impl Into<String>) {
        self.error.get_or_insert((Error::auth, message.into()));
    }

    pub(crate) fn finish(mut self) -> Result<Core> {
        if let Some((error, message)) = self.error {
            return Err(error(message));
        }
        hide_keys(self.schemes, self.headers.iter_mut());
        let base_url = BaseUrl::parse(&self.base_url).map_err(Error::config)?;
        let origin = base_url.origin();
        base_url
            .check(self.allow_insecure_http)
            .map_err(Error::config)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(origin.is_loopback(), self.connect_timeout)?,
        };
        Ok(Core::new(Settings {
            base_url,
            is_elsewhere: self.is_elsewhere,
            allow_insecure_http: self.allow_insecure_http,
            timeout: self.timeout,
            total_timeout: self.total_timeout,
            retry: self.retry,
            retried: self.retried,
            budget: Budget::new(),
            headers: self.headers,
            credentials: self.credentials,
            provided: self.provided,
            schemes: self.schemes,
            parameters: self.parameters,
            allows_none: self.allows_none,
            gzip_from: self.gzip_from,
            max_response_size: self.max_response_size,
            strict_responses: self.strict_responses,
            transport,
        }))
    }
}

/// Marks the headers of the caller's own that are a credential as secret.
pub(super) fn hide_keys<'a>(
    schemes: Schemes,
    headers: impl Iterator<Item = (&'a HeaderName, &'a mut HeaderValue)>,
) {
    for (name, value) in headers {
        if schemes
            .iter()
            .any(|Scheme(_, shape)| shape.is_header_name(name))
        {
            value.set_sensitive(true);
        }
    }
}

#[cfg(feature = "reqwest")]
fn default_transport(is_loopback: bool, connect_timeout: Duration) -> Result<Arc<dyn Transport>> {
    let transport = super::reqwest::ReqwestTransport::of_client(is_loopback, connect_timeout)?;
    Ok(Arc::new(transport))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_is_loopback: bool, _connect_timeout: Duration) -> Result<Arc<dyn Transport>> {
    Err(Error::config(
        "there is no transport: turn on the feature `reqwest`, or call `transport(…)`",
    ))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("timeout", &self.timeout)
            .field("total_timeout", &self.total_timeout)
            .field("retry", &self.retry)
            .field("max_response_size", &self.max_response_size)
            .field("strict_responses", &self.strict_responses)
            .finish_non_exhaustive()
    }
}
