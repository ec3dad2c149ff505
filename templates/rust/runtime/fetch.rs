//! The default transport where there are no sockets: in a browser, in Node, in workers.

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

/// Sends requests by `fetch`, the function of browsers and of their like.
///
/// What `fetch` decides is not the client's to decide: it follows redirects, with a `POST` too, keeps
/// to the rules of CORS, and may replace headers, such as `User-Agent`. Bodies of requests are held as
/// a whole. There is no limit on connecting, and whether a request has left is never known, so a `POST`
/// is never sent again by the client.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport by `fetch`.
    ///
    /// # Errors
    ///
    /// Fails with [`Error::Config`] when it cannot be set up.
    pub fn new() -> Result<Self> {
        let client = reqwest::Client::builder().build();
        let client = client
            .map_err(|error| Error::config("the HTTP transport cannot be set up").because(error))?;
        Ok(Self { client })
    }

    /// Creates a transport from a client of reqwest 0.13.
    ///
    /// **This method is outside of semver:** it goes when this crate uses another version of reqwest, and the
    /// feature is named after the version.
    #[cfg(feature = "reqwest-0-13")]
    #[must_use]
    pub fn from_client(client: reqwest::Client) -> Self {
        Self { client }
    }

    /// What a client has when it is given none: nothing can be set.
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
        // `fetch` has decoded the body, and leaves the headers of what was sent.
        if headers.remove(header::CONTENT_ENCODING).is_some() {
            headers.remove(header::CONTENT_LENGTH);
        }
        *head.headers_mut() = std::mem::take(headers);
        let chunks = Incoming(Box::pin(response.bytes_stream()));
        Ok(head.map(|()| Body::stream(SendWrapper::new(chunks))))
    }
}

impl Transport for ReqwestTransport {
    /// There is one thread, so nothing is ever moved to another.
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

/// `fetch` does not tell how far a request came. The address is taken out of the text, since its query
/// may hold what is private.
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
