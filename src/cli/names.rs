//! `sdkgen names`: lists the names of a crate for review.

use super::target::Target;
use super::terminal::Terminal;
use super::{CommandResult, DONE, FINDINGS, Need, misuse, read_only};
use sdkgen::pipeline;
use sdkgen::rust::names::listing::{Listed, ListedKind};

/// Prints every name, or with `suggest` a `names` section of the configuration for those that read badly.
pub fn names(target: &Target, suggest: bool, terminal: &Terminal) -> CommandResult {
    let settings = target
        .settings(Need::Spec)
        .map_err(|fault| misuse(&fault, terminal))?;
    let mut run = read_only(settings, terminal)?;
    let job = run.job();
    let listed = pipeline::Compilation::new(&job, &run.loaded)
        .names(&mut run.diagnostics)
        .ok_or(FINDINGS)?;
    match suggest {
        true => terminal.result(&section(&listed)),
        false => terminal.result(&table(&listed)),
    }
    Ok(DONE)
}

fn table(listed: &[Listed]) -> String {
    let width = listed
        .iter()
        .map(|row| row.name.chars().count())
        .max()
        .unwrap_or(0)
        .min(60);
    let mut text = String::new();
    for row in listed {
        let mark = if row.fault.is_some() { "!" } else { " " };
        let key = if row.key.is_empty() {
            String::new()
        } else {
            format!(" {}", row.key)
        };
        let fault = row
            .fault
            .map(|fault| format!("  ({fault})"))
            .unwrap_or_default();
        text += &format!("{mark} {:width$}  {}{key}{fault}\n", row.name, row.source);
    }
    let count = |kind| listed.iter().filter(|row| row.kind == kind).count();
    let bad = listed.iter().filter(|row| row.fault.is_some()).count();
    text + &format!(
        "{} operations, {} types, {} variants; {bad} read badly (`!`)\n",
        count(ListedKind::Operation),
        count(ListedKind::Type),
        count(ListedKind::Variant),
    )
}

/// Returns the section `names`, with better names as comments. The user removes the `#` of those to apply.
fn section(listed: &[Listed]) -> String {
    let bad = || {
        listed
            .iter()
            .filter(|row| row.fault.is_some() && !row.key.is_empty())
    };
    let lines = |kind: ListedKind| -> String {
        bad()
            .filter(|row| row.kind == kind)
            .map(|row| {
                let fault = row.fault.unwrap_or_default();
                let own = row.name.rsplit('.').next().unwrap_or(&row.name);
                let name = row.better.as_deref().unwrap_or(own);
                format!(
                    "    # `{own}`: {fault}\n    # {}: {name}\n",
                    quoted(&row.key)
                )
            })
            .collect()
    };
    let (operations, types) = (lines(ListedKind::Operation), lines(ListedKind::Type));
    let mut text = "names:\n".to_owned();
    for (title, lines) in [("operations", operations), ("types", types)] {
        if !lines.is_empty() {
            text += &format!("  {title}:\n{lines}");
        }
    }
    text
}

/// Returns a YAML key.
fn quoted(key: &str) -> String {
    let is_plain = key
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && key.starts_with(|c: char| c.is_ascii_alphabetic());
    match is_plain {
        true => key.to_owned(),
        false => serde_json::Value::from(key).to_string(),
    }
}
