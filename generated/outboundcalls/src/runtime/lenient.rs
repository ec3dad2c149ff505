//! Decodes JSON that does not quite match the API description.
//!
//! A response is first decoded strictly, which is fast. Only if that fails, it is decoded leniently: each
//! type requests from serde what it expects, and values that can be converted unambiguously are. All
//! conversions are recorded (see [`deviation`](super::deviation)).

use std::borrow::Cow;

use serde_core::{
    Deserialize, Deserializer,
    de::{Error as _, Visitor},
};
use serde_json::{Error, value::RawValue};

use super::{
    deviation::{self, Step},
    lenient_access::{Items, Only, Properties, TOO_DEEP},
};

/// Decodes the text of a value. Must be called inside [`deviation::record`].
pub(super) fn part<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Error> {
    T::deserialize(Node::of(text))
}

/// Creates an empty value for a missing one. Must be called inside [`deviation::record`].
pub(super) fn missing<'de, T: Deserialize<'de>>() -> Result<T, Error> {
    T::deserialize(Node::MISSING)
}

/// What a null means.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Presence {
    /// A value like any other.
    Plain,
    /// The value of a required property, which becomes an empty value.
    Required,
    /// No value at all, which is treated in the same way.
    Missing,
}

/// The text of a JSON value.
#[derive(Clone, Copy)]
pub(super) struct Node<'de> {
    pub(super) text: &'de str,
    pub(super) presence: Presence,
}

impl<'de> Node<'de> {
    /// A missing value.
    pub(super) const MISSING: Self = Node {
        text: "null",
        presence: Presence::Missing,
    };

    pub(super) fn of(text: &'de str) -> Self {
        Node {
            text: text.trim_matches([' ', '\t', '\r', '\n']),
            presence: Presence::Plain,
        }
    }

    /// Returns the JSON type of the value.
    fn kind(self) -> &'static str {
        match self.text.as_bytes().first() {
            _ if self.presence == Presence::Missing => "nothing",
            Some(b'"') => "string",
            Some(b'{') => "object",
            Some(b'[') => "array",
            Some(b't' | b'f') => "boolean",
            Some(b'n') => "null",
            _ => "number",
        }
    }

    /// Records that the value is converted.
    fn converts_to(self, expected: &'static str) {
        deviation::deviates(expected, self.kind());
    }

    /// Returns whether the value is replaced by an empty one.
    pub(super) fn is_blank(self) -> bool {
        self.presence != Presence::Plain && self.text == "null"
    }

    fn strict(self) -> serde_json::Deserializer<serde_json::de::StrRead<'de>> {
        serde_json::Deserializer::from_str(self.text)
    }

    /// Decodes a string. A lone surrogate is not a character and becomes U+FFFD.
    fn string(self) -> Result<Cow<'de, str>, Error> {
        let read = |text: &str| serde_json::from_str::<String>(text).map(Cow::Owned);
        let inner = self.text.get(1..self.text.len().saturating_sub(1));
        match inner {
            Some(inner) if !inner.contains(['\\', '"']) && !inner.contains(char::is_control) => {
                Ok(Cow::Borrowed(inner))
            }
            _ => read(self.text).or_else(|error| match without_lone_surrogates(self.text) {
                Some(text) => {
                    deviation::deviates("string", "half of a surrogate pair");
                    read(&text)
                }
                None => Err(error),
            }),
        }
    }

    /// Returns the text of a scalar of another JSON type than the expected one.
    fn scalar(self) -> Option<Cow<'de, str>> {
        match self.kind() {
            "string" => self.string().ok(),
            "number" | "boolean" => Some(Cow::Borrowed(self.text)),
            _ => None,
        }
    }

    /// Returns the object of a list that contains nothing else.
    fn only_object(self) -> Option<Self> {
        let is_list = self.kind() == "array";
        let items: Vec<&'de RawValue> = is_list.then(|| serde_json::from_str(self.text).ok())??;
        match items[..] {
            [only] => Some(Node::of(only.get())).filter(|only| only.kind() == "object"),
            _ => None,
        }
    }
}

/// Replaces each escape of a lone surrogate by that of U+FFFD. Returns `None` if there is none.
fn without_lone_surrogates(text: &str) -> Option<String> {
    let unit = |at: usize| {
        let escape = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(escape, 16).ok()
    };
    let mut fixed = String::with_capacity(text.len());
    let mut changed = false;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (length, is_lone) = match (unit(at), unit(at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (12, false),
            (Some(0xd800..=0xdfff), _) => (6, true),
            _ if rest.starts_with('\\') => (1 + rest[1..].chars().next()?.len_utf8(), false),
            _ => (rest.chars().next()?.len_utf8(), false),
        };
        fixed.push_str(if is_lone { "\\ufffd" } else { &rest[..length] });
        changed |= is_lone;
        at += length;
    }
    changed.then_some(fixed)
}

