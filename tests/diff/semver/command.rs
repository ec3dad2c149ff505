//! Runs `cargo semver-checks` on the two crates of each pair in `tests/diff/pairs`:
//!
//! ```sh
//! cargo install cargo-semver-checks --locked
//! cargo run --example semver [-- PAIR...]
//! ```
//!
//! It writes the verdicts to `tests/diff/semver/verdicts.tsv`, which `cargo test --test diff` reads, and prints the
//! pairs whose verdicts differ. A pair that differs on purpose gives the reason under `differs`.
//!
//! Crates are documented one after the other in one folder, so that their dependencies are compiled once. The TLS
//! dependencies are omitted, as they do not depend on the description. The first run takes about ten minutes. Both
//! crates have the same version and are judged as a patch, so that every larger step is reported.

#[expect(dead_code, reason = "what else a pair expects is for the test")]
#[path = "../pair.rs"]
mod pair;
mod table;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use table::Verdict;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let mut checks = Checks {
        folder: std::env::temp_dir().join("sdkgen-semver-checks"),
        documented: HashMap::new(),
    };
    let mut verdicts = table::read();
    let pairs = pair::all();
    verdicts.retain(|name, _| pairs.iter().any(|pair| pair.name == *name));
    for pair in &pairs {
        if !wanted.is_empty() && !wanted.contains(&pair.name) {
            continue;
        }
        let old = checks.documented(&pair::whole(&pair.old));
        let new = checks.documented(&pair::whole(&pair.new));
        let verdict = verdict(&old, &new);
        println!("{}: {} {}", pair.name, verdict.step, verdict.lints);
        verdicts.insert(pair.name.clone(), verdict);
        write(&verdicts);
    }
    sum(&pairs, &verdicts);
}

struct Checks {
    folder: PathBuf,
    /// The rustdoc JSON of each document's crate.
    documented: HashMap<String, PathBuf>,
}

impl Checks {
    fn documented(&mut self, document: &str) -> PathBuf {
        if let Some(path) = self.documented.get(document) {
            return path.clone();
        }
        let package = self.folder.join("crate");
        // Files of the previous document's crate must not remain.
        let _ = std::fs::remove_dir_all(package.join("src"));
        for (path, text) in &pair::package(document).unwrap().0 {
            let path = package.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let mut cargo = Command::new("cargo");
        cargo.args(["rustdoc", "--quiet", "--lib", "--no-default-features"]);
        cargo.args(["--features", "reqwest,blocking,recorder,tower,tracing"]);
        // As `cargo semver-checks` invokes rustdoc, whose JSON output is not stable yet.
        cargo.args(["--", "-Zunstable-options", "--output-format=json"]);
        cargo.args(["--document-private-items", "--document-hidden-items"]);
        cargo
            .args(["--cap-lints=allow"])
            .env("RUSTC_BOOTSTRAP", "1");
        let target = self.folder.join("target");
        cargo.env("CARGO_TARGET_DIR", &target).current_dir(&package);
        let done = cargo.status().unwrap();
        assert!(done.success(), "{document}");
        let number = self.documented.len();
        let path = self.folder.join(format!("{number}.json"));
        std::fs::copy(target.join("doc/pets.json"), &path).unwrap();
        self.documented.insert(document.to_owned(), path.clone());
        path
    }
}

fn verdict(old: &Path, new: &Path) -> Verdict {
    let mut cargo = Command::new("cargo");
    cargo.args(["semver-checks", "--release-type=patch", "--color=never"]);
    cargo.arg("--baseline-rustdoc").arg(old);
    cargo.arg("--current-rustdoc").arg(new);
    let output = cargo.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    let step = match () {
        () if text.contains("semver requires new major version") => "major",
        () if text.contains("semver requires new minor version") => "minor",
        () if output.status.success() => "none",
        () => panic!("cargo semver-checks: {text}"),
    };
    let failures = text.lines().filter_map(|line| {
        let (lint, _) = line.strip_prefix("--- failure ")?.split_once(':')?;
        Some(lint.to_owned())
    });
    let mut lints: Vec<String> = failures.collect();
    lints.sort();
    Verdict {
        step: step.to_owned(),
        lints: lints.join(" "),
    }
}

fn sum(pairs: &[pair::Pair], verdicts: &table::Verdicts) {
    let differs = |pair: &&pair::Pair| {
        let verdict = verdicts.get(&pair.name);
        verdict.is_some_and(|verdict| verdict.is_breaking() != pair.diff().is_breaking())
    };
    let differing: Vec<&pair::Pair> = pairs.iter().filter(differs).collect();
    let agreeing = verdicts.len() - differing.len();
    println!("{agreeing} agree, {} differ:", differing.len());
    for pair in differing {
        let why = pair.differs.as_deref().unwrap_or("NO REASON");
        println!("  {}: {why}", pair.name);
    }
}

fn write(verdicts: &table::Verdicts) {
    let lines = verdicts.iter();
    let lines = lines.map(|(name, Verdict { step, lints })| format!("{name}\t{step}\t{lints}"));
    let text: String = lines
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect();
    std::fs::write(pair::beside(table::FILE), text).unwrap();
}
