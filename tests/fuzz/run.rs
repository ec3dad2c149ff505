//! Tries many documents on all processors, and handles failures.

use super::child::{self, Documents, Failure, Limits, Order, Passed};
use super::made::{Kind, Maker};
use super::shrink::shrunk;
use crate::support::{say, target};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

/// The run stops after this many failures.
const MOST_FAILURES: usize = 5;

/// The documents to try.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub kind: Kind,
    pub seed: u64,
    pub first: u64,
    pub count: u64,
    /// No further document is begun after this time.
    pub time: Option<Duration>,
    pub limits: Limits,
}

#[derive(Default)]
pub struct Outcome {
    pub passed: Vec<Passed>,
    pub failures: Vec<Failure>,
}

/// Tries documents. Each processor takes every nth: how many are tried in a given time depends on the machine, but
/// the documents do not.
pub fn run(plan: &Plan) -> Outcome {
    let workers = thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let outcome = Mutex::new(Outcome::default());
    thread::scope(|scope| {
        for worker in 0..workers.min(plan.count) {
            let outcome = &outcome;
            scope.spawn(move || work(plan, worker, workers, outcome));
        }
    });
    let mut outcome = outcome.into_inner().expect("no worker panics");
    outcome.passed.sort_by_key(|passed| passed.number);
    outcome.failures.sort_by_key(|failure| failure.number);
    outcome
}

fn work(plan: &Plan, worker: u64, step: u64, outcome: &Mutex<Outcome>) {
    let start = Instant::now();
    let mut first = plan.first + worker;
    let end = plan.first + plan.count;
    while first < end {
        let time = plan.time.map(|time| time.saturating_sub(start.elapsed()));
        if time.is_some_and(|time| time.is_zero()) {
            return;
        }
        let (passed, failure) = child::ask(&Order {
            documents: Documents::Made {
                kind: plan.kind,
                seed: plan.seed,
                first,
                step,
                count: (end - first).div_ceil(step),
            },
            time,
            limits: plan.limits,
        });
        let mut outcome = outcome.lock().expect("no worker panics");
        outcome.passed.extend(passed);
        let Some(failure) = failure else {
            return;
        };
        first = failure.number + step;
        outcome.failures.push(failure);
        if outcome.failures.len() >= MOST_FAILURES {
            return;
        }
    }
}

/// Prints how many documents of a kind passed and what the most expensive ones took.
pub fn print(plan: &Plan, outcome: &Outcome) {
    let generated = outcome.passed.iter().filter(|passed| passed.is_generated);
    let most = |of: fn(&Passed) -> i64| outcome.passed.iter().map(of).max().unwrap_or_default();
    say(&format!(
        "{:?}, seed {}: {} documents, {} of them generated, {} failures; at most {} allocations ({} a byte) and {} MiB",
        plan.kind,
        plan.seed,
        outcome.passed.len() + outcome.failures.len(),
        generated.count(),
        outcome.failures.len(),
        most(|passed| passed.allocations),
        most(|passed| passed.allocations / passed.size as i64),
        most(|passed| passed.bytes) >> 20,
    ));
}

/// Writes a failing document, and the smallest one that fails in the same way. Prints how to reproduce the failure.
pub fn explain(plan: &Plan, failure: &Failure) {
    let Plan { kind, seed, .. } = plan;
    let number = failure.number;
    let document = Maker::new(*kind, *seed).document(number);
    let name = format!("{kind:?}-{seed}-{number}").to_lowercase();
    say(&format!(
        "{name} failed; to run it again: --kind {} --seed {seed} --first {number} --count 1\n{}",
        format!("{kind:?}").to_lowercase(),
        failure.message
    ));
    let path = written(&name, &document);
    say(&format!("written: {}", path.display()));
    shrink(&path, &document, failure, plan.limits);
}

/// Writes a document below the target folder and returns its path.
pub fn written(name: &str, document: &Value) -> PathBuf {
    let path = target().join("fuzz").join(format!("{name}.json"));
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the target folder is ours");
    std::fs::write(&path, document.to_string()).expect("the target folder is ours");
    path
}

/// Writes the smallest document that fails in the same way next to the failing one.
pub fn shrink(path: &Path, document: &Value, failure: &Failure, limits: Limits) {
    let small = path.with_extension("small.json");
    let limits = Limits {
        cpu_seconds: limits.cpu_seconds.min(10),
        ..limits
    };
    let cause = cause(&failure.message);
    let smallest = shrunk(document, |candidate| {
        std::fs::write(&small, candidate.to_string()).expect("the target folder is ours");
        tried(&small, limits).is_some_and(|failure| self::cause(&failure.message) == cause)
    });
    let text = serde_json::to_string_pretty(&smallest).expect("JSON");
    std::fs::write(&small, text).expect("the target folder is ours");
    say(&format!(
        "written, as small as it gets: {}",
        small.display()
    ));
}

/// Checks the document of a file.
pub fn tried(path: &Path, limits: Limits) -> Option<Failure> {
    let order = Order {
        documents: Documents::File(path.to_owned()),
        time: None,
        limits,
    };
    child::ask(&order).1
}

/// Returns the line of a failure's message that identifies the kind of failure.
fn cause(message: &str) -> &str {
    const SIGNS: [&str; 3] = ["panicked at ", "has overflowed its stack", "limit exceeded"];
    let mut lines = message.lines();
    let sign = lines.find_map(|line| {
        let sign = SIGNS.iter().find(|sign| line.contains(*sign))?;
        // The thread's name and number precede it.
        Some(&line[line.find(sign)?..])
    });
    sign.or(message.lines().last()).unwrap_or_default()
}
