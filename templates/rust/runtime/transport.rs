//! The interface between the client and an HTTP library.

use std::{error::Error as StdError, fmt, future::Future, pin::Pin, sync::Arc, time::Duration};

use http::{Uri, uri::Authority};

use super::{
    body::Body,
    redact::{Secrets, without_url_secrets},
};

/// A boxed future that may be moved between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and returns its response.
///
/// Implement it to use another HTTP library, to record traffic, or to respond in a test. The client follows
/// redirects, retries requests, and limits time and size. A transport must do none of that: **a transport
/// that sends a request twice can make the server act twice.**
pub trait Transport: Send + Sync + 'static {
    /// Sends `request`, and returns when the headers of the response have arrived.
    ///
    /// The client decodes compressed bodies itself, by their `Content-Encoding`. A transport that has decoded
    /// a body must remove this header.
    ///
    /// # Errors
    ///
    /// Return [`TransportErrorKind::Connect`] only if the request was certainly not sent: the client then
    /// retries even requests that must not arrive twice.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;

    /// Waits for `duration`. The client uses it for timeouts and between attempts.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// Returns whether the transport presents an identity to servers, such as a certificate. The client then
    /// follows no redirect to another origin.
    fn shows_identity(&self) -> bool {
        false
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        T::send(self, request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        T::sleep(self, duration)
    }

    fn shows_identity(&self) -> bool {
        T::shows_identity(self)
    }
}

/// The kind of a transport error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be established. The request was certainly not sent.
    Connect,
    /// The transport timed out. The request may have been sent.
    Timeout,
    /// The response exceeds the limit of the client. Retrying would not help.
    BodyTooLarge,
    /// The body does not match its `Content-Encoding`. Retrying would not help.
    Encoding,
    /// The transport has no response for the request, for example because all responses of a test were used.
    /// Retrying would not help.
    NoResponse,
    /// Any other failure, for example a connection that was reset. The request may have been sent.
    Other,
}

impl TransportErrorKind {
    /// Returns whether a retry may help and is safe: a request that is not idempotent must certainly not have
    /// been sent.
    pub(crate) fn may_be_sent_again(self, is_idempotent: bool) -> bool {
        match self {
            Self::Connect => true,
            Self::Timeout | Self::Other => is_idempotent,
            Self::BodyTooLarge | Self::Encoding | Self::NoResponse => false,
        }
    }

    /// Returns whether the connection failed, so that the error should name the host.
    fn is_of_connection(self) -> bool {
        matches!(self, Self::Connect | Self::Timeout | Self::Other)
    }
}

/// An error of a [`Transport`].
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    /// The server that the request was sent to.
    server: Option<Authority>,
    source: Box<dyn StdError + Send + Sync>,
}

/// The largest excerpt of a cause.
const CAUSE_CHARS: usize = 300;

impl TransportError {
    /// Creates an error of this kind, caused by `source`: another error, or a text.
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            server: None,
            source: source.into(),
        }
    }

    /// Adds the server that the request was sent to.
    pub(crate) fn at(mut self, uri: &Uri) -> Self {
        self.server = uri.authority().cloned();
        self
    }

    /// Returns host and innermost cause on one line, without secrets: `127.0.0.1:9: connection refused`.
    pub(crate) fn cause(&self, secrets: &Secrets) -> String {
        let mut cause: &(dyn StdError + 'static) = &*self.source;
        while let Some(inner) = cause.source() {
            cause = inner;
        }
        let why = secrets.line(&without_url_secrets(&described(cause)), CAUSE_CHARS);
        let server = self.server.as_ref();
        match server.filter(|_| self.kind.is_of_connection()) {
            // A redirect may lead to a URL with a user name.
            Some(server) => match server.as_str().rsplit_once('@') {
                Some((_, host)) => format!("{host}: {why}"),
                None => format!("{server}: {why}"),
            },
            None => why,
        }
    }

    /// Returns the kind of the error. The client decides by it whether to retry.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

/// Returns the text of an error. The text of a system error is the same on every platform.
fn described(error: &(dyn StdError + 'static)) -> String {
    let io = error.downcast_ref::<std::io::Error>();
    let kind = io.filter(|io| io.raw_os_error().is_some());
    match kind.map(|io| io.kind().to_string()) {
        Some(kind) if !matches!(&*kind, "uncategorized error" | "other error") => kind,
        _ => error.to_string(),
    }
}

/// An error while reading the body that is sent or received.
impl From<std::io::Error> for TransportError {
    fn from(error: std::io::Error) -> Self {
        Self::new(TransportErrorKind::Other, error)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "no connection could be made",
            TransportErrorKind::Timeout => "the transport timed out",
            TransportErrorKind::BodyTooLarge => "the response is too large",
            TransportErrorKind::Encoding => "the body is not encoded as it should be",
            TransportErrorKind::NoResponse => "the transport has no response",
            TransportErrorKind::Other => "the connection failed",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
