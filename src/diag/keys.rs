//! Tracks keys of a configuration that is used for several documents: each must have an effect in one of them.

use super::{Diagnostic, Diagnostics, Location};
use std::collections::HashSet;

/// The configuration keys that had an effect, and the findings on those that had none.
#[derive(Debug, Default)]
pub struct ConfigKeys {
    used: HashSet<Location>,
    unused: Vec<Diagnostic>,
}

impl ConfigKeys {
    pub(super) fn mark_used(&mut self, key: &Location) {
        self.used.insert(key.clone());
    }

    pub(super) fn push(&mut self, finding: Diagnostic) {
        self.unused.push(finding);
    }

    /// Adds the results of another document.
    pub fn extend(&mut self, other: ConfigKeys) {
        self.used.extend(other.used);
        self.unused.extend(other.unused);
    }

    /// Returns the findings on keys without effect in any document.
    pub fn findings(self) -> Diagnostics {
        let mut found = Diagnostics::default();
        for finding in self.unused {
            if !self.used.contains(&finding.primary.place) {
                found.push(finding);
            }
        }
        found
    }
}
