//! Runs the steps over the documents, in parallel, and collects the results.

use super::child::{self, Answer, Outcome};
use super::index::Document;
use super::progress::Progress;
use super::trip;
use crate::support::cargo::Findings;
use crate::support::{Workshop, in_parallel, target};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The steps after generation, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Step {
    /// `cargo fmt --check`
    Fmt,
    /// `cargo check`
    Check,
    /// `cargo clippy --all-targets -- -D warnings`
    Clippy,
    /// `cargo doc` with warnings denied
    Doc,
    /// Decodes and encodes examples again
    Trip,
    /// `cargo test`: each request is sent as described, and the examples in the documentation compile
    Calls,
}

/// A document with its results. Steps that were not requested have no result.
pub struct Row<'a> {
    pub document: &'a Document,
    pub answer: Answer,
    pub fmt: Option<Findings>,
    pub check: Option<(Findings, Duration)>,
    pub clippy: Option<Findings>,
    pub doc: Option<Findings>,
    /// Holds an error if the program could not be built.
    pub trip: Option<Result<trip::Outcome, String>>,
    /// Holds the output of the tests if one failed.
    pub calls: Option<Result<(), String>>,
}

/// The options of a run.
pub struct Options<'a> {
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The names of the crates to compile; `None` compiles all.
    pub compiled: Option<&'a [&'a str]>,
    /// Keeps build artifacts for the next run. Otherwise each crate is compiled from scratch, so that its time is
    /// measured, and its artifacts are deleted, since all of them together take many gigabytes.
    pub keeps: bool,
}

impl Options<'_> {
    /// Returns the steps that apply to one document.
    fn steps_with(&self, document: &Document) -> Vec<Step> {
        let listed = |names: &&[&str]| names.contains(&document.package.as_str());
        let compiles = self.compiled.as_ref().is_none_or(listed);
        let steps = self.steps.iter().copied();
        steps
            .filter(|step| compiles || *step == Step::Fmt)
            .collect()
    }
}

/// Runs the steps for each document.
pub fn run<'a>(
    documents: &'a [Document],
    options: &Options<'_>,
    progress: &Progress,
) -> Vec<Row<'a>> {
    let mut workshop = Workshop::new("corpus");
    progress.start("generate", documents.len());
    let mut rows = in_parallel(documents, |document| {
        let folder = workshop.root().join(&document.package);
        let steps = options.steps_with(document);
        let answer = child::ask(&document.path, &document.package, &folder, &steps);
        progress.done(&document.package);
        Row {
            document,
            answer,
            fmt: None,
            check: None,
            clippy: None,
            doc: None,
            trip: None,
            calls: None,
        }
    });
    for row in &rows {
        if row.answer.outcome == Outcome::Generated {
            workshop.add_written(&row.document.package);
            if !row.answer.cases.cases.is_empty() {
                add_program(&mut workshop, row);
            }
        }
    }
    workshop.finish();
    // Begins with the largest crates, so that none of them runs alone at the end.
    rows.sort_by_key(|row| std::cmp::Reverse(row.answer.lines));
    let work = |row: Row<'a>, lane: &Workshop, memory: &Memory| {
        let document = row.document;
        let steps = match row.answer.outcome {
            Outcome::Generated => options.steps_with(document),
            _ => Vec::new(),
        };
        if !options.keeps && steps.contains(&Step::Check) {
            lane.forget(&document.package);
        }
        let done = with_steps(row, &steps, lane, memory, progress);
        if !options.keeps && !steps.is_empty() {
            lane.forget(&document.package);
        }
        progress.done(&document.package);
        done
    };
    progress.start("compile", rows.len());
    let mut rows = in_lanes(rows, &workshop, work);
    rows.sort_by(|one, other| one.document.file.cmp(&other.document.file));
    rows
}

