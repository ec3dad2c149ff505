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

/// Decodes JSON, or returns `None` if there is no body.
pub(crate) fn optional_json<T: DeserializeOwned>(reply: &Reply) -> Result<Option<T>> {
    if reply.body().is_empty() {
        Ok(None)
    } else {
        json(reply).map(Some)
    }
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

/// Returns the body as text. If it is a JSON string, returns the text in it.
pub(crate) fn text(reply: &Reply) -> Result<String> {
    let media_type = reply.header("content-type").unwrap_or_default();
    let quoted = (fit("application/json", media_type) > 0).then(|| read(reply.body()));
    if let Some(Ok(text)) = quoted {
        return Ok(text);
    }
    match std::str::from_utf8(reply.body()) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let (line, column) = json_path::position(reply.body(), error.valid_up_to());
            Err(reply.undecodable(Fault {
                line,
                column,
                ..Fault::of_whole("it is not UTF-8 text", false)
            }))
        }
    }
}

/// Returns the bytes of the body.
pub(crate) fn bytes(reply: &Reply) -> Result<Bytes> {
    Ok(reply.body().clone())
}

/// Returns the URL of a redirect, as received.
pub(crate) fn location(reply: &Reply) -> Result<String> {
    match reply.header("location") {
        Some(location) => Ok(location.to_owned()),
        None => Err(reply.undecodable(Fault::of_whole("there is no header `location`", false))),
    }
}

/// Returns the described status that determines how a response is decoded: its own, or for an undescribed 2xx
/// the first described one with a body of its media type.
///
/// Each described status has the media types of its bodies, or none if it has no body.
pub(crate) fn status(reply: &Reply, described: &[(u16, &[&str])]) -> u16 {
    let status = reply.status();
    let is_described = described.iter().any(|(known, _)| *known == status.as_u16());
    if is_described || !status.is_success() {
        return status.as_u16();
    }
    let own = reply.header("content-type").unwrap_or_default();
    let is_empty = reply.body().is_empty();
    let rank = |media_types: &[&str]| match media_types {
        [] => (is_empty, 0),
        _ => {
            let fits = media_types.iter().map(|described| fit(described, own));
            (!is_empty, fits.max().unwrap_or_default())
        }
    };
    let mut best: Option<&(u16, &[&str])> = None;
    for candidate in described {
        if best.is_none_or(|best| rank(candidate.1) > rank(best.1)) {
            best = Some(candidate);
        }
    }
    best.map_or(status.as_u16(), |(known, _)| *known)
}

/// Returns which of the described media types a response has: an equal one, else a range that contains it,
/// else the first, which is the preferred one.
pub(crate) fn media_type(reply: &Reply, described: &[&'static str]) -> &'static str {
    let own = reply.header("content-type").unwrap_or_default();
    let mut best = (0, described.first().copied().unwrap_or_default());
    for known in described {
        let fit = fit(known, own);
        if fit > best.0 {
            best = (fit, known);
        }
    }
    best.1
}

/// Returns how well a media type matches a described one, which may be a range (RFC 9110, section 12.5.1),
/// such as `text/*` or `application/*+json`. 0 means that it does not match.
fn fit(described: &str, own: &str) -> u8 {
    let parts = |media_type: &str| -> Vec<String> {
        let parts = media_type.split(';').map(str::trim);
        parts.map(str::to_ascii_lowercase).collect()
    };
    let (described, own) = (parts(described), parts(own));
    let essence = |parts: &[String]| -> Option<(String, String)> {
        let (family, subtype) = parts.first()?.split_once('/')?;
        Some((family.to_owned(), subtype.to_owned()))
    };
    let (Some((family, range)), Some(own_essence)) = (essence(&described), essence(&own)) else {
        return 0;
    };
    let is_within = range.split_once('*').is_some_and(|(before, after)| {
        let rest = own_essence.1.strip_prefix(before);
        rest.is_some_and(|rest| rest.ends_with(after))
    });
    match (family == own_essence.0, is_within) {
        _ if described == own => 4,
        (true, _) if range == own_essence.1 => 3,
        (true, true) => 2,
        (false, true) if family == "*" => 1,
        _ => 0,
    }
}

/// Ignores the body.
pub(crate) fn nothing(_reply: &Reply) -> Result<()> {
    Ok(())
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

/// Decodes JSON that is not a response, such as the body of a webhook.
pub(crate) fn received<T: DeserializeOwned>(what: &str, body: &[u8]) -> Result<T> {
    read(body).map_err(|error| unreceived(what, body, Fault::of_part(body, 0, &error)))
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
