//! Diagnostics as text for people; in files of their own as lines for editors, as annotations of
//! GitHub, as JSON and as SARIF for tools.

mod counts;
mod excerpt;
mod findings;
mod github;
mod human;
mod json;
mod location;
mod overlay;
mod sarif;
mod short;

pub use counts::Count;
pub use findings::{Finding, Findings};
pub use location::Spot;

use crate::diag::{Diagnostics, Severity};
use crate::source::Sources;
use crate::tree::Tree;

/// A form of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// With source lines, for people.
    Human(Style),
    /// A line each, as compilers write them and editors read them.
    Short,
    /// For programs.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// SARIF 2.1.0.
    Sarif,
    /// The changes of the document that mend what was found.
    Overlay,
}

/// How the list is shown to a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    pub color: bool,
    /// Only what matters beside a result: no notes, and of a code that was found more often than
    /// [`MANY`] times the first few.
    pub brief: bool,
}

/// More findings of one code than this are cut short in the brief style; in the other, more that also say the
/// same.
pub const MANY: usize = 20;
/// How many are shown then.
const FEW: usize = 3;

impl Style {
    fn tells_of(self, severity: Severity) -> bool {
        !self.brief || severity > Severity::Note
    }

    /// Whether the nth finding of a code may have to be shown: there may be too many of them.
    fn shows(self, severity: Severity, nth: usize) -> bool {
        self.tells_of(severity) && (!self.brief || nth <= MANY)
    }
}

/// Every diagnostic of one document with its source lines, and at the end how much was found of what.
pub fn human(diagnostics: &Diagnostics, sources: &Sources, tree: &Tree, style: Style) -> String {
    Findings::of(Form::Human(style), diagnostics, sources, tree).text()
}

/// One line a diagnostic of one document: `path:line:col: severity[code]: message`.
pub fn short(diagnostics: &Diagnostics, sources: &Sources, tree: &Tree) -> String {
    Findings::of(Form::Short, diagnostics, sources, tree).text()
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

#[cfg(test)]
mod tests;
