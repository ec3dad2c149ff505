//! Places in the configuration.

use std::fmt;
use std::ops::Deref;

/// Where the user says something: a file, or a place in it.
///
/// It is no part of what is said: `Debug` leaves it out, of which the lock file has a hash. A file that
/// is named in another way, or has one more line, says the same.
#[derive(Clone, PartialEq, Eq)]
pub struct At(pub String);

impl Deref for At {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("At")
    }
}