/// Adds the program that round-trips the examples of a crate.
fn add_program(workshop: &mut Workshop, row: &Row<'_>) {
    let (package, cases) = (&row.document.package, &row.answer.cases);
    let manifest = workshop.root().join(package).join("Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).unwrap_or_default();
    let [(manifest_path, manifest), (source_path, source)] =
        trip::program(package, &manifest, &cases.types);
    let files = [
        (manifest_path, manifest.as_str()),
        (source_path, source.as_str()),
        ("examples.txt", &trip::input(cases)),
    ];
    workshop.add_program(&format!("{package}-trip"), &files);
}

fn with_steps<'a>(
    mut row: Row<'a>,
    steps: &[Step],
    lane: &Workshop,
    memory: &Memory,
    progress: &Progress,
) -> Row<'a> {
    let package = row.document.package.as_str();
    let first = |found: std::collections::BTreeMap<String, Findings>| {
        found.into_values().next().unwrap_or_default()
    };
    let lines = row.answer.lines;
    for step in steps {
        progress.at(package, *step);
        let _held = memory.take(lines, *step);
        match step {
            Step::Fmt => row.fmt = Some(lane.fmt_of(package).unwrap_or_default()),
            Step::Check => row.check = Some(lane.check(package)),
            Step::Clippy => row.clippy = Some(first(lane.clippy(&[package]))),
            Step::Doc => row.doc = Some(first(lane.doc(&[package]))),
            Step::Trip if row.answer.cases.cases.is_empty() => {
                row.trip = Some(Ok(trip::Outcome::default()));
            }
            Step::Trip => {
                let program = format!("{package}-trip");
                let input = lane.root().join(&program).join("examples.txt");
                let output = lane.output_of(&program, &input);
                row.trip = Some(output.map(|output| trip::compare(&row.answer.cases, &output)));
                // Linked programs are large, and quick to link again.
                lane.forget(&program);
            }
            Step::Calls => {
                // A crate without operations has no wire tests.
                let has_calls = lane.root().join(package).join("tests/wire.rs").exists();
                let tested = match has_calls {
                    true => lane.wire_tests(&[package]),
                    false => Ok(()),
                };
                row.calls = Some(tested.and_then(|()| lane.doctest(&[package])));
            }
        }
    }
    row
}

/// Processes the items on as many lanes as there are processors, each with its own target folder: cargo locks a
/// target folder.
fn in_lanes<T: Send, R: Send>(
    items: Vec<T>,
    workshop: &Workshop,
    work: impl Fn(T, &Workshop, &Memory) -> R + Sync,
) -> Vec<R> {
    let memory = Memory::new();
    let queue = Mutex::new(items.into_iter());
    let lane = |number: usize| {
        let workshop = workshop.with_target(target().join(folder(number)));
        let mut done = Vec::new();
        loop {
            let item = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some(item) = item else {
                return done;
            };
            done.push(work(item, &workshop, &memory));
        }
    };
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let lane = &lane;
        let lanes: Vec<_> = (0..count)
            .map(|number| scope.spawn(move || lane(number)))
            .collect();
        lanes
            .into_iter()
            .flat_map(|lane| lane.join().expect("a lane does not panic"))
            .collect()
    })
}

/// Returns a lane's target folder. The first lane uses the folder of all other workshops, with what they have already
/// compiled.
fn folder(lane: usize) -> String {
    match lane {
        0 => "generated".to_owned(),
        _ => format!("generated-{lane}"),
    }
}

/// The memory that is free for compilers, so that large crates are not compiled at once.
struct Memory {
    /// In MiB.
    left: Mutex<f64>,
    given_back: Condvar,
    all: f64,
}

impl Memory {
    fn new() -> Self {
        let all = available() * 0.8;
        Memory {
            left: Mutex::new(all),
            given_back: Condvar::new(),
            all,
        }
    }

    /// Waits until there is enough memory for a step over a crate of so many lines.
    fn take(&self, lines: usize, step: Step) -> Held<'_> {
        let by_line = match step {
            Step::Fmt => 0.0005,
            Step::Check => 0.006,
            // Clippy checks the library with and without its tests at once.
            Step::Clippy => 0.015,
            Step::Doc | Step::Trip => 0.010,
            Step::Calls => 0.020,
        };
        // A crate that needs more than all memory is tried alone.
        let wanted = (100.0 + lines as f64 * by_line).min(self.all);
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        while *left < wanted {
            left = self
                .given_back
                .wait(left)
                .unwrap_or_else(PoisonError::into_inner);
        }
        *left -= wanted;
        Held {
            memory: self,
            wanted,
        }
    }
}

struct Held<'a> {
    memory: &'a Memory,
    wanted: f64,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        *self
            .memory
            .left
            .lock()
            .unwrap_or_else(PoisonError::into_inner) += self.wanted;
        self.memory.given_back.notify_all();
    }
}

/// Returns the available memory in MiB, or a guess if the system does not report it.
fn available() -> f64 {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.map_or(8192.0, |kilobytes| kilobytes / 1024.0)
}
