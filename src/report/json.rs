//! Renders findings as JSON.

use super::{CodeCount, Finding, Findings};
use serde::Serialize;

/// Renders the findings in order, and the number of findings of each code.
pub fn report(findings: &Findings) -> String {
    let report = JsonReport {
        findings: findings.iter().collect(),
        counts: findings.counts(),
    };
    // Serializing maps with string keys cannot fail.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct JsonReport<'a> {
    findings: Vec<&'a Finding>,
    counts: Vec<CodeCount>,
}
