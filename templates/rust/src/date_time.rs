//! Times with a date (`format: date-time`), for the crate `jiff`.

use std::{cmp::Ordering, fmt, hash, str::FromStr};

use jiff::{Timestamp, civil, fmt::temporal::Pieces, tz::Offset};
use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

/// A point in time that keeps its original text.
///
/// [`timestamp`](Self::timestamp) returns the [`jiff::Timestamp`]. Values are compared by it: `09:30Z` and
/// `11:30+02:00` are equal. A value that was decoded is sent back with its original text, so its offset and
/// all digits of its fraction are kept.
///
/// Parsing accepts RFC 3339 and common variants: a space for the `T`, lower-case letters, no seconds, or no
/// offset, which then means UTC.
#[derive(Clone, Default)]
pub struct DateTime {
    timestamp: Timestamp,
    /// The original text, if it differs from the text of the timestamp.
    written: Option<Box<str>>,
}

impl DateTime {
    /// Creates a point in time with an offset from UTC.
    #[must_use]
    pub fn with_offset(timestamp: Timestamp, offset: Offset) -> Self {
        let written = timestamp.display_with_offset(offset).to_string();
        Self {
            timestamp,
            written: Some(written.into()),
        }
    }

    /// Returns the point in time.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        self.timestamp
    }

    /// Returns the offset from UTC in the text, if any.
    #[must_use]
    pub fn offset(&self) -> Option<Offset> {
        match &self.written {
            None => Some(Offset::UTC),
            Some(text) => match Pieces::parse(&**text).ok()?.offset()? {
                jiff::fmt::temporal::PiecesOffset::Numeric(offset) => Some(offset.offset()),
                _ => Some(Offset::UTC),
            },
        }
    }
}

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self {
            timestamp,
            written: None,
        }
    }
}

impl From<DateTime> for Timestamp {
    fn from(value: DateTime) -> Self {
        value.timestamp
    }
}

impl FromStr for DateTime {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        let timestamp = read(text)?;
        let same = Timestamp::to_string(&timestamp) == text;
        let written = (!same).then(|| text.into());
        Ok(Self { timestamp, written })
    }
}

/// Parses a point in time. Digits beyond nanoseconds are truncated.
fn read(text: &str) -> Result<Timestamp, jiff::Error> {
    let error = match text.parse() {
        Ok(timestamp) => return Ok(timestamp),
        Err(error) => error,
    };
    if let Ok(local) = text.parse::<civil::DateTime>() {
        return Offset::UTC.to_timestamp(local);
    }
    let Some((before, after)) = text.split_once('.') else {
        return Err(error);
    };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    if digits <= 9 {
        return Err(error);
    }
    read(&format!("{before}.{}{}", &after[..9], &after[digits..]))
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.timestamp == other.timestamp
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
        self.timestamp.cmp(&other.timestamp)
    }
}

impl hash::Hash for DateTime {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.timestamp.hash(state);
    }
}

impl PartialEq<Timestamp> for DateTime {
    fn eq(&self, other: &Timestamp) -> bool {
        self.timestamp == *other
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
            None => fmt::Display::fmt(&self.timestamp, f),
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
