//! JSON, with the members of a diagnostic.

use super::counts::{Count, counts};
use super::spot::Spot;
use crate::diag::{Diagnostics, Severity};
use crate::source::Sources;
use crate::tree::Tree;
use serde::Serialize;

/// The findings in their order, and how often each code was found.
pub fn json(diagnostics: &Diagnostics, sources: &Sources, tree: &Tree) -> String {
    let findings = diagnostics
        .iter()
        .map(|diagnostic| Item {
            code: diagnostic.code,
            severity: diagnostic.severity,
            message: &diagnostic.message,
            at: Spot::of(&diagnostic.primary, sources, tree),
            labels: diagnostic
                .secondary
                .iter()
                .map(|label| Spot::of(label, sources, tree))
                .collect(),
            help: diagnostic.help.as_deref(),
            overlay: diagnostic.actions(tree),
        })
        .collect();
    let counts = counts(diagnostics);
    let report = Report { findings, counts };
    // Maps with string keys always serialise.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct Report<'a> {
    findings: Vec<Item<'a>>,
    counts: Vec<Count>,
}

#[derive(Serialize)]
struct Item<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    #[serde(flatten)]
    at: Spot<'a>,
    labels: Vec<Spot<'a>>,
    help: Option<&'a str>,
    /// The actions of an overlay that mends it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    overlay: Vec<serde_json::Value>,
}
