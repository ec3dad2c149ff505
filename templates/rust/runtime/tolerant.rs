//! Fields whose types are inferred: a value that does not fit is kept unchanged.

use std::{fmt, marker::PhantomData};

use serde_core::{
    Deserialize, Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor,
        value::{Error as ValueError, MapAccessDeserializer, SeqAccessDeserializer},
    },
};
use serde_json::Value;

use super::deviation;

/// The result of decoding a field whose type is inferred.
pub(super) enum Fit<T> {
    Null,
    Fits(T),
    Misfit(Value),
}

/// Decodes any value, and tries to decode it as a `T`.
///
/// A scalar is decoded directly. Only a list or an object is held in memory first.
pub(super) struct Tolerant<T>(pub(super) PhantomData<T>);

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Tolerant<T> {
    type Value = Fit<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fit<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Tries to decode a scalar.
fn scalar<'a, T, V>(value: V) -> Fit<T>
where
    T: DeserializeOwned,
    V: IntoDeserializer<'a, ValueError> + Into<Value> + Copy,
{
    match T::deserialize(value.into_deserializer()) {
        Ok(value) => Fit::Fits(value),
        Err(_) => Fit::Misfit(value.into()),
    }
}

/// Tries to decode a list or an object.
fn buffered<T: DeserializeOwned>(value: Value) -> Fit<T> {
    match deviation::strictly(|| T::deserialize(&value)) {
        Ok(fit) => Fit::Fits(fit),
        Err(_) => Fit::Misfit(value),
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Tolerant<T> {
    type Value = Fit<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Fit<T>, E> {
        Ok(Fit::Null)
    }

    fn visit_none<E>(self) -> Result<Fit<T>, E> {
        Ok(Fit::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fit<T>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Fit<T>, E> {
        Ok(scalar(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Fit<T>, E> {
        Ok(scalar(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Fit<T>, E> {
        Ok(scalar(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Fit<T>, E> {
        Ok(scalar(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Fit<T>, E> {
        Ok(scalar(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Fit<T>, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(items)).map(buffered)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Fit<T>, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(members)).map(buffered)
    }
}
