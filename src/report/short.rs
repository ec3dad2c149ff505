//! Renders one line per finding.

use super::{Findings, name};

/// Renders each finding as `path:line:col: severity[code]: message`, the format of compilers, which editors parse.
pub fn report(findings: &Findings) -> String {
    let mut text = String::new();
    for found in findings.iter() {
        let at = &found.at;
        let place = match (&at.path, at.line, at.column) {
            (Some(path), Some(line), Some(column)) => format!("{path}:{line}:{column}: "),
            (Some(path), ..) => format!("{path}: "),
            (None, ..) => String::new(),
        };
        let (severity, code) = (name(found.severity), found.code);
        text.push_str(&format!("{place}{severity}[{code}]: {}\n", found.message));
    }
    text
}
