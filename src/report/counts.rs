//! Counts findings by code, for the end of a report.

use super::{Findings, Style, name};
use crate::diag::{Severity, explain};
use indexmap::IndexMap;
use serde::Serialize;

/// The number of findings of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CodeCount {
    pub code: &'static str,
    pub severity: Severity,
    /// The title of the code's page.
    pub title: &'static str,
    pub count: usize,
}

/// Returns the counts of all codes, by severity and then by count, highest first.
pub fn counts(findings: &Findings) -> Vec<CodeCount> {
    let mut counts: IndexMap<&str, CodeCount> = IndexMap::new();
    for found in findings.iter() {
        let none = CodeCount {
            code: found.code,
            severity: found.severity,
            title: explain::title(found.code).unwrap_or_default(),
            count: 0,
        };
        counts.entry(found.code).or_insert(none).count += 1;
    }
    let mut counts: Vec<CodeCount> = counts.into_values().collect();
    counts.sort_by_key(|of| (std::cmp::Reverse((of.severity, of.count)), of.code));
    counts
}

/// Returns a summary such as `2 errors, 3 warnings`, or an empty string.
pub fn summary(findings: &Findings) -> String {
    let part = |severity| match findings.count(severity) {
        0 => None,
        1 => Some(format!("1 {}", name(severity))),
        count => Some(format!("{count} {}s", name(severity))),
    };
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let parts: Vec<String> = severities.into_iter().filter_map(part).collect();
    parts.join(", ")
}

/// Returns the last lines of a report for people: the summary, the counts, and where to read more.
pub fn closing(findings: &Findings, counts: &[CodeCount], style: Style) -> String {
    let mut text = summary(findings);
    if text.is_empty() {
        return text;
    }
    let shown: Vec<&CodeCount> = counts
        .iter()
        .filter(|of| style.includes(of.severity))
        .collect();
    if shown.len() < counts.len() {
        text.push_str(" (see `sdkgen lint` for the notes)");
    }
    text.push('\n');
    let width = shown.iter().map(|of| of.count.to_string().len()).max();
    for of in shown.iter().filter(|_| shown.len() > 1) {
        let (count, width) = (of.count, width.unwrap_or_default());
        let line = format!("  {count:width$}  {}  {}", of.code, of.title);
        text.push_str(line.trim_end());
        text.push('\n');
    }
    if let Some(first) = shown.first() {
        text.push_str(&format!(
            "for more information, run: sdkgen explain {}\n",
            first.code
        ));
    }
    text
}
