//! Streams of JSON values: JSON Lines, and JSON text sequences (RFC 7464).

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

/// The separator before each text of a sequence.
const RECORD_SEPARATOR: u8 = 0x1e;

/// The values of a response, one per line, as they arrive. Empty lines are skipped.
///
/// It is a [`Stream`], and can also be read without a crate for streams:
///
/// ```ignore
/// while let Some(value) = lines.try_next().await? {
///     println!("{value:?}");
/// }
/// ```
///
/// If a line does not decode, the error concerns only that line, and the following lines can be read. Any
/// other error ends the stream. The timeout of an attempt applies to each chunk of the response.
pub struct LineStream<T> {
    source: Source,
    /// The response, without its body.
    reply: Reply,
    decode: Decoder<T>,
    /// Received bytes that are not parsed yet.
    rest: Bytes,
    /// The beginning of an incomplete line.
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

    /// Sets the largest line in bytes. The default is 16 MiB.
    #[must_use]
    pub fn max_item_size(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// Returns the next value, or `None` at the end. No value is lost if the future is dropped.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection fails, if a chunk takes longer than the timeout of an attempt, or
    /// if a line is too long or does not decode.
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

    /// Returns the next line, or `None` if more bytes are needed.
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

    /// Drops the connection.
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
