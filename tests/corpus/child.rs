//! Generates in a child process: its time and peak memory are those of one document, and a crash does not affect
//! other documents.

use super::calls::{self, Calls};
use super::fallback;
use super::run::Step;
use super::trip::{self, Cases};
use crate::support::generate::settings;
use sdkgen::diag::{Diagnostics, Severity};
use sdkgen::pipeline;
use sdkgen::report;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The first argument of a child process.
const ARGUMENT: &str = "--generate-one";
/// The stack size of a program's main thread.
const STACK: usize = 8 << 20;
/// A document takes seconds at most, so that a process without an answer by then hangs.
const LIMIT: Duration = Duration::from_secs(300);

/// The result of generating from a document.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Answer {
    pub outcome: Outcome,
    /// The time to read the document and to generate the crate and its book in memory.
    pub seconds: f64,
    pub mib: f64,
    /// Lines of Rust.
    pub lines: usize,
    /// The number of paginated operations by kind of pagination.
    pub pages: BTreeMap<String, usize>,
    /// The number of diagnostics by code.
    pub diagnostics: BTreeMap<String, usize>,
    /// Schemas that constrain their values but are raw JSON in Rust, counted by the diagnostic's code.
    pub raw: BTreeMap<String, usize>,
    /// Each of those schemas, with its code.
    pub raw_places: Vec<(String, String)>,
    pub cases: Cases,
    pub calls: Calls,
}

#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    Generated,
    /// Holds the errors, one a line.
    Refused(String),
    /// The process panicked, overflowed its stack or was killed; holds its messages.
    Died(String),
    #[default]
    Hung,
}

/// Does the work of a child process if this is one. Returns whether it is.
pub fn answered() -> bool {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, argument, spec, package, folder, steps] = arguments.as_slice() else {
        return false;
    };
    let asked = argument == ARGUMENT;
    if asked {
        answer(spec, package, folder, steps);
    }
    asked
}

/// Prints the result for a document.
fn answer(spec: &str, package: &str, folder: &str, steps: &str) {
    let wanted = Wanted {
        trip: steps.contains("trip"),
        calls: steps.contains("calls"),
    };
    let (spec, package, folder) = (
        PathBuf::from(spec),
        package.to_owned(),
        PathBuf::from(folder),
    );
    let work = move || generate(&spec, &package, &folder, wanted);
    let thread = thread::Builder::new().stack_size(STACK).spawn(work);
    match thread.map(thread::JoinHandle::join) {
        Ok(Ok(answer)) => println!(
            "{}",
            serde_json::to_string(&answer).expect("it is plain data")
        ),
        // The panic message is already on stderr.
        _ => std::process::exit(101),
    }
}

/// The results that the steps need in addition to the crate.
#[derive(Clone, Copy)]
struct Wanted {
    trip: bool,
    calls: bool,
}

/// Returns the configuration of a document. It allows references to all files of the document's folder: in their
/// origin they share a git repository, in the corpus they do not.
fn config(spec: &Path, wire_tests: bool) -> String {
    let is_corpus = |folder: &Path| folder.join("INDEX.tsv").is_file();
    let mut above = spec.ancestors();
    let own = above.find(|path| path.parent().is_some_and(is_corpus));
    let own = own.map(|path| path.display().to_string());
    let own = own.into_iter().collect::<Vec<String>>();
    serde_json::json!({"wire_tests": wire_tests, "allow_files": own}).to_string()
}

