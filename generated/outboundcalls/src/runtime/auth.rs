//! Credentials, and where they are placed in a request.

use http::{HeaderName, HeaderValue, header};
use percent_encoding::utf8_percent_encode;

use super::{redact::Secrets, secret::Secret, style};

/// A credential for one security scheme.
#[derive(Clone)]
pub(crate) struct Credential {
    /// The name of the scheme in the API description.
    pub(super) scheme: &'static str,
    pub(super) place: Place,
    /// The user of HTTP Basic authentication.
    user: Option<String>,
    /// Redacted if the server repeats it.
    secret: String,
}

/// Where a credential is placed.
#[derive(Clone)]
pub(super) enum Place {
    Header(HeaderName, HeaderValue),
    /// `name=value`, encoded.
    Query(String),
    /// `name=value`.
    Cookie(String),
}

impl Credential {
    /// Creates an `Authorization: Bearer …` header (RFC 6750).
    ///
    /// Like the other constructors, it fails if the secret cannot be sent. The message names the secret by
    /// `label` and does not contain it.
    pub(crate) fn bearer(
        scheme: &'static str,
        label: &str,
        secret: &Secret,
    ) -> Result<Self, String> {
        let token = check(label, secret)?;
        if let Some((word, _)) = token.split_once(' ') {
            return Err(match word.eq_ignore_ascii_case("bearer") {
                true => format!("the {label} begins with `Bearer `, which the client adds"),
                false => format!("the {label} has white space in it"),
            });
        }
        let value = header_value(label, &format!("Bearer {token}"))?;
        Ok(Self {
            scheme,
            place: Place::Header(header::AUTHORIZATION, value),
            user: None,
            secret: token.to_owned(),
        })
    }

    /// Creates an API key in its own header.
    pub(crate) fn header(
        scheme: &'static str,
        label: &str,
        name: &str,
        secret: &Secret,
    ) -> Result<Self, String> {
        Self::prefixed(scheme, label, name, "", secret)
    }

    /// Creates an API key in its own header, after a fixed prefix such as `Token `.
    pub(crate) fn prefixed(
        scheme: &'static str,
        label: &str,
        name: &str,
        prefix: &str,
        secret: &Secret,
    ) -> Result<Self, String> {
        let key = check(label, secret)?;
        if !prefix.is_empty() && key.starts_with(prefix) {
            return Err(format!(
                "the {label} begins with `{prefix}`, which the client adds"
            ));
        }
        let Ok(name) = HeaderName::from_bytes(name.as_bytes()) else {
            return Err(format!("{name:?} is not a header name"));
        };
        let value = header_value(label, &format!("{prefix}{key}"))?;
        Ok(Self {
            scheme,
            place: Place::Header(name, value),
            user: None,
            secret: key.to_owned(),
        })
    }

    /// Creates an API key in the query.
    pub(crate) fn query(
        scheme: &'static str,
        label: &str,
        name: &str,
        secret: &Secret,
    ) -> Result<Self, String> {
        let key = check(label, secret)?;
        Ok(Self {
            scheme,
            place: Place::Query(encoded_pair(name, key)),
            user: None,
            secret: key.to_owned(),
        })
    }

    /// Creates an API key in a cookie.
    pub(crate) fn cookie(
        scheme: &'static str,
        label: &str,
        name: &str,
        secret: &Secret,
    ) -> Result<Self, String> {
        let key = check(label, secret)?;
        Ok(Self {
            scheme,
            place: Place::Cookie(encoded_pair(name, key)),
            user: None,
            secret: key.to_owned(),
        })
    }

    /// Adds the texts to redact.
    pub(crate) fn add_to(&self, secrets: &mut Secrets) {
        match &self.user {
            Some(user) => secrets.add_basic(user, &self.secret),
            // The part after the scheme's name is secret by itself.
            None => {
                let parts = self.secret.split_once(' ');
                secrets.add(parts.map_or(&*self.secret, |(_, secret)| secret));
            }
        }
    }
}

impl Credential {
    /// Returns its value, if it is placed in the header with this name.
    pub(super) fn value_of(&self, name: &HeaderName) -> Option<&HeaderValue> {
        match &self.place {
            Place::Header(own, value) if own == name => Some(value),
            _ => None,
        }
    }
}

/// Checks a key for common mistakes: white space around it, or a control character in it, most often the line
/// break at the end of a file or environment variable.
///
/// One space is allowed, as in `Token abc`: some descriptions declare the whole value of `Authorization` as a
/// key. The message must not contain the key.
fn check<'a>(label: &str, secret: &'a Secret) -> Result<&'a str, String> {
    let text = secret.expose();
    let fault = if text.is_empty() {
        "is empty"
    } else if text.contains(['\n', '\r']) {
        "has a line break in it"
    } else if text.chars().any(char::is_control) {
        "has a control character in it"
    } else if text.trim() != text {
        "has white space around it"
    } else if text.chars().filter(|char| char.is_whitespace()).count() > 1 {
        "has white space in it"
    } else if !text.is_ascii() {
        "has a character in it that is not ASCII"
    } else {
        return Ok(text);
    };
    Err(format!("the {label} {fault}"))
}

fn header_value(label: &str, text: &str) -> Result<HeaderValue, String> {
    let Ok(mut value) = HeaderValue::from_str(text) else {
        return Err(format!("the {label} cannot be sent in a header"));
    };
    value.set_sensitive(true);
    Ok(value)
}

fn encoded_pair(name: &str, value: &str) -> String {
    let name = utf8_percent_encode(name, style::NOT_UNRESERVED);
    let value = utf8_percent_encode(value, style::NOT_UNRESERVED);
    format!("{name}={value}")
}

/// Encodes base64 with padding (RFC 4648, section 4). Only Basic authentication and redaction need it, which
/// does not justify a dependency.
pub(super) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            if place > chunk.len() {
                text.push('=');
                continue;
            }
            let index = (group >> (18 - 6 * place)) & 63;
            text.push(char::from(ALPHABET[index as usize]));
        }
    }
    text
}

/// Decodes base64 of either alphabet, with or without padding.
pub(super) fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    Some(bytes)
}
