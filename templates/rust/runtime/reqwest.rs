//! The default transport.

use std::{
    fmt::{self, Write},
    future::Future,
    net::SocketAddr,
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderValue, Method, Uri, header};
use http_body::{Frame, SizeHint};

use super::{
    body::Body,
    builder::CONNECT_TIMEOUT,
    error::{Error, Result},
    stack_text::StackText,
    transport::{BoxFuture, Transport, TransportError, TransportErrorKind},
};

/// Sends requests over HTTP/1.1 or HTTP/2 with reqwest. It needs a Tokio runtime.
///
/// A client uses it unless another transport is set. Connections are pooled, and clones share the pool.
/// Proxies are configured by the environment (`HTTPS_PROXY` and so on).
///
/// TLS is provided by the system with the cargo feature `native-tls`, else by rustls with the feature
/// `rustls`, `rustls-ring` or `rustls-no-provider`. Without any of them, every `https` request fails.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    has_certificate: bool,
}

impl ReqwestTransport {
    /// Creates a transport with its own connection pool.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Config`] if TLS cannot be set up.
    pub fn new() -> Result<Self> {
        Self::builder().build()
    }

    /// Returns a builder that configures proxies, the pool, timeouts, addresses and certificates.
    pub fn builder() -> ReqwestTransportBuilder {
        ReqwestTransportBuilder {
            builder: with_tls(reqwest::Client::builder()).connect_timeout(CONNECT_TIMEOUT),
            has_certificate: false,
            error: None,
        }
    }

    /// Creates a transport from a client of reqwest 0.13, for settings that the builder does not have.
    ///
    /// **This method is exempt from semver:** a version of this crate that uses another version of reqwest
    /// removes it. The feature is named after the version.
    ///
    /// Turn off what this crate does itself: redirects with `redirect(Policy::none())`, and retries with
    /// `retry(reqwest::retry::never())`. The client then follows no redirect to another origin, since the
    /// reqwest client may present a certificate.
    #[cfg(feature = "reqwest-0-13")]
    #[must_use]
    pub fn from_client(client: reqwest::Client) -> Self {
        Self {
            client,
            has_certificate: true,
        }
    }

    /// Creates the transport of a client that sets none. Proxies of the environment are not used for this
    /// machine: that is rarely intended, and with plain `http` the proxy would see the credentials.
    pub(super) fn of_client(is_loopback: bool, connect_timeout: Duration) -> Result<Self> {
        let mut transport = Self::builder().connect_timeout(connect_timeout);
        if is_loopback {
            transport = transport.no_proxy();
        }
        transport.build()
    }

    async fn exchange(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Body>, TransportError> {
        if !in_tokio() {
            return Err(TransportError::new(
                TransportErrorKind::Connect,
                "the default transport works inside a Tokio runtime only",
            ));
        }
        let (parts, body) = request.into_parts();
        let mut request = reqwest::Request::new(parts.method, url(&parts.uri)?);
        *request.headers_mut() = parts.headers;
        // Some servers reject a request whose method allows a body and that does not declare an empty one.
        let sends = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
        if sends && body.length() == Some(0) {
            let none = HeaderValue::from_static("0");
            request.headers_mut().insert(header::CONTENT_LENGTH, none);
        }
        *request.body_mut() = Some(outgoing(body));
        let mut response = self.client.execute(request).await.map_err(failure)?;

        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        *head.version_mut() = response.version();
        *head.headers_mut() = std::mem::take(response.headers_mut());
        let length = response.content_length();
        let body = Body::stream(Incoming(response));
        Ok(head.map(|()| match length {
            Some(length) => body.with_length(length),
            None => body,
        }))
    }
}

/// Configures a [`ReqwestTransport`].
///
/// Setters never fail: `build` returns the first error.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ReqwestTransportBuilder {
    builder: reqwest::ClientBuilder,
    has_certificate: bool,
    error: Option<Error>,
}

