//! Renders findings as SARIF 2.1.0 (OASIS), the format of code hosts and editors.

use super::{Finding, Findings, ResolvedLocation, name};
use crate::diag::explain;
use indexmap::IndexSet;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Renders a run with all findings.
pub fn report(findings: &Findings) -> String {
    let codes: IndexSet<&str> = findings.iter().map(|found| found.code).collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let results: Vec<Value> = findings
        .iter()
        .map(|found| result(found, codes.get_index_of(found.code)))
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "sdkgen",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    // Serializing maps with string keys cannot fail.
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

/// Returns the rule of a code, with its page.
fn rule(code: &str) -> Value {
    let mut rule = json!({"id": code});
    if let (Some(title), Some(page)) = (explain::title(code), explain::page(code)) {
        rule["shortDescription"] = json!({"text": title});
        rule["help"] = json!({"text": page, "markdown": page});
    }
    rule
}

fn result(found: &Finding, rule: Option<usize>) -> Value {
    let mut result = json!({
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": name(found.severity),
        "message": {"text": found.whole()},
        "locations": [location(&found.at)],
    });
    if !found.labels.is_empty() {
        let related: Vec<Value> = found.labels.iter().map(location).collect();
        result["relatedLocations"] = Value::Array(related);
    }
    result
}

fn location(at: &ResolvedLocation) -> Value {
    let mut location = json!({});
    if let Some(path) = &at.path {
        location["physicalLocation"] = json!({"artifactLocation": {"uri": uri(path)}});
        if let (Some(line), Some(column)) = (at.line, at.column) {
            location["physicalLocation"]["region"] =
                json!({"startLine": line, "startColumn": column});
        }
    }
    if let Some(pointer) = &at.pointer {
        location["logicalLocations"] = json!([{"fullyQualifiedName": pointer}]);
    }
    if !at.label.is_empty() {
        location["message"] = json!({"text": at.label});
    }
    location
}

/// The characters to escape in a path of a URI (RFC 3986, section 3.3). Separators are kept.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'@')
    .remove(b'+')
    .remove(b',');

/// Returns a path as a URI. A relative path stays relative.
fn uri(path: &str) -> String {
    let encoded = utf8_percent_encode(path, PATH);
    match path.starts_with('/') {
        true => format!("file://{encoded}"),
        false => encoded.to_string(),
    }
}
