//! From the bytes of a response to the value that an operation gives.

use bytes::Bytes;
use serde_core::de::{Deserialize, DeserializeOwned, IntoDeserializer, value::StrDeserializer};

use super::{
    answer::DecodeError,
    deviation::{self, Recorded},
    envelope,
    error::{Error, Result},
    json_path, lenient,
    redact::Secrets,
    response::{REASON_CHARS, Reply},
    transport::TransportError,
};
use crate::error::ErrorBody;

/// Where and why some bytes are not what they should be.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) reason: String,
    pub(super) expects_json: bool,
}

impl Fault {
    /// A fault that is not at one place.
    pub(crate) fn of_whole(reason: impl Into<String>, expects_json: bool) -> Self {
        Self {
            path: "$".to_owned(),
            line: 0,
            column: 0,
            reason: reason.into(),
            expects_json,
        }
    }

    /// The body cannot be decompressed.
    pub(super) fn of_coding(error: &TransportError) -> Self {
        let cause = std::error::Error::source(error);
        Self::of_whole(cause.map_or(error.to_string(), ToString::to_string), false)
    }

    /// Says what is at fault where that is known better.
    pub(super) fn refine(&mut self, path: &str, reason: String) {
        if self.path != path {
            self.path = path.to_owned();
            (self.line, self.column) = (0, 0);
        }
        self.reason = reason;
    }

    /// A fault in `part`, which begins `offset` bytes into `body`.
    pub(crate) fn of_part(body: &[u8], offset: usize, error: &serde_json::Error) -> Self {
        let text = without_mark(body);
        if text.iter().all(u8::is_ascii_whitespace) {
            return Self::of_whole("it is empty", true);
        }
        // What is read from the begin is read behind the mark.
        let offset = offset.max(body.len() - text.len());
        if error.line() == 0 {
            return Self::of_whole(error.to_string(), true);
        }
        // serde_json counts from where the part begins.
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

    /// Cuts what came from the server, and takes out the secrets: a text may have any length, and names
    /// what was read.
    pub(super) fn shorten(&mut self, secrets: &Secrets) {
        self.reason = secrets.line(&self.reason, REASON_CHARS);
        self.path = secrets.line(&self.path, REASON_CHARS);
    }
}

/// The message of an error without the place at its end.
pub(super) fn placeless(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&place).unwrap_or(&text).to_owned()
}

/// An error that says why something could not be read.
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

/// Decodes JSON: strictly, and where that fails leniently.
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
    // Text that is not JSON is a value where the description allows any text.
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

/// The body as text, where its media type is another than JSON.
fn bare_text(reply: &Reply) -> Option<&str> {
    let media_type = reply.header("content-type")?;
    let is_json = media_type.to_ascii_lowercase().contains("json");
    let text = std::str::from_utf8(reply.body()).ok()?;
    (!is_json && !text.is_empty()).then_some(text)
}

/// Reads JSON from bytes.
///
/// To see once that all of it is UTF-8 is several times faster than to see it of each string; what
/// is not UTF-8 is read string by string, for the place of the fault.
pub(super) fn read<'de, T: Deserialize<'de>>(body: &'de [u8]) -> serde_json::Result<T> {
    let body = without_mark(body);
    match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(body),
    }
}

/// Returns a body without the byte order mark that some servers send first. A parser may ignore it
/// (RFC 8259, section 8.1).
pub(crate) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// Decodes JSON, or nothing where there is no body.
pub(crate) fn optional_json<T: DeserializeOwned>(reply: &Reply) -> Result<Option<T>> {
    if reply.body().is_empty() {
        Ok(None)
    } else {
        json(reply).map(Some)
    }
}

/// Decodes JSON whose envelope is not documented: the value itself, or an object with the value under one
/// of `keys`.
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

/// Takes a body as text, or the text in it where it is a JSON string.
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

/// Takes a body as it is.
pub(crate) fn bytes(reply: &Reply) -> Result<Bytes> {
    Ok(reply.body().clone())
}

/// Takes the address that a redirect leads to, as it was received.
pub(crate) fn location(reply: &Reply) -> Result<String> {
    match reply.header("location") {
        Some(location) => Ok(location.to_owned()),
        None => Err(reply.undecodable(Fault::of_whole("there is no header `location`", false))),
    }
}

/// The described status whose value a response has: its own, or for an undescribed 2xx that of the first
/// described one with a body of its media type.
///
/// Statuses are described with the media types of their bodies; none where there is no body.
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

/// Which of the described media types a response has: itself, else a range that it is in, else the
/// first, which is the one that is wanted most.
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

/// How well a media type fits a described one, which may be a range (RFC 9110, section 12.5.1), such
/// as `text/*` or `application/*+json`; 0: not at all.
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

/// Takes no notice of the body.
pub(crate) fn nothing(_reply: &Reply) -> Result<()> {
    Ok(())
}

/// Decodes an error body, into the variant that `wrap` makes.
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

/// Decodes JSON that came another way than as a response, such as a webhook.
pub(crate) fn received<T: DeserializeOwned>(what: &str, body: &[u8]) -> Result<T> {
    read(body).map_err(|error| unreceived(what, body, Fault::of_part(body, 0, &error)))
}

/// Like [`received`], in an envelope that is not documented.
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
