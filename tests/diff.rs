//! What changed descriptions change for callers: a file for each change in `diff/pairs/`, with the document
//! before and after, and the changes that are told. What every document has is left out of them.

#[path = "diff/signatures.rs"]
mod signatures;

use sdkgen::config::{Job, Overrides, Settings};
use sdkgen::diag::Diagnostics;
use sdkgen::diff::{Diff, Step, Surface, report};
use sdkgen::source::Loaded;
use sdkgen::{pipeline, source};
use serde::Deserialize;
use serde_yaml::{Mapping, Value as Yaml};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    about: String,
    changes: Vec<String>,
    /// Why code that calls the crate compiles all the same where a declaration is gone.
    compiles: Option<String>,
    /// What is left of the changes with the names that the comparison suggests to keep; absent where it
    /// suggests none.
    kept: Option<Vec<String>>,
    old: Mapping,
    new: Mapping,
}

fn pairs() -> Vec<(PathBuf, Pair)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff/pairs");
    let files = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let pair = serde_yaml::from_str(&text);
        let pair = pair.unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        (path, pair)
    };
    files.into_iter().map(read).collect()
}

/// The document with what every document has.
fn whole(document: &Mapping) -> String {
    let usual = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n";
    let mut whole: Mapping = serde_yaml::from_str(usual).unwrap();
    whole.extend(document.clone());
    serde_yaml::to_string(&Yaml::Mapping(whole)).unwrap()
}

fn surface(document: &Mapping) -> Surface {
    surface_of(&whole(document), "")
}

fn load(text: &str, config: &str) -> (Job, Loaded, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let loaded = source::from_texts(&[("api.yaml", text)], &mut diagnostics).unwrap();
    let given = Overrides {
        spec: Some("api.yaml".into()),
        ..Overrides::default()
    };
    let settings = Settings::from_file(Path::new("sdkgen.yaml"), config, given);
    let job = settings.unwrap().settle(&loaded);
    (job, loaded, diagnostics)
}

fn surface_of(text: &str, config: &str) -> Surface {
    let (job, loaded, mut diagnostics) = load(text, config);
    let surface = pipeline::surface(&job, &loaded, &mut diagnostics);
    surface.unwrap_or_else(|| panic!("{:?}", diagnostics.iter().collect::<Vec<_>>()))
}

fn declared(document: &Mapping) -> BTreeSet<String> {
    let (job, loaded, mut diagnostics) = load(&whole(document), "");
    let generated = pipeline::generate(&job, &loaded, &mut diagnostics).unwrap();
    signatures::of(&generated.package)
}

fn diff(pair: &Pair) -> Diff {
    Diff::of(&surface(&pair.old), &surface(&pair.new))
}

#[test]
fn each_change_has_its_verdict() {
    let mut wrong = String::new();
    for (path, pair) in pairs() {
        let told = report::short(&diff(&pair));
        let told: Vec<&str> = told.lines().collect();
        if told != pair.changes {
            let told: Vec<String> = told.iter().map(|line| format!("- {line:?}\n")).collect();
            let name = path.file_name().unwrap().display();
            wrong += &format!("{name}: {}\n{}", pair.about, told.concat());
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// With the suggested lines in the configuration, the crate has the names that it had.
#[test]
fn suggested_names_are_those_that_were() {
    let mut wrong = String::new();
    for (path, pair) in pairs() {
        let names = report::names(&diff(&pair));
        let left = (!names.is_empty()).then(|| {
            let new = surface_of(&whole(&pair.new), &names);
            let left = report::short(&Diff::of(&surface(&pair.old), &new));
            left.lines().map(str::to_owned).collect::<Vec<String>>()
        });
        if left != pair.kept {
            let name = path.file_name().unwrap().display();
            wrong += &format!("{name}: {left:?} with\n{names}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_document_does_not_differ_from_itself() {
    for (path, pair) in pairs() {
        for document in [&pair.old, &pair.new] {
            let same = Diff::of(&surface(document), &surface(document));
            assert_eq!(same, Diff::default(), "{}", path.display());
        }
    }
}

#[test]
fn reports_say_the_same_in_every_form() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff/formats");
    let side = |name: &str| surface_of(&std::fs::read_to_string(folder.join(name)).unwrap(), "");
    let (old, new) = (side("old.yaml"), side("new.yaml"));
    let diff = Diff::of(&old, &new);
    insta::assert_snapshot!("human", report::human(&diff));
    insta::assert_snapshot!("json", report::json(&diff));
    insta::assert_snapshot!("markdown", report::markdown(&diff));
    insta::assert_snapshot!("github", report::github(&diff));
    let none = Diff::of(&new, &new);
    let all = [
        report::human,
        report::json,
        report::markdown,
        report::github,
    ];
    let texts = all.map(|print| print(&none));
    insta::assert_snapshot!("none", texts.join("\n"));
}

/// Of the worst change follows the step, for a crate of a version 0.x and for a later one.
#[test]
fn the_step_of_the_version_follows_the_worst_change() {
    for (path, pair) in pairs() {
        let words: Vec<&str> = pair
            .changes
            .iter()
            .filter_map(|change| Some(change.split_once(':')?.0))
            .collect();
        let expected = match () {
            () if words.is_empty() => (Step::None, Step::None),
            () if words.contains(&"breaking") => (Step::Minor, Step::Major),
            () => (Step::Patch, Step::Minor),
        };
        assert_eq!(diff(&pair).steps(), expected, "{}", path.display());
    }
}

/// Where a declaration of the generated crate is gone or another, code that says it does not compile; where
/// all are there, it does. The verdicts say the same without the text of the crates.
#[test]
fn verdicts_agree_with_the_declarations_of_the_crates() {
    for (path, pair) in pairs() {
        let (old, new) = (declared(&pair.old), declared(&pair.new));
        assert!(old.len() > 10, "{old:?}");
        let gone: Vec<&String> = old.difference(&new).collect();
        let breaks = !gone.is_empty() && pair.compiles.is_none();
        let name = path.display();
        assert_eq!(diff(&pair).is_breaking(), breaks, "{name}: {gone:#?}");
        assert!(pair.compiles.is_none() || !gone.is_empty(), "{name}");
    }
}
