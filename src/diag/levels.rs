//! Applies `--allow` and `--deny` to diagnostics.

use super::{Diagnostics, Severity};

/// The codes to suppress, and those to turn into errors.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    allowed: Vec<String>,
    denied: Vec<Denied>,
}

/// The diagnostics to turn into errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denied {
    Warnings,
    Notes,
    Code(String),
}

impl Levels {
    /// Creates levels. Diagnostics of `allowed` codes are suppressed, `denied` ones become errors.
    pub fn new(allowed: Vec<String>, denied: Vec<Denied>) -> Self {
        Levels { allowed, denied }
    }

    /// Applies the levels. Errors are never suppressed, because they prevented generation.
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
