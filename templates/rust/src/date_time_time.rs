//! Times with a date (`format: date-time`), for the crate `time`.

use std::{cmp::Ordering, fmt, hash, str::FromStr};

use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};
use time::{OffsetDateTime, error::Parse, format_description::well_known::Rfc3339};

/// A point in time that keeps its original text.
///
/// [`moment`](Self::moment) returns the [`time::OffsetDateTime`]. Values are compared by it: `09:30Z` and
/// `11:30+02:00` are equal. A value that was decoded is sent back with its original text, so no digit of its
/// fraction is lost.
///
/// Parsing accepts RFC 3339 and common variants: a space for the `T`, lower-case letters, no seconds, or no
/// offset, which then means UTC.
#[derive(Clone)]
pub struct DateTime {
    moment: OffsetDateTime,
    /// The original text, if it differs from the text of the moment.
    written: Option<Box<str>>,
}

impl DateTime {
    /// Returns the point in time, with its offset from UTC.
    #[must_use]
    pub fn moment(&self) -> OffsetDateTime {
        self.moment
    }
}

impl From<OffsetDateTime> for DateTime {
    fn from(moment: OffsetDateTime) -> Self {
        Self {
            moment,
            written: None,
        }
    }
}

impl From<DateTime> for OffsetDateTime {
    fn from(value: DateTime) -> Self {
        value.moment
    }
}

impl Default for DateTime {
    fn default() -> Self {
        OffsetDateTime::UNIX_EPOCH.into()
    }
}

impl FromStr for DateTime {
    type Err = Parse;

    fn from_str(text: &str) -> Result<Self, Parse> {
        let moment =
            OffsetDateTime::parse(text, &Rfc3339).or_else(|error| read(text).ok_or(error))?;
        let written = (plain(&moment) != text).then(|| text.into());
        Ok(Self { moment, written })
    }
}

/// Returns the moment in the form of RFC 3339.
fn plain(moment: &OffsetDateTime) -> String {
    // RFC 3339 has no years after 9999 and no seconds in offsets.
    let text = moment.format(&Rfc3339);
    text.unwrap_or_else(|_| moment.to_string())
}

/// Parses a point in time that deviates from RFC 3339.
fn read(text: &str) -> Option<OffsetDateTime> {
    let (date, time) = (text.get(..10)?, text.get(11..)?);
    let offset = time.rfind(['+', '-', 'Z', 'z']).unwrap_or(time.len());
    let (time, offset) = time.split_at(offset);
    let seconds = if time.len() == 5 { ":00" } else { "" };
    let offset = if offset.is_empty() { "Z" } else { offset };
    let text = format!("{date}T{time}{seconds}{offset}");
    OffsetDateTime::parse(&text, &Rfc3339).ok()
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
