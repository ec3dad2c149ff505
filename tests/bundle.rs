//! A bundle generates the same crate as the files that it is made from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[path = "support/job.rs"]
mod job;

use sdkgen::bundle::bundle;
use sdkgen::diag::Diagnostics;
use sdkgen::report;
use sdkgen::{load, pipeline};

/// Returns a document that may refer to all files of the corpus, which is not a git repository.
fn inputs(spec: &Path) -> load::Inputs {
    load::Inputs {
        allow_files: std::env::var_os("SDKGEN_CORPUS")
            .map(PathBuf::from)
            .into_iter()
            .collect(),
        ..load::Inputs::of(spec)
    }
}

/// Returns the files of the crate, and the codes of the diagnostics.
fn generated(spec: &Path) -> (BTreeMap<String, String>, Vec<String>) {
    let job = job::job(spec, None);
    let mut found = Diagnostics::default();
    let loaded = load::load(&inputs(spec), &mut found).unwrap();
    let generated = pipeline::Compilation::new(&job, &loaded).generate(&mut found);
    let generated = generated.unwrap_or_else(|| {
        panic!("{}", report::short(&found, &loaded.sources, &loaded.tree));
    });
    let files = generated.package.0.into_iter().collect();
    let codes = found.iter().map(|found| found.code.to_owned()).collect();
    (files, codes)
}

/// Writes the bundle of a document into a separate folder.
fn bundled(spec: &Path, folder: &Path) -> PathBuf {
    let mut found = Diagnostics::default();
    let loaded = load::load(&inputs(spec), &mut found).unwrap();
    let made = bundle(&loaded, None, &mut found).unwrap();
    assert!(made.files > 1, "{} is one file", spec.display());
    assert!(made.is_edited, "{}", spec.display());
    let path = folder.join(spec.file_name().unwrap());
    std::fs::write(&path, made.text).unwrap();
    path
}

fn assert_alike(spec: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let (many, told) = generated(spec);
    let (one, told_of_one) = generated(&bundled(spec, folder.path()));
    assert_eq!(
        many.keys().collect::<Vec<_>>(),
        one.keys().collect::<Vec<_>>()
    );
    for (path, text) in &many {
        assert_eq!(text, &one[path], "{path} of {}", spec.display());
    }
    // The bundle contains no references to these targets any more.
    let is_reference = |code: &String| code == "N0212" || code == "N0139";
    let told: Vec<_> = told
        .into_iter()
        .filter(|code| !is_reference(code))
        .collect();
    assert_eq!(told, told_of_one);
}

#[test]
fn a_bundle_generates_what_its_files_do() {
    assert_alike(Path::new("tests/fixtures/bundles/shop/openapi.yaml"));
    assert_alike(Path::new("tests/fixtures/bundles/json/openapi.json"));
    assert_alike(Path::new("tests/fixtures/bundles/zoo/openapi.yaml"));
    assert_alike(Path::new("tests/fixtures/refs/main.yaml"));
    assert_alike(Path::new("tests/fixtures/refs/maps.yaml"));
    assert_alike(Path::new("tests/fixtures/swagger/split/swagger.yaml"));
}

#[test]
fn what_comes_from_other_files_reads_as_it_does_there() {
    let folder = tempfile::tempdir().unwrap();
    let spec = Path::new("tests/fixtures/bundles/zoo/openapi.yaml");
    let bundle = bundled(spec, folder.path());
    insta::assert_snapshot!(std::fs::read_to_string(bundle).unwrap());
}

/// Checks a bundle whose discriminator values are kept although two schemas have the same name and one is renamed.
#[test]
fn a_bundle_keeps_the_values_that_tell_branches_apart() {
    let spec = Path::new("tests/fixtures/bundles/unions/openapi.yaml");
    let folder = tempfile::tempdir().unwrap();
    let bundle = bundled(spec, folder.path());
    insta::assert_snapshot!(std::fs::read_to_string(&bundle).unwrap());
    let tags = |files: &BTreeMap<String, String>| {
        let lines = files.values().flat_map(|text| text.lines());
        let lines = lines.filter_map(|line| Some(line.split_once(".tags(")?.1.to_owned()));
        let mut lines: Vec<String> = lines.collect();
        lines.sort();
        lines
    };
    let (many, one) = (generated(spec).0, generated(&bundle).0);
    assert!(tags(&many).len() > 8, "{:?}", tags(&many));
    assert_eq!(tags(&many), tags(&one));
}

/// Returns the methods of operations, with the files of their resources.
fn calls(files: &BTreeMap<String, String>) -> Vec<(&str, String)> {
    let resources = files
        .iter()
        .filter(|(path, _)| path.starts_with("src/resources/"));
    let calls = resources.flat_map(|(path, text)| {
        // The line breaks of a signature depend on the length of names.
        let text = text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace("( ", "(");
        let functions = text.split("pub fn ").map(str::to_owned);
        let calls = functions.filter_map(|code| Some(code.split_once("(&self")?.0.to_owned()));
        let names = calls.filter(|name| !name.contains(' '));
        names.map(|name| (path.as_str(), name)).collect::<Vec<_>>()
    });
    calls.collect()
}

/// Checks the documents of the corpus that have many files. In a bundle, a reference that only includes another file
/// becomes a component, and so a type, after which nested types are named.
#[test]
fn the_corpus_bundles() {
    let Some(corpus) = std::env::var_os("SDKGEN_CORPUS").filter(|path| !path.is_empty()) else {
        return eprintln!("skipped: SDKGEN_CORPUS is not set");
    };
    let corpus = PathBuf::from(corpus);
    assert_alike(&corpus.join("matrix-api/api/client-server/sync.yaml"));
    for (spec, most) in [
        ("lichess-api/lichess-api.yaml", 1),
        ("digitalocean-api/DigitalOcean-public.v2.yaml", 150),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let bundle = bundled(&corpus.join(spec), folder.path());
        let (many, one) = (generated(&corpus.join(spec)), generated(&bundle));
        assert!(calls(&many.0).len() > 100);
        assert_eq!(calls(&many.0), calls(&one.0), "{spec}");
        let differ = many
            .0
            .iter()
            .filter(|(path, text)| one.0.get(*path) != Some(text));
        let differ: Vec<&String> = differ.map(|(path, _)| path).collect();
        assert!(differ.len() <= most, "{spec}: {differ:?}");
    }
}
