//! The output of each stage for the fixtures and the flagship: separate snapshots of the IR, of the rendered files
//! that the fixture is about, and of the diagnostics.
//!
//! The flagship's rendered files are in `generated/`, and `the_committed_output_is_what_is_generated` compares them
//! with the disk.

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/job.rs"]
mod job;

use sdkgen::diag::Diagnostics;
use sdkgen::load::Loaded;
use sdkgen::pipeline::{self, Compilation, Generated, Stage};
use sdkgen::report;
use std::path::Path;

/// The output of all stages for a document.
struct Stages {
    loaded: Loaded,
    ir: String,
    names: String,
    generated: Generated,
    diagnostics: Diagnostics,
}

fn stages(spec: &Path) -> Stages {
    let job = job::job(spec, None);
    let mut diagnostics = Diagnostics::default();
    let loaded = pipeline::load(&job, &mut diagnostics).expect("the fixture can be read");
    let dumped = |stage| {
        Compilation::new(&job, &loaded)
            .dump(stage, &mut Diagnostics::default())
            .expect("a stage")
    };
    let (ir, names) = (dumped(Stage::Ir), dumped(Stage::Names));
    let generated = Compilation::new(&job, &loaded)
        .generate(&mut diagnostics)
        .expect("files");
    Stages {
        loaded,
        ir,
        names,
        generated,
        diagnostics,
    }
}

/// Returns the rendered files whose paths begin with one of these, concatenated.
fn rendered(stages: &Stages, parts: &[&str]) -> String {
    let files = stages.generated.package.0.iter();
    let wanted = files.filter(|(path, _)| parts.iter().any(|part| path.starts_with(part)));
    wanted
        .map(|(path, text)| format!("//// {path}\n{text}\n"))
        .collect()
}

fn findings(stages: &Stages, folder: &Path) -> String {
    let text = report::short(
        &stages.diagnostics,
        &stages.loaded.sources,
        &stages.loaded.tree,
    );
    // Paths relative to the fixtures' folder are the same on every machine.
    text.replace(&format!("{}/", folder.display()), "")
}

fn snapshot(area: &str, path: &Path, parts: &[&str]) {
    let stages = stages(path);
    insta::assert_snapshot!(format!("{area}_ir"), stages.ir);
    insta::assert_snapshot!(format!("{area}_rendered"), rendered(&stages, parts));
    let folder = path.parent().expect("a fixture is in a folder");
    insta::assert_snapshot!(format!("{area}_findings"), findings(&stages, folder));
}

/// Returns whether a fixture is a document in the folder itself.
fn is_document(name: &str) -> bool {
    name.ends_with(".yaml") && !name.contains('/')
}

#[test]
fn schemas() {
    fixtures::each("fixtures/schemas", is_document, |path| {
        snapshot("schemas", path, &["src/types/"]);
    });
}

#[test]
fn operations() {
    let parts = [
        "src/client.rs",
        "src/error.rs",
        "src/resources/",
        "src/servers.rs",
        "src/webhooks.rs",
    ];
    fixtures::each("fixtures/operations", is_document, |path| {
        snapshot("operations", path, &parts);
    });
}

#[test]
fn swagger() {
    let parts = [
        "src/client.rs",
        "src/resources/",
        "src/servers.rs",
        "src/types/",
    ];
    let is_entry = |name: &str| ["store.yaml", "split/swagger.yaml"].contains(&name);
    fixtures::each("fixtures/swagger", is_entry, |path| {
        snapshot("swagger", path, &parts);
    });
}

#[test]
fn references() {
    let parts = ["src/resources/", "src/types/"];
    let entries = [
        "identifiers.yaml",
        "main.yaml",
        "maps.yaml",
        "recursive.yaml",
    ];
    fixtures::each(
        "fixtures/refs",
        |name| entries.contains(&name),
        |path| {
            snapshot("refs", path, &parts);
        },
    );
}

/// Checks the manifest and the README of a crate with much metadata.
#[test]
fn around_the_crate() {
    fixtures::each(
        "fixtures/operations",
        |name| name == "pages.yaml",
        |path| {
            let stages = stages(path);
            insta::assert_snapshot!("crate_manifest", rendered(&stages, &["Cargo.toml"]));
            insta::assert_snapshot!("crate_readme", rendered(&stages, &["README.md"]));
        },
    );
}

#[test]
fn flagship() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/openapi.yaml");
    let stages = stages(&spec);
    insta::assert_snapshot!("flagship_ir", stages.ir);
    insta::assert_snapshot!("flagship_names", stages.names);
    let folder = spec.parent().expect("spec/");
    insta::assert_snapshot!("flagship_findings", findings(&stages, folder));
}

/// Checks that glob imports of `resources` and `types` do not conflict.
#[test]
fn resources_and_types_share_no_name() {
    let (mut shared, mut count) = (Vec::new(), 0);
    insta::glob!("fixtures/operations/*.yaml", |path| {
        let names: serde_json::Value = serde_json::from_str(&stages(path).names).expect("JSON");
        let all = |list: &str, keys: &[&str]| -> Vec<String> {
            let items = names[list].as_array().into_iter().flatten();
            let idents = items.flat_map(|item| keys.iter().filter_map(|key| item[*key].as_str()));
            idents.map(str::to_owned).collect()
        };
        let types = all("types", &["ident"]);
        let mut resources = all("resources", &["ident"]);
        resources.extend(all(
            "operations",
            &["builder", "output", "body", "form", "headers"],
        ));
        count += resources.len();
        shared.extend(resources.into_iter().filter(|ident| types.contains(ident)));
    });
    assert!(count > 300, "{count}");
    assert_eq!(shared, [""; 0]);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/openapi.yaml");
    let (one, other) = (stages(&spec), stages(&spec));
    assert_eq!(one.generated.package, other.generated.package);
}

#[test]
fn the_committed_output_is_what_is_generated() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_sdkgen"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("check")
        .output()
        .expect("sdkgen runs");
    let told = String::from_utf8_lossy(&output.stdout);
    assert_eq!(
        output.status.code(),
        Some(0),
        "run `cargo run -- generate`\n{told}"
    );
}
