//! Responses.

use std::{fmt, sync::OnceLock, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

#[cfg(feature = "tracing")]
use super::trace;
use super::{
    answer::{ApiError, DecodeError, request_id},
    body::Body,
    client::Core,
    coding,
    decode::{Fault, Reason},
    deviation::{Deviation, Deviations, Recorded},
    error::{Error, Result, SendError},
    operation::Operation,
    provide::Given,
    redact::Secrets,
    time::Clock,
    transport::{TransportError, TransportErrorKind},
};

/// Turns a response into what an operation gives.
pub(crate) type Decoder<T> = fn(&Reply) -> Result<T>;

/// How much of an error body is shown, and how much of a text that says what is wrong with a body.
const EXCERPT_CHARS: usize = 300;
pub(super) const REASON_CHARS: usize = 1000;

/// A response, read to its end.
#[derive(Clone)]
pub(crate) struct Reply {
    pub(super) core: Core,
    pub(super) operation: &'static Operation,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// Why the body could not be decompressed.
    pub(super) fault: Option<Fault>,
    /// What was provided for the request, so that no error shows it.
    pub(super) given: Given,
    /// Whether a deviation from the description is an error.
    pub(super) is_strict: bool,
    pub(super) deviations: Deviations,
}

impl Reply {
    /// What must not be shown, should the server repeat it.
    fn secrets(&self) -> Secrets {
        secrets(&self.core, &self.given)
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(super) fn is_not_modified(&self) -> bool {
        self.status == StatusCode::NOT_MODIFIED
    }

    /// The value of the response. A 304 has none, so here it is an error.
    pub(super) fn decode<T>(&self, decoder: Decoder<T>) -> Result<T> {
        if self.is_not_modified() {
            return Err(self.clone().into_error());
        }
        if !self.body.is_empty() {
            self.check_coding()?;
        }
        decoder(self)
    }

    /// Checks that the body is not compressed any more.
    pub(super) fn check_coding(&self) -> Result<()> {
        match coding::unreadable(self.status, &self.headers) {
            Some(why) => {
                let why = format!("{why} (`send_raw` returns the body)");
                Err(self.undecodable(Fault::of_whole(why, false)))
            }
            None => Ok(()),
        }
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(crate) fn body(&self) -> &Bytes {
        &self.body
    }

    /// Whether the status says that there is no content. The request has been done all the same, so that
    /// an error would make the caller send it again. With any other status an empty body is lost.
    pub(super) fn has_no_content(&self) -> bool {
        use StatusCode as Status;
        self.body.is_empty() && matches!(self.status, Status::NO_CONTENT | Status::RESET_CONTENT)
    }

    /// The same response with another body, such as a part of its own.
    pub(crate) fn with_body(&self, body: Bytes) -> Self {
        Self {
            body,
            deviations: Deviations::default(),
            ..self.clone()
        }
    }

    /// The value that was read leniently, after `fault` was found in it. Keeps and reports what it
    /// deviates in.
    pub(super) fn settle<T, R: Reason>(
        &self,
        mut fault: Fault,
        read: Recorded<std::result::Result<T, R>>,
    ) -> Result<T> {
        match read.value {
            Ok(value) if !self.is_strict => {
                self.keep(read.deviations);
                return Ok(value);
            }
            Ok(_) => {
                if let Some(first) = read.deviations.first() {
                    let reason = format!("expected {}, found {}", first.expected(), first.found());
                    fault.refine(first.path(), reason);
                }
            }
            Err(error) => {
                if let Some(path) = read.fault {
                    fault.refine(&path, error.reason());
                }
            }
        }
        Err(self.undecodable(fault))
    }

    fn keep(&self, deviations: Vec<Deviation>) {
        // To decode a response a second time is no reason to warn a second time.
        #[cfg(feature = "tracing")]
        if self.deviations.list() != deviations {
            trace::deviations(self.operation, &deviations);
        }
        self.deviations.keep(deviations);
    }

    /// A header, where it is there and is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The error that says why this body is not what it should be.
    pub(crate) fn undecodable(&self, mut fault: Fault) -> Error {
        // A coding that the body had was removed with its header.
        let coding = self.header("content-encoding");
        if let Some(coding) = coding.filter(|_| fault.expects_json) {
            fault.reason = format!("{} (its `Content-Encoding` is `{coding}`)", fault.reason);
        }
        let media_type = self.headers.get(http::header::CONTENT_TYPE);
        if let Some(media_type) = media_type.and_then(|value| value.to_str().ok()) {
            let is_json = media_type.to_ascii_lowercase().contains("json");
            if fault.expects_json && !is_json {
                fault.reason = format!(
                    "{} (its type is {media_type}; `send_raw` returns the body)",
                    fault.reason
                );
            }
        }
        fault.shorten(&self.secrets());
        Error::Decode(Box::new(DecodeError {
            what: self.operation.to_string(),
            status: Some(self.status),
            headers: self.headers.clone(),
            body: self.body.clone(),
            fault,
        }))
    }

    /// The error that says why a header is not what it should be.
    pub(crate) fn unreadable_header(&self, name: &str, why: &str) -> Error {
        self.undecodable(Fault::of_whole(
            format!("the header `{name}`: {why}"),
            false,
        ))
    }

    /// The error that says that the rest of the body cannot be read.
    pub(crate) fn broken(&self, source: TransportError) -> Error {
        match source.kind() {
            TransportErrorKind::Encoding => self.undecodable(Fault::of_coding(&source)),
            _ => Error::Transport(self.unread(Some(source))),
        }
    }

    fn unread(&self, source: Option<TransportError>) -> Box<SendError> {
        Box::new(SendError {
            operation: self.operation,
            attempts: 1,
            cause: source.as_ref().map(|source| source.cause(&self.secrets())),
            source,
        })
    }

    /// The error for a response with an error status.
    pub(super) fn into_error(self) -> Error {
        let documented = self.operation.error_body(self.status, &self.body);
        let secrets = self.secrets();
        let excerpt = match coding::unreadable(self.status, &self.headers) {
            Some(why) if !self.body.is_empty() => format!("({} bytes: {why})", self.body.len()),
            _ => excerpt(&self.body, &secrets),
        };
        let id = request_id(&self.headers);
        let shown_id = id.map(|id| secrets.line(id, EXCERPT_CHARS));
        Error::Api(Box::new(ApiError {
            operation: self.operation,
            status: self.status,
            headers: self.headers,
            body: self.body,
            documented,
            message: OnceLock::new(),
            excerpt,
            shown_id,
        }))
    }
}

/// What must not be shown: the credentials of the client, and those of a request.
pub(super) fn secrets(core: &Core, given: &Given) -> Secrets {
    let mut secrets = Secrets::default();
    core.add_to(&mut secrets);
    given.add_to(&mut secrets);
    secrets
}

/// Returns the beginning of a text body, on one line and without secrets.
pub(super) fn excerpt(body: &Bytes, secrets: &Secrets) -> String {
    match std::str::from_utf8(body) {
        Ok(text) => secrets.line(text, EXCERPT_CHARS),
        Err(_) => format!("({} bytes)", body.len()),
    }
}

/// A successful response whose body is still to be read.
pub(crate) struct Opened {
    /// Without the body.
    pub(crate) reply: Reply,
    pub(crate) body: Body,
    /// How long a piece of the body may take.
    pub(super) timeout: Duration,
}

impl Opened {
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>> {
        let transport = &*self.reply.core.settings().transport;
        let next = self.body.chunk();
        let outcome = Clock::start().limit(transport, self.timeout, next).await;
        match outcome {
            Some(Ok(chunk)) => Ok(chunk),
            Some(Err(error)) => Err(self.reply.broken(error)),
            None => Err(Error::Timeout(self.reply.unread(None))),
        }
    }

    /// Waits as the transport does.
    pub(crate) async fn pause(&self, duration: Duration) {
        self.reply.core.settings().transport.sleep(duration).await;
    }
}

/// A successful response: status, headers, the bytes of the body, and the value in it.
#[derive(Clone)]
pub struct RawResponse<T> {
    reply: Reply,
    decode: Decoder<T>,
}

impl<T> RawResponse<T> {
    pub(super) fn of(reply: Reply, decode: Decoder<T>) -> Self {
        Self { reply, decode }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.reply.status
    }

    /// The headers, without `Content-Encoding` and `Content-Length` if the body was decompressed.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.reply.headers
    }

    /// The id that the server gave the request, from the header `x-request-id` or `request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.reply.headers)
    }

    /// The body, decompressed. If no feature of this crate reads its `Content-Encoding`, it is as it was
    /// received.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.reply.body
    }

    /// Returns whether the status is 304: what the condition of the request named, such as an entity
    /// tag in `If-None-Match`, is still current. Such a response has no value.
    #[must_use]
    pub fn is_not_modified(&self) -> bool {
        self.reply.is_not_modified()
    }

    /// Decodes the body.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Decode`] if the body does not fit the described type, and [`Error::Api`] if the
    /// status is 304.
    pub fn decode(&self) -> Result<T> {
        self.reply.decode(self.decode)
    }

    /// Returns the places where the body deviates from the API's description, at most 1,000 of them.
    ///
    /// A response is read leniently: a required property that is missing or null takes its blank value,
    /// and a value of another type is converted where that is obvious. Requests, and what has no such
    /// reading, stay exact. See [`ClientBuilder::strict_responses`](super::ClientBuilder::strict_responses).
    ///
    /// # Errors
    ///
    /// Returns [`Error::Decode`] if the body cannot be read at all.
    pub fn deviations(&self) -> Result<Vec<Deviation>> {
        self.decode()?;
        Ok(self.reply.deviations.list())
    }

    /// Decodes the body, and lets go of the rest.
    ///
    /// # Errors
    ///
    /// Fails with [`Error::Decode`] when the body is not what it should be.
    pub fn into_value(self) -> Result<T> {
        self.decode()
    }
}

impl<T> fmt::Debug for RawResponse<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &self.reply.operation.id)
            .field("status", &self.reply.status)
            .field("body", &format_args!("{} bytes", self.reply.body.len()))
            .finish_non_exhaustive()
    }
}
