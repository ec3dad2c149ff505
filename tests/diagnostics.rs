//! What `sdkgen lint` says of each broken document in `fixtures/bad`: one snapshot a file.

use std::process::Command;

#[test]
fn bad_documents() {
    insta::glob!("fixtures/bad/*.*", |path| {
        // The program runs beside the file, so that its messages hold no path of this machine.
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
    });
}

/// What is said of documents with an overlay: of the overlay's own faults, and of the document that it
/// makes.
#[test]
fn overlays() {
    insta::glob!("fixtures/overlays/*/overlay.*", |path| {
        let output = Command::new(env!("CARGO_BIN_EXE_sdkgen"))
            .current_dir(path.parent().unwrap())
            .args(["lint", "openapi.yaml", "--overlay"])
            .arg(path.file_name().unwrap())
            .output()
            .unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        let code = output.status.code().unwrap_or(-1);
        insta::assert_snapshot!("overlay", format!("{out}exit {code}\n"));
    });
}

/// Every code has a document that shows it. `E0601` is sdkgen's own fault, which none can cause, and the
/// document of `E0324` would be too large (`robust.rs` makes one).
#[test]
fn every_code_is_shown() {
    let read = |path: &str| std::fs::read_to_string(path).unwrap();
    let codes = read("src/diag/codes.rs");
    let mut shown = String::new();
    for entry in std::fs::read_dir("tests/snapshots").unwrap() {
        shown.push_str(&std::fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    let is_code = |text: &&str| {
        text.len() == 5
            && text.starts_with(['E', 'W', 'N'])
            && text[1..].bytes().all(|byte| byte.is_ascii_digit())
    };
    let missing: Vec<&str> = codes
        .split('"')
        .filter(is_code)
        .filter(|code| !["E0324", "E0601"].contains(code) && !shown.contains(code))
        .collect();
    assert_eq!(
        missing,
        Vec::<&str>::new(),
        "each needs a file in fixtures/bad"
    );
}
