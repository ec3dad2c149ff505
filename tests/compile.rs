//! What is generated from the fixtures compiles without a word: rustfmt, clippy, rustdoc, and the
//! examples in the documentation.

mod support;

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use support::cargo::{Found, report};
use support::generate::{Attempt, Outcome, generate_all};
use support::{Workshop, repository, say};

/// The crates whose documentation is compiled and run too: each takes a linker run of its own.
const WITH_EXAMPLES: [&str; 5] = [
    "operations-bodies",
    "operations-pages",
    "operations-parameters",
    "operations-streams",
    "refs-main",
];

/// The crates whose calls are made: each takes a linker run of its own.
const WITH_TESTS: [&str; 11] = [
    "operations-bodies",
    "operations-callbacks",
    "operations-code-like-names",
    "operations-credentials",
    "operations-names",
    "operations-parameters",
    "operations-paths",
    "operations-responses",
    "operations-security",
    "operations-server-of-operations",
    "swagger-store",
];

struct Fixtures {
    attempts: Vec<Attempt>,
    workshop: Workshop,
}

/// Made by the test that comes first; the others wait for it.
static FIXTURES: LazyLock<Fixtures> = LazyLock::new(|| {
    let attempts = generate_all(&documents(), Duration::from_secs(60));
    let mut workshop = Workshop::new("fixtures");
    let generated = attempts
        .iter()
        .filter(|attempt| matches!(attempt.outcome, Outcome::Generated(_)));
    generated.for_each(|attempt| workshop.add(attempt));
    workshop.finish();
    Fixtures { attempts, workshop }
});

/// The documents, and the names of their crates: `operations/paths.yaml` gives `operations-paths`.
fn documents() -> Vec<(PathBuf, String)> {
    let root = repository().join("tests/fixtures");
    let refs = ["main", "identifiers"];
    let refs = refs.map(|name| {
        (
            root.join(format!("refs/{name}.yaml")),
            format!("refs-{name}"),
        )
    });
    let swagger = [("store", "store"), ("split/swagger", "split")];
    let swagger = swagger.map(|(path, name)| {
        (
            root.join(format!("swagger/{path}.yaml")),
            format!("swagger-{name}"),
        )
    });
    let mut found = [&refs[..], &swagger[..]].concat();
    for area in ["operations", "schemas"] {
        for entry in fs::read_dir(root.join(area)).unwrap() {
            let path = entry.unwrap().path();
            let stem = path
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .replace('.', "-");
            found.push((path, format!("{area}-{stem}")));
        }
    }
    found.sort();
    found
}

#[test]
fn every_fixture_is_generated() {
    let mut failed = String::new();
    for attempt in &FIXTURES.attempts {
        let why = match &attempt.outcome {
            Outcome::Generated(_) => continue,
            Outcome::Refused(why) => format!("refused:\n{why}"),
            Outcome::Panicked(why) => format!("panic: {why}"),
            Outcome::Hung => "no answer in time".to_owned(),
        };
        failed.push_str(&format!("\n=== {}: {why}", attempt.package));
    }
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn generated_crates_are_formatted() {
    nothing_found("cargo fmt --check", Workshop::fmt);
}

#[test]
fn generated_crates_compile_without_warnings() {
    nothing_found("cargo clippy --all-targets -- -D warnings", |workshop| {
        workshop.clippy(&names(workshop))
    });
}

#[test]
fn generated_documentation_has_no_warnings() {
    nothing_found("cargo doc --no-deps", |workshop| {
        workshop.doc(&names(workshop))
    });
}

/// Each call sends what the description asks for, worked out apart from the client.
#[test]
fn example_calls_are_sent_as_described() {
    let start = Instant::now();
    let result = FIXTURES.workshop.wire_tests(&WITH_TESTS);
    told("cargo test --test wire", WITH_TESTS.len(), start);
    assert!(result.is_ok(), "{}", result.unwrap_err());
}

#[test]
fn documented_examples_compile() {
    let start = Instant::now();
    let result = FIXTURES.workshop.doctest(&WITH_EXAMPLES);
    told("cargo test --doc", WITH_EXAMPLES.len(), start);
    assert!(result.is_ok(), "{}", result.unwrap_err());
}

fn nothing_found(what: &str, command: impl Fn(&Workshop) -> Found) {
    let workshop = &FIXTURES.workshop;
    let start = Instant::now();
    let found = command(workshop);
    told(what, workshop.members().len(), start);
    assert!(
        found.is_empty(),
        "`{what}` in {}:{}",
        workshop.root().display(),
        report(&found)
    );
}

fn names(workshop: &Workshop) -> Vec<&str> {
    workshop.members().iter().map(String::as_str).collect()
}

fn told(what: &str, crates: usize, start: Instant) {
    say(&format!(
        "{crates} generated crates, `{what}`: {:.1} s",
        start.elapsed().as_secs_f64()
    ));
}
