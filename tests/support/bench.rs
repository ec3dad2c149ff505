//! What the benches share.

use super::generate::{Attempt, generate};
use super::repository;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Whether this is `cargo bench`: `cargo test --benches` only wants to know that it starts.
pub fn asked_for() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// How often to measure.
pub fn runs(default: usize) -> usize {
    let given = std::env::var("SDKGEN_BENCH_RUNS")
        .ok()
        .and_then(|text| text.parse().ok());
    given.filter(|runs| *runs > 0).unwrap_or(default)
}

/// The crate of OutboundCalls, generated now: the committed one may be older than the templates.
pub fn flagship() -> Attempt {
    let spec = repository().join("spec/openapi.yaml");
    generate(&spec, "outboundcalls", Duration::from_secs(60))
}

/// The one in the middle.
pub fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Does the work of a process that [`measured`] has started: prints microseconds, and kilobytes at the peak.
pub fn child(work: impl FnOnce()) {
    let start = Instant::now();
    work();
    let time = start.elapsed().as_micros();
    println!("{time} {}", (super::peak_of_memory() * 1024.0) as u64);
}

/// How long a process of this program took for the work alone, and its peak of memory in kilobytes; 0 where the
/// system does not tell. The process is started with a mode and a document.
pub fn measured(mode: &str, document: &Path) -> (Duration, u64) {
    let program = std::env::current_exe().unwrap();
    let output = Command::new(program).arg(mode).arg(document).output();
    let output = output.unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let mut numbers = text.split_whitespace().map(str::parse::<u64>);
    let mut next = || numbers.next().and_then(Result::ok);
    let (Some(time), Some(peak)) = (next(), next()) else {
        panic!("{mode}: {output:?}");
    };
    (Duration::from_micros(time), peak)
}
