//! A small part of the corpus run, for `cargo test`: generates from all published descriptions, and compiles a few of
//! the crates, with the round trip of their examples.
//!
//! `SDKGEN_CORPUS` names the folder of the descriptions, with `INDEX.tsv`; without it, everything here is skipped.
//! What worked once must keep working: see `corpus/state.tsv`. The whole run is the example `corpus`
//! (`corpus/command.rs`).

#[path = "corpus/mod.rs"]
#[allow(dead_code, reason = "the whole run does more with it")]
mod corpus;
mod support;

use corpus::run::{Options, Step};
use corpus::{child, index, progress::Progress, report, run, state};
use std::path::Path;
use std::process::ExitCode;
use support::say;

/// The crates that every run compiles.
const COMPILED: [&str; 11] = [
    "bump-train-travel",
    "oai-petstore-expanded",
    "oai-tictactoe",
    "oai-uspto",
    "oxide-buildomat",
    "oxide-keeper",
    "redocly-cafe-3-2",
    "redocly-museum",
    "svix-api",
    "swagger-petstore",
    "xero-files",
];

fn main() -> ExitCode {
    if child::answered() {
        return ExitCode::SUCCESS;
    }
    // A tool that lists tests gets an empty list: this is one program, not many tests.
    if std::env::args().any(|argument| argument == "--list") {
        return ExitCode::SUCCESS;
    }
    match std::env::var_os("SDKGEN_CORPUS").filter(|path| !path.is_empty()) {
        None => say("corpus: skipped, SDKGEN_CORPUS is not set"),
        Some(folder) if !holds(Path::new(&folder)) => return ExitCode::FAILURE,
        Some(_) => {}
    }
    ExitCode::SUCCESS
}

/// Returns whether no document is worse than its recorded state.
fn holds(folder: &Path) -> bool {
    let documents = match index::read(folder) {
        Ok(documents) => documents,
        Err(why) => {
            say(&format!("SDKGEN_CORPUS: {why}"));
            return false;
        }
    };
    let options = Options {
        steps: vec![Step::Fmt, Step::Clippy, Step::Doc, Step::Trip],
        compiled: Some(&COMPILED),
        keeps: true,
    };
    let rows = run::run(&documents, &options, &Progress::new());
    say(&report::tables(&rows));
    state::settle(&rows, std::env::var_os("SDKGEN_BLESS").is_some())
}
