//! How a request reaches the server, with no HTTP library in the signature.

use std::{error::Error as StdError, fmt, future::Future, pin::Pin, sync::Arc, time::Duration};

use http::{Uri, uri::Authority};

use super::{
    body::Body,
    redact::{Secrets, without_url_secrets},
};

/// A future on the heap that may be moved between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and gives back its response.
///
/// Implement it to use another HTTP library, to record traffic, or to answer in a test. The
/// client does the rest: it follows redirects, retries, and sets the limits on time and size.
/// So a transport must do none of that: **a transport that sends a request twice can make the
/// server act twice.**
pub trait Transport: Send + Sync + 'static {
    /// Sends `request`, and returns when the head of the response is there.
    ///
    /// The client decodes compressed bodies itself, by their `Content-Encoding`. A transport that has
    /// decoded a body removes this header.
    ///
    /// # Errors
    ///
    /// [`TransportErrorKind::Connect`] may be used only when the request surely never left: it
    /// lets the client send again what must not arrive twice.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;

    /// Waits for `duration`. The client uses it for time limits and between attempts.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// Whether each server may be shown who the client is, as by a certificate. The client follows no
    /// redirect to another origin then.
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

/// What went wrong below HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made. The request surely never left.
    Connect,
    /// The transport gave up waiting. The request may have arrived.
    Timeout,
    /// The response is longer than the client accepts. Sending again would not help.
    BodyTooLarge,
    /// The body is not what its `Content-Encoding` says. Sending again would not help.
    Encoding,
    /// The transport has no response for the request, as when those of a test have run out. Sending again
    /// would not help.
    NoResponse,
    /// Anything else, for example a connection that was reset. The request may have arrived.
    Other,
}

impl TransportErrorKind {
    /// Whether sending a request again may help, and does no harm: what is not idempotent must surely not
    /// have left.
    pub(crate) fn may_be_sent_again(self, is_idempotent: bool) -> bool {
        match self {
            Self::Connect => true,
            Self::Timeout | Self::Other => is_idempotent,
            Self::BodyTooLarge | Self::Encoding | Self::NoResponse => false,
        }
    }

    /// Whether the connection is at fault, so that the host is worth a word.
    fn is_of_connection(self) -> bool {
        matches!(self, Self::Connect | Self::Timeout | Self::Other)
    }
}

/// An error of a [`Transport`].
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    /// Where the request went.
    server: Option<Authority>,
    source: Box<dyn StdError + Send + Sync>,
}

/// How much of a cause is shown.
const CAUSE_CHARS: usize = 300;

impl TransportError {
    /// An error of this kind, caused by `source`: another error, or a text.
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

    /// Adds where the request went.
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
            // A redirect may have led to a URL with a user name.
            Some(server) => match server.as_str().rsplit_once('@') {
                Some((_, host)) => format!("{host}: {why}"),
                None => format!("{server}: {why}"),
            },
            None => why,
        }
    }

    /// What kind of error it is. The client decides by it whether to send again.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

/// The text of an error. For those of the system it is the same on every platform.
fn described(error: &(dyn StdError + 'static)) -> String {
    let io = error.downcast_ref::<std::io::Error>();
    let kind = io.filter(|io| io.raw_os_error().is_some());
    match kind.map(|io| io.kind().to_string()) {
        Some(kind) if !matches!(&*kind, "uncategorized error" | "other error") => kind,
        _ => error.to_string(),
    }
}

/// Reading what is to be sent failed, or reading what was received.
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
