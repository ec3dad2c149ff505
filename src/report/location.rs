//! Resolves the location of a label.

use crate::diag::{Label, Location};
use crate::source::Sources;
use crate::tree::Tree;
use serde::Serialize;

/// The resolved location of a label.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ResolvedLocation {
    pub path: Option<String>,
    pub line: Option<usize>,
    pub column: Option<usize>,
    pub pointer: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
}

impl ResolvedLocation {
    pub(super) fn of(label: &Label, sources: &Sources, tree: &Tree) -> Self {
        let at = sources.place(tree, &label.place);
        let whole = matches!(label.place, Location::File(_));
        let pointer = match label.place {
            Location::Value(id) | Location::Key(id) => Some(tree.node(id).pointer()),
            _ => None,
        };
        let path = match (&at, &label.place) {
            (Some(at), _) => Some(at.path.display().to_string()),
            (None, Location::Path(path)) => Some(path.clone()).filter(|path| !path.is_empty()),
            (None, Location::Line(line)) => Some(line.path.clone()),
            _ => None,
        };
        let at = at.filter(|_| !whole);
        let at = at.map(|at| (at.line, at.column)).or(match &label.place {
            Location::Line(line) => Some((line.number, line.column)),
            _ => None,
        });
        let (line, column) = (at.map(|(line, _)| line), at.map(|(_, column)| column));
        ResolvedLocation {
            path,
            line,
            column,
            pointer,
            label: label.text.clone(),
        }
    }
}
