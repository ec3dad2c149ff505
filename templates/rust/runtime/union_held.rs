//! The parts of a union's value that are held in memory until its branch is known.

use std::{borrow::Cow, vec};

use serde_core::{
    Deserializer,
    de::value::BorrowedStrDeserializer,
    de::{DeserializeSeed, Error as _, IntoDeserializer, MapAccess, Visitor},
};
use serde_json::{Error, Value};

use super::json::Key;

/// An object that was read up to its tag.
pub(super) struct Replay<'de, A> {
    /// The properties before the tag; usually none.
    before: vec::IntoIter<(Cow<'de, str>, Value)>,
    name: &'static str,
    tag: Option<Value>,
    /// The value of the held property whose name was returned last.
    value: Option<Value>,
    rest: A,
}

impl<'de, A: MapAccess<'de>> Replay<'de, A> {
    /// Reads to the property with this name, or to the end if there is none.
    pub(super) fn read_to(name: &'static str, mut rest: A) -> Result<Self, A::Error> {
        let mut before = Vec::new();
        let mut tag = None;
        while let Some(key) = rest.next_key_seed(Key)? {
            if key == name {
                tag = Some(rest.next_value()?);
                break;
            }
            before.push((key, rest.next_value()?));
        }
        Ok(Self {
            before: before.into_iter(),
            name,
            tag,
            value: None,
            rest,
        })
    }

    pub(super) fn tag(&self) -> Option<&Value> {
        self.tag.as_ref()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Replay<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error>
    where
        K: DeserializeSeed<'de>,
    {
        if let Some((key, value)) = self.before.next() {
            self.value = Some(value);
            return match key {
                Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
                Cow::Owned(key) => seed.deserialize(key.into_deserializer()),
            }
            .map(Some);
        }
        if self.tag.is_some() {
            self.value = self.tag.take();
            let name = BorrowedStrDeserializer::new(self.name);
            return seed.deserialize(name).map(Some);
        }
        self.rest.next_key_seed(seed)
    }

    fn next_value_seed<V>(&mut self, seed: V) -> Result<V::Value, A::Error>
    where
        V: DeserializeSeed<'de>,
    {
        match self.value.take() {
            Some(value) => seed.deserialize(value).map_err(A::Error::custom),
            None => self.rest.next_value_seed(seed),
        }
    }
}

/// A value that is neither a list nor an object.
///
/// `Value` decodes it as well, but only with the code for lists and objects of each type.
pub(super) struct Scalar(pub(super) Value);

impl<'de> Deserializer<'de> for Scalar {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(number) => number.deserialize_any(visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Null | Value::Array(_) | Value::Object(_) => visitor.visit_unit(),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    /// serde_json requests a [`RawValue`](serde_json::value::RawValue) in this way.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_newtype_struct(name, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    serde_core::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier
    }
}
