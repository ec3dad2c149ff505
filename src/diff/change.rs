//! The changes of a surface.

use super::item::{Section, SurfaceItemKind};
use serde::Serialize;

/// The effect of a change on callers, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeSeverity {
    /// Code that uses the crate may not compile.
    Breaking,
    /// Code compiles, but something else is sent or returned.
    Silent,
    /// Code behaves as before.
    Compatible,
}

impl ChangeSeverity {
    pub const ALL: [ChangeSeverity; 3] = [
        ChangeSeverity::Breaking,
        ChangeSeverity::Silent,
        ChangeSeverity::Compatible,
    ];

    pub fn word(self) -> &'static str {
        match self {
            ChangeSeverity::Breaking => "breaking",
            ChangeSeverity::Silent => "silent",
            ChangeSeverity::Compatible => "compatible",
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
    pub severity: ChangeSeverity,
    pub way: ChangeKind,
    pub kind: SurfaceItemKind,
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

/// A line of the configuration that keeps a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SuggestedName {
    pub section: Section,
    /// The key of the item in the new document.
    pub key: String,
    pub name: String,
}
