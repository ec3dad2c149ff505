//! `webhooks`: how receivers verify that a request comes from the API.

use super::check::Fault;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// The default age in seconds up to which a signature is accepted.
const TOLERANCE: u64 = 300;

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WebhooksFile {
    /// The signature scheme of webhooks. The crate then has `webhooks::Verifier`.
    pub verify: Option<SchemeFile>,
}

/// The parsed signature scheme.
#[derive(Debug)]
pub enum SchemeFile {
    /// `standard`: Standard Webhooks.
    Standard,
    Own(Box<OwnScheme>),
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnScheme {
    /// The header with the HMAC.
    header: String,
    /// The hash function; `sha256` by default.
    #[serde(default)]
    algorithm: Algorithm,
    /// The encoding of the HMAC; `hex` by default.
    #[serde(default)]
    encoding: SignatureEncoding,
    /// The text before a signature; empty by default.
    #[serde(default)]
    prefix: String,
    /// The separator of several signatures; by default there is only one.
    separator: Option<char>,
    /// The signed text, with `{body}`, `{timestamp}` and `{id}`; `{body}` by default.
    signed: Option<String>,
    /// The header with the timestamp.
    timestamp_header: Option<String>,
    /// The text before the timestamp, if it is in the signature's header.
    timestamp_prefix: Option<String>,
    /// The header with the message id.
    id_header: Option<String>,
    /// The maximum deviation of the timestamp in seconds; 300 by default.
    tolerance: Option<u64>,
    /// The encoding of the secret; `text` by default.
    #[serde(default)]
    secret: SecretForm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Algorithm {
    /// HMAC-SHA256.
    #[default]
    Sha256,
    /// HMAC-SHA1.
    Sha1,
    /// HMAC-SHA512.
    Sha512,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SignatureEncoding {
    /// Hexadecimal digits.
    #[default]
    Hex,
    /// Base64 (RFC 4648).
    Base64,
}

/// The encoding of a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SecretForm {
    /// The secret is plain text.
    #[default]
    Text,
    /// The secret is base64, possibly after `whsec_`.
    Base64,
}

/// An HMAC signature scheme. Header names are in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scheme {
    pub header: String,
    pub algorithm: Algorithm,
    pub encoding: SignatureEncoding,
    /// The text before a signature.
    pub prefix: String,
    /// The separator of several signatures in one header.
    pub separator: Option<char>,
    /// The signed parts, concatenated.
    pub signed: Vec<Piece>,
    pub timestamp: Option<Timestamp>,
    pub id_header: Option<String>,
    /// The maximum deviation of a timestamp in seconds.
    pub tolerance: u64,
    pub secret: SecretForm,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Piece {
    Id,
    Timestamp,
    Body,
    Text(String),
}

/// The location of the timestamp, in seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Timestamp {
    Header(String),
    /// In the signature's header, after this prefix.
    Beside(String),
}

impl<'de> Deserialize<'de> for SchemeFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SchemeVisitor)
    }
}

struct SchemeVisitor;

