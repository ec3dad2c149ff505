//! Server-sent events (WHATWG HTML, section 9.2).

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http::{HeaderName, HeaderValue, StatusCode, header::InvalidHeaderValue};
use serde_core::de::DeserializeOwned;
use serde_json::{Value, value::RawValue};

use crate::{
    error::{Error, Result},
    runtime::{Decoder, Opened, Reply, Request, TransportError, TransportErrorKind, decode},
    stream::{self, MAX_ITEM_SIZE, Source, StreamError},
};

const MEDIA_TYPE: &str = "text/event-stream";

/// The data that many servers send at the end of a stream.
const DONE: &str = "[DONE]";

/// The header that asks for the events after an id.
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The wait before reconnecting, unless the server sets one, and its maximum.
const USUAL_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// One server-sent event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The type of the event. It is `message` unless the server sets another.
    pub event: String,
    /// The id of this event, or else of the last event before it that had an id.
    pub id: Option<String>,
    /// The data of the event.
    pub data: T,
}

/// The events of a response, as they arrive. An event with the data `[DONE]` ends the stream.
///
/// It is a [`Stream`], and can also be read without a crate for streams:
///
/// ```ignore
/// while let Some(event) = events.try_next().await? {
///     println!("{:?}", event.data);
/// }
/// ```
///
/// If the data of an event does not decode, the error concerns only that event, and the following events can
/// be read. Any other error ends the stream. The timeout of an attempt applies to each chunk of the response.
pub struct EventStream<T> {
    source: Source,
    /// The response, without its body.
    reply: Reply,
    decode: Decoder<T>,
    /// The types of events, if events are decoded as a whole.
    kinds: Option<Kinds>,
    parser: Parser,
    received: u64,
    /// The request, if the client can send it twice.
    again: Option<Request>,
    reconnects: u32,
    is_over: bool,
}

/// Events of several types, each of which is decoded as a whole.
#[derive(Clone, Copy)]
struct Kinds {
    names: &'static [&'static str],
    /// If true, the data of events with these names is JSON, and other data is text. If false, it is the
    /// other way round.
    are_json: bool,
}

impl Kinds {
    /// Returns an event as one JSON object. Data that should be JSON but is not becomes a string, so that
    /// decoding it reports what is wrong.
    fn object(self, event: Event<String>) -> String {
        let text = |text: &str| Value::from(text).to_string();
        let is_named = self.names.contains(&&*event.event);
        let is_json =
            is_named == self.are_json && serde_json::from_str::<&RawValue>(&event.data).is_ok();
        let data = match is_json {
            true => event.data,
            false => text(&event.data),
        };
        let id = event.id.as_ref();
        let id = id.map_or_else(String::new, |id| format!(",\"id\":{}", text(id)));
        let event = text(&event.event);
        format!("{{\"event\":{event}{id},\"data\":{data}}}")
    }
}

impl<T: DeserializeOwned> EventStream<T> {
    /// Opens a stream with several types of events. Either the events with these names have JSON data, or all
    /// others have.
    #[allow(dead_code, reason = "an API may have no such stream")]
    pub(crate) async fn open_kinds(
        request: Request,
        names: &'static [&'static str],
        are_json: bool,
    ) -> Result<Self> {
        let mut events = Self::open(request, decode::json).await?;
        events.kinds = Some(Kinds { names, are_json });
        Ok(events)
    }
}

impl<T> EventStream<T> {
    pub(crate) async fn open(mut request: Request, decode: Decoder<T>) -> Result<Self> {
        request.header("accept", MEDIA_TYPE);
        let is_get = request.operation().method == "GET";
        let again = request.try_clone().filter(|_| is_get);
        let opened = checked(request.open().await?)?;
        Ok(Self {
            reply: opened.reply.clone(),
            source: Source::new(opened),
            decode,
            kinds: None,
            parser: Parser::new(),
            received: 0,
            again,
            reconnects: 0,
            is_over: false,
        })
    }

    /// Sets the largest event in bytes. The default is 16 MiB.
    #[must_use]
    pub fn max_item_size(mut self, bytes: usize) -> Self {
        self.parser.limit = bytes;
        self
    }

