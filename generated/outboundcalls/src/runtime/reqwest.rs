//! The default transport.

use std::{fmt, pin::Pin, task::Poll, time::Duration};

use bytes::Bytes;
use futures_core::Stream;

use super::{
    body::Body,
    error::{Error, Result},
    transport::{BoxFuture, Transport, TransportError, TransportErrorKind},
};

/// How long making a connection may take. Past it the request surely never left, so even a `POST`
/// is tried again.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Sends requests over HTTP/1.1 or HTTP/2, with TLS by rustls. It needs a Tokio runtime.
///
/// It is what a client uses unless it is given another transport. Connections are pooled, and
/// clones share the pool. Proxies are taken from the environment (`HTTPS_PROXY` and so on).
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport with a pool of its own.
    ///
    /// # Errors
    ///
    /// Fails with [`Error::Build`] when TLS cannot be set up.
    pub fn new() -> Result<Self> {
        Self::build(reqwest::Client::builder())
    }

    /// A transport that no proxy of the environment gets to see: for servers on this machine.
    pub(super) fn direct() -> Result<Self> {
        Self::build(reqwest::Client::builder().no_proxy())
    }

    fn build(builder: reqwest::ClientBuilder) -> Result<Self> {
        let client = builder
            .connect_timeout(CONNECT_TIMEOUT)
            // The client follows redirects itself, since it knows which headers must not travel.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // By default reqwest sends again what an HTTP/2 server refused. That is the client's to
            // decide.
            .retry(reqwest::retry::never())
            .build()
            .map_err(|error| Error::build("the HTTP transport cannot be set up").because(error))?;
        Ok(Self { client })
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
        let bytes = body.bytes(usize::MAX).await?;
        let request = http::Request::from_parts(parts, bytes);
        let request = reqwest::Request::try_from(request).map_err(failure)?;
        let response = self.client.execute(request).await.map_err(failure)?;

        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        *head.version_mut() = response.version();
        *head.headers_mut() = response.headers().clone();
        Ok(head.map(|()| Body::stream(Chunks::new(response))))
    }
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

/// Sorts an error by whether the request can have left.
///
/// "Connect" comes first: a connect timeout is both. reqwest calls an error so only while it
/// resolves the name, opens the socket, or shakes hands for TLS, all before the first byte of a
/// request. The address is taken out of the text, since its query may hold what is private.
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

type NextChunk = BoxFuture<'static, (reqwest::Response, reqwest::Result<Option<Bytes>>)>;

/// The chunks of a response, as a stream.
///
/// reqwest offers this under its feature `stream`, which brings in three more crates.
struct Chunks {
    next: Option<NextChunk>,
}

impl Chunks {
    fn new(response: reqwest::Response) -> Self {
        Self {
            next: Some(next_chunk(response)),
        }
    }
}

fn next_chunk(mut response: reqwest::Response) -> NextChunk {
    Box::pin(async move {
        let chunk = response.chunk().await;
        (response, chunk)
    })
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        let Some(next) = &mut self.next else {
            return Poll::Ready(None);
        };
        let Poll::Ready((response, chunk)) = next.as_mut().poll(cx) else {
            return Poll::Pending;
        };
        self.next = None;
        match chunk {
            Ok(Some(chunk)) => {
                self.next = Some(next_chunk(response));
                Poll::Ready(Some(Ok(chunk)))
            }
            Ok(None) => Poll::Ready(None),
            Err(error) => Poll::Ready(Some(Err(failure(error)))),
        }
    }
}
