//! JSON, with the members of a finding.

use super::{Count, Finding, Findings};
use serde::Serialize;

/// The findings in their order, and how often each code was found.
pub fn report(findings: &Findings) -> String {
    let report = Report {
        findings: findings.iter().collect(),
        counts: findings.counts(),
    };
    // Maps with string keys always serialise.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct Report<'a> {
    findings: Vec<&'a Finding>,
    counts: Vec<Count>,
}
