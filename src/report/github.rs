//! Renders findings as annotations of GitHub Actions
//! (<https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>).

use super::{Findings, name};
use crate::diag::Severity;

/// Renders a workflow command per finding: `::warning file=…,line=…,col=…,title=…::message`.
pub fn report(findings: &Findings) -> String {
    let mut text = String::new();
    for found in findings.iter() {
        let at = &found.at;
        let mut properties = Vec::new();
        let number = |number: Option<usize>| number.map(|number| number.to_string());
        let known = [
            ("file", at.path.clone()),
            ("line", number(at.line)),
            ("col", number(at.column)),
            ("title", Some(format!("sdkgen {}", found.code))),
        ];
        for (name, value) in known {
            properties.extend(value.map(|value| format!("{name}={}", property(&value))));
        }
        let command = match found.severity {
            Severity::Note => "notice",
            other => name(other),
        };
        text.push_str(&format!(
            "::{command} {}::{}\n",
            properties.join(","),
            data(&found.whole())
        ));
    }
    text
}

/// Escapes a message.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property, where colons and commas are special too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
