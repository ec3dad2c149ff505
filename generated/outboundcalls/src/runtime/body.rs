//! Request and response bodies.

use std::{
    collections::VecDeque,
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::transport::{TransportError, TransportErrorKind};

type NextChunk = Poll<Option<Result<Bytes, TransportError>>>;

/// A stream of bytes, with any error type.
trait Chunks: Send {
    fn poll_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>) -> NextChunk;
}

impl<S, E> Chunks for S
where
    S: Stream<Item = Result<Bytes, E>> + Send,
    E: Into<TransportError>,
{
    fn poll_chunk(self: Pin<&mut Self>, cx: &mut Context<'_>) -> NextChunk {
        self.poll_next(cx).map_err(Into::into)
    }
}

type Make = Arc<dyn Fn() -> Body + Send + Sync>;

/// The body of a request or a response: empty, in memory, or a stream of bytes.
///
/// A request whose body is a stream cannot be retried, since the stream is consumed by the first attempt.
/// [`Body::repeatable`] creates a body that can be.
#[derive(Default)]
pub struct Body {
    repr: Repr,
    /// The length of a stream in bytes, if it is known.
    length: Option<u64>,
}

#[derive(Default)]
enum Repr {
    #[default]
    Empty,
    Full(Bytes),
    /// Never contended. The lock makes the body `Sync`.
    Stream(Mutex<Pin<Box<dyn Chunks>>>),
    Made(Make),
    /// Bodies, one after the other.
    Chain(VecDeque<Body>),
}

impl Body {
    /// Creates an empty body.
    #[must_use]
    pub const fn empty() -> Self {
        Self::new(Repr::Empty)
    }

    const fn new(repr: Repr) -> Self {
        Self { repr, length: None }
    }

    /// Creates a body from a stream of chunks. It is never held in memory as a whole.
    pub fn stream<S, E>(chunks: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<TransportError>,
    {
        Self::new(Repr::Stream(Mutex::new(Box::pin(chunks))))
    }

    /// Creates a body that calls `make` for each attempt, so that the request can be retried.
    pub fn repeatable(make: impl Fn() -> Self + Send + Sync + 'static) -> Self {
        Self::new(Repr::Made(Arc::new(make)))
    }

    /// Sets the length of a stream in bytes. The request then has a `Content-Length` header, which some
    /// servers require.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if matches!(self.repr, Repr::Stream(_) | Repr::Made(_)) {
            self.length = Some(bytes);
        }
        self
    }

    /// Returns the length in bytes, if it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.repr {
            Repr::Empty => Some(0),
            Repr::Full(bytes) => u64::try_from(bytes.len()).ok(),
            Repr::Stream(_) | Repr::Made(_) => self.length,
            Repr::Chain(bodies) => bodies
                .iter()
                .try_fold(0_u64, |sum, body| sum.checked_add(body.length()?)),
        }
    }

    /// Returns a copy of the body, or `None` if it is a stream that can be read only once.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        let repr = match &self.repr {
            Repr::Empty => Repr::Empty,
            Repr::Full(bytes) => Repr::Full(bytes.clone()),
            Repr::Stream(_) => return None,
            Repr::Made(make) => Repr::Made(Arc::clone(make)),
            Repr::Chain(bodies) => {
                Repr::Chain(bodies.iter().map(Self::try_clone).collect::<Option<_>>()?)
            }
        };
        let length = self.length;
        Some(Self { repr, length })
    }

    /// Returns the bytes if they are in memory, or `None` for a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.repr {
            Repr::Empty => Some(&[]),
            Repr::Full(bytes) => Some(bytes),
            Repr::Stream(_) | Repr::Made(_) | Repr::Chain(_) => None,
        }
    }

    /// Returns the bytes if they are in memory, else the body unchanged.
    pub(super) fn into_bytes(self) -> Result<Bytes, Self> {
        match self.repr {
            Repr::Empty => Ok(Bytes::new()),
            Repr::Full(bytes) => Ok(bytes),
            _ => Err(self),
        }
    }

    /// Returns the next chunk, or `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns the error of the connection, or of the stream that the body was created from.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        poll_fn(|cx| self.poll_chunk(cx)).await.transpose()
    }

    /// Reads the whole body.
    ///
    /// # Errors
    ///
    /// Returns the error of the connection, and [`TransportErrorKind::BodyTooLarge`] as soon as the body
    /// exceeds `limit` bytes.
    pub async fn bytes(self, limit: usize) -> Result<Bytes, TransportError> {
        match self.into_bytes() {
            Ok(bytes) if bytes.len() > limit => Err(too_large(limit)),
            Ok(bytes) => Ok(bytes),
            Err(stream) => stream.collect(limit).await,
        }
    }

    /// Joins the chunks of a stream. A body with one chunk, which is the common case, is not copied.
    async fn collect(mut self, limit: usize) -> Result<Bytes, TransportError> {
        let mut first = Bytes::new();
        let mut joined = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            let length = first.len() + joined.len();
            if chunk.len() > limit.saturating_sub(length) {
                return Err(too_large(limit));
            }
            if length == 0 {
                first = chunk;
                continue;
            }
            if joined.is_empty() {
                joined.extend_from_slice(&first);
                first = Bytes::new();
            }
            joined.extend_from_slice(&chunk);
        }
        if joined.is_empty() {
            Ok(first)
        } else {
            Ok(joined.freeze())
        }
    }

    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> NextChunk {
        loop {
            match &mut self.repr {
                Repr::Empty => return Poll::Ready(None),
                Repr::Full(bytes) => {
                    let bytes = std::mem::take(bytes);
                    self.repr = Repr::Empty;
                    return Poll::Ready(Some(Ok(bytes)));
                }
                Repr::Stream(chunks) => {
                    let chunks = chunks.get_mut().unwrap_or_else(PoisonError::into_inner);
                    return chunks.as_mut().poll_chunk(cx);
                }
                Repr::Made(make) => self.repr = make().repr,
                Repr::Chain(bodies) => {
                    let Some(body) = bodies.front_mut() else {
                        return Poll::Ready(None);
                    };
                    match body.poll_chunk(cx) {
                        Poll::Ready(None) => bodies.pop_front(),
                        next => return next,
                    };
                }
            }
        }
    }
}

fn too_large(limit: usize) -> TransportError {
    TransportError::new(
        TransportErrorKind::BodyTooLarge,
        format!("the body is longer than the limit of {limit} bytes"),
    )
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> NextChunk {
        self.get_mut().poll_chunk(cx)
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        if bytes.is_empty() {
            Self::empty()
        } else {
            Self::new(Repr::Full(bytes))
        }
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        text.as_bytes().into()
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.repr, self.length()) {
            (Repr::Empty, _) => f.write_str("Body(empty)"),
            (_, Some(length)) => write!(f, "Body({length} bytes)"),
            (_, None) => f.write_str("Body(stream)"),
        }
    }
}
