//! Compares two documents by the crates generated from them.
//!
//! A surface is everything that callers can name, with its type and its representation on the wire. A change of
//! the document that affects none of these is not reported.

mod compare;
mod fingerprint;
mod matching;
mod name_overrides;
mod operations;
pub mod report;
mod surface;
mod surface_code;
mod types;

pub use name_overrides::{Section, SuggestedName};
pub use surface::{ItemKind, Surface};

use serde::Serialize;

/// The effect of a change on callers, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Code that uses the crate may not compile.
    Breaking,
    /// Code compiles, but something else is sent or returned.
    Silent,
    /// Code behaves as before.
    Compatible,
}

impl Severity {
    pub const ALL: [Severity; 3] = [Severity::Breaking, Severity::Silent, Severity::Compatible];

    pub fn word(self) -> &'static str {
        match self {
            Severity::Breaking => "breaking",
            Severity::Silent => "silent",
            Severity::Compatible => "compatible",
        }
    }
}

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
    Deprecated,
}

/// A change of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub severity: Severity,
    pub way: ChangeKind,
    pub kind: ItemKind,
    /// The path of the item in callers' code.
    pub path: String,
    /// A phrase that follows the path and describes the change.
    pub what: String,
    /// How to adapt code to a breaking change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<CodeHint>,
    /// Lines of the configuration that keep the name of a renamed item.
    #[serde(rename = "pins", skip_serializing_if = "Vec::is_empty")]
    pub name_overrides: Vec<SuggestedName>,
}

/// Code before and after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeHint {
    pub before: String,
    /// `None` if there is no replacement.
    pub after: Option<String>,
}

/// The version step that changes require (<https://doc.rust-lang.org/cargo/reference/semver.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum VersionStep {
    None,
    Patch,
    Minor,
    Major,
}

impl VersionStep {
    pub fn word(self) -> &'static str {
        match self {
            VersionStep::None => "none",
            VersionStep::Patch => "patch",
            VersionStep::Minor => "minor",
            VersionStep::Major => "major",
        }
    }
}

/// All changes, ordered by severity and then by position in the crate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diff {
    pub changes: Vec<Change>,
}

impl Diff {
    pub fn of(old: &Surface, new: &Surface) -> Self {
        let mut changes = compare::compare(old, new);
        changes.sort_by_key(|change| change.severity);
        Diff { changes }
    }

    pub fn count(&self, severity: Severity) -> usize {
        let changes = self.changes.iter();
        changes.filter(|change| change.severity == severity).count()
    }

    pub fn is_breaking(&self) -> bool {
        self.count(Severity::Breaking) > 0
    }

    /// Returns the steps for a 0.x version, and for one from 1.0 on.
    pub fn steps(&self) -> (VersionStep, VersionStep) {
        match (self.changes.is_empty(), self.is_breaking()) {
            (true, _) => (VersionStep::None, VersionStep::None),
            (false, true) => (VersionStep::Minor, VersionStep::Major),
            (false, false) => (VersionStep::Patch, VersionStep::Minor),
        }
    }
}
