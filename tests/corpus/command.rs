//! The whole corpus of published descriptions: what is generated from them has to compile without
//! a warning, and their own examples have to come through its types unchanged.
//!
//! ```sh
//! SDKGEN_CORPUS=… cargo run --release --example corpus -- [--steps …] [DOCUMENT …]
//! ```
//!
//! What was reached once has to be reached for ever: `state.tsv` says what that is, and `--bless`
//! writes it. All steps over all documents take half an hour and some gigabytes.

#[path = "mod.rs"]
mod corpus;
#[path = "../support/mod.rs"]
mod support;

use clap::Parser;
use corpus::run::{Options, Step};
use corpus::{child, index, progress::Progress, report, run, state};
use std::path::PathBuf;
use std::process::ExitCode;

/// Generates from all documents of a corpus, compiles the crates, and compares with what was
/// reached before.
#[derive(Parser)]
struct Arguments {
    /// Only documents whose file name holds one of these texts.
    documents: Vec<String>,
    /// The folder that has the documents and their `INDEX.tsv`; else the variable `SDKGEN_CORPUS`
    /// names it.
    #[arg(long)]
    corpus: Option<PathBuf>,
    /// What is done with each crate; all of it when nothing is said.
    #[arg(long, value_enum, value_delimiter = ',')]
    steps: Option<Vec<Step>>,
    /// Only generate.
    #[arg(long, conflicts_with = "steps")]
    generate: bool,
    /// Write what was reached to `state.tsv`.
    #[arg(long)]
    bless: bool,
    /// Write every example that failed, and every fallback, to this file as tab-separated values.
    #[arg(long)]
    details: Option<PathBuf>,
}

fn main() -> ExitCode {
    if child::answered() {
        return ExitCode::SUCCESS;
    }
    match work(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("corpus: {why}");
            ExitCode::from(2)
        }
    }
}

/// Whether everything is at least as it was.
fn work(arguments: &Arguments) -> Result<bool, String> {
    let named = || {
        std::env::var_os("SDKGEN_CORPUS")
            .filter(|path| !path.is_empty())
            .map(PathBuf::from)
    };
    let corpus = arguments.corpus.clone().or_else(named);
    let corpus = corpus.ok_or("give --corpus, or set SDKGEN_CORPUS")?;
    let mut documents = index::read(&corpus)?;
    let wanted = &arguments.documents;
    documents.retain(|document| {
        wanted.is_empty()
            || wanted
                .iter()
                .any(|text| document.file.contains(text.as_str()))
    });
    if documents.is_empty() {
        return Err("no document has such a name".to_owned());
    }
    let all = [
        Step::Fmt,
        Step::Check,
        Step::Clippy,
        Step::Doc,
        Step::Trip,
        Step::Calls,
    ]
    .to_vec();
    let mut steps = arguments.steps.clone().unwrap_or(all);
    if arguments.generate {
        steps.clear();
    }
    steps.sort();
    let options = Options {
        steps,
        compiled: None,
        keeps: false,
    };
    let rows = run::run(&documents, &options, &Progress::new());
    print!("{}", report::tables(&rows));
    if let Some(path) = &arguments.details {
        std::fs::write(path, report::details(&rows)).map_err(|why| why.to_string())?;
    }
    Ok(state::settle(&rows, arguments.bless))
}
