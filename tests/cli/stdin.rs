//! Documents from standard input.

use super::API;
use super::sandbox::Sandbox;
use std::io::Write;
use std::process::Stdio;

/// Runs a command with a text as its standard input, and returns its output and exit code.
fn piped(sandbox: &Sandbox, line: &str, input: &str) -> (String, String, i32) {
    let arguments: Vec<&str> = line.split(' ').collect();
    let mut command = sandbox.command(&arguments);
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped());
    command.stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that refuses standard input closes it without reading.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    (out, err, output.status.code().unwrap_or(-1))
}

#[test]
fn a_document_comes_from_standard_input() {
    let sandbox = Sandbox::new(&[("api.yaml", API), ("parts/pet.yaml", "type: object\n")]);
    let (_, _, code) = piped(&sandbox, "generate - --out out --quiet", API);
    assert_eq!(code, 0);
    let (out, _, code) = piped(&sandbox, "check - --out out", API);
    assert!(out.starts_with("out: up to date") && code == 0, "{out}");
    // Only the document's name differs from the output for the file.
    let run = sandbox.run("generate api.yaml --out other --quiet");
    assert_eq!(run.code, 0, "{run:?}");
    let [mut piped_files, mut files] = ["out", "other"].map(|folder| sandbox.tree(folder));
    let locks = [&mut piped_files, &mut files].map(|files| files.remove("sdkgen.lock"));
    let [piped_lock, lock] = locks.map(Option::unwrap);
    assert_eq!(piped_files, files);
    assert_eq!(piped_lock.replace("<stdin>:", "api.yaml:"), lock);

    let json = r#"{"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": {}, "servers": 1,
        "components": {"schemas": {"Pet": {"$ref": "parts/pet.yaml"}}}}"#;
    let (out, _, code) = piped(&sandbox, "lint - --format short", json);
    let expected = "<stdin>:1:86: warning[W0109]: `servers` must be an array, but is a number\n";
    assert_eq!((out.as_str(), code), (expected, 0));
    let (out, _, code) = piped(&sandbox, "bundle -", json);
    assert!(out.starts_with("{\n  \"openapi\"") && code == 0, "{out}");
    let (out, _, code) = piped(&sandbox, "diff - api.yaml", API);
    assert_eq!((out.as_str(), code), ("no changes for callers\n", 0));
    let (out, _, code) = piped(&sandbox, "dump names -", API);
    assert!(out.contains("\"Pet\"") && code == 0, "{out}");
}

#[test]
fn commands_that_need_a_file_reject_standard_input() {
    let sandbox = Sandbox::new(&[]);
    for line in [
        "generate - --out out --watch",
        "init -",
        "diff - -",
        "generate - --out out --bump",
    ] {
        let (out, err, code) = piped(&sandbox, line, API);
        assert_eq!((out.as_str(), code), ("", 2), "{line}: {err}");
        assert!(
            err.starts_with("error: ") && err.lines().count() == 1,
            "{line}: {err}"
        );
    }
    assert!(sandbox.tree("").is_empty());
}
