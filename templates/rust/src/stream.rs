//! The parts that all streams of values share: reading chunks on demand, and their error.

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

/// The default limit of the size of one value.
pub(crate) const MAX_ITEM_SIZE: usize = 16 * 1024 * 1024;

/// Reads a chunk, and returns the response with it.
pub(crate) type Step = BoxFuture<'static, (Opened, Result<Option<Bytes>>)>;

/// A response that is read on demand, chunk by chunk.
pub(crate) enum Source {
    Open(Box<Opened>),
    Reading(Step),
    Closed,
}

impl Source {
    pub(crate) fn new(opened: Opened) -> Self {
        Self::Open(Box::new(opened))
    }

    /// Returns the next chunk, or `None` at the end. The response stays available after an error.
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

/// The error of a stream or of one of its values, with the position in the stream.
#[derive(Debug)]
pub struct StreamError {
    pub(crate) error: Error,
    pub(crate) received: u64,
    pub(crate) last_event_id: Option<String>,
}

impl StreamError {
    /// Returns the error.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// Returns how many values were received before the error.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.received
    }

    /// Returns the id of the last event before the error, if events have ids.
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

/// An error before the first value.
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
