//! The documents that are mutated.

use super::choices::Choices;
use super::mutations;
use sdkgen::diag::Diagnostics;
use sdkgen::load;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The folders of fixtures that are whole documents.
const FOLDERS: [&str; 6] = [
    "tests/fixtures/bad",
    "tests/fixtures/features",
    "tests/fixtures/operations",
    "tests/fixtures/refs",
    "tests/fixtures/schemas",
    "spec",
];

/// Larger documents take too long for many mutations.
const LARGEST: u64 = 300_000;

pub struct Seeds(Vec<Seed>);

/// A file, parsed when it is first used.
struct Seed {
    path: PathBuf,
    document: OnceLock<Value>,
}

impl Seeds {
    /// Lists the documents among the fixtures of the repository at `root`, and those in the folder of a corpus.
    pub fn new(root: &Path, corpus: Option<&Path>) -> Self {
        let folders = FOLDERS.iter().map(|folder| root.join(folder));
        let folders = folders.chain(corpus.map(Path::to_owned));
        let mut paths: Vec<PathBuf> = folders.flat_map(|folder| documents(&folder)).collect();
        paths.sort();
        let seed = |path| Seed {
            path,
            document: OnceLock::new(),
        };
        Seeds(paths.into_iter().map(seed).collect())
    }

    /// Returns a mutated document.
    pub fn mutated(&self, choices: &mut Choices) -> Value {
        let mut document = choices.pick(&self.0).document().clone();
        let other = choices.pick(&self.0).document();
        mutations::mutate(&mut document, other, choices);
        document
    }
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_one = |path: &PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        let is_small = fs::metadata(path).is_ok_and(|file| file.len() <= LARGEST);
        is_small
            && matches!(extension, Some("json" | "yaml" | "yml"))
            && !path.ends_with("sdkgen.yaml")
    };
    entries.map(|entry| entry.path()).filter(is_one).collect()
}

impl Seed {
    fn document(&self) -> &Value {
        self.document.get_or_init(|| {
            let text =
                String::from_utf8_lossy(&fs::read(&self.path).unwrap_or_default()).into_owned();
            let mut diagnostics = Diagnostics::default();
            let loaded = load::from_texts(&[("api.yaml", &text)], &mut diagnostics);
            let root = loaded
                .as_ref()
                .and_then(|loaded| loaded.tree.root(loaded.entry));
            root.map(|root| root.to_json()).unwrap_or_default()
        })
    }
}
