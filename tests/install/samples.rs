//! `sdkgen samples`: the bundle for a documentation site contains the samples.

use serde_json::Value as Json;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const API: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: 'https://api.example.com'}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters: [{name: id, in: path, required: true, schema: {type: string}, example: rex}]
      responses: {'204': {description: None.}}
    delete:
      operationId: deletePet
      tags: [pets]
      parameters: [{name: id, in: path, required: true, schema: {type: string}, example: rex}]
      responses: {'204': {description: None.}}
      x-codeSamples: [{lang: rust, source: 'by hand'}]
";

fn sdkgen(folder: &Path, line: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sdkgen"));
    command
        .args(line.split(' '))
        .current_dir(folder)
        .output()
        .unwrap()
}

fn printed(folder: &Path, line: &str) -> String {
    let output = sdkgen(folder, line);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn each_operation_has_a_sample_in_each_language_once() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(root.join("api.yaml"), API).unwrap();
    fs::write(
        root.join("s.yaml"),
        printed(root, "samples api.yaml --package pets"),
    )
    .unwrap();
    let bundle = printed(root, "bundle api.yaml --overlay s.yaml");
    let bundled: Json = serde_yaml::from_str(&bundle).unwrap();
    let samples = |method: &str| bundled["paths"]["/pets/{id}"][method]["x-codeSamples"].clone();
    let get = samples("get");
    assert_eq!(
        (&get[0]["lang"], &get[0]["label"]),
        (&"Rust".into(), &"Rust".into())
    );
    let rust = get[0]["source"].as_str().unwrap();
    assert!(
        rust.starts_with("use pets::Client;\n\nlet client = Client::"),
        "{rust}"
    );
    assert!(
        rust.ends_with("\nclient.pets().get(\"rex\").await?;"),
        "{rust}"
    );
    assert_eq!(
        (&get[1]["lang"], &get[1]["label"]),
        (&"Shell".into(), &"curl".into())
    );
    assert_eq!(get[1]["source"], "curl https://api.example.com/pets/rex");

    // A handwritten sample takes precedence: an operation with samples gets no other.
    let delete = samples("delete");
    let languages: Vec<&str> = delete
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|of| of["lang"].as_str())
        .collect();
    assert_eq!(languages, ["rust", "Shell"]);
    fs::write(root.join("bundled.yaml"), bundle).unwrap();
    let again: Json = serde_yaml::from_str(&printed(root, "samples bundled.yaml")).unwrap();
    assert_eq!(again["actions"], Json::Array(Vec::new()));
}

/// Checks that a command of the program is a sample too, beside another sample for a shell.
#[test]
fn a_program_has_samples() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let by_hand =
        "[{lang: Shell, source: 'by hand'}, {lang: shell, label: cli, source: 'by hand'}]";
    let api = API.replace("[{lang: rust, source: 'by hand'}]", by_hand);
    fs::write(root.join("api.yaml"), api).unwrap();
    let overlay = printed(root, "samples api.yaml --package pets --cli program");
    let overlay: Json = serde_yaml::from_str(&overlay).unwrap();
    let samples = |index: usize| overlay["actions"][index]["update"]["x-codeSamples"].clone();
    let get = samples(0);
    assert_eq!(
        get[2],
        serde_json::json!({"lang": "Shell", "label": "CLI", "source": "pets pets get rex"})
    );
    let delete = samples(1);
    assert_eq!(
        (delete.as_array().unwrap().len(), &delete[0]["lang"]),
        (1, &"Rust".into())
    );
    assert!(!root.join("program").exists());
}

/// Checks that operations of other files are counted, as an overlay changes only one document.
#[test]
fn operations_of_other_files_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let (head, paths) = API.split_once("paths:\n  /pets/{id}:\n").unwrap();
    let head = format!("{head}paths:\n  /pets/{{id}}: {{$ref: path.yaml}}\n");
    fs::write(root.join("api.yaml"), head).unwrap();
    fs::write(
        root.join("path.yaml"),
        paths.replace("\n    ", "\n").trim_start(),
    )
    .unwrap();
    let output = sdkgen(root, "samples api.yaml");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("2 operations have no sample") && told.contains("sdkgen bundle"),
        "{told}"
    );
}
