//! The workflows of a new repository install sdkgen from a commit, never by a name that anybody can register.

#[path = "../../build.rs"]
#[expect(dead_code, reason = "the build script runs its `main`")]
mod build_script;

use serde_json::Value as Json;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const API: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: 'https://api.example.com'}]
paths:
  /pets:
    get: {operationId: listPets, responses: {'204': {description: None.}}}
";
const GIT: &str = "https://example.com/tools/sdkgen.git";
const REVISION: &str = "0123456789abcdef0123456789abcdef01234567";

fn init(folder: &Path, more: &[&str]) -> Output {
    fs::write(folder.join("api.yaml"), API).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_sdkgen"));
    command.args(["init", "api.yaml", "--out", "new", "--package", "pets"]);
    command.args(more).current_dir(folder).output().unwrap()
}

/// Returns the steps of all workflows that install sdkgen.
fn installing(folder: &Path) -> Vec<Json> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder.join("new/.github/workflows")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let workflow: Json = serde_yaml::from_str(&text).unwrap();
        let jobs = workflow["jobs"].as_object().unwrap().values();
        let steps = jobs.flat_map(|job| job["steps"].as_array().unwrap());
        found.extend(
            steps
                .filter(|step| step["name"] == "Install sdkgen")
                .cloned(),
        );
    }
    assert_eq!(found.len(), 3);
    found
}

/// Runs a step with a `cargo` that prints its arguments.
#[cfg(unix)]
fn run(step: &Json, folder: &Path) -> Output {
    use std::os::unix::fs::PermissionsExt;
    let bin = folder.join("bin");
    fs::create_dir_all(&bin).unwrap();
    let cargo = bin.join("cargo");
    fs::write(&cargo, "#!/bin/sh\nprintf '[%s]' \"$@\"\n").unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap();
    let mut command = Command::new("bash");
    command.args(["-e", "-c", step["run"].as_str().unwrap()]);
    for (name, value) in step["env"].as_object().unwrap() {
        command.env(name, value.as_str().unwrap());
    }
    command
        .env("PATH", format!("{}:{path}", bin.display()))
        .output()
        .unwrap()
}

#[test]
#[cfg(unix)]
fn workflows_install_a_commit_and_no_name() {
    let folder = tempfile::tempdir().unwrap();
    let made = init(
        folder.path(),
        &["--sdkgen-git", GIT, "--sdkgen-rev", REVISION],
    );
    assert!(made.status.success(), "{made:?}");
    for step in installing(folder.path()) {
        let output = run(&step, folder.path());
        let called = String::from_utf8(output.stdout).unwrap();
        let wanted = format!("[install][--git][{GIT}][--rev][{REVISION}][--locked][sdkgen]");
        assert_eq!(called, wanted);
    }
    let readme = fs::read_to_string(folder.path().join("new/README.md")).unwrap();
    assert!(readme.contains(&format!(
        "cargo install --git {GIT} --rev {REVISION} --locked sdkgen\n"
    )));
}

/// Checks that a build that does not know its commit writes a step that fails before it installs anything.
#[test]
#[cfg(unix)]
fn workflows_without_a_known_source_fail_and_say_what_to_set() {
    let folder = tempfile::tempdir().unwrap();
    let made = init(folder.path(), &[]);
    assert!(made.status.success(), "{made:?}");
    let told = String::from_utf8([made.stdout, made.stderr].concat()).unwrap();
    assert!(told.contains("SDKGEN_GIT and SDKGEN_REV"), "{told}");
    for step in installing(folder.path()) {
        let output = run(&step, folder.path());
        assert_eq!(output.status.code(), Some(1));
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(told.starts_with("::error::Set SDKGEN_GIT"), "{told}");
        assert!(!told.contains("[install]"), "{told}");
    }
    let readme = fs::read_to_string(folder.path().join("new/README.md")).unwrap();
    assert!(!readme.contains("cargo install"), "{readme}");
}

#[test]
fn a_mutable_source_is_rejected() {
    let folder = tempfile::tempdir().unwrap();
    for (git, revision) in [(GIT, "main"), (GIT, "0123456"), ("sdkgen", REVISION)] {
        let made = init(
            folder.path(),
            &["--sdkgen-git", git, "--sdkgen-rev", revision],
        );
        assert_eq!(made.status.code(), Some(2), "{git} {revision}");
        assert!(!folder.path().join("new").exists());
    }
    let made = init(folder.path(), &["--sdkgen-git", GIT]);
    assert_eq!(made.status.code(), Some(2));
}

/// Checks that a package with changes after its commit does not name the commit, whose sources differ.
#[test]
fn the_commit_of_a_package_is_that_of_its_sources() {
    let packed = |dirty: &str| {
        format!(
            "{{\n  \"git\": {{\n    \"sha1\": \"{REVISION}\"{dirty}\n  }},\n  \"path_in_vcs\": \"\"\n}}\n"
        )
    };
    assert_eq!(build_script::commit(&packed("")), Some(REVISION));
    assert_eq!(
        build_script::commit(&packed(",\n    \"dirty\": true")),
        None
    );
    assert_eq!(build_script::commit("{}"), None);
}
