//! The minimum Rust version of generated crates compiles them with all optional dependencies, in the versions of this
//! repository's lock file. Skipped if that version of Rust is not installed.

mod support;

use sdkgen::release::package_rules;
use std::process::Command;
use std::time::Duration;
use support::generate::{Outcome, generate_with};
use support::{Workshop, repository, say};

const CONFIG: &str = "webhooks: {verify: standard}\nwait: {getThing: {name: wait_until}}\n";

#[test]
fn the_oldest_rust_compiles_what_is_generated() {
    let spec = repository().join("tests/msrv/openapi.yaml");
    let attempt = generate_with(CONFIG, &spec, "msrv", Duration::from_secs(60));
    let Outcome::Generated(generated) = &attempt.outcome else {
        panic!("nothing was generated");
    };
    let manifest: toml::Table = generated.package.0["Cargo.toml"].parse().unwrap();
    let version = manifest["package"]["rust-version"].as_str().unwrap();
    let Some(toolchain) = installed(version) else {
        say(&format!(
            "skipped: Rust {version} is not installed (`rustup toolchain install {version}`)"
        ));
        return;
    };
    let mut workshop = Workshop::new("msrv");
    workshop.add(&attempt);
    workshop.finish();
    let check = ["cargo", "check", "--offline", "--all-features", "--quiet"];
    let output = Command::new("rustup")
        .args(["run", &toolchain])
        .args(check)
        .current_dir(workshop.root())
        .env("CARGO_TARGET_DIR", workshop.target())
        .env_remove("RUSTC")
        .env_remove("RUSTC_WORKSPACE_WRAPPER")
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
}

/// Returns the full name of a version's toolchain.
fn installed(version: &str) -> Option<String> {
    let list = Command::new("rustup").args(["toolchain", "list"]).output();
    let list = String::from_utf8(list.ok()?.stdout).ok()?;
    package_rules::toolchain(&list, version).map(str::to_owned)
}
