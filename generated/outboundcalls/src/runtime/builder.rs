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

/// The default timeout for connecting.
pub(super) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(60);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(180);
const MAX_RESPONSE_SIZE: usize = 64 * 1024 * 1024;

/// Creates the error for the first invalid setting.
type MakeError = fn(String) -> Error;

/// Configures and creates a client.
///
/// Setters never fail: `build` returns the first error.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    base_url: String,
    /// Whether the caller has set the base URL.
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
    /// The first invalid setting, and the kind of its error.
    error: Option<(MakeError, String)>,
}

impl ClientBuilder {
    /// Creates a builder. `user_agent` is the name and version of the crate.
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

    /// Sends all requests to another server, for example one on this machine. It also replaces the servers of
    /// operations that have their own.
    ///
    /// If the URL has a path, the paths of operations are appended to it. A URL with a query, a fragment or a
    /// user name is an error, and so is `http://` to another machine.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self.is_elsewhere = true;
        self
    }

    /// Allows `http://` to other machines. **Requests are then sent unencrypted**, including their
    /// credentials.
    pub fn allow_insecure_http(mut self) -> Self {
        self.allow_insecure_http = true;
        self
    }

    /// Sets the timeout for connecting. The default is 10 seconds. Nothing has been sent when it expires, so
    /// even a `POST` is retried.
    ///
    /// It applies to the default transport. A transport that is set with [`transport`](Self::transport) has
    /// its own timeout.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the timeout of one attempt, from connecting to the last byte of the response. The default is 60
    /// seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the timeout of a request, including all attempts and the waits between them. The default is 180
    /// seconds.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = timeout;
        self
    }

    /// Sets the retry policy. The default is three attempts.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Adds a header to every request. It is not sent to another origin after a redirect.
    ///
    /// It overrides the client's `Accept` header or credential of the same name, and counts as that
    /// credential: if `authorization` is set here, operations that need that credential can be sent. Header
    /// parameters of a request, the `Content-Type` of its body, and
    /// [`RequestOptions::header`](super::RequestOptions::header) override it.
    pub fn default_header(mut self, name: &str, value: &str) -> Self {
        match parse_header(name, value) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(message) => self.fail(message),
        }
        self
    }

    /// Sends requests even if a required credential is not set, for servers that run without authentication.
    /// A credential that is set is still sent.
    ///
    /// Without this, such a request returns [`Error::Auth`] and nothing is sent.
    pub fn without_credentials(mut self) -> Self {
        self.allows_none = true;
        self
    }

    /// Replaces the `User-Agent` header.
    pub fn user_agent(self, user_agent: &str) -> Self {
        self.default_header("user-agent", user_agent)
    }

    /// Compresses request bodies with gzip if they are in memory and have at least `min_bytes` bytes. The
    /// server has to support `Content-Encoding: gzip` in requests.
    ///
    /// A request that sets `Content-Encoding` itself is sent unchanged.
    #[cfg(feature = "gzip")]
    pub fn gzip_requests(self, min_bytes: usize) -> Self {
        self.gzip_from(min_bytes)
    }

    /// Does the same as `gzip_requests`, but has no effect without the feature `gzip`.
    pub(crate) fn gzip_from(mut self, min_bytes: usize) -> Self {
        self.gzip_from = Some(min_bytes);
        self
    }

    /// Sets the largest response body in bytes, decompressed. The default is 64 MiB.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// Returns [`Error::Decode`](super::Error::Decode) if a response deviates from the API description.
    ///
    /// By default, responses are decoded leniently: a required property that is missing or null becomes an
    /// empty value, such as an empty string, and a value of another type is converted if the conversion is
    /// obvious, such as `"5"` to an integer. [`RawResponse::deviations`](super::RawResponse::deviations)
    /// lists these places.
    pub fn strict_responses(mut self) -> Self {
        self.strict_responses = true;
        self
    }

    /// Sends requests through `transport` instead of the default transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets a credential or records why it is invalid. It replaces an earlier credential for the same scheme.
    pub(crate) fn credential(&mut self, credential: Result<Credential, String>) {
        match credential {
            Ok(credential) => {
                self.unset(credential.scheme);
                self.credentials.push(credential);
            }
            Err(message) => self.fail_auth(message),
        }
    }

    /// Sets the source of a credential. It replaces an earlier credential for the same scheme.
    pub(crate) fn provided(&mut self, provided: Provided) {
        self.unset(provided.scheme);
        self.provided.push(provided);
    }

    fn unset(&mut self, scheme: &str) {
        self.credentials.retain(|known| known.scheme != scheme);
        self.provided.retain(|known| known.scheme != scheme);
    }

    /// Sets where the credential of each security scheme is placed.
    pub(crate) fn schemes(mut self, schemes: Schemes) -> Self {
        self.schemes = schemes;
        self
    }

    /// Sets a parameter of all operations that have it.
    pub(crate) fn set_parameter<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        let mut text = String::new();
        scalar::write(value, &mut |value| value.clone_into(&mut text));
        if text.is_empty() || text.chars().any(char::is_control) {
            self.fail(format!(
                "the value of `{name}` is empty or has a control character in it"
            ));
        }
        replace(&mut self.parameters, name, text);
    }

    /// Returns whether a credential is set, is in one of the caller's headers, or is not needed.
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

    /// Records an invalid credential.
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

/// Marks those of the caller's headers that are credentials as sensitive.
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
        "no transport: enable the feature `reqwest`, or call `transport(…)`",
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
