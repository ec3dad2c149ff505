//! Real-world changes: documents of the corpus, edited as their owners did. Each file of `history/` is an overlay
//! with the edit: `extends` names the document in the corpus, and `x-after` the preceding edit.

use crate::pair::beside;
use sdkgen::config::{Overrides, Settings};
use sdkgen::diag::{Diagnostic, Diagnostics};
use sdkgen::diff::{Diff, Surface, report};
use sdkgen::pipeline;
use serde::Deserialize;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Edit {
    extends: String,
    #[serde(rename = "x-after")]
    after: Option<String>,
}

/// Returns the crate's surface after these edits, each of which must have an effect.
fn surface(document: &Path, edits: &[PathBuf]) -> Surface {
    let given = Overrides {
        spec: Some(document.to_owned()),
        overlays: edits.to_vec(),
        ..Overrides::default()
    };
    let settings = Settings::from_arguments(given).unwrap();
    let mut diagnostics = Diagnostics::default();
    let loaded = pipeline::load(settings.job(), &mut diagnostics).unwrap();
    // Findings about the documents themselves are ignored: only codes of overlays count.
    let is_of_edit = |fault: &&Diagnostic| fault.code[1..].starts_with("07");
    let fault = diagnostics.iter().find(is_of_edit);
    assert!(fault.is_none(), "{fault:?}");
    let job = settings.settle(&loaded);
    let surface = pipeline::Compilation::new(&job, &loaded).surface(&mut diagnostics);
    surface.unwrap_or_else(|| panic!("{}: no crate", document.display()))
}

#[test]
fn edits_of_owners_have_their_reports() {
    let Some(corpus) = std::env::var_os("SDKGEN_CORPUS").map(PathBuf::from) else {
        println!("skipped: SDKGEN_CORPUS names no folder with the documents");
        return;
    };
    let files = std::fs::read_dir(beside("history")).unwrap();
    let mut files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "yaml"));
    files.sort();
    assert!(files.len() >= 10);
    for path in files {
        let edit: Edit = serde_yaml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let document = corpus.join(&edit.extends);
        let before = edit.after.map(|name| path.with_file_name(name + ".yaml"));
        let mut edits: Vec<PathBuf> = before.into_iter().collect();
        let old = surface(&document, &edits);
        edits.push(path.clone());
        let diff = Diff::of(&old, &surface(&document, &edits));
        let name = path.file_stem().unwrap().to_str().unwrap();
        insta::with_settings!({snapshot_path => "history", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(name, report::human(&diff));
        });
    }
}
