//! Webhooks in generated crates: a program decodes events and verifies signatures. It contains the server of the
//! documentation, as printed there (`webhooks/program.rs`).

use std::time::Duration;
use support::cargo::report;
use support::generate::{Attempt, Outcome, generate_with};
use support::{Workshop, repository};

/// Crates by signature scheme.
const SCHEMES: [(&str, &str); 4] = [
    ("hooks-standard", "standard"),
    (
        "hooks-stripe",
        "{header: Stripe-Signature, prefix: v1=, separator: ',', timestamp_prefix: t=, \
         signed: '{timestamp}.{body}', tolerance: 60}",
    ),
    (
        "hooks-github",
        "{header: X-Hub-Signature-256, prefix: sha256=}",
    ),
    (
        "hooks-own",
        "{header: X-Code, algorithm: sha512, encoding: base64, timestamp_header: X-Time, \
         signed: '{timestamp}:{body}'}",
    ),
];

fn signed() -> [Attempt; 4] {
    let spec = repository().join("tests/fixtures/operations/webhooks-events.yaml");
    SCHEMES.map(|(package, scheme)| {
        let config = format!("webhooks: {{verify: {scheme}}}");
        generate_with(&config, &spec, package, Duration::from_secs(60))
    })
}

/// Returns the server that the module's documentation shows.
fn shown(attempt: &Attempt) -> String {
    let Outcome::Generated(generated) = &attempt.outcome else {
        panic!("{}: nothing was generated", attempt.package);
    };
    let text = &generated.package.0["src/webhooks.rs"];
    let (_, rest) = text.split_once("//! ```ignore\n").unwrap();
    let (code, _) = rest.split_once("//! ```").unwrap();
    let lines = code.lines().map(|line| line.trim_start_matches("//!"));
    let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn signatures_are_checked() {
    let attempts = signed();
    let mut workshop = Workshop::new("webhooks");
    let mut manifest = include_str!("webhooks/program.toml").to_owned();
    for attempt in &attempts {
        workshop.add(attempt);
        let package = &attempt.package;
        manifest.push_str(&format!(
            "{package} = {{ path = \"../{package}\", default-features = false }}\n"
        ));
    }
    let server = shown(&attempts[0]).replace("\nfn router", "\npub fn router");
    let files = [
        ("Cargo.toml", &*manifest),
        ("src/main.rs", include_str!("webhooks/program.rs")),
        ("src/server.rs", &server),
    ];
    workshop.add_program("webhooks", &files);
    workshop.finish();
    workshop.run("webhooks", &[]);
    let formatted = workshop.fmt();
    assert!(formatted.is_empty(), "{}", report(&formatted));
    let packages = SCHEMES.map(|(package, _)| package);
    let linted = workshop.clippy_with(&[], &packages);
    assert!(linted.is_empty(), "{}", report(&linted));
    let documented = workshop.doc_with(&[], &packages);
    assert!(documented.is_empty(), "{}", report(&documented));
    workshop
        .doctest(&["hooks-standard", "hooks-github"])
        .unwrap();
}
