//! The date type of the crate `chrono`, which this crate's own date type wraps.

pub use chrono::{NaiveDate as Day, ParseError};

/// 1970-01-01.
pub(crate) fn epoch() -> Day {
    Day::default()
}

pub(crate) fn parse(text: &str) -> Result<Day, ParseError> {
    text.parse()
}
