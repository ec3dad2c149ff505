//! Generates crates through the library, as the command line does.

use super::in_parallel;
use sdkgen::config::{Overrides, Settings};
use sdkgen::diag::{Diagnostics, Severity};
use sdkgen::pipeline::{self, Compilation, Generated};
use sdkgen::report;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// The stack size of a program's main thread. The threads of tests have a quarter of it.
const STACK: usize = 8 << 20;

/// The result of generating from a document.
pub struct Attempt {
    pub package: String,
    pub outcome: Outcome,
    pub time: Duration,
}

pub enum Outcome {
    Generated(Box<Generated>),
    /// Holds the errors, one a line.
    Refused(String),
    /// Holds the panic message.
    Panicked(String),
    /// Generation exceeded the time limit.
    Hung,
}

/// Generates a crate and its book, in at most `limit`.
pub fn generate(spec: &Path, package: &str, limit: Duration) -> Attempt {
    generate_with("", spec, package, limit)
}

/// Generates as [`generate`] does, with the text of a configuration file.
pub fn generate_with(config: &str, spec: &Path, package: &str, limit: Duration) -> Attempt {
    let (answer, question) = mpsc::channel();
    let (path, name) = (spec.to_owned(), package.to_owned());
    let start = Instant::now();
    let config = config.to_owned();
    let work = move || {
        let result = catch_unwind(AssertUnwindSafe(|| run(&path, &name, &config)));
        // After the limit, the receiver is gone.
        let _ = answer.send(result.unwrap_or_else(|cause| Outcome::Panicked(text_of(&*cause))));
    };
    thread::Builder::new()
        .stack_size(STACK)
        .spawn(work)
        .unwrap();
    let outcome = question.recv_timeout(limit).unwrap_or(Outcome::Hung);
    Attempt {
        package: package.to_owned(),
        outcome,
        time: start.elapsed(),
    }
}

/// Generates many crates, with wire tests. Returns the results in the order of `wanted`.
pub fn generate_all(wanted: &[(PathBuf, String)], limit: Duration) -> Vec<Attempt> {
    in_parallel(wanted, |(spec, package)| {
        generate_with("wire_tests: true", spec, package, limit)
    })
}

/// Returns the settings of a configuration file's text, for a crate and its book.
pub fn settings(config: &str, spec: &Path, package: &str) -> Result<Settings, String> {
    let given = Overrides {
        spec: Some(spec.to_owned()),
        package: Some(package.to_owned()),
        docs: Some(PathBuf::from("book")),
        ..Overrides::default()
    };
    Settings::from_file(Path::new("sdkgen.yaml"), config, given).map_err(|fault| fault.to_string())
}

fn run(spec: &Path, package: &str, config: &str) -> Outcome {
    let settings = match settings(config, spec, package) {
        Ok(settings) => settings,
        Err(fault) => return Outcome::Refused(fault),
    };
    let mut diagnostics = Diagnostics::default();
    let Some(mut loaded) = pipeline::load(settings.job(), &mut diagnostics) else {
        return Outcome::Refused(errors(
            &diagnostics,
            &Default::default(),
            &Default::default(),
        ));
    };
    if let Err(fault) = settings.apply(&mut loaded, &mut diagnostics) {
        return Outcome::Refused(fault.to_string());
    }
    let mut job = settings.settle(&loaded);
    // A member of a workshop's workspace must not open a workspace of its own.
    job.options.package.workspace_member = true;
    match Compilation::new(&job, &loaded).generate(&mut diagnostics) {
        Some(generated) => Outcome::Generated(Box::new(generated)),
        None => Outcome::Refused(errors(&diagnostics, &loaded.sources, &loaded.tree)),
    }
}

fn errors(
    diagnostics: &Diagnostics,
    sources: &sdkgen::source::Sources,
    tree: &sdkgen::tree::Tree,
) -> String {
    let mut errors = Diagnostics::default();
    let found = diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error);
    found.for_each(|found| errors.push(found.clone()));
    report::short(&errors, sources, tree)
}

fn text_of(cause: &(dyn std::any::Any + Send)) -> String {
    let text = cause.downcast_ref::<String>().map(String::as_str);
    text.or(cause.downcast_ref::<&str>().copied())
        .unwrap_or("no message")
        .to_owned()
}
