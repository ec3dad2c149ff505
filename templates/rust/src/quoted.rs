//! Integers that are strings in JSON.

use std::{
    fmt::{self, Debug, Display},
    marker::PhantomData,
    str::FromStr,
};

use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Unexpected, Visitor},
};

use crate::runtime::is_blank_number;

/// An integer that is a string in JSON, such as `"42"`.
///
/// APIs write 64-bit integers as strings for languages whose numbers are floats, as Protocol Buffers do. In
/// paths, queries and headers it is written as digits. Any integer converts into it.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quoted<T>(pub T);

impl<T> From<T> for Quoted<T> {
    fn from(integer: T) -> Self {
        Self(integer)
    }
}

macro_rules! into_integer {
    ($($integer:ty)*) => {
        $(impl From<Quoted<$integer>> for $integer {
            fn from(quoted: Quoted<$integer>) -> Self {
                quoted.0
            }
        })*
    };
}

into_integer!(i8 i16 i32 i64 u8 u16 u32 u64);

impl<T: PartialEq> PartialEq<T> for Quoted<T> {
    fn eq(&self, other: &T) -> bool {
        self.0 == *other
    }
}

impl<T: FromStr> FromStr for Quoted<T> {
    type Err = T::Err;

    fn from_str(digits: &str) -> Result<Self, T::Err> {
        digits.parse().map(Self)
    }
}

impl<T: Debug> Debug for Quoted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Display> Display for Quoted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Display> Serialize for Quoted<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T: FromStr + Default> Deserialize<'de> for Quoted<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(QuotedVisitor(PhantomData))
    }
}

struct QuotedVisitor<T>(PhantomData<T>);

impl<T: FromStr + Default> Visitor<'_> for QuotedVisitor<T> {
    type Value = Quoted<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer in a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Quoted<T>, E> {
        match text.parse() {
            Ok(integer) => Ok(Quoted(integer)),
            Err(_) if is_blank_number(text) => Ok(Quoted::default()),
            Err(_) => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }
}
