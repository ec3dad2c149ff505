//! Generated crates in WebAssembly: they compile, and send requests through Node's `fetch`. A test is skipped if its
//! tools are not installed.

use std::fs;
use std::process::Command;
use support::{Workshop, cargo, repository, say};

const TARGET: &str = "wasm32-unknown-unknown";

const CONFIG: &str = "wait: {getJob: {name: wait_until}}\n";

/// The expected output of `wasm/program.rs`.
const TOLD: &str = r#"Ok(0)
Ok("new")
GET /jobs/{id}: 404 Not Found: gone
GET /jobs/{id}: no complete response in time
first
second
Ok("done")
"#;

#[test]
fn crates_work_in_web_assembly() {
    let targets = output("rustup", &["target", "list", "--installed"]);
    if !targets.is_some_and(|list| list.lines().any(|line| line == TARGET)) {
        say(&format!("skipped: `rustup target add {TARGET}`"));
        return;
    }
    let mut workshop = Workshop::new("wasm");
    workshop.generate(CONFIG, "tests/sdk/ways/openapi.yaml", "ways");
    let files = [
        ("Cargo.toml", include_str!("wasm/program.toml")),
        ("src/lib.rs", include_str!("wasm/program.rs")),
    ];
    workshop.add_program("wasm-cases", &files);
    workshop.finish();
    build(&workshop, &["check", "--all-features", "--package", "ways"]);
    build(
        &workshop,
        &["check", "--no-default-features", "--package", "ways"],
    );
    build(&workshop, &["build", "--package", "wasm-cases"]);
    call(&workshop);
}

/// Builds for WebAssembly. The first build needs a network, as no other target uses the crates for browsers.
fn build(workshop: &Workshop, arguments: &[&str]) {
    let arguments = [arguments, &["--quiet", "--target", TARGET]].concat();
    let mut command = cargo::command(workshop.root(), &arguments);
    let output = command.env("RUSTFLAGS", "-D warnings").output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {complaint}");
}

fn call(workshop: &Workshop) {
    let lock = fs::read_to_string(repository().join("Cargo.lock")).unwrap();
    let (_, rest) = lock
        .split_once("name = \"wasm-bindgen\"\nversion = \"")
        .unwrap();
    let (version, _) = rest.split_once('"').unwrap();
    let bindgen = output("wasm-bindgen", &["--version"]);
    if bindgen.is_none_or(|known| known.trim() != format!("wasm-bindgen {version}")) {
        say(&format!(
            "skipped: `cargo install wasm-bindgen-cli --version {version}`"
        ));
        return;
    }
    if output("node", &["--version"]).is_none() {
        say("skipped: Node is not installed");
        return;
    }
    let module = workshop.target().join(TARGET).join("debug/wasm_cases.wasm");
    let folder = workshop.target().join("wasm-node");
    let paths = [&folder, &module].map(|path| path.to_str().unwrap());
    let bind = ["--target", "nodejs", "--out-dir", paths[0], paths[1]];
    assert!(output("wasm-bindgen", &bind).is_some(), "{bind:?}");
    let script = repository().join("tests/sdk/wasm/run.js");
    let program = folder.join("wasm_cases.js");
    let run = [&script, &program].map(|path| path.to_str().unwrap());
    assert_eq!(output("node", &run).as_deref(), Some(TOLD));
}

/// Returns the output of a program, or `None` if it is missing or fails.
fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        say(complaint.trim_end());
        return None;
    }
    String::from_utf8(output.stdout).ok()
}
