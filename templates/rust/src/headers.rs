//! Values of response headers, which are texts in the style `simple` (OpenAPI 3.1, "Header Object").

use std::str::FromStr;

use http::HeaderMap;
use serde_core::{
    Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, Error as _, IntoDeserializer, MapAccess, SeqAccess,
        Visitor,
        value::{Error as Misfit, SeqDeserializer},
    },
    forward_to_deserialize_any,
};

use crate::{
    error::{Error, Result},
    runtime::Reply,
};

/// Decodes a required header.
#[allow(dead_code, reason = "an API may have no such header")]
pub(crate) fn required<T: DeserializeOwned>(reply: &Reply, name: &'static str) -> Result<T> {
    match optional(reply, name)? {
        Some(value) => Ok(value),
        None => Err(reply.unreadable_header(name, "it is missing")),
    }
}

/// Decodes an optional header.
#[allow(dead_code, reason = "an API may have no such header")]
pub(crate) fn optional<T: DeserializeOwned>(
    reply: &Reply,
    name: &'static str,
) -> Result<Option<T>> {
    read(reply.headers(), name).map_err(|why| reply.unreadable_header(name, &why))
}

/// Decodes a header of an error.
#[allow(dead_code, reason = "an API may have no such header")]
pub(crate) fn of_error<T: DeserializeOwned>(error: &Error, name: &'static str) -> Option<T> {
    read(error.as_api()?.headers(), name).ok()?
}

/// The form of a header's text, if it is not a value in the style `simple`.
#[allow(dead_code, reason = "an API may have no such header")]
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Json,
    /// An object in that style, with the properties that are not strings.
    Object(&'static [&'static str]),
}

/// Does the same as [`required`], for another form.
#[allow(dead_code, reason = "an API may have no such header")]
pub(crate) fn required_in<T: DeserializeOwned>(
    reply: &Reply,
    name: &'static str,
    form: Form,
) -> Result<T> {
    match optional_in(reply, name, form)? {
        Some(value) => Ok(value),
        None => Err(reply.unreadable_header(name, "it is missing")),
    }
}

/// Does the same as [`optional`], for another form.
#[allow(dead_code, reason = "an API may have no such header")]
pub(crate) fn optional_in<T: DeserializeOwned>(
    reply: &Reply,
    name: &'static str,
    form: Form,
) -> Result<Option<T>> {
    form.read(reply.headers(), name)
        .map_err(|why| reply.unreadable_header(name, &why))
}

/// Does the same as [`of_error`], for another form.
#[allow(dead_code, reason = "an API may have no such header")]
pub(crate) fn of_error_in<T: DeserializeOwned>(
    error: &Error,
    name: &'static str,
    form: Form,
) -> Option<T> {
    form.read(error.as_api()?.headers(), name).ok()?
}

impl Form {
    fn read<T: DeserializeOwned>(
        self,
        headers: &HeaderMap,
        name: &str,
    ) -> Result<Option<T>, String> {
        let Some(text) = read::<String>(headers, name)? else {
            return Ok(None);
        };
        let json = match self {
            Self::Json => text,
            Self::Object(unquoted) => object(&text, unquoted),
        };
        serde_json::from_str(&json)
            .map(Some)
            .map_err(|error| error.to_string())
    }
}

/// Returns the properties of an object as JSON. A property that should not be a string but does not parse
/// stays a string, so that decoding it reports what is wrong.
fn object(text: &str, unquoted: &[&str]) -> String {
    let mut members = serde_json::Map::new();
    let mut items = Items::of(text);
    while let Some((name, text)) = items.member() {
        let bare = Some(text).filter(|_| unquoted.contains(&name));
        let value = bare.and_then(|text| serde_json::from_str(text).ok());
        members.insert(name.to_owned(), value.unwrap_or_else(|| text.into()));
    }
    serde_json::Value::from(members).to_string()
}

/// Decodes a header, if it is there. The error is the reason why it does not decode.
fn read<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Result<Option<T>, String> {
    let mut lines = Vec::new();
    for value in headers.get_all(name) {
        match std::str::from_utf8(value.as_bytes()) {
            Ok(value) => lines.push(value.trim()),
            Err(_) => return Err("it is not UTF-8 text".to_owned()),
        }
    }
    let value = match &lines[..] {
        [] => return Ok(None),
        // Its values contain commas, so its lines must not be joined (RFC 9110, section 5.3).
        lines if name.eq_ignore_ascii_case("set-cookie") => T::deserialize(Lines(lines)),
        lines => T::deserialize(Text(&lines.join(","))),
    };
    value.map(Some).map_err(|error| error.to_string())
}

/// The lines of a header that are not joined: a list has all of them, and a text is the first.
struct Lines<'a>(&'a [&'a str]);

impl<'de> Deserializer<'de> for Lines<'_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_str(self.0.first().unwrap_or(&""))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_seq(SeqDeserializer::new(self.0.iter().map(|line| Text(line))))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A text that is decoded as the requested type.
struct Text<'a>(&'a str);

impl<'de> IntoDeserializer<'de, Misfit> for Text<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl Text<'_> {
    fn parsed<T: FromStr>(&self) -> Result<T, Misfit> {
        let parsed = self.0.trim().parse();
        parsed.map_err(|_| Misfit::custom(format_args!("`{}` does not fit its type", self.0)))
    }
}

/// One method for each type that is parsed from text.
macro_rules! parsed {
    ($($method:ident $visit:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            visitor.$visit(self.parsed()?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Text<'_> {
    type Error = Misfit;

    parsed! {
        deserialize_bool visit_bool
        deserialize_i8 visit_i8
        deserialize_i16 visit_i16
        deserialize_i32 visit_i32
        deserialize_i64 visit_i64
        deserialize_i128 visit_i128
        deserialize_u8 visit_u8
        deserialize_u16 visit_u16
        deserialize_u32 visit_u32
        deserialize_u64 visit_u64
        deserialize_u128 visit_u128
        deserialize_f32 visit_f32
        deserialize_f64 visit_f64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_seq(Items::of(self.0))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_map(Items::of(self.0))
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct tuple tuple_struct struct enum identifier
        ignored_any
    }
}

/// The texts between commas: items, `name,value`, or `name=value`.
struct Items<'a> {
    rest: Option<&'a str>,
    value: Option<&'a str>,
}

impl<'a> Items<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            rest: Some(text).filter(|text| !text.is_empty()),
            value: None,
        }
    }

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let (item, rest) = match end_of_item(rest) {
            Some(end) => (&rest[..end], Some(&rest[end + 1..])),
            None => (rest, None),
        };
        self.rest = rest;
        Some(item.trim())
    }

    /// Returns the next property of an object, with its value.
    fn member(&mut self) -> Option<(&'a str, &'a str)> {
        let item = self.next()?;
        Some(match item.split_once('=') {
            Some(member) => member,
            None => (item, self.next().unwrap_or_default()),
        })
    }
}

/// Returns the position of the first comma outside of a quoted string (RFC 9110, sections 5.6.1 and 5.6.4).
fn end_of_item(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    let mut bytes = text.bytes().enumerate();
    while let Some((index, byte)) = bytes.next() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\\' if is_quoted => drop(bytes.next()),
            b',' if !is_quoted => return Some(index),
            _ => {}
        }
    }
    None
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        let item = self.next();
        item.map(|item| seed.deserialize(Text(item))).transpose()
    }
}

impl<'de> MapAccess<'de> for Items<'_> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misfit> {
        let Some((key, value)) = self.member() else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(Text(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        seed.deserialize(Text(self.value.take().unwrap_or_default()))
    }
}
