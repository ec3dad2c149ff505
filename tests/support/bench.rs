//! Helpers of the benches.

use super::generate::{Attempt, generate};
use super::repository;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Returns whether this is `cargo bench`. `cargo test --benches` only checks that a bench starts.
pub fn asked_for() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// Returns how often to measure.
pub fn runs(default: usize) -> usize {
    let given = std::env::var("SDKGEN_BENCH_RUNS")
        .ok()
        .and_then(|text| text.parse().ok());
    given.filter(|runs| *runs > 0).unwrap_or(default)
}

/// Generates the crate of OutboundCalls. The committed crate may be older than the templates.
pub fn flagship() -> Attempt {
    let spec = repository().join("spec/openapi.yaml");
    generate(&spec, "outboundcalls", Duration::from_secs(60))
}

/// Returns the median.
pub fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Does the work of a process that [`measured`] has started, and prints microseconds and peak kilobytes.
pub fn child(work: impl FnOnce()) {
    let start = Instant::now();
    work();
    let time = start.elapsed().as_micros();
    println!("{time} {}", (super::peak_of_memory() * 1024.0) as u64);
}

/// Starts this program with a mode and a document. Returns the time of the work alone, and the peak memory in
/// kilobytes, or 0 if the system does not report it.
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
