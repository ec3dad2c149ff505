//! Open enums: the values that the API lists, and one variant that keeps every other value.
//!
//! Enums are compared and hashed by their value on the wire. Derived code would do the same, but takes longer
//! to compile for each enum of an API.

use std::{fmt, marker::PhantomData};

use serde_core::{Deserialize, Deserializer, de::Visitor};
use serde_json::Value;

use super::{integer::LenientInteger, union_trials};

/// Declares an enum of strings.
///
/// A variant has a doc comment if it says more than its value.
macro_rules! text_enum {
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $($(#[$docs:meta])+ $variant:ident = $text:literal,)*
            _ = $rest:ident(String),
        }
    ) => {
        $(#[$about])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$docs])+ $variant,)*
            /// Any other string. It is kept, and sent unchanged.
            $rest(String),
        }

        impl $name {
            /// The values that the API documents.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the value on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::$rest(text) => text,
                }
            }
        }

        impl<T: ::std::convert::AsRef<str>> ::std::convert::From<T> for $name {
            fn from(text: T) -> Self {
                match text.as_ref() {
                    $($text => Self::$variant,)*
                    text => Self::$rest(::std::borrow::ToOwned::to_owned(text)),
                }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(Self::from(text))
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        $crate::runtime::enumeration::common_impls! { $name, as_str, text, $rest }
    };
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $($variant:ident = $text:literal,)*
            _ = $rest:ident(String),
        }
    ) => {
        $crate::runtime::enumeration::text_enum! {
            $(#[$about])*
            pub enum $name {
                $(
                    #[doc = concat!("`\"", $text, "\"` on the wire.")]
                    $variant = $text,
                )*
                _ = $rest(String),
            }
        }
    };
}

/// Declares an enum of integers, as [`text_enum`] does for strings.
macro_rules! integer_enum {
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $($(#[$docs:meta])+ $variant:ident = $number:literal,)*
            _ = $rest:ident(i64),
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$docs])+ $variant,)*
            /// Any other number. It is kept, and sent unchanged.
            $rest(i64),
        }

        impl $name {
            /// The values that the API documents.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the value on the wire.
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $number,)*
                    Self::$rest(number) => *number,
                }
            }
        }

        impl ::std::convert::From<i64> for $name {
            fn from(number: i64) -> Self {
                match number {
                    $($number => Self::$variant,)*
                    number => Self::$rest(number),
                }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::num::ParseIntError;

            fn from_str(text: &str) -> ::std::result::Result<Self, ::std::num::ParseIntError> {
                ::std::result::Result::map(text.parse::<i64>(), Self::from)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        $crate::runtime::enumeration::common_impls! { $name, as_i64, integer, $rest }
    };
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $($variant:ident = $number:literal,)*
            _ = $rest:ident(i64),
        }
    ) => {
        $crate::runtime::enumeration::integer_enum! {
            $(#[$about])*
            pub enum $name {
                $(
                    #[doc = concat!("`", $number, "` on the wire.")]
                    $variant = $number,
                )*
                _ = $rest(i64),
            }
        }
    };
}

/// Declares an enum of strings, numbers and booleans, as [`text_enum`] does for strings.
macro_rules! value_enum {
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $($(#[$docs:meta])+ $variant:ident = $value:literal,)*
            _ = $rest:ident(serde_json::Value),
        }
    ) => {
        $(#[$about])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$docs])+ $variant,)*
            /// Any other value. It is kept, and sent unchanged.
            $rest(::serde_json::Value),
        }

        impl $name {
            /// The values that the API documents.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the value on the wire.
            #[must_use]
            pub fn as_value(&self) -> ::serde_json::Value {
                match self {
                    $(Self::$variant => ::serde_json::Value::from($value),)*
                    Self::$rest(value) => ::std::clone::Clone::clone(value),
                }
            }
        }

        impl ::std::convert::From<::serde_json::Value> for $name {
            fn from(value: ::serde_json::Value) -> Self {
                $(if value == $value {
                    return Self::$variant;
                })*
                Self::$rest(value)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self.as_value() {
                    ::serde_json::Value::String(text) => f.write_str(&text),
                    value => ::std::fmt::Display::fmt(&value, f),
                }
            }
        }

        $crate::runtime::enumeration::common_impls! { $name, as_value, value, $rest }
    };
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $($variant:ident = $value:literal,)*
            _ = $rest:ident(serde_json::Value),
        }
    ) => {
        $crate::runtime::enumeration::value_enum! {
            $(#[$about])*
            pub enum $name {
                $(
                    #[doc = concat!("`", stringify!($value), "` on the wire.")]
                    $variant = $value,
                )*
                _ = $rest(serde_json::Value),
            }
        }
    };
}

/// Implements what depends on the value of an enum. `$value` is the method that returns it, and `$read` is
/// the function below that decodes the enum.
macro_rules! common_impls {
    ($name:ident, $value:ident, $read:ident, $rest:ident) => {
        impl $crate::runtime::enumeration::Open for $name {
            fn is_listed(&self) -> bool {
                !::std::matches!(self, Self::$rest(_))
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.$value(), f)
            }
        }

        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.$value() == other.$value()
            }
        }

        impl ::std::cmp::Eq for $name {}

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::hash::Hash::hash(&self.$value(), state);
            }
        }

        impl ::serde_core::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: ::serde_core::Serializer,
            {
                ::serde_core::Serialize::serialize(&self.$value(), serializer)
            }
        }

        impl<'de> ::serde_core::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
            where
                D: ::serde_core::Deserializer<'de>,
            {
                $crate::runtime::enumeration::$read(deserializer)
            }
        }
    };
}

pub(crate) use {common_impls, integer_enum, text_enum, value_enum};

/// An enum that keeps values that the API does not list.
pub(crate) trait Open {
    fn is_listed(&self) -> bool;
}

/// Records an unlisted value, for unions that look for a better branch.
fn checked<T: Open>(value: T) -> T {
    if !value.is_listed() {
        union_trials::is_unfit();
    }
    value
}

/// Decodes a string.
pub(crate) fn text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> From<&'a str> + Open,
    D: Deserializer<'de>,
{
    deserializer
        .deserialize_str(TextVisitor(PhantomData))
        .map(checked)
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: for<'a> From<&'a str>> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }
}

/// Decodes an integer.
pub(crate) fn integer<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: From<i64> + Open,
    D: Deserializer<'de>,
{
    LenientInteger::deserialize(deserializer)
        .map(|LenientInteger::<i64>(number)| checked(T::from(number)))
}

/// Decodes any value.
pub(crate) fn value<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: From<Value> + Open,
    D: Deserializer<'de>,
{
    Value::deserialize(deserializer).map(|value| checked(T::from(value)))
}
