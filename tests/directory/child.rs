//! Generates in a child process, so that a crash does not affect other documents.

use crate::support::generate::{self, Outcome};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// The first argument of a child process.
const ARGUMENT: &str = "--generate-one";
/// Under load, the largest documents take a minute.
const LIMIT: Duration = Duration::from_secs(600);

/// The result of one run over a document.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    Generated {
        /// The hash of all files of the crate and its book, with their paths.
        hash: String,
        /// Lines of Rust.
        lines: usize,
    },
    /// Holds the errors, one a line.
    Refused(String),
    /// The process panicked, overflowed its stack, was killed or timed out; holds its messages.
    Died(String),
}

/// Does the work of a child process if this is one. Returns whether it is.
pub fn answered() -> bool {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, argument, document, package, folder] = arguments.as_slice() else {
        return false;
    };
    if argument != ARGUMENT {
        return false;
    }
    let answer = answer(Path::new(document), package, folder);
    println!("{}", serde_json::to_string(&answer).unwrap());
    true
}

fn answer(document: &Path, package: &str, folder: &str) -> Answer {
    let generated = match generate::generate(document, package, LIMIT).outcome {
        Outcome::Generated(generated) => generated,
        Outcome::Refused(why) => return Answer::Refused(why),
        Outcome::Panicked(why) => return Answer::Died(why),
        Outcome::Hung => return Answer::Died(format!("no end after {} s", LIMIT.as_secs())),
    };
    if !folder.is_empty() {
        crate::support::write_package(Path::new(folder), &generated);
    }
    let mut hash = Sha256::new();
    for (path, text) in [Some(&generated.package), generated.docs.as_ref()]
        .into_iter()
        .flatten()
        .flat_map(|files| &files.0)
    {
        for part in [path, text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    let hash = hash.finalize();
    let digits = hash.iter().map(|byte| format!("{byte:02x}"));
    let files = generated.package.0.iter();
    let rust = files.filter(|(path, _)| path.ends_with(".rs"));
    Answer::Generated {
        hash: digits.collect(),
        lines: rust.map(|(_, text)| text.lines().count()).sum(),
    }
}

/// Starts a child process and waits for its result. It writes the crate into `folder` if that is given.
pub fn ask(document: &Path, package: &str, folder: Option<&Path>) -> Answer {
    let program = std::env::current_exe().expect("a running program has a path");
    let output = Command::new(program)
        .arg(ARGUMENT)
        .args([document, Path::new(package)])
        .arg(folder.unwrap_or(Path::new("")))
        .output()
        .expect("this program can be started again");
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| Answer::Died(String::from_utf8_lossy(&output.stderr).into_owned()))
}