impl<'de> Visitor<'de> for SchemeVisitor {
    type Value = SchemeFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`standard`, or a map with `header`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<SchemeFile, E> {
        match text {
            "standard" => Ok(SchemeFile::Standard),
            _ => Err(E::invalid_value(serde::de::Unexpected::Str(text), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SchemeFile, A::Error> {
        OwnScheme::deserialize(MapAccessDeserializer::new(map))
            .map(|own| SchemeFile::Own(Box::new(own)))
    }
}

/// Returns the configured scheme.
pub fn scheme(file: WebhooksFile) -> Result<Option<Scheme>, Fault> {
    match file.verify {
        None => Ok(None),
        Some(SchemeFile::Standard) => Ok(Some(standard())),
        Some(SchemeFile::Own(own)) => own.checked().map(Some).map_err(|(key, message)| {
            let steps = ["webhooks", "verify", key];
            (steps.map(str::to_owned).to_vec(), message)
        }),
    }
}

/// Returns the scheme of <https://github.com/standard-webhooks/standard-webhooks>, with symmetric signatures.
fn standard() -> Scheme {
    let dot = || Piece::Text(".".to_owned());
    Scheme {
        header: "webhook-signature".to_owned(),
        algorithm: Algorithm::Sha256,
        encoding: SignatureEncoding::Base64,
        prefix: "v1,".to_owned(),
        separator: Some(' '),
        signed: vec![Piece::Id, dot(), Piece::Timestamp, dot(), Piece::Body],
        timestamp: Some(Timestamp::Header("webhook-timestamp".to_owned())),
        id_header: Some("webhook-id".to_owned()),
        tolerance: TOLERANCE,
        secret: SecretForm::Base64,
    }
}

/// The invalid key, and the message.
type KeyFault = (&'static str, String);

impl OwnScheme {
    fn checked(self) -> Result<Scheme, KeyFault> {
        let header = header("header", &self.header)?;
        let id_header = self.id_header.as_deref();
        let id_header = id_header.map(|name| self::header("id_header", name));
        let id_header = id_header.transpose()?;
        let timestamp = self.timestamp()?;
        visible("prefix", &self.prefix)?;
        if let Some(separator) = self.separator {
            self.separates(separator)?;
        }
        // If `signed` is not set, the error points to `header`.
        let key = if self.signed.is_some() {
            "signed"
        } else {
            "header"
        };
        let signed = pieces(self.signed.as_deref().unwrap_or("{body}"));
        let signed = signed.map_err(|message| ("signed", message))?;
        // A value that is sent but not signed can be changed on the way.
        let values = [
            ("timestamp", Piece::Timestamp, timestamp.is_some()),
            ("id", Piece::Id, id_header.is_some()),
            ("body", Piece::Body, true),
        ];
        for (name, piece, is_sent) in values {
            match (is_sent, signed.contains(&piece)) {
                (true, false) => {
                    let message = format!("`{{{name}}}` is missing in `signed`");
                    return Err((key, message));
                }
                (false, true) => {
                    let message =
                        format!("`signed` contains `{{{name}}}`, but no key says where it is");
                    return Err((key, message));
                }
                _ => {}
            }
        }
        if self.tolerance.is_some() && timestamp.is_none() {
            let message = "no timestamp: set `timestamp_header` or `timestamp_prefix`";
            return Err(("tolerance", message.to_owned()));
        }
        Ok(Scheme {
            header,
            algorithm: self.algorithm,
            encoding: self.encoding,
            prefix: self.prefix,
            separator: self.separator,
            signed,
            timestamp,
            id_header,
            tolerance: self.tolerance.unwrap_or(TOLERANCE),
            secret: self.secret,
        })
    }

    fn timestamp(&self) -> Result<Option<Timestamp>, KeyFault> {
        match (&self.timestamp_header, &self.timestamp_prefix) {
            (None, None) => Ok(None),
            (Some(name), None) => {
                let name = header("timestamp_header", name)?;
                Ok(Some(Timestamp::Header(name)))
            }
            (None, Some(prefix)) => {
                visible("timestamp_prefix", prefix)?;
                let key = "timestamp_prefix";
                if prefix.is_empty() || self.prefix == *prefix {
                    let message = "it must not be empty, and must differ from `prefix`";
                    return Err((key, message.to_owned()));
                }
                if self.separator.is_none() {
                    let message = "a value beside the signature requires `separator`";
                    return Err((key, message.to_owned()));
                }
                Ok(Some(Timestamp::Beside(prefix.clone())))
            }
            (Some(_), Some(_)) => {
                let message = "set either `timestamp_header` or `timestamp_prefix`, not both";
                Err(("timestamp_prefix", message.to_owned()))
            }
        }
    }

    fn separates(&self, separator: char) -> Result<(), KeyFault> {
        let in_signatures = separator.is_ascii_alphanumeric() || "+/=".contains(separator);
        if in_signatures || !(' '..='~').contains(&separator) {
            let message = format!("{separator:?} may occur in a signature");
            return Err(("separator", message));
        }
        // Splitting must not cut a prefix such as `v1,` of Standard Webhooks.
        let prefixes = [Some(&self.prefix), self.timestamp_prefix.as_ref()];
        match prefixes
            .into_iter()
            .flatten()
            .any(|prefix| prefix.contains(separator))
        {
            true => Err(("separator", format!("{separator:?} occurs in a prefix"))),
            false => Ok(()),
        }
    }
}

/// Returns a valid header name in lower case (RFC 9110, section 5.6.2).
fn header(key: &'static str, name: &str) -> Result<String, KeyFault> {
    let plain = |char: char| char.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(char);
    match !name.is_empty() && name.chars().all(plain) {
        true => Ok(name.to_ascii_lowercase()),
        false => Err((key, format!("`{name}` is not the name of a header"))),
    }
}

fn visible(key: &'static str, text: &str) -> Result<(), KeyFault> {
    match text.chars().all(|char| (' '..='~').contains(&char)) {
        true => Ok(()),
        false => Err((key, "only visible ASCII is allowed in a header".to_owned())),
    }
}

/// Splits a template such as `{timestamp}.{body}` into its parts.
fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("a `{` has no matching `}`")?;
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        let piece = match name {
            "id" => Piece::Id,
            "timestamp" => Piece::Timestamp,
            "body" => Piece::Body,
            _ => {
                return Err(format!(
                    "`{{{name}}}` is unknown (known: {{id}}, {{timestamp}}, {{body}})"
                ));
            }
        };
        pieces.push(piece);
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests;
