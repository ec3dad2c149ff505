//! Runs the commands of CONTRIBUTING.md in a copy of this repository: the API changes and the SDK is regenerated, CI
//! checks it, and a release is published.

mod support;

use std::fs;
use std::process::Command;
use support::place::{Folder, replace};
use support::{repository, say, target};

/// A wrapper that replaces cargo commands that need the network or run all tests. All others call cargo.
const CARGO: &str = r#"#!/bin/sh
case "$*" in
  # The tests of the generator are running as it is; those of the SDK run on the new one.
  "test --workspace") exec "$REAL_CARGO" test --package outboundcalls ;;
  # What is left of it without crates.io: the package that would be uploaded.
  "publish -p outboundcalls") exec "$REAL_CARGO" package -p outboundcalls --no-verify ;;
esac
exec "$REAL_CARGO" "$@"
"#;

/// Copies the files of this repository that git tracks or would add.
fn copied() -> Folder {
    let variables = [
        ("REAL_CARGO", Some(env!("CARGO").into())),
        // Dependencies of the generator are compiled once.
        ("CARGO_TARGET_DIR", Some(target().into())),
        ("CARGO", None),
    ];
    let copy = Folder::new(&target().join("tmp/stories"), "sdkgen", variables);
    for path in listed() {
        let to = copy.path(&path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(repository().join(&path), to).unwrap();
    }
    fs::write(copy.bin.join("cargo"), CARGO).unwrap();
    copy.run("chmod +x ../bin/cargo && git init --quiet");
    copy.commit("Begin");
    copy
}

fn listed() -> Vec<String> {
    let list = Command::new("git")
        .args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ])
        .current_dir(repository())
        .output()
        .unwrap();
    assert!(list.status.success(), "the tests are run in a clone");
    let list = String::from_utf8(list.stdout).unwrap();
    let names = list.split('\0').filter(|name| !name.is_empty());
    // Git still lists a file whose deletion is not committed.
    let there = names.filter(|name| repository().join(name).exists());
    there.map(str::to_owned).collect()
}

/// Returns a section of CONTRIBUTING.md without its heading.
fn section(heading: &str) -> String {
    let text = fs::read_to_string(repository().join("CONTRIBUTING.md")).unwrap();
    let (_, rest) = text
        .split_once(&format!("\n## {heading}\n"))
        .expect(heading);
    rest.split("\n## ").next().unwrap().to_owned()
}

/// Returns the lines of a section's first block of commands.
fn block(section: &str) -> Vec<String> {
    let (_, rest) = section.split_once("```sh\n").unwrap();
    let (block, _) = rest.split_once("```").unwrap();
    block.lines().map(str::to_owned).collect()
}

/// Returns the commands of a numbered list: each step that is a single command in backticks.
fn steps(section: &str) -> Vec<String> {
    let lines = section.lines().filter_map(|line| line.split_once(". `"));
    let commands = lines.filter_map(|(number, rest)| {
        number.parse::<u32>().ok()?;
        rest.strip_suffix('`').map(str::to_owned)
    });
    commands.collect()
}

#[test]
#[cfg(unix)]
fn the_documented_commands_regenerate_check_and_publish() {
    let copy = copied();
    regenerate(&copy);
    compare(&copy);
    publish(&copy);
}

/// Adds an operation to the API and regenerates.
fn regenerate(copy: &Folder) {
    let [generate, test] = &steps(&section("Regenerate the OutboundCalls SDK"))[..] else {
        panic!("the steps are: generate, test");
    };
    let operation = "paths:\n  /greetings:\n    get:\n      operationId: greetings.list\n      \
                     tags: [Calls]\n      responses: {'204': {description: Greeted.}}\n";
    replace(&copy.path("spec/openapi.yaml"), "paths:\n", operation);
    copy.run(generate);
    let changed = copy.run("git status --porcelain generated");
    assert!(
        changed.contains("generated/outboundcalls/src/resources/"),
        "{changed}"
    );
    let diff = copy.run("git diff generated");
    assert!(diff.contains("\"/greetings\""), "{diff}");
    let told = copy.run(test);
    assert!(told.contains("test result: ok"), "{told}");
    copy.commit("Greetings");
}

/// Runs the comparison of CI, which detects an edit of a generated file, and fixes it.
fn compare(copy: &Folder) {
    let [check] = &block(&section("Check the OutboundCalls SDK"))[..] else {
        panic!("one command compares");
    };
    let workflow = fs::read_to_string(copy.path(".github/workflows/drift.yml")).unwrap();
    assert!(workflow.contains(&format!("run: {check}\n")));
    copy.run(check);
    let edited = copy.path("generated/outboundcalls/src/client.rs");
    replace(&edited, "pub struct Client", "pub struct Customer");
    let (passed, told) = copy.tried(check, &[]);
    assert!(!passed && told.contains("-pub struct Customer"), "{told}");
    let (_, fix) = told
        .split_once("to fix it: sdkgen ")
        .expect("the command that fixes it");
    let fix = fix.lines().next().unwrap();
    copy.run(&format!("cargo run -- {fix}"));
    copy.run(check);
    assert_eq!(copy.run("git status --porcelain"), "");
}

/// Publishes a release of the change.
fn publish(copy: &Folder) {
    let section = section("Publish the OutboundCalls SDK");
    assert!(section.contains("set `version` there,\nregenerate and commit"));
    replace(
        &copy.path("spec/sdkgen.yaml"),
        "version: 0.1.0",
        "version: 0.2.0",
    );
    copy.run(&steps(&self::section("Regenerate the OutboundCalls SDK"))[0]);
    copy.commit("Release 0.2.0");
    let [check, publish, book] = &block(&section)[..] else {
        panic!("three commands publish");
    };
    let told = copy.run(check);
    assert!(
        told.contains("outboundcalls 0.2.0\n")
            && told.contains("builds with the settings of docs.rs"),
        "{told}"
    );
    let told = copy.run(publish);
    assert!(told.contains("Packaged"), "{told}");
    if Command::new("mdbook").arg("--version").output().is_err() {
        return say(&format!("skipped: mdBook is not installed (`{book}`)"));
    }
    let told = copy.run(book);
    assert!(!told.contains("WARN"), "{told}");
    assert!(copy.path("generated/docs/book/index.html").exists());
}
