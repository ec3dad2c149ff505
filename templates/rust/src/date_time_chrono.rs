//! Times with a date (`format: date-time`), for the crate `chrono`.

use std::{cmp::Ordering, fmt, hash, str::FromStr};

use chrono::{FixedOffset, ParseError, SecondsFormat, Utc};
use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

/// A point in time that keeps its original text.
///
/// [`moment`](Self::moment) returns the [`chrono::DateTime`]. Values are compared by it: `09:30Z` and
/// `11:30+02:00` are equal. A value that was decoded is sent back with its original text, so no digit of its
/// fraction is lost.
///
/// Parsing accepts RFC 3339 and common variants: a space for the `T`, lower-case letters, no seconds, or no
/// offset, which then means UTC.
#[derive(Clone, Default)]
pub struct DateTime {
    moment: chrono::DateTime<FixedOffset>,
    /// The original text, if it differs from the text of the moment.
    written: Option<Box<str>>,
}

impl DateTime {
    /// Returns the point in time, with its offset from UTC.
    #[must_use]
    pub fn moment(&self) -> chrono::DateTime<FixedOffset> {
        self.moment
    }
}

impl From<chrono::DateTime<FixedOffset>> for DateTime {
    fn from(moment: chrono::DateTime<FixedOffset>) -> Self {
        Self {
            moment,
            written: None,
        }
    }
}

impl From<chrono::DateTime<Utc>> for DateTime {
    fn from(moment: chrono::DateTime<Utc>) -> Self {
        moment.fixed_offset().into()
    }
}

impl From<DateTime> for chrono::DateTime<FixedOffset> {
    fn from(value: DateTime) -> Self {
        value.moment
    }
}

impl FromStr for DateTime {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let moment =
            chrono::DateTime::parse_from_rfc3339(text).or_else(|error| read(text).ok_or(error))?;
        let written = (plain(&moment) != text).then(|| text.into());
        Ok(Self { moment, written })
    }
}

/// Returns the moment in the form of RFC 3339.
fn plain(moment: &chrono::DateTime<FixedOffset>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Parses a point in time that deviates from RFC 3339.
fn read(text: &str) -> Option<chrono::DateTime<FixedOffset>> {
    let (date, time) = (text.get(..10)?, text.get(11..)?);
    let offset = time.rfind(['+', '-', 'Z', 'z']).unwrap_or(time.len());
    let (time, offset) = time.split_at(offset);
    let seconds = if time.len() == 5 { ":00" } else { "" };
    let offset = if offset.is_empty() { "Z" } else { offset };
    let text = format!("{date}T{time}{seconds}{offset}");
    chrono::DateTime::parse_from_rfc3339(&text).ok()
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.moment == other.moment
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.moment.cmp(&other.moment)
    }
}

impl hash::Hash for DateTime {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.moment.hash(state);
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.written {
            Some(text) => f.write_str(text),
            None => f.write_str(&plain(&self.moment)),
        }
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(DateTimeVisitor)
    }
}

struct DateTimeVisitor;

impl Visitor<'_> for DateTimeVisitor {
    type Value = DateTime;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date and time")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<DateTime, E> {
        text.parse()
            .map_err(|error| E::custom(format_args!("{text:?} is not a date and time: {error}")))
    }
}
