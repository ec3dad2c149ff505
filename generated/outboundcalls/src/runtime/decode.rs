//! Decodes the bytes of a response into the value that an operation returns.

use bytes::Bytes;
use serde_core::de::{Deserialize, DeserializeOwned, IntoDeserializer, value::StrDeserializer};

use super::{
    deviation::{self, Recorded},
    envelope,
    error::{Error, Result},
    json_path, lenient,
    redact::Secrets,
    response::{REASON_CHARS, Reply},
    response_error::DecodeError,
    transport::TransportError,
};
use crate::error::ErrorBody;

/// Why and where some bytes do not decode.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) reason: String,
    pub(super) expects_json: bool,
}

impl Fault {
    /// Creates a fault without a position.
    pub(crate) fn of_whole(reason: impl Into<String>, expects_json: bool) -> Self {
        Self {
            path: "$".to_owned(),
            line: 0,
            column: 0,
            reason: reason.into(),
            expects_json,
        }
    }

    /// Creates the fault for a body that cannot be decompressed.
    pub(super) fn of_coding(error: &TransportError) -> Self {
        let cause = std::error::Error::source(error);
        Self::of_whole(cause.map_or(error.to_string(), ToString::to_string), false)
    }

    /// Replaces path and reason if a more precise one is known.
    pub(super) fn refine(&mut self, path: &str, reason: String) {
        if self.path != path {
            self.path = path.to_owned();
            (self.line, self.column) = (0, 0);
        }
        self.reason = reason;
    }

    /// Creates a fault for `part`, which begins at byte `offset` of `body`.
    pub(crate) fn of_part(body: &[u8], offset: usize, error: &serde_json::Error) -> Self {
        let text = without_mark(body);
        if text.iter().all(u8::is_ascii_whitespace) {
            return Self::of_whole("it is empty", true);
        }
        // A part at the beginning starts after the byte order mark.
        let offset = offset.max(body.len() - text.len());
        if error.line() == 0 {
            return Self::of_whole(error.to_string(), true);
        }
        // serde_json counts from the beginning of the part.
        let part = body.get(offset..).unwrap_or_default();
        let at = offset + json_path::offset(part, error.line(), error.column());
        let (line, column) = json_path::position(body, at);
        Self {
            path: json_path::path(body, at),
            line,
            column,
            reason: placeless(error),
            expects_json: true,
        }
    }

    /// Truncates the texts and redacts secrets, because both contain what the server sent.
    pub(super) fn shorten(&mut self, secrets: &Secrets) {
        self.reason = secrets.line(&self.reason, REASON_CHARS);
        self.path = secrets.line(&self.path, REASON_CHARS);
    }
}

/// Returns the message of an error without the position at its end.
pub(super) fn placeless(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&place).unwrap_or(&text).to_owned()
}

/// An error with a reason.
pub(super) trait Reason {
    fn reason(self) -> String;
}

impl Reason for serde_json::Error {
    fn reason(self) -> String {
        placeless(&self)
    }
}

impl Reason for Fault {
    fn reason(self) -> String {
        self.reason
    }
}

/// Decodes JSON strictly, and leniently if that fails.
pub(crate) fn json<T: DeserializeOwned>(reply: &Reply) -> Result<T> {
    let body = reply.body();
    let error = match read(body) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let fault = Fault::of_part(body, 0, &error);
    if reply.has_no_content() {
        return reply.settle(fault, deviation::record(lenient::missing));
    }
    let Ok(text) = std::str::from_utf8(without_mark(body)) else {
        return Err(reply.undecodable(fault));
    };
    let lenient = deviation::record(|| lenient::part(text));
    if error.is_data() || lenient.value.is_ok() {
        return reply.settle(fault, lenient);
    }
    // If the description allows any text, text that is not JSON is a value.
    let value: Option<serde_json::Result<T>> = bare_text(reply).map(|text| {
        let text: StrDeserializer<'_, serde_json::Error> = text.into_deserializer();
        T::deserialize(text)
    });
    match value {
        Some(Ok(value)) => {
            let recorded = Recorded::of_whole(value, "JSON", "text");
            reply.settle::<T, serde_json::Error>(fault, recorded)
        }
        _ => Err(reply.undecodable(fault)),
    }
}

/// Returns the body as text if its media type is not JSON.
fn bare_text(reply: &Reply) -> Option<&str> {
    let media_type = reply.header("content-type")?;
    let is_json = media_type.to_ascii_lowercase().contains("json");
    let text = std::str::from_utf8(reply.body()).ok()?;
    (!is_json && !text.is_empty()).then_some(text)
}

/// Decodes JSON from bytes.
///
/// Validating UTF-8 once for the whole body is several times faster than doing it for each string. Invalid
/// UTF-8 is decoded string by string, to find its position.
pub(super) fn read<'de, T: Deserialize<'de>>(body: &'de [u8]) -> serde_json::Result<T> {
    let body = without_mark(body);
    match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(body),
    }
}

/// Returns a body without the byte order mark that some servers send. A parser may ignore it (RFC 8259,
/// section 8.1).
pub(crate) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// Decodes JSON whose envelope is not documented: the value itself, or an object with the value under one of
/// `keys`.
pub(crate) fn enveloped<T: DeserializeOwned>(
    reply: &Reply,
    keys: &'static [&'static str],
) -> Result<T> {
    let read = || envelope::read(reply.body(), keys);
    read().or_else(|fault| match reply.has_no_content() {
        true => reply.settle(fault, deviation::record(lenient::missing)),
        false => reply.settle(fault, deviation::record(read)),
    })
}

/// Decodes an error body into the variant that `wrap` creates.
pub(crate) fn error_body<T: DeserializeOwned>(
    body: &[u8],
    wrap: fn(T) -> ErrorBody,
) -> Option<ErrorBody> {
    part(body).map(wrap)
}

/// Decodes JSON that is not a whole response, leniently if it does not fit.
pub(crate) fn part<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let lenient =
        || deviation::record(|| lenient::part(std::str::from_utf8(without_mark(body)).ok()?).ok());
    read(body).ok().or_else(|| lenient().value)
}

/// Does the same as [`received`], with an envelope that is not documented.
pub(crate) fn received_enveloped<T: DeserializeOwned>(
    what: &str,
    body: &[u8],
    keys: &'static [&'static str],
) -> Result<T> {
    envelope::read(body, keys).map_err(|fault| unreceived(what, body, fault))
}

fn unreceived(what: &str, body: &[u8], mut fault: Fault) -> Error {
    fault.shorten(&Secrets::default());
    Error::Decode(Box::new(DecodeError {
        what: what.to_owned(),
        status: None,
        headers: http::HeaderMap::new(),
        body: Bytes::copy_from_slice(body),
        fault,
    }))
}
