//! A transport for tests.

use std::{
    collections::VecDeque,
    fmt,
    future::pending,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;

use super::{
    body::Body,
    transport::{BoxFuture, Transport, TransportError, TransportErrorKind},
};

/// A transport for tests, which opens no connection: it returns queued responses and records requests.
///
/// Responses are returned in the order in which they were queued. If none is left, the closure of
/// [`MemoryTransport::from_fn`] creates the response. Without a closure, the request fails with
/// [`TransportErrorKind::NoResponse`] and is not retried.
///
/// Waits are recorded but take no time, so tests of retries and timeouts are fast and deterministic.
///
/// Clones share their state: pass one to the client and keep the other.
#[derive(Clone, Default)]
pub struct MemoryTransport {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    responses: VecDeque<QueuedResponse>,
    handler: Option<Handler>,
    requests: Vec<http::Request<Bytes>>,
    sleeps: Vec<Duration>,
}

type Handler = Box<dyn FnMut(&http::Request<Bytes>) -> Reaction + Send>;
type Reaction = Result<http::Response<Bytes>, TransportError>;

enum QueuedResponse {
    Response(http::Response<Bytes>),
    Failure(TransportError),
    Stall,
}

impl MemoryTransport {
    /// Creates a transport without responses.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a transport that calls `handler` if no response is queued.
    pub fn from_fn<F>(mut handler: F) -> Self
    where
        F: FnMut(&http::Request<Bytes>) -> http::Response<Bytes> + Send + 'static,
    {
        Self::answering(move |request| Ok(handler(request)))
    }

    /// Does the same with a handler that can fail.
    pub(crate) fn answering<F>(handler: F) -> Self
    where
        F: FnMut(&http::Request<Bytes>) -> Reaction + Send + 'static,
    {
        let transport = Self::new();
        transport.state().handler = Some(Box::new(handler));
        transport
    }

    /// Queues a JSON response with this status.
    ///
    /// A number that is not an HTTP status becomes 500.
    #[must_use]
    pub fn json(self, status: u16, body: impl Into<Bytes>) -> Self {
        let mut response = http::Response::new(body.into());
        *response.status_mut() =
            http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
        response.headers_mut().insert(
            http::header::CONTENT_TYPE,
            http::HeaderValue::from_static("application/json"),
        );
        self.response(response)
    }

    /// Queues a response.
    #[must_use]
    pub fn response(self, response: http::Response<Bytes>) -> Self {
        self.queue(QueuedResponse::Response(response))
    }

    /// Queues a failure.
    #[must_use]
    pub fn failure(self, kind: TransportErrorKind) -> Self {
        self.queue(QueuedResponse::Failure(TransportError::new(
            kind,
            "a failure that the test queued",
        )))
    }

    /// Queues a response that never arrives: the request times out.
    #[must_use]
    pub fn stall(self) -> Self {
        self.queue(QueuedResponse::Stall)
    }

    /// Returns the requests sent so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.state().requests.clone()
    }

    /// Returns the waits of the client so far: those between attempts, and those for responses that never
    /// arrived.
    #[must_use]
    pub fn sleeps(&self) -> Vec<Duration> {
        self.state().sleeps.clone()
    }

    fn queue(self, response: QueuedResponse) -> Self {
        self.state().responses.push_back(response);
        self
    }

    /// A panic in a test's closure must not make later requests panic too.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next_response(&self, request: http::Request<Bytes>) -> QueuedResponse {
        let mut state = self.state();
        let response = match state.responses.pop_front() {
            Some(response) => response,
            None => match &mut state.handler {
                Some(handler) => match handler(&request) {
                    Ok(response) => QueuedResponse::Response(response),
                    Err(error) => QueuedResponse::Failure(error),
                },
                None => {
                    let (method, path) = (request.method(), request.uri().path());
                    let why = format!("`MemoryTransport` has no response left for {method} {path}");
                    QueuedResponse::Failure(TransportError::new(
                        TransportErrorKind::NoResponse,
                        why,
                    ))
                }
            },
        };
        state.requests.push(request);
        response
    }
}

impl Transport for MemoryTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.bytes(usize::MAX).await?;
            match self.next_response(http::Request::from_parts(parts, body)) {
                QueuedResponse::Response(response) => Ok(response.map(Body::from)),
                QueuedResponse::Failure(error) => Err(error),
                QueuedResponse::Stall => pending().await,
            }
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.state().sleeps.push(duration);
        })
    }
}

impl fmt::Debug for MemoryTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("MemoryTransport")
            .field("queued", &state.responses.len())
            .field("requests", &state.requests.len())
            .field("sleeps", &state.sleeps)
            .finish_non_exhaustive()
    }
}
