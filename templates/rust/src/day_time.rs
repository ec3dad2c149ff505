//! The date type of the crate `time`, which this crate's own date type wraps.

use time::format_description::well_known::Iso8601;
pub use time::{Date as Day, error::Parse as ParseError};

/// 1970-01-01.
pub(crate) fn epoch() -> Day {
    time::OffsetDateTime::UNIX_EPOCH.date()
}

pub(crate) fn parse(text: &str) -> Result<Day, ParseError> {
    Day::parse(text, &Iso8601::DATE)
}
