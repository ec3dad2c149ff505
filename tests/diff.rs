//! What changed descriptions change for callers: a file for each change in `diff/pairs/`, with the document
//! before and after, and the changes that are told. What every document has is left out of them.

use sdkgen::config::{Overrides, Settings};
use sdkgen::diag::Diagnostics;
use sdkgen::diff::{Diff, Surface, report};
use sdkgen::{pipeline, source};
use serde::Deserialize;
use serde_yaml::{Mapping, Value as Yaml};
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    about: String,
    changes: Vec<String>,
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

fn surface(document: &Mapping) -> Surface {
    let usual = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n";
    let mut whole: Mapping = serde_yaml::from_str(usual).unwrap();
    whole.extend(document.clone());
    surface_of(&serde_yaml::to_string(&Yaml::Mapping(whole)).unwrap())
}

fn surface_of(text: &str) -> Surface {
    let mut diagnostics = Diagnostics::default();
    let loaded = source::from_texts(&[("api.yaml", text)], &mut diagnostics).unwrap();
    let given = Overrides {
        spec: Some("api.yaml".into()),
        ..Overrides::default()
    };
    let job = Settings::from_arguments(given).unwrap().settle(&loaded);
    let surface = pipeline::surface(&job, &loaded, &mut diagnostics);
    surface.unwrap_or_else(|| panic!("{:?}", diagnostics.iter().collect::<Vec<_>>()))
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

#[test]
fn a_document_does_not_differ_from_itself() {
    for (path, pair) in pairs() {
        for document in [&pair.old, &pair.new] {
            let same = Diff::of(&surface(document), &surface(document));
            assert_eq!(same, Diff::default(), "{}", path.display());
        }
    }
}
