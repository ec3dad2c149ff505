//! What streams of values have in common: bytes that are asked for when they are needed, and the error
//! that ends them.

use std::{
    error::Error as StdError,
    fmt,
    task::{Context, Poll, ready},
};

use bytes::Bytes;

use crate::{
    error::{Error, Result},
    runtime::{BoxFuture, Opened},
};

/// How many bytes one value may have, unless it is said otherwise.
pub(crate) const MAX_ITEM_SIZE: usize = 16 * 1024 * 1024;

/// Reads a piece, and gives back what it was read from.
pub(crate) type Step = BoxFuture<'static, (Opened, Result<Option<Bytes>>)>;

/// A response that is read piece by piece, each only when it is asked for.
pub(crate) enum Source {
    Open(Box<Opened>),
    Reading(Step),
    Closed,
}

impl Source {
    pub(crate) fn new(opened: Opened) -> Self {
        Self::Open(Box::new(opened))
    }

    /// The next piece; `None` at the end. After an error too, the response is still there.
    pub(crate) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>>> {
        loop {
            match std::mem::replace(self, Self::Closed) {
                Self::Open(opened) => *self = Self::Reading(Box::pin(read(*opened))),
                Self::Reading(mut step) => {
                    let polled = step.as_mut().poll(cx);
                    if polled.is_pending() {
                        *self = Self::Reading(step);
                    }
                    let (opened, outcome) = ready!(polled);
                    *self = Self::new(opened);
                    return Poll::Ready(outcome);
                }
                Self::Closed => return Poll::Ready(Ok(None)),
            }
        }
    }
}

pub(crate) async fn read(mut opened: Opened) -> (Opened, Result<Option<Bytes>>) {
    let outcome = opened.chunk().await;
    (opened, outcome)
}

/// Why a stream broke off, or why one of its values cannot be read, with what came before.
#[derive(Debug)]
pub struct StreamError {
    pub(crate) error: Error,
    pub(crate) received: u64,
    pub(crate) last_event_id: Option<String>,
}

impl StreamError {
    /// What went wrong.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// How many values were received before.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.received
    }

    /// The id of the last event before, where events have one.
    #[must_use]
    pub fn last_event_id(&self) -> Option<&str> {
        self.last_event_id.as_deref()
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "after {} values of a stream: ", self.received)?;
        self.error.fmt(f)
    }
}

impl StdError for StreamError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}

impl From<StreamError> for Error {
    fn from(error: StreamError) -> Self {
        error.error
    }
}

/// A stream that cannot be waited for has given nothing yet.
#[cfg(feature = "blocking")]
impl From<Error> for StreamError {
    fn from(error: Error) -> Self {
        Self {
            error,
            received: 0,
            last_event_id: None,
        }
    }
}
