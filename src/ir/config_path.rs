//! Places in the configuration.

use crate::tree::location::Place;
use std::fmt;

/// Where the user says something: a position in the configuration file.
///
/// It is no part of what is said: `Debug` leaves it out, of which the lock file has a hash. A file that
/// is named in another way, or has one more line, says the same.
#[derive(Clone, PartialEq, Eq)]
pub struct At(pub Place);

impl fmt::Debug for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("At")
    }
}
