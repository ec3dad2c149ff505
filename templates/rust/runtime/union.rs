//! What the `Deserialize` impls of unions share.

use std::fmt::{self, Write as _};

use serde_core::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error},
};
use serde_json::Value;

/// A value that is one of several types, and what was found out about it so far.
pub(crate) struct Branches {
    value: Value,
    reasons: String,
}

impl Branches {
    /// Reads the value. The body of `Deserialize::deserialize` begins with it.
    pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self {
            value: Value::deserialize(deserializer)?,
            reasons: String::new(),
        })
    }

    /// The text under `name`, which says what type the value has.
    pub(crate) fn tag(&self, name: &str) -> Option<&str> {
        self.value.get(name)?.as_str()
    }

    /// The value as a `T`, if it is one. Why it is not is noted under the branch's name.
    pub(crate) fn fit<T: DeserializeOwned>(&mut self, branch: &str) -> Option<T> {
        match T::deserialize(&self.value) {
            Ok(value) => Some(value),
            Err(error) => {
                let separator = if self.reasons.is_empty() { "" } else { "; " };
                // Writing to a `String` cannot fail.
                let _ = write!(self.reasons, "{separator}as `{branch}`: {error}");
                None
            }
        }
    }

    /// The value as a `T`, which its tag says that it is.
    pub(crate) fn must_fit<T: DeserializeOwned, E: Error>(self, branch: &str) -> Result<T, E> {
        T::deserialize(&self.value)
            .map_err(|error| E::custom(format_args!("as `{branch}`: {error}")))
    }

    /// The value as it is, for the branch that keeps what is not known.
    pub(crate) fn into_value(self) -> Value {
        self.value
    }

    /// The error when no branch fits.
    pub(crate) fn no_fit<E: Error>(self, expected: impl fmt::Display) -> E {
        if self.reasons.is_empty() {
            E::custom(format_args!("expected {expected}"))
        } else {
            E::custom(format_args!("expected {expected} ({})", self.reasons))
        }
    }
}