    /// Reconnects if the connection breaks or ends before the stream does, at most `most` times, and
    /// continues after the last event that had an id. The client waits as long as the server has set with
    /// `retry`, at most a minute. Status 204 ends the stream.
    ///
    /// Only a `GET` request reconnects. For other requests this has no effect.
    #[must_use]
    pub fn reconnect(mut self, most: u32) -> Self {
        self.reconnects = most;
        self
    }

    /// Returns the id of the last event that had one.
    #[must_use]
    pub fn last_event_id(&self) -> Option<&str> {
        Some(&*self.parser.last_id).filter(|id| !id.is_empty())
    }

    /// Returns the next event, or `None` at the end. No event is lost if the future is dropped.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection fails, if a chunk takes longer than the timeout of an attempt, if
    /// an event is too long, or if its data does not decode.
    pub async fn try_next(&mut self) -> Result<Option<Event<T>>, StreamError> {
        poll_fn(|cx| self.poll_event(cx)).await.transpose()
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Event<T>, StreamError>>> {
        while !self.is_over {
            match self.parser.next() {
                Ok(Some(event)) if event.data == DONE => self.end(),
                Ok(Some(event)) => return Poll::Ready(Some(self.decoded(event))),
                Ok(None) => {
                    let outcome = ready!(self.source.poll_chunk(cx));
                    if let Ok(Some(chunk)) = outcome {
                        self.parser.feed(chunk);
                    } else if !self.asks_anew(&outcome) {
                        self.end();
                        match outcome {
                            // There are no more events, whether or not the API documents this status.
                            Err(error) if error.status() == Some(StatusCode::NO_CONTENT) => {}
                            Err(error) => return Poll::Ready(Some(Err(self.failed(error)))),
                            Ok(_) => {}
                        }
                    }
                }
                Err(error) => {
                    self.end();
                    let error = self.reply.broken(error);
                    return Poll::Ready(Some(Err(self.failed(error))));
                }
            }
        }
        Poll::Ready(None)
    }

    /// Drops the connection.
    fn end(&mut self) {
        self.is_over = true;
        self.source = Source::Closed;
    }

    fn decoded(&mut self, event: Event<String>) -> Result<Event<T>, StreamError> {
        let (name, id) = (event.event.clone(), event.id.clone());
        let body = match self.kinds {
            None => event.data,
            Some(kinds) => kinds.object(event),
        };
        let reply = self.reply.with_body(body.into());
        let data = (self.decode)(&reply).map_err(|error| self.failed(error))?;
        self.received += 1;
        Ok(Event {
            event: name,
            id,
            data,
        })
    }

    fn failed(&self, error: Error) -> StreamError {
        StreamError {
            error,
            received: self.received,
            last_event_id: self.last_event_id().map(str::to_owned),
        }
    }

    /// Reconnects if that is requested. An error status ends the stream.
    fn asks_anew(&mut self, outcome: &Result<Option<Bytes>>) -> bool {
        let is_refused = match outcome {
            Err(Error::Transport(_) | Error::Timeout(_) | Error::Connect(_)) => false,
            Err(_) => true,
            Ok(_) => matches!(&self.source, Source::Open(opened) if is_empty(opened)),
        };
        if is_refused || self.reconnects == 0 {
            return false;
        }
        let request = self.again.as_ref().and_then(Request::try_clone);
        let source = std::mem::replace(&mut self.source, Source::Closed);
        let (Some(mut request), Source::Open(old)) = (request, source) else {
            return false;
        };
        self.reconnects -= 1;
        self.parser.restart();
        if let Some(Ok(id)) = self.last_event_id().map(id_header) {
            request.header_value(LAST_EVENT_ID, id);
        }
        let wait = self.parser.retry.unwrap_or(USUAL_WAIT).min(LONGEST_WAIT);
        self.source = Source::Reading(Box::pin(async move {
            old.pause(wait).await;
            match request.open().await.and_then(checked) {
                Ok(opened) => stream::read(opened).await,
                Err(error) => (*old, Err(error)),
            }
        }));
        true
    }
}

/// Returns an id as a header value: as UTF-8, which is not limited to ASCII.
fn id_header(id: &str) -> Result<HeaderValue, InvalidHeaderValue> {
    HeaderValue::from_bytes(id.as_bytes())
}

/// Returns whether a response has no content.
fn is_empty(opened: &Opened) -> bool {
    opened.reply.status() == StatusCode::NO_CONTENT
}

/// Checks the media type. A response of another type has no events.
fn checked(opened: Opened) -> Result<Opened> {
    let own = opened.reply.header("content-type").unwrap_or(MEDIA_TYPE);
    let essence = own.split(';').next().unwrap_or_default().trim();
    if is_empty(&opened) || essence.eq_ignore_ascii_case(MEDIA_TYPE) {
        return Ok(opened);
    }
    let why = format!("it is not `{MEDIA_TYPE}`");
    Err(opened.reply.unreadable_header("content-type", &why))
}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>, StreamError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(cx)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("status", &self.reply.status())
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}

