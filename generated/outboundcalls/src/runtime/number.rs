//! How numbers are read and written.
//!
//! To JSON, `5` and `5.0` are one number, and programs in languages without integers write either.

use std::{any::type_name, collections::BTreeMap, fmt, io, marker::PhantomData};

use serde_core::{
    Deserialize, Deserializer, Serialize,
    de::{Error, Unexpected, Visitor},
};
use serde_json::ser::{Formatter, Serializer};

use super::{finite::Finite, json_path};

/// An integer of the machine, or a list or map of such: what [`Whole`] reads.
pub(crate) trait Integer: Sized {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// An integer, which may be written as `5.0` or `5e0`; each of them, where there are several.
pub(super) struct Whole<T>(pub(super) T);

impl<'de, T: Integer> Deserialize<'de> for Whole<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

macro_rules! integer {
    ($($name:ident)*) => {$(
        impl Integer for $name {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_i64(WholeVisitor(PhantomData))
            }
        }
    )*};
}

integer!(i8 i16 i32 i64 u8 u16 u32 u64);

impl<T: Integer> Integer for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Option::<Whole<T>>::deserialize(deserializer)?;
        Ok(number.map(|Whole(number)| number))
    }
}

impl<T: Integer> Integer for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let numbers = Vec::<Whole<T>>::deserialize(deserializer)?;
        Ok(numbers.into_iter().map(|Whole(number)| number).collect())
    }
}

impl<T: Integer> Integer for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let numbers = BTreeMap::<String, Whole<T>>::deserialize(deserializer)?;
        let bare = |(name, Whole(number))| (name, number);
        Ok(numbers.into_iter().map(bare).collect())
    }
}

struct WholeVisitor<T>(PhantomData<T>);

impl<T: TryFrom<i64> + TryFrom<u64>> Visitor<'_> for WholeVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(type_name::<T>())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        match whole(number) {
            Some(number) => self.visit_i64(number),
            None => Err(E::invalid_type(Unexpected::Float(number), &self)),
        }
    }
}

/// The integer that a number is, where floats hold every integer of its size.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let negative_zero = number == 0.0 && number.is_sign_negative();
    let exact = number.fract() == 0.0 && number.abs() <= EXACT && !negative_zero;
    exact.then_some(number as i64)
}

/// A number as text, for a form.
pub(crate) fn text(number: &serde_json::Number) -> String {
    let float = number.as_f64().filter(|_| number.is_f64());
    match float.and_then(whole) {
        Some(whole) => whole.to_string(),
        None => number.to_string(),
    }
}

/// Writes JSON with whole floats as integers: `5` and not `5.0`, which servers that want an integer
/// may refuse even where they are described to take any number.
///
/// NaN and infinity are an error, whose text has their place.
pub(crate) fn to_vec<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(128);
    let mut serializer = Serializer::with_formatter(&mut bytes, WholeFloats);
    match Finite(value).serialize(&mut serializer) {
        Ok(()) => Ok(bytes),
        Err(error) => {
            // What was written so far leads to the value that cannot be.
            let path = json_path::path(&bytes, bytes.len());
            let message = format_args!("{error}, at {path}");
            Err(serde_core::ser::Error::custom(message))
        }
    }
}

/// The same as a value.
pub(crate) fn to_value<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<serde_json::Value> {
    Finite(value).serialize(serde_json::value::Serializer)
}

/// The same as text.
pub(super) fn to_string<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    String::from_utf8(to_vec(value)?).map_err(serde_core::ser::Error::custom)
}

struct WholeFloats;

impl Formatter for WholeFloats {
    fn write_f64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        match whole(value) {
            Some(whole) => self.write_i64(writer, whole),
            None => serde_json::ser::CompactFormatter.write_f64(writer, value),
        }
    }
}
