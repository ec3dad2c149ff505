//! Days (`format: date`).
//!
//! The crate `time` reads and writes its own type in several ways, none of which is that of OpenAPI;
//! this file is there only for APIs that have such members.

use std::{fmt, ops::Deref, str::FromStr};

use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};
use time::{error::Parse, format_description::well_known::Iso8601};

/// A day, written like `2025-01-31` (RFC 3339, `full-date`). It is a [`time::Date`], to which it
/// dereferences.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(time::Date);

impl From<time::Date> for Date {
    fn from(date: time::Date) -> Self {
        Self(date)
    }
}

impl From<Date> for time::Date {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl Deref for Date {
    type Target = time::Date;

    fn deref(&self) -> &time::Date {
        &self.0
    }
}

impl Default for Date {
    fn default() -> Self {
        Self(time::OffsetDateTime::UNIX_EPOCH.date())
    }
}

impl FromStr for Date {
    type Err = Parse;

    fn from_str(text: &str) -> Result<Self, Parse> {
        time::Date::parse(text, &Iso8601::DATE).map(Self)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It writes years, months and days by itself in the same way.
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
        text.parse()
            .map_err(|error| E::custom(format_args!("{text:?} is no date: {error}")))
    }
}
