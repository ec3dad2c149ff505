//! Renders a comparison for people, for tools, for a changelog and for a pull request.

use super::{Change, ChangeKind, ChangeSeverity, CodeHint, Diff, name_overrides};
use crate::describe::code;
use serde_json::json;
use std::fmt::Write as _;

/// Renders a line for each change, code before and after each breaking change, and lines for the configuration file.
pub fn human(diff: &Diff) -> String {
    let mut text = String::new();
    for change in &diff.changes {
        // Writing to a string never fails, here and below.
        let _ = writeln!(text, "{}", line(change));
        if let Some(CodeHint { before, after }) = &change.hint {
            let after = after.as_deref().unwrap_or("(no replacement)");
            let _ = writeln!(text, "    before: {before}\n    after:  {after}");
        }
    }
    for (why, _, lines) in suggestions(diff) {
        let _ = writeln!(text, "{why}:");
        for line in lines.lines() {
            let _ = writeln!(text, "    {line}");
        }
    }
    text + &sum(diff)
}

/// Returns lines for the configuration file, with the reason and a heading of each.
fn suggestions(diff: &Diff) -> impl Iterator<Item = (&'static str, &'static str, String)> {
    let parameters = name_overrides::client_parameters_yaml(&diff.moved_to_client);
    let all = [
        (KEEPING, "Names to keep", names(diff)),
        (MOVED, "Parameters of operations", parameters),
    ];
    all.into_iter().filter(|(_, _, lines)| !lines.is_empty())
}

/// Explains the lines of the configuration.
const KEEPING: &str = "only the document's names changed; to keep the names in the crate, add these lines to the \
                       configuration file";

/// Explains why a parameter is a setting of the client.
const MOVED: &str = "most operations now have the same parameter, so the client sets it; to keep it a parameter of each \
                     operation, add these lines to the configuration file";

/// Returns the lines of the configuration that keep names.
pub fn names(diff: &Diff) -> String {
    name_overrides::yaml(&diff.changes)
}

/// Counts changes by severity, in one line.
pub fn summary(diff: &Diff) -> String {
    let counts = ChangeSeverity::ALL.map(|severity| (diff.count(severity), severity.word()));
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    counts.join(", ")
}

/// Renders a line for each change.
pub fn short(diff: &Diff) -> String {
    let lines = diff.changes.iter();
    lines.map(|change| line(change) + "\n").collect()
}

fn line(change: &Change) -> String {
    let word = change.severity.word();
    format!("{word}: {} {}", change.path, change.what)
}

/// Renders the number of changes and the version step.
fn sum(diff: &Diff) -> String {
    if diff.changes.is_empty() {
        return "no changes for callers\n".to_owned();
    }
    let (early, late) = diff.steps();
    format!(
        "{}\nversion step: {} before 1.0.0, {} from 1.0.0 on\n",
        summary(diff),
        early.word(),
        late.word()
    )
}

pub fn json(diff: &Diff) -> String {
    let (early, late) = diff.steps();
    let value = json!({
        "changes": diff.changes,
        "names": name_overrides::names(&diff.changes),
        "moved_to_client": diff.moved_to_client,
        "counts": {
            "breaking": diff.count(ChangeSeverity::Breaking),
            "silent": diff.count(ChangeSeverity::Silent),
            "compatible": diff.count(ChangeSeverity::Compatible),
        },
        "step": { "0.x": early, "1.x": late },
    });
    // Keys are strings, so serializing never fails.
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

/// Returns the Keep a Changelog heading of a change.
fn heading(change: &Change) -> &'static str {
    match change.way {
        ChangeKind::Added => "Added",
        ChangeKind::Removed => "Removed",
        ChangeKind::Changed => "Changed",
        ChangeKind::Deprecated => "Deprecated",
    }
}

/// Renders a section of a changelog, and lines for the configuration file.
pub fn markdown(diff: &Diff) -> String {
    let mut text = changelog(diff);
    name_section(diff, &mut text);
    text
}

/// Renders lines for the configuration file, which concern the crate's authors rather than its callers.
fn name_section(diff: &Diff, text: &mut String) {
    for (why, heading, lines) in suggestions(diff) {
        let (first, rest) = why.split_at(1);
        let first = first.to_uppercase();
        let _ = writeln!(
            text,
            "\n### {heading}\n\n{first}{rest}:\n\n```yaml\n{lines}```"
        );
    }
}

/// Renders a section in the Keep a Changelog format, with code before and after each breaking change.
pub fn changelog(diff: &Diff) -> String {
    let mut text = "## [Unreleased]\n".to_owned();
    if diff.changes.is_empty() {
        text.push_str("\nNo changes for callers.\n");
    }
    sections(diff, &mut text);
    text
}

fn sections(diff: &Diff, text: &mut String) {
    for name in ["Added", "Changed", "Deprecated", "Removed"] {
        let changes = diff.changes.iter();
        let mut changes = changes.filter(|change| heading(change) == name).peekable();
        if changes.peek().is_some() {
            let _ = writeln!(text, "\n### {name}\n");
        }
        for change in changes {
            let mark = match change.severity {
                ChangeSeverity::Breaking => "**Breaking:** ",
                ChangeSeverity::Silent => "**On the wire:** ",
                ChangeSeverity::Compatible => "",
            };
            let _ = writeln!(text, "- {mark}{} {}.", code(&change.path), change.what);
        }
    }
    migration(diff, text);
}

/// Renders code before and after each breaking change, deduplicated.
fn migration(diff: &Diff, text: &mut String) {
    let mut printed: Vec<&CodeHint> = Vec::new();
    for change in &diff.changes {
        let Some(hint) = change.hint.as_ref().filter(|hint| !printed.contains(hint)) else {
            continue;
        };
        if printed.is_empty() {
            text.push_str("\n### Migration\n");
        }
        printed.push(hint);
        let _ = writeln!(text, "\n{} {}:\n\n```diff", code(&change.path), change.what);
        let _ = writeln!(text, "-{}", hint.before);
        if let Some(after) = &hint.after {
            let _ = writeln!(text, "+{after}");
        }
        text.push_str("```\n");
    }
}

/// Renders the text of a pull request: a summary, then the section of the changelog.
pub fn github(diff: &Diff) -> String {
    let mut text = match (diff.is_breaking(), diff.changes.is_empty()) {
        (true, _) => "## Breaking changes for callers\n\n",
        (false, false) => "## Compatible changes for callers\n\n",
        (false, true) => "## No changes for callers\n\n",
    }
    .to_owned();
    if diff.changes.is_empty() {
        text.push_str("The generated crate has the same API and sends the same requests.\n");
        return text;
    }
    let (early, late) = diff.steps();
    text.push_str("| breaking | silent | compatible | step of 0.x | step of 1.x |\n");
    text.push_str("|---:|---:|---:|---|---|\n");
    let [breaking, silent, compatible] = ChangeSeverity::ALL.map(|severity| diff.count(severity));
    let (early, late) = (early.word(), late.word());
    let _ = writeln!(
        text,
        "| {breaking} | {silent} | {compatible} | {early} | {late} |"
    );
    sections(diff, &mut text);
    name_section(diff, &mut text);
    text
}
