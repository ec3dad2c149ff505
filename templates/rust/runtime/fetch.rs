//! The default transport on WebAssembly: in a browser, in Node.js, in workers.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use futures_core::Stream;
use http::header;
use send_wrapper::SendWrapper;

use super::{
    body::Body,
    error::{Error, Result},
    transport::{BoxFuture, Transport, TransportError, TransportErrorKind},
};

/// Sends requests with `fetch`.
///
/// `fetch` decides some things that the client decides elsewhere: it follows redirects, even of a `POST`,
/// applies CORS, and may replace headers, such as `User-Agent`. Request bodies are held in memory. There is
/// no timeout for connecting. A failed request may always have been sent, so the client never retries a
/// `POST`.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// Creates a transport.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Config`] if `fetch` cannot be set up.
    pub fn new() -> Result<Self> {
        let client = reqwest::Client::builder().build();
        let client = client
            .map_err(|error| Error::config("the HTTP transport cannot be set up").because(error))?;
        Ok(Self { client })
    }

    /// Creates a transport from a client of reqwest 0.13.
    ///
    /// **This method is exempt from semver:** a version of this crate that uses another version of reqwest
    /// removes it. The feature is named after the version.
    #[cfg(feature = "reqwest-0-13")]
    #[must_use]
    pub fn from_client(client: reqwest::Client) -> Self {
        Self { client }
    }

    /// Creates the transport of a client without its own. It has no settings.
    pub(super) fn of_client(_is_loopback: bool, _connect_timeout: Duration) -> Result<Self> {
        Self::new()
    }

    async fn exchange(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Body>, TransportError> {
        let (parts, body) = request.into_parts();
        let url = reqwest::Url::parse(&parts.uri.to_string())
            .map_err(|error| TransportError::new(TransportErrorKind::Connect, error))?;
        let mut request = reqwest::Request::new(parts.method, url);
        *request.headers_mut() = parts.headers;
        let body = body.bytes(usize::MAX).await?;
        if !body.is_empty() {
            *request.body_mut() = Some(body.into());
        }
        let mut response = self.client.execute(request).await.map_err(failure)?;

        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        let headers = response.headers_mut();
        // `fetch` has decoded the body, but keeps the headers of the encoded one.
        if headers.remove(header::CONTENT_ENCODING).is_some() {
            headers.remove(header::CONTENT_LENGTH);
        }
        *head.headers_mut() = std::mem::take(headers);
        let chunks = Incoming(Box::pin(response.bytes_stream()));
        Ok(head.map(|()| Body::stream(SendWrapper::new(chunks))))
    }
}

impl Transport for ReqwestTransport {
    /// WebAssembly has one thread, so nothing is sent to another.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(SendWrapper::new(self.exchange(request)))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(SendWrapper::new(gloo_timers::future::sleep(duration)))
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReqwestTransport")
    }
}

/// Converts an error. `fetch` does not report whether a request was sent. The URL is removed from the text,
/// since its query may be private.
fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let kind = if error.is_builder() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Other
    };
    TransportError::new(kind, error)
}

/// The chunks of a response, with this crate's errors.
struct Incoming<S>(Pin<Box<S>>);

impl<S: Stream<Item = reqwest::Result<Bytes>>> Stream for Incoming<S> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = self.0.as_mut().poll_next(cx);
        chunk.map(|chunk| chunk.map(|chunk| chunk.map_err(failure)))
    }
}
