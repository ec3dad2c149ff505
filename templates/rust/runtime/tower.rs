//! Tower middleware around a transport.

use std::{
    error::Error as StdError,
    fmt,
    future::poll_fn,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use tower_service::Service;

use super::{
    body::Body,
    transport::{BoxFuture, Transport, TransportError, TransportErrorKind},
};

type Cause = Box<dyn StdError + Send + Sync>;

/// A transport behind middleware of [tower](https://docs.rs/tower).
///
/// ```ignore
/// let transport = TowerTransport::new(ReqwestTransport::new()?, |service| {
///     tower::ServiceBuilder::new().concurrency_limit(8).service(service)
/// });
/// ```
///
/// Middleware may change, delay and reject requests and responses, but must not retry: the client decides
/// which requests are safe to retry.
#[derive(Clone)]
pub struct TowerTransport<S> {
    service: S,
    /// Waits, and knows whether a certificate is presented.
    inner: Arc<dyn Transport>,
}

impl<S> TowerTransport<S> {
    /// Creates a transport from another one. `layered` adds middleware to the service that sends with it.
    pub fn new(transport: impl Transport, layered: impl FnOnce(TransportService) -> S) -> Self {
        let inner: Arc<dyn Transport> = Arc::new(transport);
        let service = layered(TransportService(inner.clone()));
        Self { service, inner }
    }
}

impl<S> Transport for TowerTransport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>>
        + Clone
        + Send
        + Sync
        + 'static,
    S::Future: Send,
    S::Error: Into<Cause>,
{
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut service = self.service.clone();
        Box::pin(async move {
            let ready = poll_fn(|cx| service.poll_ready(cx)).await;
            // The request has not been passed to the service yet.
            ready.map_err(|error| told(error.into(), TransportErrorKind::Connect))?;
            let response = service.call(request).await;
            response.map_err(|error| told(error.into(), TransportErrorKind::Other))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.inner.sleep(duration)
    }

    fn shows_identity(&self) -> bool {
        self.inner.shows_identity()
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport").finish_non_exhaustive()
    }
}

/// Converts an error of middleware to `kind`. An error of the transport keeps its kind.
fn told(error: Cause, kind: TransportErrorKind) -> TransportError {
    match error.downcast::<TransportError>() {
        Ok(own) => *own,
        Err(other) => TransportError::new(kind, other),
    }
}

/// A transport as a Tower service: the innermost service of a [`TowerTransport`].
#[derive(Clone)]
pub struct TransportService(Arc<dyn Transport>);

impl Service<http::Request<Body>> for TransportService {
    type Response = http::Response<Body>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let transport = self.0.clone();
        Box::pin(async move { transport.send(request).await })
    }
}

impl fmt::Debug for TransportService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportService").finish_non_exhaustive()
    }
}