fn generate(spec: &Path, package: &str, folder: &Path, wanted: Wanted) -> Answer {
    let start = Instant::now();
    let mut diagnostics = Diagnostics::default();
    let config = config(spec, wanted.calls);
    let settings = match settings(&config, spec, package) {
        Ok(settings) => settings,
        Err(fault) => {
            return Answer {
                outcome: Outcome::Refused(fault),
                ..Answer::default()
            };
        }
    };
    let Some(loaded) = pipeline::load(settings.job(), &mut diagnostics) else {
        let text = report::short(&diagnostics, &Default::default(), &Default::default());
        return Answer {
            outcome: Outcome::Refused(text),
            ..Answer::default()
        };
    };
    let mut job = settings.settle(&loaded);
    // A member of a workshop's workspace must not open a workspace of its own.
    job.options.package.workspace_member = true;
    let generated = pipeline::Compilation::new(&job, &loaded).generate(&mut diagnostics);
    let mut answer = Answer {
        seconds: start.elapsed().as_secs_f64(),
        mib: crate::support::peak_of_memory(),
        ..Answer::default()
    };
    for found in diagnostics.iter() {
        *answer.diagnostics.entry(found.code.to_owned()).or_default() += 1;
    }
    let Some(generated) = generated else {
        let mut errors = Diagnostics::default();
        let found = diagnostics
            .iter()
            .filter(|found| found.severity == Severity::Error);
        found.for_each(|found| errors.push(found.clone()));
        answer.outcome = Outcome::Refused(report::short(&errors, &loaded.sources, &loaded.tree));
        return answer;
    };
    let rust = generated
        .package
        .0
        .iter()
        .filter(|(path, _)| path.ends_with(".rs") && !path.starts_with("tests/"));
    answer.lines = rust.map(|(_, text)| text.lines().count()).sum();
    for kind in generated
        .package
        .0
        .values()
        .flat_map(|text| kinds_of_pages(text))
    {
        *answer.pages.entry(kind.to_owned()).or_default() += 1;
    }
    crate::support::write_package(folder, &generated);
    answer.outcome = Outcome::Generated;
    drop(generated);
    let mut diagnostics = Diagnostics::default();
    let places = pipeline::Compilation::new(&job, &loaded)
        .places(&mut diagnostics)
        .unwrap_or_default();
    answer.raw_places = fallback::find(&loaded, &places, &diagnostics);
    for (code, _) in &answer.raw_places {
        *answer.raw.entry(code.clone()).or_default() += 1;
    }
    if wanted.trip {
        answer.cases = trip::cases(&loaded, &places);
        let api = pipeline::api(&loaded, &Default::default(), &mut diagnostics);
        answer.calls = api
            .map(|api| calls::judge(&loaded, &api))
            .unwrap_or_default();
    }
    answer
}

/// Returns the kinds of pagination in the constants of operations: `Cursor`, `Link`.
fn kinds_of_pages(text: &str) -> impl Iterator<Item = &str> {
    let nexts = text.split("next: paging::Next::").skip(1);
    nexts.filter_map(|rest| rest.split('(').next())
}

/// Starts a child process and waits for its result.
pub fn ask(spec: &Path, package: &str, folder: &Path, steps: &[Step]) -> Answer {
    let asked = [(Step::Trip, "trip"), (Step::Calls, "calls")];
    let asked = asked.map(|(step, word)| if steps.contains(&step) { word } else { "" });
    let program = std::env::current_exe().expect("a running program has a path");
    let child = Command::new(program)
        .arg(ARGUMENT)
        .args([spec, Path::new(package), folder])
        .arg(asked.concat())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("this program can be started again");
    let (ended, out, err) = wait(child);
    let outcome = match (ended, serde_json::from_str(&out)) {
        (_, Ok(answer)) => return answer,
        (false, _) => Outcome::Hung,
        (true, Err(_)) => Outcome::Died(err),
    };
    Answer {
        outcome,
        ..Answer::default()
    }
}

/// Returns whether the process ended by itself, and its output.
fn wait(mut child: Child) -> (bool, String, String) {
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let (out, err) = (
        thread::spawn(move || text(out)),
        thread::spawn(move || text(err)),
    );
    let start = Instant::now();
    let ended = loop {
        match child.try_wait() {
            Ok(None) if start.elapsed() > LIMIT => {
                let _ = child.kill();
                let _ = child.wait();
                break false;
            }
            Ok(None) => thread::sleep(Duration::from_millis(5)),
            _ => break true,
        }
    };
    (
        ended,
        out.join().unwrap_or_default(),
        err.join().unwrap_or_default(),
    )
}

fn text(pipe: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    // Output that was read before an error is still reported.
    let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
    String::from_utf8_lossy(&bytes).into_owned()
}
