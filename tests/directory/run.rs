//! Runs the checks for each document.

use super::child::{self, Answer};
use super::package::Document;
use crate::support::cargo::excerpt;
use crate::support::{Workshop, files, in_parallel};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A fault of a document's crate.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Refused,
    Died,
    Differs,
    Unformatted,
    Uncompiled,
}

impl Fault {
    pub const ALL: [Fault; 5] = [
        Fault::Refused,
        Fault::Died,
        Fault::Differs,
        Fault::Unformatted,
        Fault::Uncompiled,
    ];

    pub fn words(self) -> &'static str {
        match self {
            Fault::Refused => "refused",
            Fault::Died => "panicked, was killed or hung",
            Fault::Differs => "two runs differ",
            Fault::Unformatted => "rustfmt differs",
            Fault::Uncompiled => "`cargo check` fails or warns",
        }
    }
}

/// A document with its results.
pub struct Row<'a> {
    pub document: &'a Document,
    /// Lines of Rust.
    pub lines: usize,
    /// The fault, with the tool's message.
    pub fault: Option<(Fault, String)>,
    /// Whether `cargo check` passed.
    pub is_compiled: bool,
}

/// Generates from all documents, and compiles the crates of the first `compiled` that are small enough.
pub fn run(documents: &[Document], compiled: usize) -> Vec<Row<'_>> {
    let mut workshop = Workshop::new("directory");
    let wanted: Vec<&str> = documents
        .iter()
        .filter(|document| document.bytes <= MOST_BYTES)
        .map(|document| document.path.as_str())
        .take(compiled)
        .collect();
    let done = AtomicUsize::new(0);
    let mut rows = in_parallel(documents, |document| {
        let folder = workshop.root().join(document.package());
        let row = generated(document, &folder);
        if !wanted.contains(&document.path.as_str()) {
            // The folder does not exist if generation failed.
            let _ = fs::remove_dir_all(&folder);
        }
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        report("generate", done, documents.len(), &row);
        row
    });
    let is_wanted = |row: &Row<'_>| {
        let is_generated = row.lines > 0;
        is_generated && wanted.contains(&row.document.path.as_str())
    };
    let chosen: Vec<&mut Row<'_>> = rows.iter_mut().filter(|row| is_wanted(row)).collect();
    for row in &chosen {
        workshop.add_written(&row.document.package());
    }
    if !chosen.is_empty() {
        workshop.finish();
    }
    let count = chosen.len();
    for (index, row) in chosen.into_iter().enumerate() {
        let (found, _) = workshop.check(&row.document.package());
        row.is_compiled = found.is_clean();
        if let Some(first) = found.all().next() {
            row.fault.get_or_insert((Fault::Uncompiled, first.clone()));
        }
        report("compile", index + 1, count, row);
    }
    rows
}

/// The size of the largest documents to compile, which includes three in four.
const MOST_BYTES: u64 = 100_000;

/// Generates a crate twice, and checks its formatting with rustfmt.
fn generated<'a>(document: &'a Document, folder: &Path) -> Row<'a> {
    let package = document.package();
    let mut row = Row {
        document,
        lines: 0,
        fault: None,
        is_compiled: false,
    };
    let first = child::ask(&document.file, &package, Some(folder));
    row.fault = match &first {
        Answer::Refused(why) => Some((Fault::Refused, why.clone())),
        Answer::Died(why) => Some((Fault::Died, why.clone())),
        Answer::Generated { lines, .. } => {
            row.lines = *lines;
            let second = child::ask(&document.file, &package, None);
            if second == first {
                formatted(folder).map(|why| (Fault::Unformatted, why))
            } else {
                Some((Fault::Differs, format!("{first:?}\n{second:?}")))
            }
        }
    };
    row
}

/// Returns the changes that rustfmt would make, or `None`.
fn formatted(folder: &Path) -> Option<String> {
    let is_root = |path: &&std::path::PathBuf| {
        let parent = path.parent().unwrap_or(folder);
        let is_rust = path.extension() == Some("rs".as_ref());
        is_rust && (path.ends_with("src/lib.rs") || parent.ends_with("examples"))
    };
    let all = files(folder);
    let output = Command::new("rustfmt")
        .args(["--check", "--color", "never", "--edition", "2024"])
        .args(all.iter().filter(is_root))
        .output();
    match output {
        Ok(output) if output.status.success() => None,
        Ok(output) => {
            let texts = [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy);
            Some(texts.concat())
        }
        Err(why) => Some(format!("rustfmt does not start: {why}")),
    }
}

fn report(what: &str, done: usize, all: usize, row: &Row<'_>) {
    let path = &row.document.path;
    match &row.fault {
        None => eprintln!("{what} {done}/{all} {path}"),
        Some((fault, why)) => {
            let (words, why) = (fault.words(), excerpt(why));
            eprintln!("{what} {done}/{all} {path}: {words}\n{why}");
        }
    }
}
