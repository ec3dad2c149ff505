//! The date type of the crate `jiff`, which this crate's own date type wraps.

pub use jiff::{Error as ParseError, civil::Date as Day};

/// 1970-01-01.
pub(crate) fn epoch() -> Day {
    jiff::civil::date(1970, 1, 1)
}

pub(crate) fn parse(text: &str) -> Result<Day, ParseError> {
    text.parse()
}
