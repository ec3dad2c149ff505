//! Renders diagnostics: for people with source lines, for editors, GitHub annotations, JSON, SARIF, and overlays.

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

pub use counts::CodeCount;
pub use findings::{Finding, Findings};
pub use location::ResolvedLocation;

use crate::diag::{Diagnostics, Severity};
use crate::source::Sources;
use crate::tree::Tree;

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    /// With source lines, for people.
    Human(Style),
    /// One line each, in the format of compilers, which editors parse.
    Short,
    /// JSON, for programs.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// SARIF 2.1.0.
    Sarif,
    /// An overlay that fixes the document.
    Overlay,
}

/// The style of a report for people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    pub color: bool,
    /// Whether to shorten the report beside another result: no notes, and only the first few of a code with more than
    /// [`MANY`] findings.
    pub brief: bool,
}

/// The number of similar findings above which only the first few are shown. Similar ones have the same code, and in a
/// full report also the same message.
pub const MANY: usize = 20;
/// The number of findings that are shown then.
const FEW: usize = 3;

impl Style {
    fn includes(self, severity: Severity) -> bool {
        !self.brief || severity > Severity::Note
    }

    /// Returns whether the nth finding of a code may be shown, before similar ones are counted.
    fn shows(self, severity: Severity, nth: usize) -> bool {
        self.includes(severity) && (!self.brief || nth <= MANY)
    }
}

/// Renders the diagnostics of one document with source lines and a summary.
pub fn human(diagnostics: &Diagnostics, sources: &Sources, tree: &Tree, style: Style) -> String {
    Findings::of(ReportFormat::Human(style), diagnostics, sources, tree).text()
}

/// Renders the diagnostics of one document as lines: `path:line:col: severity[code]: message`.
pub fn short(diagnostics: &Diagnostics, sources: &Sources, tree: &Tree) -> String {
    Findings::of(ReportFormat::Short, diagnostics, sources, tree).text()
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
