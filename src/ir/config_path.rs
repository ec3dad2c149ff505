//! Positions in the configuration file.

use crate::tree::location::Location;

/// The position of a setting in the configuration file.
///
/// Structs that contain one skip it in serde, so that the lock file's hash of the options does not change if the
/// configuration file moves or gets another line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigPosition(pub Location);