/// Splits bytes into events, however they are chunked.
pub(crate) struct Parser {
    /// Received bytes that are not parsed yet.
    rest: Bytes,
    /// The beginning of an incomplete line.
    line: Vec<u8>,
    /// Whether a following line feed belongs to the carriage return before it.
    after_return: bool,
    /// Whether no line was read yet: the first may begin with a byte order mark.
    is_first: bool,
    event: String,
    /// The lines of the data, each with a line feed.
    data: String,
    id: String,
    last_id: String,
    pub(crate) retry: Option<Duration>,
    pub(crate) limit: usize,
}

impl Parser {
    pub(crate) fn new() -> Self {
        Self {
            rest: Bytes::new(),
            line: Vec::new(),
            after_return: false,
            is_first: true,
            event: String::new(),
            data: String::new(),
            id: String::new(),
            last_id: String::new(),
            retry: None,
            limit: MAX_ITEM_SIZE,
        }
    }

    pub(crate) fn feed(&mut self, chunk: Bytes) {
        self.rest = chunk;
    }

    /// Drops an incomplete event.
    pub(crate) fn restart(&mut self) {
        *self = Self {
            id: self.last_id.clone(),
            last_id: std::mem::take(&mut self.last_id),
            retry: self.retry,
            limit: self.limit,
            ..Self::new()
        };
    }

    /// Returns the next event, or `None` if more bytes are needed.
    pub(crate) fn next(&mut self) -> Result<Option<Event<String>>, TransportError> {
        loop {
            if self.after_return && !self.rest.is_empty() {
                self.after_return = false;
                if self.rest[0] == b'\n' {
                    self.rest.advance(1);
                }
            }
            let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
            let end = self.rest.iter().position(is_end);
            let length = end.unwrap_or(self.rest.len());
            if self.line.len() + self.data.len() + length > self.limit {
                return Err(TransportError::new(
                    TransportErrorKind::BodyTooLarge,
                    format!("an event is longer than the limit of {} bytes", self.limit),
                ));
            }
            let piece = self.rest.split_to(length);
            self.line.extend_from_slice(&piece);
            if end.is_none() {
                return Ok(None);
            }
            self.after_return = self.rest[0] == b'\r';
            self.rest.advance(1);
            let line = std::mem::take(&mut self.line);
            if let Some(event) = self.line(&line) {
                return Ok(Some(event));
            }
        }
    }

    /// Parses a line. An empty line ends an event.
    fn line(&mut self, line: &[u8]) -> Option<Event<String>> {
        let text = String::from_utf8_lossy(line);
        let text = match std::mem::take(&mut self.is_first) {
            true => text.strip_prefix('\u{feff}').unwrap_or(&text),
            false => &text,
        };
        if text.is_empty() {
            return self.dispatch();
        }
        let (field, value) = text.split_once(':').unwrap_or((text, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            // The standard ignores an id with a null character. Other control characters cannot be sent in
            // `Last-Event-ID` either, so the last id that can be sent is kept.
            "id" if id_header(value).is_ok() => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                let millis = value.parse().ok();
                self.retry = millis.map(Duration::from_millis).or(self.retry);
            }
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<Event<String>> {
        self.last_id.clone_from(&self.id);
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        data.pop()?;
        Some(Event {
            event: match event.is_empty() {
                true => "message".to_owned(),
                false => event,
            },
            id: Some(self.last_id.clone()).filter(|id| !id.is_empty()),
            data,
        })
    }
}
