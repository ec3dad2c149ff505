//! Days (`format: date`).
//!
//! The date crates accept other forms too, and drop the time of a date-time, so this module checks the form
//! itself.

use std::{fmt, str::FromStr};

use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

use crate::{
    day::{self, Day, ParseError},
    runtime,
};

/// A day, written like `2025-01-31` (RFC 3339, `full-date`). [`get`](Self::get) returns it as the type of the
/// date crate.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(Day);

impl Date {
    /// Returns the day as the type of the date crate.
    #[must_use]
    pub fn get(self) -> Day {
        self.0
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        Self(day)
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl Default for Date {
    /// 1970-01-01.
    fn default() -> Self {
        Self(day::epoch())
    }
}

impl FromStr for Date {
    type Err = ParseError;

    /// # Errors
    ///
    /// Returns an error if the text is not a day in the form `2025-01-31`.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        // The parsers accept other forms too. They all reject an empty text.
        let text = if is_full_date(text) { text } else { "" };
        day::parse(text).map(Self)
    }
}

fn is_full_date(text: &str) -> bool {
    let is_separator = |index| index == 4 || index == 7;
    let mut bytes = text.bytes().enumerate();
    text.len() == 10
        && bytes.all(|(index, byte)| match is_separator(index) {
            true => byte == b'-',
            false => byte.is_ascii_digit(),
        })
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(DateVisitor)
    }
}

struct DateVisitor;

impl Visitor<'_> for DateVisitor {
    type Value = Date;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Date, E> {
        let day = runtime::date_of(text).unwrap_or(text);
        match day.parse() {
            Ok(date) => Ok(date),
            Err(error) if is_full_date(day) => {
                Err(E::custom(format_args!("{text:?} is not a date: {error}")))
            }
            Err(_) => Err(E::custom(format_args!(
                "{text:?} is not a date like 2025-01-31"
            ))),
        }
    }
}
