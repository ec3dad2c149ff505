//! Values as JSON, one after the other: JSON Lines, and sequences of JSON texts (RFC 7464).

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::{Buf, Bytes};
use futures_core::Stream;

use crate::{
    error::{Error, Result},
    runtime::{Decoder, Reply, Request, TransportError, TransportErrorKind, without_mark},
    stream::{MAX_ITEM_SIZE, Source, StreamError},
};

/// What begins each text of a sequence.
const RECORD_SEPARATOR: u8 = 0x1e;

/// The values of a response, a line each, while they arrive. Empty lines are nothing.
///
/// It is a [`Stream`], and can be read without any crate for streams:
///
/// ```ignore
/// while let Some(value) = lines.try_next().await? {
///     println!("{value:?}");
/// }
/// ```
///
/// A line that is not what it should be is an error of its own: the lines behind it can still be
/// read. After every other error the stream is at its end. A piece of the response may take as long
/// as an attempt.
pub struct LineStream<T> {
    source: Source,
    /// The response, without its body.
    reply: Reply,
    decode: Decoder<T>,
    /// What has arrived and is not read yet.
    rest: Bytes,
    /// The begin of a line whose end is still to come.
    line: Vec<u8>,
    separator: u8,
    limit: usize,
    received: u64,
    is_over: bool,
}

impl<T> LineStream<T> {
    pub(crate) async fn open(
        mut request: Request,
        media_type: &'static str,
        decode: Decoder<T>,
    ) -> Result<Self> {
        request.header("accept", media_type);
        let opened = request.open().await?;
        let own = opened.reply.header("content-type").unwrap_or(media_type);
        let separator = match own.to_ascii_lowercase().contains("json-seq") {
            true => RECORD_SEPARATOR,
            false => b'\n',
        };
        Ok(Self {
            reply: opened.reply.clone(),
            source: Source::new(opened),
            decode,
            rest: Bytes::new(),
            line: Vec::new(),
            separator,
            limit: MAX_ITEM_SIZE,
            received: 0,
            is_over: false,
        })
    }

    /// How many bytes a line may have. The default is 16 MiB.
    #[must_use]
    pub fn max_item_size(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// The next value; `None` at the end. Nothing is lost when the future is dropped.
    ///
    /// # Errors
    ///
    /// Fails when the connection does, when a piece takes longer than the time limit of an attempt,
    /// and when a line is too long or not what it should be.
    pub async fn try_next(&mut self) -> Result<Option<T>, StreamError> {
        poll_fn(|cx| self.poll_value(cx)).await.transpose()
    }

    fn poll_value(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, StreamError>>> {
        while !self.is_over {
            let line = match self.next_line() {
                Ok(Some(line)) => line,
                Ok(None) => match ready!(self.source.poll_chunk(cx)) {
                    Ok(Some(chunk)) => {
                        self.rest = chunk;
                        continue;
                    }
                    Ok(None) => {
                        self.end();
                        std::mem::take(&mut self.line).into()
                    }
                    Err(error) => {
                        self.end();
                        return Poll::Ready(Some(Err(self.failed(error))));
                    }
                },
                Err(error) => {
                    self.end();
                    let error = self.reply.broken(error);
                    return Poll::Ready(Some(Err(self.failed(error))));
                }
            };
            if !without_mark(&line).trim_ascii().is_empty() {
                return Poll::Ready(Some(self.decoded(line)));
            }
        }
        Poll::Ready(None)
    }

    /// The next line of what has arrived; `None` when more must arrive for one.
    fn next_line(&mut self) -> Result<Option<Bytes>, TransportError> {
        let end = self.rest.iter().position(|byte| *byte == self.separator);
        let length = end.unwrap_or(self.rest.len());
        if self.line.len() + length > self.limit {
            return Err(TransportError::new(
                TransportErrorKind::BodyTooLarge,
                format!("a line is longer than the limit of {} bytes", self.limit),
            ));
        }
        let piece = self.rest.split_to(length);
        if end.is_none() {
            self.line.extend_from_slice(&piece);
            return Ok(None);
        }
        self.rest.advance(1);
        if self.line.is_empty() {
            return Ok(Some(piece));
        }
        self.line.extend_from_slice(&piece);
        Ok(Some(std::mem::take(&mut self.line).into()))
    }

    /// Lets go of the connection.
    fn end(&mut self) {
        self.is_over = true;
        self.source = Source::Closed;
    }

    fn decoded(&mut self, line: Bytes) -> Result<T, StreamError> {
        let reply = self.reply.with_body(line);
        let value = (self.decode)(&reply).map_err(|error| self.failed(error))?;
        self.received += 1;
        Ok(value)
    }

    fn failed(&self, error: Error) -> StreamError {
        StreamError {
            error,
            received: self.received,
            last_event_id: None,
        }
    }
}

impl<T> Stream for LineStream<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_value(cx)
    }
}

impl<T> fmt::Debug for LineStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LineStream")
            .field("status", &self.reply.status())
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}
