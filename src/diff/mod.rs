//! What a changed description changes for those who call the generated crate.
//!
//! Two surfaces are compared: everything that a caller can name, with the type that the crate
//! gives it and what goes over the wire. What has no other name and no other type is no change, whatever
//! the description calls it.

mod compare;
mod fingerprint;
mod matching;
mod name_overrides;
mod operations;
pub mod report;
mod surface;
mod types;

pub use name_overrides::{Section, SuggestedName};
pub use surface::{ItemKind, Surface};

use serde::Serialize;

/// What a change is to callers, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Code that calls the crate may not compile any more.
    Breaking,
    /// Code compiles as before, and something else goes over the wire or comes back.
    Silent,
    /// Code does what it did.
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

/// What became of a part of the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
    Deprecated,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub severity: Severity,
    pub way: ChangeKind,
    pub kind: ItemKind,
    /// The part of the crate, as callers name it.
    pub path: String,
    /// What is different: a phrase that goes with the path.
    pub what: String,
    /// How code is to follow; for what breaks it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<CodeHint>,
    /// Lines of the configuration that keep the name; for what has only another one.
    #[serde(rename = "pins", skip_serializing_if = "Vec::is_empty")]
    pub name_overrides: Vec<SuggestedName>,
}

/// Code before and after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeHint {
    pub before: String,
    /// `None` where nothing takes its place.
    pub after: Option<String>,
}

/// The step of the version that changes ask for (<https://doc.rust-lang.org/cargo/reference/semver.html>).
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

/// All changes, the worst first, and of each severity in the order of the crate.
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

    /// The step for a crate of a version 0.x, and for one from 1.0 on.
    pub fn steps(&self) -> (VersionStep, VersionStep) {
        match (self.changes.is_empty(), self.is_breaking()) {
            (true, _) => (VersionStep::None, VersionStep::None),
            (false, true) => (VersionStep::Minor, VersionStep::Major),
            (false, false) => (VersionStep::Patch, VersionStep::Minor),
        }
    }
}
