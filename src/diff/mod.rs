//! Compares two documents by the crates generated from them.
//!
//! A surface is everything that callers can name, with its type and its representation on the wire. A change of
//! the document that affects none of these is not reported.

mod change;
mod commands;
mod compare;
mod fingerprint;
mod item;
mod matching;
mod name_overrides;
mod operations;
mod phrases;
pub mod report;
mod surface;
mod surface_code;
mod types;

pub use change::{Change, ChangeKind, ChangeSeverity, CodeHint, SuggestedName};
pub use item::{Section, SurfaceItemKind};
pub use surface::Surface;

use serde::Serialize;

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
    /// The names of parameters that moved from operations to the client.
    pub moved_to_client: Vec<String>,
}

impl Diff {
    pub fn of(old: &Surface, new: &Surface) -> Self {
        let mut changes = compare::compare(old, new);
        changes.sort_by_key(|change| change.severity);
        let is_moved = |name: &&String| {
            old.operation_parameters.contains(*name) && !old.client_parameters.contains(name)
        };
        let moved = new.client_parameters.iter().filter(is_moved);
        Diff {
            changes,
            moved_to_client: moved.cloned().collect(),
        }
    }

    pub fn count(&self, severity: ChangeSeverity) -> usize {
        let changes = self.changes.iter();
        changes.filter(|change| change.severity == severity).count()
    }

    pub fn is_breaking(&self) -> bool {
        self.count(ChangeSeverity::Breaking) > 0
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
