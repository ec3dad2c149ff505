//! Diagnostics of `sdkgen lint` for each broken document in `fixtures/bad`, one snapshot a file.

#[path = "support/fixtures.rs"]
mod fixtures;

use sdkgen::diag::{Diagnostics, codes, explain};
use sdkgen::report;
use sdkgen::source::Sources;
use sdkgen::tree::Tree;
use std::process::Command;

#[test]
fn bad_documents() {
    fixtures::each(
        "fixtures/bad",
        |name| !name.contains('/'),
        |path| {
            // The program runs in the file's folder, so that its messages contain no path of this machine.
            let output = Command::new(env!("CARGO_BIN_EXE_sdkgen"))
                .current_dir(path.parent().unwrap())
                .arg("lint")
                .arg(path.file_name().unwrap())
                .output()
                .unwrap();
            let (out, err) = (
                String::from_utf8(output.stdout).unwrap(),
                String::from_utf8(output.stderr).unwrap(),
            );
            assert_eq!(err, "", "findings are the result of `lint`");
            let code = output.status.code().unwrap_or(-1);
            insta::assert_snapshot!("lint", format!("{out}exit {code}\n"));
        },
    );
}

/// Checks overlays: faults of the overlay itself, and of the resulting document.
#[test]
fn overlays() {
    fixtures::each(
        "fixtures/overlays",
        |name| name.contains("/overlay."),
        |path| {
            let output = Command::new(env!("CARGO_BIN_EXE_sdkgen"))
                .current_dir(path.parent().unwrap())
                .args(["lint", "openapi.yaml", "--overlay"])
                .arg(path.file_name().unwrap())
                .output()
                .unwrap();
            let out = String::from_utf8(output.stdout).unwrap();
            let code = output.status.code().unwrap_or(-1);
            insta::assert_snapshot!("overlay", format!("{out}exit {code}\n"));
        },
    );
}

/// Checks documents that cannot be bundled unchanged.
#[test]
fn bundles() {
    fixtures::each(
        "fixtures/bundles/refused",
        |name| name.starts_with("openapi."),
        |path| {
            let output = Command::new(env!("CARGO_BIN_EXE_sdkgen"))
                .current_dir(path.parent().unwrap())
                .arg("bundle")
                .arg(path.file_name().unwrap())
                .output()
                .unwrap();
            let [out, err] =
                [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
            let code = output.status.code().unwrap_or(-1);
            insta::assert_snapshot!("bundle", format!("{err}\n{out}exit {code}\n"));
        },
    );
}

/// Checks the diagnostic that no document causes.
#[test]
fn a_fault_of_a_template() {
    let fault = minijinja::Environment::empty().render_str("{% if %}", ());
    let mut found = Diagnostics::default();
    found.push(codes::template(&fault.unwrap_err()));
    let style = report::Style::default();
    let text = report::human(&found, &Sources::default(), &Tree::default(), style);
    insta::assert_snapshot!(text);
}

/// Returns the codes that the constructors of diagnostics use.
fn codes() -> Vec<String> {
    let files = ["src/diag/codes.rs", "src/diag/codes/rules.rs"];
    let text: String = files
        .map(|path| std::fs::read_to_string(path).unwrap())
        .concat();
    let is_code = |text: &&str| {
        text.len() == 5
            && text.starts_with(['E', 'W', 'N'])
            && text[1..].bytes().all(|byte| byte.is_ascii_digit())
    };
    text.split('"').filter(is_code).map(str::to_owned).collect()
}

#[test]
fn every_code_is_shown() {
    let files = |folder: &str| std::fs::read_dir(folder).unwrap();
    let folders = [
        "tests/snapshots",
        "tests/cli/snapshots",
        "tests/configured/snapshots",
    ];
    let paths = folders
        .into_iter()
        .flat_map(files)
        .map(|entry| entry.unwrap().path());
    let cases = files("tests/cli/cases").map(|entry| entry.unwrap().path().join("expected.snap"));
    let texts = paths
        .chain(cases)
        .map(|path| std::fs::read_to_string(path).unwrap());
    let shown: String = texts.collect();
    let mut missing = codes();
    missing.retain(|code| !shown.contains(code.as_str()));
    assert_eq!(
        missing, [""; 0],
        "each needs a file in fixtures/bad, or a case of the command line"
    );
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let sorted = |mut codes: Vec<String>| {
        codes.sort();
        codes
    };
    let pages: Vec<String> = explain::codes().map(str::to_owned).collect();
    let by_number = |code: &String| code[1..].to_owned();
    assert!(pages.is_sorted_by_key(by_number), "{pages:?}");
    assert_eq!(
        sorted(codes()),
        sorted(pages),
        "each code of src/diag/codes.rs has a page in src/diag/pages"
    );
}

#[test]
fn every_number_is_given_once() {
    let mut numbers: Vec<String> = codes().iter().map(|code| code[1..].to_owned()).collect();
    numbers.sort();
    let twice = numbers.windows(2).filter(|pair| pair[0] == pair[1]);
    assert_eq!(twice.count(), 0, "{numbers:?}");
}
