//! Responses.

use std::{fmt, sync::OnceLock, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

#[cfg(feature = "tracing")]
use super::trace;
use super::{
    body::Body,
    client::Core,
    coding,
    decode::{Fault, Reason},
    deviation::{Deviation, Deviations, Recorded},
    error::{Error, Result, SendError},
    operation::Operation,
    provide::Given,
    redact::Secrets,
    response_error::{ApiError, DecodeError, request_id},
    time::Clock,
    transport::{TransportError, TransportErrorKind},
};

/// Decodes a response into the value that an operation returns.
pub(crate) type Decoder<T> = fn(&Reply) -> Result<T>;

/// The largest excerpt of an error body, and of the reason why a body does not decode.
const EXCERPT_CHARS: usize = 300;
pub(super) const REASON_CHARS: usize = 1000;

/// A response whose body has been read.
#[derive(Clone)]
pub(crate) struct Reply {
    pub(super) core: Core,
    pub(super) operation: &'static Operation,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// Why the body could not be decompressed.
    pub(super) fault: Option<Fault>,
    /// The credentials provided for the request, which errors redact.
    pub(super) given: Given,
    /// Whether a deviation from the description is an error.
    pub(super) is_strict: bool,
    pub(super) deviations: Deviations,
}

impl Reply {
    /// Returns the texts to redact if the server repeats them.
    fn secrets(&self) -> Secrets {
        secrets(&self.core, &self.given)
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(super) fn is_not_modified(&self) -> bool {
        self.status == StatusCode::NOT_MODIFIED
    }

    /// Decodes the value. A 304 has none, so it is an error here.
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

    /// Returns whether the status declares that there is no content. The request was successful, and an error
    /// would make the caller send it again. With any other status, an empty body is an error.
    pub(super) fn has_no_content(&self) -> bool {
        use StatusCode as Status;
        self.body.is_empty() && matches!(self.status, Status::NO_CONTENT | Status::RESET_CONTENT)
    }

    /// Returns the same response with another body, such as a part of its body.
    pub(crate) fn with_body(&self, body: Bytes) -> Self {
        Self {
            body,
            deviations: Deviations::default(),
            ..self.clone()
        }
    }

    /// Finishes lenient decoding after strict decoding failed with `fault`: records and reports the
    /// deviations.
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
        // Decoding a response a second time must not emit the warnings again.
        #[cfg(feature = "tracing")]
        if self.deviations.list() != deviations {
            trace::deviations(self.operation, &deviations);
        }
        self.deviations.keep(deviations);
    }

    /// Returns a header, if it is there and is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Creates the error for a body that does not decode.
    pub(crate) fn undecodable(&self, mut fault: Fault) -> Error {
        // A coding that was decoded is no longer among the headers.
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

    // sdkgen:if header_errors
    /// Creates the error for a header that does not decode.
    pub(crate) fn unreadable_header(&self, name: &str, why: &str) -> Error {
        self.undecodable(Fault::of_whole(
            format!("the header `{name}`: {why}"),
            false,
        ))
    }

    // sdkgen:end
    // sdkgen:if opened
    /// Creates the error for a body that cannot be read to its end.
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

    // sdkgen:end
    /// Creates the error for an error status.
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

/// Returns the texts to redact: the credentials of the client, and those of a request.
pub(super) fn secrets(core: &Core, given: &Given) -> Secrets {
    let mut secrets = Secrets::default();
    core.add_to(&mut secrets);
    given.add_to(&mut secrets);
    secrets
}

/// Returns the beginning of a text body, on one line, with secrets redacted.
pub(super) fn excerpt(body: &Bytes, secrets: &Secrets) -> String {
    match std::str::from_utf8(body) {
        Ok(text) => secrets.line(text, EXCERPT_CHARS),
        Err(_) => format!("({} bytes)", body.len()),
    }
}

// sdkgen:if opened
/// A successful response with an unread body.
pub(crate) struct Opened {
    /// The response without its body.
    pub(crate) reply: Reply,
    pub(crate) body: Body,
    /// The timeout for one chunk of the body.
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

// sdkgen:end
/// A successful response: status, headers, the bytes of the body, and the value decoded on demand.
#[derive(Clone)]
pub struct RawResponse<T> {
    reply: Reply,
    decode: Decoder<T>,
}

impl<T> RawResponse<T> {
    pub(super) fn of(reply: Reply, decode: Decoder<T>) -> Self {
        Self { reply, decode }
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.reply.status
    }

    /// Returns the headers, without `Content-Encoding` and `Content-Length` if the body was decompressed.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.reply.headers
    }

    /// Returns the request id from the header `x-request-id` or `request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.reply.headers)
    }

    /// Returns the body, decompressed. If none of the enabled features decodes its `Content-Encoding`, it is
    /// returned as received.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.reply.body
    }

    /// Returns whether the status is 304: the condition of the request, such as an entity tag in
    /// `If-None-Match`, still holds. Such a response has no value.
    #[must_use]
    pub fn is_not_modified(&self) -> bool {
        self.reply.is_not_modified()
    }

    /// Decodes the body.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Decode`] if the body does not fit its type, and [`Error::Api`] if the status is 304.
    pub fn decode(&self) -> Result<T> {
        self.reply.decode(self.decode)
    }

    /// Returns the places where the body deviates from the API description, at most 1,000.
    ///
    /// Responses are decoded leniently: a required property that is missing or null becomes an empty value,
    /// and a value of another type is converted if the conversion is obvious. Requests are always exact. See
    /// [`ClientBuilder::strict_responses`](super::ClientBuilder::strict_responses).
    ///
    /// # Errors
    ///
    /// Returns [`Error::Decode`] if the body cannot be decoded at all.
    pub fn deviations(&self) -> Result<Vec<Deviation>> {
        self.decode()?;
        Ok(self.reply.deviations.list())
    }

    /// Decodes the body and drops the rest of the response.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Decode`] if the body does not fit its type.
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
