//! A small part of the fuzz run, for `cargo test`: about a hundred random and mutated documents through the whole
//! generator, and tests that the run detects faults. The example `fuzz` (`fuzz/command.rs`) tries more.

#[path = "fuzz/mod.rs"]
#[allow(dead_code, reason = "the example does more with it")]
mod fuzz;
mod support;

use fuzz::child::{self, Limits};
use fuzz::made::{Kind, Maker};
use fuzz::run::{self, Plan};
use fuzz::shrink::shrunk;
use serde_json::json;

fn main() {
    if child::answered() {
        return;
    }
    // A tool that lists tests gets an empty list: this is one program, not many tests.
    if std::env::args().any(|argument| argument == "--list") {
        return;
    }
    limits_are_enforced();
    documents_shrink_to_what_fails();
    documents_pass(Kind::Graphs, 25);
    documents_pass(Kind::Documents, 100);
}

/// Tries the first documents of a seed. Most graphs must be valid, as the others test only the errors.
fn documents_pass(kind: Kind, count: u64) {
    let plan = Plan {
        kind,
        seed: 1,
        first: 0,
        count,
        time: None,
        limits: Limits::default(),
    };
    let outcome = run::run(&plan);
    run::print(&plan, &outcome);
    for failure in &outcome.failures {
        run::explain(&plan, failure);
    }
    assert!(outcome.failures.is_empty(), "{:?}", outcome.failures);
    let generated = outcome.passed.iter().filter(|passed| passed.is_generated);
    let least = if kind == Kind::Graphs { 80 } else { 30 };
    assert!(generated.count() as u64 * 100 >= count * least);
}

/// Checks that each limit ends the process that exceeds it, and that the failure names the limit.
fn limits_are_enforced() {
    let usual = Limits::default();
    let path = run::written("limits", &Maker::new(Kind::Graphs, 1).document(0));
    assert!(run::tried(&path, usual).is_none());
    let allocations = Limits {
        allocations: (1_000, 0),
        ..usual
    };
    let bytes = Limits {
        bytes: (10_000, 0),
        ..usual
    };
    let stack = Limits {
        stack: 16 << 10,
        ..usual
    };
    for (limits, message) in [
        (allocations, "limit exceeded: allocations"),
        (bytes, "limit exceeded: bytes of memory"),
        (stack, "has overflowed its stack"),
    ] {
        let failure = run::tried(&path, limits).expect("a failure");
        assert!(failure.message.contains(message), "{}", failure.message);
    }
}

fn documents_shrink_to_what_fails() {
    let document = Maker::new(Kind::Graphs, 1).document(3);
    let text = document.to_string();
    assert!(
        text.contains("\"type\":\"string\"") && text.len() > 1000,
        "{text}"
    );
    let smallest = shrunk(&document, |candidate| {
        candidate.to_string().contains("\"type\":\"string\"")
    });
    assert_eq!(smallest, json!({"type": "string"}));
}
