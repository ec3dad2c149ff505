//! What the benches share.

use super::generate::{Attempt, generate};
use super::repository;
use std::time::Duration;

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
