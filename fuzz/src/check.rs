//! The checks that every document must pass.

use sdkgen::config::{Job, Overrides, Settings};
use sdkgen::diag::Diagnostics;
use sdkgen::load::{self, Loaded};
use sdkgen::pipeline::{Compilation, Generated};
use sdkgen::report;
use serde_json::Value;

const NAME: &str = "api.json";

/// Lints a document once and generates from it twice, in memory. Returns the files of the crate and the book, if the
/// document is valid.
///
/// # Panics
///
/// Panics if a run returns neither files nor errors, or both, if `lint` and `generate` disagree, or if the second run
/// differs from the first.
pub fn document(document: &Value, package: &str) -> Option<Generated> {
    let text = document.to_string();
    let first = Run::new(&text, package);
    assert_ne!(
        first.generated.is_some(),
        first.is_refused,
        "files and errors, or neither:\n{}",
        first.reported
    );
    assert_eq!(
        lint(&text, package),
        first.generated.is_some(),
        "lint disagrees with generate:\n{}",
        first.reported
    );
    let second = Run::new(&text, package);
    assert_eq!(
        first.reported, second.reported,
        "a second run reports something else"
    );
    assert_same(first.generated.as_ref(), second.generated.as_ref());
    first.generated
}

/// The result of one run.
struct Run {
    generated: Option<Generated>,
    is_refused: bool,
    /// All diagnostics, with their source lines.
    reported: String,
}

impl Run {
    fn new(text: &str, package: &str) -> Self {
        let mut diagnostics = Diagnostics::default();
        let loaded = load(text, &mut diagnostics);
        let generated =
            Compilation::new(&job(&loaded, package), &loaded).generate(&mut diagnostics);
        let style = report::Style::default();
        Run {
            generated,
            is_refused: diagnostics.has_errors(),
            reported: report::human(&diagnostics, &loaded.sources, &loaded.tree, style),
        }
    }
}

fn lint(text: &str, package: &str) -> bool {
    let mut diagnostics = Diagnostics::default();
    let loaded = load(text, &mut diagnostics);
    Compilation::new(&job(&loaded, package), &loaded).lint(&mut diagnostics)
}

fn load(text: &str, diagnostics: &mut Diagnostics) -> Loaded {
    load::from_texts(&[(NAME, text)], diagnostics).expect("the text is in memory")
}

/// Returns a job with a book and with wire tests.
fn job(loaded: &Loaded, package: &str) -> Job {
    let given = Overrides {
        spec: Some(NAME.into()),
        out: Some("out".into()),
        docs: Some("book".into()),
        package: Some(package.to_owned()),
        wire_tests: true,
        ..Overrides::default()
    };
    let settings = Settings::from_arguments(given).expect("the arguments are valid");
    let mut job = settings.settle(loaded);
    job.options.package.workspace_member = true;
    job
}

fn assert_same(one: Option<&Generated>, other: Option<&Generated>) {
    let files = |generated: &Generated| {
        let book = generated.docs.iter().flat_map(|files| files.0.clone());
        let package = generated.package.0.clone();
        package.into_iter().chain(book).collect::<Vec<_>>()
    };
    let (one, other) = (
        one.map(files).unwrap_or_default(),
        other.map(files).unwrap_or_default(),
    );
    let differing = one.iter().zip(&other).find(|(one, other)| one != other);
    if let Some(((path, text), (_, again))) = differing {
        let line = text
            .lines()
            .zip(again.lines())
            .find(|(one, other)| one != other);
        panic!("{path} differs in a second run: {line:?}");
    }
    assert_eq!(one.len(), other.len(), "a second run has other files");
}
