//! Tracks keys of a configuration that is used for several documents: each must have an effect in one of them.

use super::{Diagnostic, Diagnostics, Place};
use std::collections::HashSet;

/// The configuration keys that had an effect, and the findings on those that had none.
#[derive(Debug, Default)]
pub struct ConfigKeys {
    answered: HashSet<Place>,
    unanswered: Vec<Diagnostic>,
}

impl ConfigKeys {
    pub(super) fn answer(&mut self, key: &Place) {
        self.answered.insert(key.clone());
    }

    pub(super) fn push(&mut self, finding: Diagnostic) {
        self.unanswered.push(finding);
    }

    /// Adds the results of another document.
    pub fn extend(&mut self, other: ConfigKeys) {
        self.answered.extend(other.answered);
        self.unanswered.extend(other.unanswered);
    }

    /// Returns the findings on keys without effect in any document.
    pub fn findings(self) -> Diagnostics {
        let mut found = Diagnostics::default();
        for finding in self.unanswered {
            if !self.answered.contains(&finding.primary.place) {
                found.push(finding);
            }
        }
        found
    }
}
