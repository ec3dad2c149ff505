//! Serializes values in OpenAPI's styles ("Style Values" and "Style Examples" of OpenAPI 3.1). Independent of
//! generated clients, so that tests can compare the two.

use super::encode::{UNRESERVED, percent, percent_once};
use crate::ir::{ParameterLocation, ParameterStyle};
use serde_json::Value as Json;

/// `allowReserved` in a query, without the characters that end a value or the query.
const RESERVED_IN_QUERY: &[u8] = b"-._~:/?@!$'()*,;=";
/// `allowReserved` in a path, where `/` and `?` end the segment too.
const RESERVED_IN_PATH: &[u8] = b"-._~:@!$'()*,;=";

/// Serializes one value.
#[derive(Debug, Clone, Copy)]
pub struct ParameterEncoder<'a> {
    pub name: &'a str,
    pub location: ParameterLocation,
    pub style: ParameterStyle,
    pub explode: bool,
    pub reserved: bool,
    /// Whether slashes of a path parameter are kept.
    pub slashes: bool,
}

impl ParameterEncoder<'_> {
    /// Returns the serialized value in pieces, several if each item or property is separate. Empty if there is
    /// nothing to send.
    pub fn pieces(self, value: &Json) -> Vec<String> {
        if self.style == ParameterStyle::DeepObject {
            let mut pieces = Vec::new();
            deep(self.name, value, |text| self.encoded(text), &mut pieces);
            return pieces;
        }

        match (self.explode, value) {
            (_, Json::Null) => Vec::new(),
            (true, Json::Array(items)) => texts(items)
                .map(|item| self.named(&self.encoded(&item)))
                .collect(),
            (true, Json::Object(members)) => members
                .iter()
                .filter_map(|(name, value)| Some((self.encoded(name), self.encoded(&text(value)?))))
                .map(|(name, value)| self.pair(&name, &value))
                .collect(),
            (false, Json::Array(items)) => {
                let items: Vec<String> = texts(items).map(|item| self.encoded(&item)).collect();
                self.joined(&items)
            }
            (false, Json::Object(members)) => {
                let named = members
                    .iter()
                    .filter_map(|(name, value)| Some([name.clone(), text(value)?]));
                let items: Vec<String> = named.flatten().map(|item| self.encoded(&item)).collect();
                self.joined(&items)
            }
            (_, scalar) => {
                let text = text(scalar).unwrap_or_default();
                vec![self.named(&self.encoded(&text))]
            }
        }
    }

    /// Returns the value of a path parameter or header as one text.
    pub fn text(self, value: &Json) -> String {
        let (prefix, between) = match self.style {
            ParameterStyle::Label => (".", "."),
            ParameterStyle::Matrix => (";", ";"),
            _ => ("", ","),
        };
        let pieces = self.pieces(value);
        match pieces.is_empty() {
            true => String::new(),
            false => format!("{prefix}{}", pieces.join(between)),
        }
    }

    fn joined(self, items: &[String]) -> Vec<String> {
        let is_encoded = self.location != ParameterLocation::Header;
        let between = match self.style {
            ParameterStyle::SpaceDelimited if !is_encoded => " ",
            ParameterStyle::PipeDelimited if !is_encoded => "|",
            ParameterStyle::TabDelimited if !is_encoded => "\t",
            ParameterStyle::SpaceDelimited => "%20",
            ParameterStyle::PipeDelimited => "%7C",
            ParameterStyle::TabDelimited => "%09",
            _ => ",",
        };
        match items.is_empty() {
            true => Vec::new(),
            false => vec![self.named(&items.join(between))],
        }
    }

    /// Only the style `matrix` repeats the name in a path or header.
    fn is_named(self) -> bool {
        match self.location {
            ParameterLocation::Path | ParameterLocation::Header => {
                self.style == ParameterStyle::Matrix
            }
            _ => true,
        }
    }

    fn named(self, value: &str) -> String {
        match self.is_named() {
            true => self.pair(&self.encoded(self.name), value),
            false => value.to_owned(),
        }
    }

    /// Returns `name=value`; in the style `matrix`, an empty value has no `=` (RFC 6570, section 3.2.7).
    fn pair(self, name: &str, value: &str) -> String {
        match value.is_empty() && self.style == ParameterStyle::Matrix {
            true => name.to_owned(),
            false => format!("{name}={value}"),
        }
    }

    fn encoded(self, text: &str) -> String {
        if self.slashes {
            let whole = Self {
                slashes: false,
                ..self
            };
            let segments = text.split('/').map(|segment| whole.encoded(segment));
            return segments.collect::<Vec<_>>().join("/");
        }
        match (self.location, self.reserved) {
            (ParameterLocation::Header, _) => text.to_owned(),
            (ParameterLocation::Cookie, _) if self.style == ParameterStyle::Cookie => {
                text.to_owned()
            }
            (ParameterLocation::Path, true) => percent_once(text, RESERVED_IN_PATH),
            (ParameterLocation::Query | ParameterLocation::QueryString, true) => {
                percent_once(text, RESERVED_IN_QUERY)
            }
            _ => percent(text, UNRESERVED),
        }
    }
}

/// Returns a scalar as text, and anything else as JSON, because no style defines it. `None` for null, which RFC
/// 6570 omits (section 2.3).
pub fn text(value: &Json) -> Option<String> {
    match value {
        Json::Null => None,
        Json::String(text) => Some(text.clone()),
        value => Some(value.to_string()),
    }
}

fn texts(items: &[Json]) -> impl Iterator<Item = String> {
    items.iter().filter_map(text)
}

/// Writes `name[property]=value`, and `name[0]=value` for lists, which OpenAPI leaves undefined.
fn deep(
    name: &str,
    value: &Json,
    encode: impl Fn(&str) -> String + Copy,
    pieces: &mut Vec<String>,
) {
    match value {
        Json::Object(members) => {
            for (member, value) in members {
                deep(&format!("{name}[{member}]"), value, encode, pieces);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                deep(&format!("{name}[{index}]"), item, encode, pieces);
            }
        }
        scalar => {
            let text = text(scalar);
            pieces.extend(text.map(|text| format!("{}={}", encode(name), encode(&text))));
        }
    }
}
