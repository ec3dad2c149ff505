//! How much a finding weighs for one user: what is not to be told, and what is not to be let pass.

use super::{Diagnostics, Severity};

/// What the user said of codes and severities.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    allowed: Vec<String>,
    denied: Vec<Denied>,
}

/// What is taken as an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denied {
    Warnings,
    Notes,
    Code(String),
}

impl Levels {
    /// Findings of the `allowed` codes are left out, those `denied` become errors.
    pub fn new(allowed: Vec<String>, denied: Vec<Denied>) -> Self {
        Levels { allowed, denied }
    }

    /// The findings by these levels.
    ///
    /// Errors stay, whatever is allowed: nothing was generated because of them.
    pub fn apply(&self, found: Diagnostics) -> Diagnostics {
        let (list, keys) = found.into_parts();
        let mut applied = Diagnostics {
            keys,
            ..Diagnostics::default()
        };
        for mut diagnostic in list {
            let allowed = self.allowed.iter().any(|code| code == diagnostic.code);
            if allowed && diagnostic.severity < Severity::Error {
                continue;
            }
            let denied = self.denied.iter().any(|denied| match denied {
                Denied::Warnings => diagnostic.severity == Severity::Warning,
                Denied::Notes => diagnostic.severity == Severity::Note,
                Denied::Code(code) => code == diagnostic.code,
            });
            if denied {
                diagnostic.severity = Severity::Error;
            }
            applied.push(diagnostic);
        }
        applied
    }
}
