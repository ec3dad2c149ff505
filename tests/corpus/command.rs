//! The whole corpus of published descriptions: their crates must compile without warnings, and their own examples
//! must round-trip through the generated types.
//!
//! ```sh
//! SDKGEN_CORPUS=… cargo run --release --example corpus -- [--steps …] [DOCUMENT …]
//! ```
//!
//! What was reached once must stay reached: `state.tsv` records it, and `--bless` writes it. All steps over all
//! documents take half an hour and some gigabytes.

#[path = "mod.rs"]
mod corpus;
#[path = "../support/mod.rs"]
mod support;

use clap::Parser;
use corpus::run::{Options, Step};
use corpus::{child, index, progress::Progress, report, run, state};
use std::path::PathBuf;
use std::process::ExitCode;

/// Generate from all documents of a corpus, compile the crates, and compare with the recorded state
#[derive(Parser)]
struct Arguments {
    /// Only documents whose file name contains one of these texts
    documents: Vec<String>,
    /// The folder of the documents and their `INDEX.tsv`; defaults to the variable `SDKGEN_CORPUS`
    #[arg(long)]
    corpus: Option<PathBuf>,
    /// The steps to run for each crate; defaults to all
    #[arg(long, value_enum, value_delimiter = ',')]
    steps: Option<Vec<Step>>,
    /// Only generate
    #[arg(long, conflicts_with = "steps")]
    generate: bool,
    /// Write the reached state to `state.tsv`
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

/// Returns whether no document is worse than its recorded state.
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