/// Parses a number that is an integer, or a float without a fraction.
fn integer(text: &str) -> Option<i128> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let float = || text.parse().ok().filter(|it: &f64| it.abs() <= EXACT);
    let whole = || float().filter(|it| it.fract() == 0.0);
    text.parse().ok().or_else(|| whole().map(|it| it as i128))
}

/// Methods for integer types.
macro_rules! integers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let number = match self.kind() {
                "null" | "nothing" if self.is_blank() => Some(0),
                "number" | "string" => self.scalar().and_then(|text| integer(&text)),
                _ => None,
            };
            let Some(number) = number else {
                return self.strict().$method(visitor);
            };
            // `5.0` is an integer in JSON.
            if self.kind() != "number" {
                self.converts_to("integer");
            }
            match (i64::try_from(number), u64::try_from(number)) {
                (Ok(number), _) => visitor.visit_i64(number),
                (_, Ok(number)) => visitor.visit_u64(number),
                _ => visitor.visit_i128(number),
            }
        }
    )*};
}

/// Methods for types without conversions.
macro_rules! strictly {
    ($($method:ident($($argument:ident: $ty:ty),*))*) => {$(
        fn $method<V: Visitor<'de>>(self, $($argument: $ty,)* visitor: V) -> Result<V::Value, Error> {
            self.strict().$method($($argument,)* visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_blank() {
            self.converts_to("value");
        }
        match self.kind() {
            "string" => match self.string()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            "object" => visitor.visit_map(Properties::of(self.text, &[])?),
            "array" => visitor.visit_seq(Items::of(self.text)?),
            _ => self.strict().deserialize_any(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let value = match (self.kind(), self.scalar().as_deref()) {
            ("null" | "nothing", _) if self.is_blank() => Some(false),
            ("number", Some("1")) | ("string", Some("true" | "True")) => Some(true),
            ("number", Some("0")) | ("string", Some("false" | "False")) => Some(false),
            _ => None,
        };
        let Some(value) = value else {
            return self.strict().deserialize_bool(visitor);
        };
        self.converts_to("boolean");
        visitor.visit_bool(value)
    }

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let number = match self.kind() {
            "null" | "nothing" if self.is_blank() => Some(0.0),
            // Rust parses more numbers than JSON allows, such as `inf`.
            "string" => self
                .scalar()
                .filter(|text| serde_json::from_str::<f64>(text).is_ok())
                .and_then(|text| text.parse::<f64>().ok()),
            _ => None,
        };
        let Some(number) = number else {
            return self.strict().deserialize_f64(visitor);
        };
        self.converts_to("number");
        visitor.visit_f64(number)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let text = match self.kind() {
            "null" | "nothing" if self.is_blank() => Some(Cow::Borrowed("")),
            // If the description has a string for a free-form value, its JSON text loses nothing.
            "object" | "array" => Some(Cow::Borrowed(self.text)),
            _ => self.scalar(),
        };
        let Some(text) = text else {
            return self.strict().deserialize_str(visitor);
        };
        if self.kind() != "string" {
            self.converts_to("string");
        }
        match text {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.text {
            "null" => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.kind() {
            "array" => return visitor.visit_seq(Items::of(self.text)?),
            "null" | "nothing" if self.is_blank() => {
                self.converts_to("array");
                return visitor.visit_seq(Items::default());
            }
            _ => {}
        }
        // A null or an empty string more likely means no item than one item.
        if matches!(self.text, "null" | "\"\"") {
            return self.strict().deserialize_seq(visitor);
        }
        self.converts_to("array");
        visitor.visit_seq(Only(Some(self)))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_struct("", &[], visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        required: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        // Languages that represent an empty map as an empty list write it as one.
        let is_empty_list = self.kind() == "array" && self.text[1..].trim_start() == "]";
        if self.kind() == "object" {
            return visitor.visit_map(Properties::of(self.text, required)?);
        }
        if let Some(only) = self.only_object() {
            self.converts_to("object");
            let read = || visitor.visit_map(Properties::of(only.text, required)?);
            let item = deviation::enter(Step::Index(0), read);
            return item.unwrap_or_else(|| Err(Error::custom(TOO_DEEP)));
        }
        if !self.is_blank() && !is_empty_list {
            return self.strict().deserialize_map(visitor);
        }
        self.converts_to("object");
        let made_up = deviation::make_up(|| visitor.visit_map(Properties::of("{}", required)?));
        made_up.unwrap_or_else(|| Err(Error::custom("its type contains itself without end")))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    /// serde_json requests a [`RawValue`] in this way. Decimals and unions use it.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.is_blank() {
            self.converts_to("value");
        }
        self.strict().deserialize_newtype_struct(name, visitor)
    }

    strictly! {
        deserialize_char()
        deserialize_bytes()
        deserialize_byte_buf()
        deserialize_unit()
        deserialize_identifier()
        deserialize_unit_struct(name: &'static str)
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }

    /// A list that is shorter than the tuple gets empty values at its end.
    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.kind() {
            "array" => visitor.visit_seq(Items::of(self.text)?.filled_to(length)),
            _ => self.strict().deserialize_seq(visitor),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_tuple(length, visitor)
    }
}
