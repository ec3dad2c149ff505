//! Keys of one configuration for several documents: each names something in one of them.

use super::{Diagnostic, Diagnostics, Place};
use std::collections::HashSet;

/// Which keys of the configuration the documents have an answer for.
#[derive(Debug, Default)]
pub struct Keys {
    answered: HashSet<Place>,
    unanswered: Vec<Diagnostic>,
}

impl Keys {
    pub(super) fn answer(&mut self, key: &Place) {
        self.answered.insert(key.clone());
    }

    pub(super) fn push(&mut self, finding: Diagnostic) {
        self.unanswered.push(finding);
    }

    /// Adds what was found with another document.
    pub fn extend(&mut self, other: Keys) {
        self.answered.extend(other.answered);
        self.unanswered.extend(other.unanswered);
    }

    /// The findings about keys that no document has an answer for.
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
