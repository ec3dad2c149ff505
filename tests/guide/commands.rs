//! The code blocks of the guide. The blocks of a page are run in order, in one empty folder:
//!
//! - `file=NAME`: the text is written to this file.
//! - `sh run`: the lines are run and must succeed. With `fails`, the exit code must be 1.
//! - `text output`: the last run printed these lines, in this order.
//! - `yaml config`: a configuration file, or keys of one.
//! - `yaml fragment`: a part of another YAML file.

use super::page::{Block, blocks, pages};
use super::{repository, source};
use sdkgen::config::{Overrides, Settings};
use sdkgen::diag::Diagnostics;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The identity that git requires for commits.
const PERSON: [(&str, &str); 4] = [
    ("GIT_AUTHOR_NAME", "Jane Doe"),
    ("GIT_AUTHOR_EMAIL", "jane@example.com"),
    ("GIT_COMMITTER_NAME", "Jane Doe"),
    ("GIT_COMMITTER_EMAIL", "jane@example.com"),
];

/// Runs the lines of a block and returns their output.
fn run(folder: &Path, block: &Block) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_sdkgen"));
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", program.parent().unwrap().display());
    let output = Command::new("bash")
        .args(["-e", "-c", &block.text])
        .current_dir(folder)
        .env("PATH", path)
        .envs(PERSON)
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    let expected = i32::from(block.has("fails"));
    assert_eq!(
        output.status.code(),
        Some(expected),
        "{}\n{printed}",
        block.position
    );
    printed
}

/// Asserts that the output contains the lines of a block, in this order.
fn compare(printed: &str, block: &Block) {
    let mut rest = printed;
    for line in block.text.lines().filter(|line| !line.is_empty()) {
        match rest.split_once(line) {
            Some((_, after)) => rest = after,
            None => panic!("{}: not printed: {line}\n{printed}", block.position),
        }
    }
}

fn check_config(block: &Block) {
    let text = match block.text.contains("spec:") {
        true => block.text.clone(),
        false => format!("spec: api.yaml\n{}", block.text),
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sdkgen.yaml");
    fs::write(&path, text).unwrap();
    if let Err(fault) = Settings::read(Some(&path), Overrides::default()) {
        panic!("{}: {fault}", block.position);
    }
}

fn check_yaml(block: &Block) {
    let mut diagnostics = Diagnostics::default();
    sdkgen::load::from_texts(&[("fragment.yaml", &block.text)], &mut diagnostics);
    let codes: Vec<&str> = diagnostics.iter().map(|found| found.code).collect();
    assert!(codes.is_empty(), "{}: {codes:?}", block.position);
}

#[test]
#[cfg(unix)]
fn the_commands_of_the_guide_run() {
    let mut count = 0;
    for page in pages(&source()) {
        let folder = tempfile::tempdir().unwrap();
        let mut printed = String::new();
        for block in blocks(&page) {
            if let Some(name) = block.file() {
                let path = folder.path().join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, &block.text).unwrap();
            } else if block.has("run") {
                printed = run(folder.path(), &block);
                count += 1;
            } else if block.has("output") {
                compare(&printed, &block);
            }
        }
    }
    assert!(count > 20, "only {count} blocks are marked to be run");
}

#[test]
fn the_yaml_of_the_guide_is_valid() {
    let readme = [repository().join("README.md")];
    for page in pages(&source()).into_iter().chain(readme) {
        for block in blocks(&page) {
            let is_config = |name: &str| name.ends_with("sdkgen.yaml");
            if block.language != "yaml" {
                continue;
            } else if block.has("config") || block.file().is_some_and(is_config) {
                check_config(&block);
            } else {
                let is_marked = block.has("fragment") || block.file().is_some();
                assert!(
                    is_marked,
                    "{}: add `config`, `fragment` or `file=`",
                    block.position
                );
                check_yaml(&block);
            }
        }
    }
}
