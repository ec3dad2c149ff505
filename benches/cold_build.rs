//! `cargo bench --bench cold_build`: the time of a first build of the README's quick start, with the generated crate
//! and handwritten on reqwest and serde (`handwritten/`).
//!
//! Both are built as a user's `cargo build` would, from empty target folders, without a network, in turn.
//! `SDKGEN_BENCH_RUNS` sets how often (default 3). The shortest time of each counts, as other load only adds to it.
//! The goal is a ratio of at most 1.1.

#[path = "../tests/support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use support::bench::{asked_for, flagship, runs};
use support::{Workshop, repository, target};

fn main() {
    if !asked_for() {
        return;
    }
    let ours = generated();
    let theirs = repository().join("benches/handwritten");
    // Only this step uses the network, and it is not measured.
    for folder in [&ours, &theirs] {
        cargo(folder, &["fetch"], &target());
    }
    let programs = [(ours, "quickstart"), (theirs, "handwritten")];
    let mut best = [Duration::MAX; 2];
    for run in 1..=runs(3) {
        // The order alternates, as the first build reads from disk what the second finds in memory.
        for index in [run % 2, 1 - run % 2] {
            let (folder, package) = &programs[index];
            let time = cold_build(folder, package);
            println!("run {run}: {package} {:.1} s", time.as_secs_f64());
            best[index] = best[index].min(time);
        }
    }
    let [ours, theirs] = best.map(|time| time.as_secs_f64());
    println!(
        "cold build of the quick start, at best: generated {ours:.1} s, hand-written {theirs:.1} s, \
         ratio {:.2}",
        ours / theirs
    );
}

/// Writes a workspace with the flagship's crate and a program that uses it.
fn generated() -> PathBuf {
    let mut workshop = Workshop::new("cold-build");
    workshop.add(&flagship());
    let files = [
        ("Cargo.toml", include_str!("programs/quickstart.toml")),
        ("src/main.rs", include_str!("programs/quickstart.rs")),
    ];
    workshop.add_program("quickstart", &files);
    workshop.finish();
    workshop.root().to_owned()
}

fn cold_build(folder: &Path, package: &str) -> Duration {
    let target = target().join("cold-build").join(package);
    let _ = fs::remove_dir_all(&target);
    let start = Instant::now();
    cargo(
        folder,
        &["build", "--offline", "--package", package],
        &target,
    );
    let time = start.elapsed();
    let _ = fs::remove_dir_all(&target);
    time
}

fn cargo(folder: &Path, arguments: &[&str], target: &Path) {
    let mut command: Command = support::cargo::command(folder, arguments);
    command
        .env("CARGO_TARGET_DIR", target)
        .stdout(Stdio::null());
    // Users do not have the workshop's profile.
    command.envs([
        ("CARGO_PROFILE_DEV_DEBUG", "2"),
        ("CARGO_PROFILE_DEV_INCREMENTAL", "true"),
    ]);
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {text}", folder.display());
}