impl ReqwestTransportBuilder {
    /// Sets the timeout for connecting. The default is 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.builder = self.builder.connect_timeout(timeout);
        self
    }

    /// Sets how long the server may send nothing while a response is received. By default, only the client's
    /// timeouts apply.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.builder = self.builder.read_timeout(timeout);
        self
    }

    /// Sets how long an idle connection is kept. The default is 90 seconds.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.builder = self.builder.pool_idle_timeout(timeout);
        self
    }

    /// Sets how many idle connections are kept for each host. By default there is no limit. 0 turns the pool
    /// off.
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.builder = self.builder.pool_max_idle_per_host(connections);
        self
    }

    /// Uses HTTP/1.1 only.
    pub fn http1_only(mut self) -> Self {
        self.builder = self.builder.http1_only();
        self
    }

    /// Sends all requests through a proxy, such as `http://user:password@proxy.example:8080`. It replaces the
    /// proxies of the environment.
    pub fn proxy(mut self, url: &str) -> Self {
        match reqwest::Proxy::all(url) {
            Ok(proxy) => self.builder = self.builder.proxy(proxy),
            // The URL may contain a password, so neither it nor the cause is shown.
            Err(_) => {
                let fault = || Error::config("the URL of the proxy cannot be used");
                self.error.get_or_insert_with(fault);
            }
        }
        self
    }

    /// Sets the addresses of a host name, instead of resolving it. Port 0 means the port of the URL.
    pub fn resolve(mut self, host: &str, addresses: impl IntoIterator<Item = SocketAddr>) -> Self {
        let addresses: Vec<SocketAddr> = addresses.into_iter().collect();
        self.builder = self.builder.resolve_to_addrs(host, &addresses);
        self
    }

    /// Sets the client certificate (mutual TLS): the private key and the certificates, as PEM. The
    /// client then follows no redirect to another origin.
    ///
    /// The key has to be in PKCS #8, `BEGIN PRIVATE KEY` (RFC 5958). With rustls, it may also be in PKCS #1
    /// or SEC 1.
    #[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
    pub fn client_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        match identity(pem.as_ref()) {
            Ok(identity) => self.builder = self.builder.identity(identity),
            Err(error) => self.fail("the client's certificate cannot be read", error),
        }
        self.has_certificate = true;
        self
    }

    /// Adds root certificates, as PEM, to those that are trusted by default.
    #[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
    pub fn root_certificates(mut self, pem: impl AsRef<[u8]>) -> Self {
        match reqwest::Certificate::from_pem_bundle(pem.as_ref()) {
            Ok(all) => self.builder = self.builder.tls_certs_merge(all),
            Err(error) => self.fail("the root certificates cannot be read", error),
        }
        self
    }

    /// Uses no proxy, even if the environment sets one.
    pub fn no_proxy(mut self) -> Self {
        self.builder = self.builder.no_proxy();
        self
    }

    #[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
    fn fail(&mut self, what: &'static str, error: reqwest::Error) {
        self.error.get_or_insert(Error::config(what).because(error));
    }

    /// Creates the transport.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Config`] if the URL of a proxy or a certificate is invalid, or if TLS cannot be set
    /// up.
    pub fn build(self) -> Result<ReqwestTransport> {
        if let Some(error) = self.error {
            return Err(error);
        }
        provider()?;
        let client = self
            .builder
            // The client follows redirects itself, since it knows which headers must not be sent to another
            // origin.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // By default, reqwest retries requests that an HTTP/2 server refused. The client decides that.
            .retry(reqwest::retry::never())
            // The client decodes bodies itself, whichever features of reqwest another crate enables.
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            .build()
            .map_err(|error| Error::config("the HTTP transport cannot be set up").because(error))?;
        Ok(ReqwestTransport {
            client,
            has_certificate: self.has_certificate,
        })
    }
}

/// The feature of this crate decides about TLS, whichever features of reqwest another crate enables.
fn with_tls(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    #[cfg(feature = "native-tls")]
    let builder = builder.tls_backend_native();
    #[cfg(all(feature = "rustls-no-provider", not(feature = "native-tls")))]
    let builder = builder.tls_backend_rustls();
    builder
}

