//! Random graphs and mutated documents through the whole generator, with limits of stack, memory and steps:
//!
//! ```sh
//! cargo run --release --example fuzz -- --seconds 3600 --seed 7
//! ```
//!
//! Documents are determined by seed and number. A failing document is written below `target/fuzz`, with the smallest
//! one that fails in the same way.

#[path = "mod.rs"]
mod fuzz;
#[path = "../support/mod.rs"]
mod support;

use clap::Parser;
use fuzz::child::{self, Limits};
use fuzz::made::Kind;
use fuzz::{compile, run};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// Generate from random and mutated documents, and report those that crash, hang or exceed a limit
#[derive(Parser)]
struct Arguments {
    /// Check these files instead
    files: Vec<PathBuf>,
    /// The kind of documents; both by default
    #[arg(long)]
    kind: Option<Kind>,
    /// Different seeds make different documents
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The number of the first document
    #[arg(long, default_value_t = 0)]
    first: u64,
    /// The maximum number of documents of each kind
    #[arg(long, default_value_t = 1_000_000)]
    count: u64,
    /// The maximum time in seconds
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Compile this many crates instead
    #[arg(long)]
    compile: Option<usize>,
    /// Bytes of stack that a document may take
    #[arg(long, default_value_t = Limits::default().stack)]
    stack: usize,
    /// Seconds of CPU time that a document may take
    #[arg(long, default_value_t = Limits::default().cpu_seconds)]
    cpu_seconds: u64,
}

fn main() -> ExitCode {
    if child::answered() {
        return ExitCode::SUCCESS;
    }
    let arguments = Arguments::parse();
    let limits = Limits {
        stack: arguments.stack,
        cpu_seconds: arguments.cpu_seconds,
        ..Limits::default()
    };
    let is_sound = match arguments.files.is_empty() {
        true => tried(&arguments, limits),
        false => arguments.files.iter().all(|path| checked(path, limits)),
    };
    match is_sound {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// Tries documents of the requested kinds. Returns whether all passed.
fn tried(arguments: &Arguments, limits: Limits) -> bool {
    let kinds = match arguments.kind {
        Some(kind) => vec![kind],
        None => vec![Kind::Graphs, Kind::Documents],
    };
    let seconds = Duration::from_secs(arguments.seconds) / kinds.len() as u32;
    let mut is_sound = true;
    for kind in kinds {
        let plan = run::Plan {
            kind,
            seed: arguments.seed,
            first: arguments.first,
            count: arguments.count,
            time: Some(seconds),
            limits,
        };
        if let Some(count) = arguments.compile {
            is_sound &= compile::are_clean(&plan, count);
            continue;
        }
        let outcome = run::run(&plan);
        run::print(&plan, &outcome);
        is_sound &= outcome.failures.is_empty();
        for failure in &outcome.failures {
            run::explain(&plan, failure);
        }
    }
    is_sound
}

/// Checks the document of a file, and shrinks it if it fails.
fn checked(path: &Path, limits: Limits) -> bool {
    let Some(failure) = run::tried(path, limits) else {
        println!("{}: passed", path.display());
        return true;
    };
    println!("{}: {}", path.display(), failure.message);
    let document = std::fs::read(path).map(|text| serde_json::from_slice(&text));
    if let Ok(Ok(document)) = document {
        let copy = run::written("file", &document);
        run::shrink(&copy, &document, &failure, limits);
    }
    false
}
