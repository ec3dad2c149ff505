//! The days of the crate `chrono`, on which the crate's own type for dates is built.

pub use chrono::{NaiveDate as Day, ParseError};

/// 1970-01-01.
pub(crate) fn epoch() -> Day {
    Day::default()
}

pub(crate) fn parse(text: &str) -> Result<Day, ParseError> {
    text.parse()
}
