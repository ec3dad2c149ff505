//! Unions and inferred fields with numbers that exceed the machine's number types. They are read from text
//! and written as text, because a tree of values would lose digits.

use std::{collections::BTreeMap, marker::PhantomData};

use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeOwned, DeserializeSeed, Error},
    ser::{Error as _, SerializeMap},
};
use serde_json::{Value, value::RawValue};

use super::{
    decode, deviation, lenient_union, number,
    tolerant::Fit,
    union::{self, Union},
};

/// Decodes a union. Implements `Deserialize::deserialize`.
pub(crate) fn read<'de, T: Union, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    if deviation::is_recording() {
        return lenient_union::read(from);
    }
    let raw = Box::<RawValue>::deserialize(from)?;
    // Choosing the branch needs no digits.
    let value: Value = serde_json::from_str(raw.get())
        .map_err(|error| D::Error::custom(decode::placeless(&error)))?;
    union::choose(&value, |branch| {
        let mut text = serde_json::Deserializer::from_str(raw.get());
        T::read(branch, &mut text).map_err(|error| decode::placeless(&error))
    })
}

/// Encodes a branch whose own type may lack the tag.
pub(crate) fn write<T: Serialize, S: Serializer>(
    serializer: S,
    tag: &str,
    name: &str,
    value: &T,
) -> Result<S::Ok, S::Error> {
    let text = number::to_string(value).map_err(S::Error::custom)?;
    let Ok(mut members) = serde_json::from_str::<BTreeMap<String, &RawValue>>(&text) else {
        return value.serialize(serializer);
    };
    let mut map = serializer.serialize_map(None)?;
    if members.get(tag).is_none_or(|value| value.get() == "null") {
        map.serialize_entry(tag, name)?;
        members.remove(tag);
    }
    for (name, value) in &members {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

/// Decodes any value, and tries to decode its text as a `T`.
pub(super) struct Exact<T>(pub(super) PhantomData<T>);

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Exact<T> {
    type Value = Fit<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fit<T>, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        if raw.get() == "null" {
            return Ok(Fit::Null);
        }
        if let Ok(value) = deviation::strictly(|| serde_json::from_str(raw.get())) {
            return Ok(Fit::Fits(value));
        }
        let misfit = serde_json::from_str(raw.get());
        misfit
            .map(Fit::Misfit)
            .map_err(|error| D::Error::custom(decode::placeless(&error)))
    }
}
