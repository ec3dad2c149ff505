//! `cargo bench --bench serde`: the speed of decoding and encoding generated types, in one run.
//!
//! They are compared with the same types with serde's derive (`programs/serde.rs`). If `SDKGEN_CORPUS` names the
//! corpus, types of two published documents are also compared with `serde_json::Value` (`programs/documents.rs`). GitHub's
//! issues are the example of its document; Discord's has none, so that `programs/message.json` is a message in its form.

#[path = "../tests/support/mod.rs"]
mod support;

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use support::bench::{asked_for, flagship};
use support::generate::{generate, generate_with};
use support::{Workshop, cargo, repository};

/// The time limit of generation.
const LIMIT: Duration = Duration::from_secs(60);

/// The documents: package, file, and the operation whose response is decoded.
const DOCUMENTS: [(&str, &str, &str); 2] = [
    ("github", "github-api.json", "issues/list-for-repo"),
    ("discord", "discord-api.json", "list_messages"),
];

/// The example of GitHub's issues in its document.
const ISSUES: &str = "/components/examples/issue-items/value";

fn main() {
    if !asked_for() {
        return;
    }
    let mut workshop = Workshop::new("serde-bench");
    workshop.add(&flagship());
    let spec = repository().join("benches/programs/serde.yaml");
    workshop.add(&generate(&spec, "wide", LIMIT));
    let files = [
        ("Cargo.toml", include_str!("programs/serde.toml")),
        ("src/main.rs", include_str!("programs/serde.rs")),
        ("src/compare.rs", include_str!("programs/compare.rs")),
        ("src/derived.rs", include_str!("programs/derived.rs")),
    ];
    workshop.add_program("serde-bench", &files);
    let corpus = std::env::var_os("SDKGEN_CORPUS").filter(|path| !path.is_empty());
    if let Some(corpus) = &corpus {
        add_documents(&mut workshop, &PathBuf::from(corpus));
    }
    workshop.finish();
    run(&workshop, "serde-bench");
    match corpus {
        Some(_) => run(&workshop, "documents-bench"),
        None => println!("published documents: skipped, SDKGEN_CORPUS is not set"),
    }
}

/// Adds the crates of the documents, and the program that uses them.
fn add_documents(workshop: &mut Workshop, corpus: &Path) {
    for (package, document, operation) in DOCUMENTS {
        let config = format!("filter: {{include: {{operations: [{operation}]}}}}");
        workshop.add(&generate_with(
            &config,
            &corpus.join(document),
            package,
            LIMIT,
        ));
    }
    let issues = issues(&corpus.join(DOCUMENTS[0].1));
    let files = [
        ("Cargo.toml", include_str!("programs/documents.toml")),
        ("src/main.rs", include_str!("programs/documents.rs")),
        ("src/compare.rs", include_str!("programs/compare.rs")),
        ("src/issues.json", &*issues),
        ("src/messages.json", include_str!("programs/message.json")),
    ];
    workshop.add_program("documents-bench", &files);
}

fn issues(document: &Path) -> String {
    let document: Value = serde_json::from_slice(&fs::read(document).unwrap()).unwrap();
    document.pointer(ISSUES).unwrap().to_string()
}

/// Runs a program of the workshop, and prints what it prints.
fn run(workshop: &Workshop, program: &str) {
    let arguments = ["run", "--release", "--offline", "--package", program];
    let output = cargo::command(workshop.root(), &arguments)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
    print!("{}", String::from_utf8_lossy(&output.stdout));
}