/// Checks that rustls has a crypto provider: reqwest panics without one.
#[cfg(all(
    feature = "rustls-no-provider",
    not(any(feature = "native-tls", feature = "rustls"))
))]
fn provider() -> Result<()> {
    use rustls::crypto::CryptoProvider;
    // Another thread may install one at the same time, which is fine.
    #[cfg(feature = "rustls-ring")]
    if CryptoProvider::get_default().is_none() {
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    match CryptoProvider::get_default() {
        Some(_) => Ok(()),
        None => Err(Error::config(
            "rustls has no provider: call `CryptoProvider::install_default`, or turn on the feature \
             `rustls` or `rustls-ring`",
        )),
    }
}

#[cfg(not(all(
    feature = "rustls-no-provider",
    not(any(feature = "native-tls", feature = "rustls"))
)))]
fn provider() -> Result<()> {
    Ok(())
}

#[cfg(all(feature = "rustls-no-provider", not(feature = "native-tls")))]
fn identity(pem: &[u8]) -> reqwest::Result<reqwest::Identity> {
    reqwest::Identity::from_pem(pem)
}

/// The system's TLS library expects the key separately from the certificates.
#[cfg(feature = "native-tls")]
fn identity(pem: &[u8]) -> reqwest::Result<reqwest::Identity> {
    let find = |text: &[u8]| pem.windows(text.len()).position(|part| part == text);
    let end = b"-----END PRIVATE KEY-----";
    let key = match (find(b"-----BEGIN PRIVATE KEY-----"), find(end)) {
        (Some(from), Some(to)) if from < to => &pem[from..to + end.len()],
        _ => &[],
    };
    reqwest::Identity::from_pkcs8_pem(pem, key)
}

/// May contain a private key, so no field is shown.
impl fmt::Debug for ReqwestTransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReqwestTransportBuilder")
    }
}

/// Converts the URL to reqwest's own type, through text.
fn url(uri: &Uri) -> Result<reqwest::Url, TransportError> {
    let mut short = StackText::<512>::new();
    let parsed = match write!(short, "{uri}") {
        Ok(()) => reqwest::Url::parse(short.text()),
        Err(_) => reqwest::Url::parse(&uri.to_string()),
    };
    parsed.map_err(|error| TransportError::new(TransportErrorKind::Connect, error))
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(self.exchange(request))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            if in_tokio() {
                tokio::time::sleep(duration).await;
            }
        })
    }

    fn shows_identity(&self) -> bool {
        self.has_certificate
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReqwestTransport")
    }
}

/// Outside of a runtime, Tokio's timers and sockets panic, and this crate must not.
fn in_tokio() -> bool {
    tokio::runtime::Handle::try_current().is_ok()
}

/// Converts an error, depending on whether the request may have been sent.
///
/// "Connect" comes first, since a connect timeout is both. reqwest reports a connect error only while it
/// resolves the name, opens the socket, or does the TLS handshake, all before the first byte of a request.
/// The URL is removed from the text, since its query may be private.
fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let kind = if error.is_connect() || error.is_builder() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Other
    };
    TransportError::new(kind, error)
}

/// Converts a body. reqwest has a variant for bytes in memory, which needs no box. A stream is sent as it is
/// read.
fn outgoing(body: Body) -> reqwest::Body {
    match body.into_bytes() {
        Ok(bytes) => bytes.into(),
        Err(body) => reqwest::Body::wrap(Outgoing(body)),
    }
}

struct Outgoing(Body);

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let next = Pin::new(&mut self.0).poll_next(cx);
        next.map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.0
            .length()
            .map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

/// The chunks of a response. reqwest also has them as a stream, but its feature `stream` adds three more
/// crates.
struct Incoming(reqwest::Response);

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        // The state of the body is in the response, so this future may be recreated.
        let chunk = pin!(self.0.chunk()).poll(cx);
        chunk.map(|chunk| chunk.map_err(failure).transpose())
    }
}
