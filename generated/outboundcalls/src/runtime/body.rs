//! The body of a request or a response.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::transport::{TransportError, TransportErrorKind};

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// The body of a request or a response: nothing, bytes in memory, or a stream of bytes.
#[derive(Default)]
pub struct Body(Repr);

#[derive(Default)]
enum Repr {
    #[default]
    Empty,
    Full(Bytes),
    Stream(Chunks),
}

impl Body {
    /// A body without a byte in it.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Repr::Empty)
    }

    /// A body that arrives piece by piece.
    pub fn stream<S>(chunks: S) -> Self
    where
        S: Stream<Item = Result<Bytes, TransportError>> + Send + 'static,
    {
        Self(Repr::Stream(Box::pin(chunks)))
    }

    /// The bytes, when they are all in memory already; `None` for a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Repr::Empty => Some(&[]),
            Repr::Full(bytes) => Some(bytes),
            Repr::Stream(_) => None,
        }
    }

    /// Reads the body to its end.
    ///
    /// # Errors
    ///
    /// Fails when the connection does, and with [`TransportErrorKind::BodyTooLarge`] as soon as
    /// the body is seen to be longer than `limit` bytes.
    pub async fn bytes(self, limit: usize) -> Result<Bytes, TransportError> {
        match self.0 {
            Repr::Empty => Ok(Bytes::new()),
            Repr::Full(bytes) if bytes.len() > limit => Err(too_large(limit)),
            Repr::Full(bytes) => Ok(bytes),
            Repr::Stream(chunks) => collect(chunks, limit).await,
        }
    }
}

/// Joins the pieces of a stream. A body of one piece, which is the usual one, is not copied.
async fn collect(mut chunks: Chunks, limit: usize) -> Result<Bytes, TransportError> {
    let mut first = Bytes::new();
    let mut joined = BytesMut::new();
    while let Some(chunk) = poll_fn(|cx| chunks.as_mut().poll_next(cx)).await {
        let chunk = chunk?;
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

fn too_large(limit: usize) -> TransportError {
    TransportError::new(
        TransportErrorKind::BodyTooLarge,
        format!("the body is longer than the limit of {limit} bytes"),
    )
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let body = self.get_mut();
        match &mut body.0 {
            Repr::Empty => Poll::Ready(None),
            Repr::Full(bytes) => {
                let bytes = std::mem::take(bytes);
                body.0 = Repr::Empty;
                Poll::Ready(Some(Ok(bytes)))
            }
            Repr::Stream(chunks) => chunks.as_mut().poll_next(cx),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        if bytes.is_empty() {
            Self::empty()
        } else {
            Self(Repr::Full(bytes))
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
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Empty => f.write_str("Body(empty)"),
            Repr::Full(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Repr::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}
