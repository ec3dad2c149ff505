//! A comparison as text: for people, for tools, as a section of a changelog, as the text of a pull request.

use super::{Change, ChangeKind, CodeHint, Diff, Severity, name_overrides};
use crate::describe::code;
use serde_json::json;
use std::fmt::Write as _;

/// A line for each change, with code before and after each break, and how to keep names.
pub fn human(diff: &Diff) -> String {
    let mut text = String::new();
    for change in &diff.changes {
        // A string takes whatever is written to it, here and below.
        let _ = writeln!(text, "{}", line(change));
        if let Some(CodeHint { before, after }) = &change.hint {
            let after = after.as_deref().unwrap_or("(nothing takes its place)");
            let _ = writeln!(text, "    before: {before}\n    after:  {after}");
        }
    }
    let kept = names(diff);
    if !kept.is_empty() {
        let _ = writeln!(text, "{KEEPING}:");
        for line in kept.lines() {
            let _ = writeln!(text, "    {line}");
        }
    }
    text + &sum(diff)
}

/// What the lines of the configuration are for.
const KEEPING: &str = "where only the description has another name, the crate keeps its own by these lines \
                       of the configuration file";

/// The lines of the configuration file that keep names; empty where none would.
pub fn names(diff: &Diff) -> String {
    name_overrides::yaml(&diff.changes)
}

/// How many changes there are of each severity, in one line.
pub fn summary(diff: &Diff) -> String {
    let counts = Severity::ALL.map(|severity| (diff.count(severity), severity.word()));
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    counts.join(", ")
}

/// A line for each change.
pub fn short(diff: &Diff) -> String {
    let lines = diff.changes.iter();
    lines.map(|change| line(change) + "\n").collect()
}

fn line(change: &Change) -> String {
    let word = change.severity.word();
    format!("{word}: {} {}", change.path, change.what)
}

/// The number of changes and the step that they ask for.
fn sum(diff: &Diff) -> String {
    if diff.changes.is_empty() {
        return "no change for callers\n".to_owned();
    }
    let (early, late) = diff.steps();
    format!(
        "{}\nthe next version of a 0.x crate is a {} one, of a later crate a {} one\n",
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
        "counts": {
            "breaking": diff.count(Severity::Breaking),
            "silent": diff.count(Severity::Silent),
            "compatible": diff.count(Severity::Compatible),
        },
        "step": { "0.x": early, "1.x": late },
    });
    // Keys are texts, so that it can always be written.
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

/// The heading of Keep a Changelog that a change stands under.
fn heading(change: &Change) -> &'static str {
    match change.way {
        ChangeKind::Added => "Added",
        ChangeKind::Removed => "Removed",
        ChangeKind::Changed => "Changed",
        ChangeKind::Deprecated => "Deprecated",
    }
}

/// A section of a changelog, and how the crate would keep its names.
pub fn markdown(diff: &Diff) -> String {
    let mut text = changelog(diff);
    keeping(diff, &mut text);
    text
}

/// The lines of the configuration that keep names: for whoever makes the crate, not for its callers.
fn keeping(diff: &Diff, text: &mut String) {
    let kept = names(diff);
    if !kept.is_empty() {
        let (first, rest) = KEEPING.split_at(1);
        let first = first.to_uppercase();
        let _ = writeln!(
            text,
            "\n### Names to keep\n\n{first}{rest}:\n\n```yaml\n{kept}```"
        );
    }
}

/// A section of a changelog in the form of Keep a Changelog, and how to follow each break.
pub fn changelog(diff: &Diff) -> String {
    let mut text = "## [Unreleased]\n".to_owned();
    if diff.changes.is_empty() {
        text.push_str("\nNothing changes for callers.\n");
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
                Severity::Breaking => "**Breaking:** ",
                Severity::Silent => "**On the wire:** ",
                Severity::Compatible => "",
            };
            let _ = writeln!(text, "- {mark}{} {}.", code(&change.path), change.what);
        }
    }
    migration(diff, text);
}

/// Code before and after each break, each pair once.
fn migration(diff: &Diff, text: &mut String) {
    let mut told: Vec<&CodeHint> = Vec::new();
    for change in &diff.changes {
        let Some(hint) = change.hint.as_ref().filter(|hint| !told.contains(hint)) else {
            continue;
        };
        if told.is_empty() {
            text.push_str("\n### Migration\n");
        }
        told.push(hint);
        let _ = writeln!(text, "\n{} {}:\n\n```diff", code(&change.path), change.what);
        let _ = writeln!(text, "-{}", hint.before);
        if let Some(after) = &hint.after {
            let _ = writeln!(text, "+{after}");
        }
        text.push_str("```\n");
    }
}

/// The text of a pull request: what it comes to, then the section of the changelog.
pub fn github(diff: &Diff) -> String {
    let mut text = match (diff.is_breaking(), diff.changes.is_empty()) {
        (true, _) => "## Breaking changes for callers\n\n",
        (false, false) => "## Compatible changes for callers\n\n",
        (false, true) => "## No change for callers\n\n",
    }
    .to_owned();
    if diff.changes.is_empty() {
        text.push_str("The generated crate has the same interface, and sends the same.\n");
        return text;
    }
    let (early, late) = diff.steps();
    text.push_str("| breaking | silent | compatible | step of 0.x | step of 1.x |\n");
    text.push_str("|---:|---:|---:|---|---|\n");
    let [breaking, silent, compatible] = Severity::ALL.map(|severity| diff.count(severity));
    let (early, late) = (early.word(), late.word());
    let _ = writeln!(
        text,
        "| {breaking} | {silent} | {compatible} | {early} | {late} |"
    );
    sections(diff, &mut text);
    keeping(diff, &mut text);
    text
}
