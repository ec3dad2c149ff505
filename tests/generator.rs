//! Generation from Rust: the methods and reports of [`Generator`], and a crate whose build script uses it.

mod support;

use sdkgen::{GenerateError, Generator};
use std::fs;
use std::path::{Path, PathBuf};
use support::{Workshop, cargo, repository};

const API: &str = include_str!("build_script/api.yaml");

/// Creates a folder with the document.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("api.yaml"), API).unwrap();
    folder
}

fn in_folder(folder: &Path) -> Generator {
    Generator::new(folder.join("api.yaml")).out(folder.join("out"))
}

#[test]
fn all_outputs_of_a_configuration_are_made() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let config = "spec: api.yaml\noutputs: [{out: one}, {out: two, docs: book}]\n";
    fs::write(path("sdkgen.yaml"), config).unwrap();
    let generator = Generator::from_config(path("sdkgen.yaml"));
    assert!(matches!(generator.check(), Err(GenerateError::Stale(_))));
    let report = generator.generate().unwrap();
    let roots: Vec<&PathBuf> = report.folders.iter().map(|folder| &folder.root).collect();
    assert_eq!(roots, [&path("one"), &path("two"), &path("book")]);
    assert_eq!(report.read, ["sdkgen.yaml", "api.yaml"].map(path));
    assert_eq!(generator.check().unwrap().folders.len(), 3);

    let config = "outputs: [{spec: api.yaml, out: new}, {spec: absent.yaml, out: other}]\n";
    fs::write(path("sdkgen.yaml"), config).unwrap();
    assert!(matches!(
        generator.generate(),
        Err(GenerateError::Document(_))
    ));
    assert!(!path("new").exists(), "all are written, or none");
}

#[test]
fn written_files_are_reported_and_up_to_date() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("mine/rust")).unwrap();
    fs::write(path("mine/rust/README.md.j2"), "Mine.\n").unwrap();
    let overlay = "overlay: 1.1.0\ninfo: {title: A, version: '1'}\nactions:\n\
                   - {target: $.info, update: {title: Toys}}\n";
    fs::write(path("overlay.yaml"), overlay).unwrap();
    let generator = in_folder(folder.path())
        .docs(path("book"))
        .overlay(path("overlay.yaml"))
        .templates(path("mine"))
        .wire_tests();
    let report = generator.generate().unwrap();
    let roots: Vec<&PathBuf> = report.folders.iter().map(|folder| &folder.root).collect();
    assert_eq!(roots, [&path("out"), &path("book")]);
    let read = [
        "api.yaml",
        "overlay.yaml",
        "mine/rust/README.md.j2",
        "mine",
        "mine/rust",
    ];
    assert_eq!(report.read, read.map(path));
    let text = |name: &str| fs::read_to_string(path(name)).unwrap();
    assert!(text("out/Cargo.toml").contains("name = \"toys\""));
    assert_eq!(text("out/README.md"), "Mine.\n");
    assert!(path("out/tests/wire.rs").exists());

    let count = report.folders[0].created;
    let current = generator.check().unwrap();
    assert_eq!(current.folders[0].unchanged, count);
    let other = generator.package("other").check();
    let Err(GenerateError::Stale(told)) = other else {
        panic!("{other:?}");
    };
    assert!(told.contains("\n  changed Cargo.toml\n"), "{told}");
    assert!(told.contains("\n  options: changed"), "{told}");
}

#[test]
fn a_configuration_file_sets_the_output_folder() {
    let folder = folder();
    let config = folder.path().join("sdkgen.yaml");
    fs::write(&config, "spec: api.yaml\nout: one\n").unwrap();
    let report = Generator::from_config(&config).generate().unwrap();
    assert_eq!(report.folders[0].root, folder.path().join("one"));
    assert_eq!(
        report.read,
        [config.clone(), folder.path().join("api.yaml")]
    );
    let other = folder.path().join("two");
    let report = Generator::from_config(&config).out(&other).generate();
    assert_eq!(report.unwrap().folders[0].root, other);
}

#[test]
fn findings_are_reported_and_errors_write_nothing() {
    let folder = folder();
    let document = folder.path().join("api.yaml");
    let twice = API.replace(
        "        kind:",
        "        name: {type: string}\n        kind:",
    );
    fs::write(&document, twice).unwrap();
    let report = in_folder(folder.path()).generate().unwrap();
    assert!(
        report.diagnostics.contains("warning[W0005]"),
        "{}",
        report.diagnostics
    );

    fs::remove_dir_all(folder.path().join("out")).unwrap();
    fs::write(&document, "openapi: [").unwrap();
    let fault = in_folder(folder.path()).generate().unwrap_err();
    assert!(matches!(fault, GenerateError::Document(_)), "{fault}");
    assert!(fault.to_string().contains("error[E0002]"), "{fault}");

    let fault = in_folder(&folder.path().join("none"))
        .generate()
        .unwrap_err();
    assert!(fault.to_string().contains("no such file"), "{fault}");
    let fault = Generator::new(&document).generate().unwrap_err();
    assert_eq!(fault.to_string(), "no output folder: set `out`");
    let fault = in_folder(folder.path()).package("2fa").check().unwrap_err();
    assert!(matches!(fault, GenerateError::Config(_)), "{fault}");
    assert!(!folder.path().join("out").exists());
}

/// Checks that a deep document does not overflow the caller's stack: stages are recursive, and a test's thread has a
/// small stack.
#[test]
fn a_deep_document_does_not_overflow_the_callers_stack() {
    let folder = folder();
    let deep = 490;
    let schema = r#"{"type":"array","items":"#.repeat(deep) + "{}" + &"}".repeat(deep);
    let text = format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"Deep","version":"1"}},"paths":{{}},
        "components":{{"schemas":{{"Deep":{schema}}}}}}}"#
    );
    fs::write(folder.path().join("api.yaml"), text).unwrap();
    in_folder(folder.path()).generate().unwrap();
}

#[test]
fn a_build_script_makes_a_crate_that_compiles() {
    let manifest = include_str!("build_script/Cargo.toml");
    let here = format!("path = {:?}", repository());
    let manifest = manifest.replace("path = \"../..\"", &here);
    let mut workshop = Workshop::new("build-script");
    let files = [
        ("Cargo.toml", &*manifest),
        ("build.rs", include_str!("build_script/build.rs")),
        ("src/main.rs", include_str!("build_script/src/main.rs")),
        ("api.yaml", API),
    ];
    workshop.add_program("pets-client", &files);
    workshop.finish();
    let client = workshop.run("pets-client", &[]);
    let client = Path::new(client.trim_end());
    cargo::lock(client);
    let check = ["check", "--offline", "--quiet", "--all-features"];
    let output = cargo::command(client, &check).output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
}

#[test]
fn a_long_base_url_is_on_a_separate_line() {
    let folder = folder();
    let host = format!("https://{}.example.com", "a".repeat(51));
    // The longest URL that fits on the line of the constant, and the shortest that does not.
    for (url, before) in [
        (format!("{host}/v1"), " "),
        (format!("{host}/v10"), "\n    "),
    ] {
        let text = API.replace("https://api.example.com", &url);
        fs::write(folder.path().join("api.yaml"), text).unwrap();
        in_folder(folder.path()).generate().unwrap();
        let client = fs::read_to_string(folder.path().join("out/src/client.rs")).unwrap();
        let constant = format!("const BASE_URL: &str ={before}\"{url}\";\n");
        assert!(client.contains(&constant), "{constant}");
    }
}
