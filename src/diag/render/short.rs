//! A line a diagnostic, as compilers write them and editors read them.

use super::name;
use super::spot::Spot;
use crate::diag::Diagnostics;
use crate::source::Sources;
use crate::tree::Tree;

/// One line a diagnostic: `path:line:col: severity[code]: message`.
pub fn short(diagnostics: &Diagnostics, sources: &Sources, tree: &Tree) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics.iter() {
        let at = Spot::of(&diagnostic.primary, sources, tree);
        let place = match (&at.path, at.line, at.column) {
            (Some(path), Some(line), Some(column)) => format!("{path}:{line}:{column}: "),
            (Some(path), ..) => format!("{path}: "),
            (None, ..) => String::new(),
        };
        let (severity, code) = (name(diagnostic.severity), diagnostic.code);
        text.push_str(&format!(
            "{place}{severity}[{code}]: {}\n",
            diagnostic.message
        ));
    }
    text
}
