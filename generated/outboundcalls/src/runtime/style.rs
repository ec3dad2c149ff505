//! The styles of parameters in OpenAPI: expansions of RFC 6570, and a few more.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::part::{Part, Shape};

/// All characters except the unreserved ones of RFC 3986.
pub(super) const NOT_UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The set for `allowReserved` in a query. Characters that would end the value or the query stay encoded
/// (`#`, `&`, `+`), and so do characters that RFC 3986 does not allow in a query (`[`, `]`).
const NOT_RESERVED_IN_QUERY: &AsciiSet = &NOT_UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'%');

/// The set for `allowReserved` in a path, where `/` and `?` would also end the segment.
const NOT_RESERVED_IN_PATH: &AsciiSet = &NOT_RESERVED_IN_QUERY.add(b'/').add(b'?').add(b'&');

/// The style of a parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(super) kind: Kind,
    explode: bool,
    reserved: bool,
    slashes: bool,
    pub(super) empty: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Simple,
    Label,
    Matrix,
    Form,
    Space,
    Pipe,
    Tab,
    Deep,
    /// As `Form`, but not percent-encoded.
    Cookie,
    /// JSON text: a parameter with `content` instead of `schema`.
    Json,
    /// A form as text: likewise.
    UrlEncoded,
}

/// The location of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

impl Style {
    /// `a,b`: the default in paths and headers.
    pub(crate) const SIMPLE: Self = Self::new(Kind::Simple, false);
    /// `name=a&name=b`: the default in queries and cookies.
    pub(crate) const FORM: Self = Self::new(Kind::Form, true);
    /// The value as JSON text.
    pub(crate) const JSON: Self = Self::new(Kind::Json, false);
    const fn new(kind: Kind, explode: bool) -> Self {
        Self {
            kind,
            explode,
            reserved: false,
            slashes: false,
            empty: false,
        }
    }

    /// Encodes one text of a value.
    pub(super) fn encode(self, place: Place, text: &str) -> String {
        let set = match (place, self.reserved) {
            _ if self.kind == Kind::Cookie => return text.to_owned(),
            (Place::Header, _) => return text.to_owned(),
            (Place::Path, true) => NOT_RESERVED_IN_PATH,
            (Place::Query, true) => NOT_RESERVED_IN_QUERY,
            _ => NOT_UNRESERVED,
        };
        let encode = |text: &str| match self.reserved {
            true => encode_outside_triplets(text, set),
            false => utf8_percent_encode(text, set).to_string(),
        };
        match self.slashes {
            true => text.split('/').map(encode).collect::<Vec<_>>().join("/"),
            false => encode(text),
        }
    }

    /// Returns the separators of an RFC 6570 expansion.
    fn marks(self, place: Place) -> Marks {
        let is_named = matches!(place, Place::Query | Place::Cookie);
        let (prefix, separator, named, empty) = match self.kind {
            Kind::Simple | Kind::Json | Kind::UrlEncoded => ("", ",", false, ""),
            Kind::Label => (".", ".", false, ""),
            Kind::Matrix => (";", ";", true, ""),
            Kind::Space | Kind::Pipe | Kind::Tab => ("", "&", is_named, "="),
            Kind::Form | Kind::Deep | Kind::Cookie => ("", "&", true, "="),
        };
        let joiner = match (self.kind, place) {
            (Kind::Space, Place::Header) => " ",
            (Kind::Pipe, Place::Header) => "|",
            (Kind::Tab, Place::Header) => "\t",
            (Kind::Space, _) => "%20",
            (Kind::Pipe, _) => "%7C",
            (Kind::Tab, _) => "%09",
            _ => ",",
        };
        Marks {
            prefix,
            separator,
            joiner,
            named,
            empty,
        }
    }

    /// Expands a value. Returns `None` if nothing is written: RFC 6570 omits null, the empty list and the
    /// empty object, and a null within a list or an object (section 2.3). These styles do not define values
    /// nested deeper than one level, so those are written as JSON text.
    pub(super) fn expand(self, place: Place, name: &str, value: &Part<'_>) -> Option<Expansion> {
        let marks = self.marks(place);
        let encode = |text: &str| self.encode(place, text);
        let named = |value: &str| marks.named_value(&encode(name), value);
        let parts: Vec<String> = match &value.shape {
            Shape::Null => Vec::new(),
            Shape::Scalar(text) => vec![named(&encode(text))],
            Shape::List(items) => {
                let items: Vec<String> = items.iter().filter_map(Part::text).map(encode).collect();
                match self.explode {
                    _ if items.is_empty() => Vec::new(),
                    true => items.iter().map(|item| named(item)).collect(),
                    false => vec![named(&items.join(marks.joiner))],
                }
            }
            Shape::Map(members) => {
                let members = members
                    .iter()
                    .filter_map(|(member, value)| Some((encode(member), encode(value.text()?))));
                let parts: Vec<String> = match self.explode {
                    true => members
                        .map(|(name, value)| marks.pair(&name, &value))
                        .collect(),
                    false => members.flat_map(|(name, value)| [name, value]).collect(),
                };
                match self.explode {
                    _ if parts.is_empty() => parts,
                    true => parts,
                    false => vec![named(&parts.join(marks.joiner))],
                }
            }
        };
        if parts.is_empty() && !self.empty {
            return None;
        }
        Some(Expansion {
            prefix: marks.prefix,
            separator: marks.separator,
            parts: if parts.is_empty() {
                vec![named("")]
            } else {
                parts
            },
        })
    }
}

/// The parts of an expanded value.
pub(super) struct Expansion {
    prefix: &'static str,
    separator: &'static str,
    pub(super) parts: Vec<String>,
}

impl Expansion {
    pub(super) fn joined(&self) -> String {
        format!("{}{}", self.prefix, self.parts.join(self.separator))
    }
}

struct Marks {
    prefix: &'static str,
    separator: &'static str,
    joiner: &'static str,
    named: bool,
    /// The text after a name without a value.
    empty: &'static str,
}

impl Marks {
    fn named_value(&self, name: &str, value: &str) -> String {
        if self.named {
            self.pair(name, value)
        } else {
            value.to_owned()
        }
    }

    fn pair(&self, name: &str, value: &str) -> String {
        if value.is_empty() {
            // Unnamed styles write `key=` for an empty property: RFC 6570 has no other form.
            let empty = if self.named { self.empty } else { "=" };
            format!("{name}{empty}")
        } else {
            format!("{name}={value}")
        }
    }
}

/// Encodes `text`, except a `%` that begins a triplet such as `%2F`.
fn encode_outside_triplets(text: &str, set: &'static AsciiSet) -> String {
    let mut encoded = String::with_capacity(text.len());
    for (at, piece) in text.split('%').enumerate() {
        if at > 0 {
            let triplet = piece.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
            encoded.push_str(if triplet { "%" } else { "%25" });
        }
        encoded.extend(utf8_percent_encode(piece, set));
    }
    encoded
}
