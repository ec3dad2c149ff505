//! Crafted changes: each file in `pairs/` has the document before and after.

use sdkgen::config::{Job, Overrides, Settings};
use sdkgen::diag::Diagnostics;
use sdkgen::diff::{Diff, Surface};
use sdkgen::load::{self, Loaded};
use sdkgen::pipeline;
use sdkgen::render::Files;
use serde::Deserialize;
use serde_yaml::{Mapping, Value as Yaml};
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    #[serde(skip)]
    pub name: String,
    pub about: String,
    pub changes: Vec<String>,
    /// Why callers still compile although a declaration is removed.
    pub compiles: Option<String>,
    /// Why the verdict of `cargo semver-checks` differs.
    pub differs: Option<String>,
    /// The changes that remain if the configuration keeps the suggested names; absent if none are suggested.
    pub kept: Option<Vec<String>>,
    pub old: Mapping,
    pub new: Mapping,
}

impl Pair {
    pub fn diff(&self) -> Diff {
        Diff::of(&surface(&self.old), &surface(&self.new))
    }
}

/// Returns the path of a file in `tests/diff`.
pub fn beside(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff");
    folder.join(name)
}

/// Returns all pairs that `cargo semver-checks` judges, by name.
pub fn all() -> Vec<Pair> {
    of("pairs")
}

/// Returns pairs whose crates have the same declarations: only the comparison detects that requests or responses
/// change.
pub fn on_the_wire() -> Vec<Pair> {
    of("wire")
}

fn of(folder: &str) -> Vec<Pair> {
    let files = std::fs::read_dir(beside(folder)).unwrap();
    let mut files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let pair = serde_yaml::from_str(&text);
        let mut pair: Pair = pair.unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        pair.name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        pair
    };
    files.into_iter().map(read).collect()
}

/// Adds to a document what pairs omit because every document has it.
pub fn whole(document: &Mapping) -> String {
    let usual = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n";
    let mut whole: Mapping = serde_yaml::from_str(usual).unwrap();
    whole.extend(document.clone());
    serde_yaml::to_string(&Yaml::Mapping(whole)).unwrap()
}

pub fn surface(document: &Mapping) -> Surface {
    surface_of(&whole(document), "").unwrap_or_else(|| panic!("{document:?} has no crate"))
}

pub fn surface_of(text: &str, config: &str) -> Option<Surface> {
    let (job, loaded, mut diagnostics) = load(text, config)?;
    pipeline::Compilation::new(&job, &loaded).surface(&mut diagnostics)
}

/// Returns the files of the crate that is generated from a document.
pub fn package(text: &str) -> Option<Files> {
    let (job, loaded, mut diagnostics) = load(text, "")?;
    let generated = pipeline::Compilation::new(&job, &loaded).generate(&mut diagnostics);
    Some(generated?.package)
}

fn load(text: &str, config: &str) -> Option<(Job, Loaded, Diagnostics)> {
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("api.yaml", text)], &mut diagnostics)?;
    let given = Overrides {
        spec: Some("api.yaml".into()),
        ..Overrides::default()
    };
    let settings = Settings::from_file(Path::new("sdkgen.yaml"), config, given);
    let job = settings.unwrap().settle(&loaded);
    Some((job, loaded, diagnostics))
}
