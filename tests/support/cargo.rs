//! Cargo commands over a workshop, and their messages by member.

use super::{Workshop, in_parallel, repository, target};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Once;
use std::time::{Duration, Instant};

/// The findings about a member: messages of a tool.
#[derive(Debug, Default, Clone)]
pub struct Findings {
    pub errors: Vec<String>,
    pub warnings: Vec<String>,
}

impl Findings {
    pub fn is_clean(&self) -> bool {
        self.errors.is_empty() && self.warnings.is_empty()
    }

    /// Iterates over the findings, errors first.
    pub fn all(&self) -> impl Iterator<Item = &String> {
        self.errors.iter().chain(&self.warnings)
    }
}

/// The findings of a command by member. Members without findings are absent.
pub type Found = BTreeMap<String, Findings>;

impl Workshop {
    /// Runs `cargo fmt --check` for each member, in parallel.
    pub fn fmt(&self) -> Found {
        let found = in_parallel(self.members(), |member| {
            self.fmt_of(member).map(|found| (member.clone(), found))
        });
        found.into_iter().flatten().collect()
    }

    /// Runs `cargo fmt --check` for one member. Returns `None` if it is formatted.
    pub fn fmt_of(&self, member: &str) -> Option<Findings> {
        let options = ["--", "--check", "--color", "never"];
        let output = self
            .command(&["fmt", "--package", member])
            .args(options)
            .output()
            .unwrap();
        let errors = vec![text(&output)];
        let findings = Findings {
            errors,
            warnings: vec![],
        };
        (!output.status.success()).then_some(findings)
    }

    /// Builds a member that is a program, runs it with one argument, and returns its output.
    ///
    /// # Errors
    ///
    /// Returns the compiler's messages if the program cannot be built.
    pub fn output_of(&self, member: &str, argument: &Path) -> Result<String, String> {
        let output = self
            .command(&["build", "--offline", "--package", member])
            .output()
            .unwrap();
        if !output.status.success() {
            return Err(text(&output));
        }
        let program = self.target().join("debug").join(member);
        let output = Command::new(program).arg(argument).output();
        let output = output.map_err(|why| why.to_string())?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs `cargo check` for one member, and returns the time that it took.
    pub fn check(&self, member: &str) -> (Findings, Duration) {
        let start = Instant::now();
        let mut found = self.messages(&["check", "--all-features", "--package", member], &[], &[]);
        let other = found.remove("(cargo)");
        (
            found.remove(member).or(other).unwrap_or_default(),
            start.elapsed(),
        )
    }

    /// Deletes the build artifacts of a member.
    pub fn forget(&self, member: &str) {
        let output = self
            .command(&["clean", "--offline", "--package", member])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output));
    }

    /// Runs `cargo clippy --all-targets -- -D warnings` for these members.
    pub fn clippy(&self, members: &[&str]) -> Found {
        self.clippy_with(&["--all-features"], members)
    }

    /// Runs clippy as [`Self::clippy`] does, with the features that the arguments select.
    pub fn clippy_with(&self, features: &[&str], members: &[&str]) -> Found {
        let arguments = ["clippy", "--all-targets", "--keep-going"];
        let arguments = [&arguments[..], features].concat();
        self.messages(
            &selecting(&arguments, members),
            &["--", "-D", "warnings"],
            &[],
        )
    }

    /// Runs `cargo doc --no-deps` for these members, with warnings denied.
    pub fn doc(&self, members: &[&str]) -> Found {
        self.doc_with(&["--all-features"], members)
    }

    /// Runs rustdoc as [`Self::doc`] does, with the features that the arguments select.
    pub fn doc_with(&self, features: &[&str], members: &[&str]) -> Found {
        let arguments = ["doc", "--no-deps", "--keep-going"];
        let arguments = [&arguments[..], features].concat();
        self.messages(
            &selecting(&arguments, members),
            &[],
            &[("RUSTDOCFLAGS", "-D warnings")],
        )
    }

    /// Asserts that these members are formatted and have no warnings of clippy and rustdoc.
    pub fn assert_clean(&self, members: &[&str]) {
        for mut found in [self.fmt(), self.clippy(members), self.doc(members)] {
            // A cargo command that failed before it compiled is reported as a member of its own.
            found.retain(|member, _| members.contains(&&**member) || member == "(cargo)");
            assert!(found.is_empty(), "{}", report(&found));
        }
    }

    /// Compiles and runs the wire tests of these members. Returns the output if one fails.
    pub fn wire_tests(&self, members: &[&str]) -> Result<(), String> {
        self.tested(
            &["test", "--all-features", "--test", "wire", "--offline"],
            members,
        )
    }

    /// Compiles and runs the documentation examples of these members. Returns the output if one fails.
    pub fn doctest(&self, members: &[&str]) -> Result<(), String> {
        self.doctest_with(&[], members)
    }

    /// Runs the examples as [`Self::doctest`] does, with the features that the arguments select.
    pub fn doctest_with(&self, features: &[&str], members: &[&str]) -> Result<(), String> {
        let command = [&["test", "--doc", "--offline"], features].concat();
        self.tested(&command, members)
    }

    fn tested(&self, command: &[&str], members: &[&str]) -> Result<(), String> {
        let arguments = selecting(command, members);
        let output = self.command(&arguments).output().unwrap();
        if output.status.success() {
            Ok(())
        } else {
            Err(text(&output))
        }
    }

    /// Runs a command that compiles, and sorts its messages by member.
    fn messages(&self, arguments: &[&str], rest: &[&str], env: &[(&str, &str)]) -> Found {
        let mut command = self.command(arguments);
        command
            .args(["--offline", "--message-format", "json"])
            .args(rest);
        command.envs(env.iter().copied());
        let output = command.output().unwrap();
        let mut found = Found::new();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let Some((member, level, text)) = message(line) else {
                continue;
            };
            let findings = found.entry(member).or_default();
            let list = if level == "warning" {
                &mut findings.warnings
            } else {
                &mut findings.errors
            };
            // The library is compiled twice, with its tests and without, and reports everything twice.
            if !list.contains(&text) {
                list.push(text);
            }
        }
        if !output.status.success() && found.values().all(|found| found.errors.is_empty()) {
            let errors = vec![String::from_utf8_lossy(&output.stderr).into_owned()];
            found.insert(
                "(cargo)".to_owned(),
                Findings {
                    errors,
                    warnings: vec![],
                },
            );
        }
        found
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = command(self.root(), arguments);
        command.env("CARGO_TARGET_DIR", self.target());
        command
    }
}

fn selecting<'a>(arguments: &[&'a str], members: &[&'a str]) -> Vec<&'a str> {
    let packages = members.iter().flat_map(|member| ["--package", *member]);
    arguments.iter().copied().chain(packages).collect()
}

/// Creates a cargo command in a folder below the target folder, with the target folder that all workshops share.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder).args(arguments);
    command.env("CARGO_TARGET_DIR", target().join("generated"));
    command.env("CARGO_TERM_COLOR", "never");
    // Settings of the surrounding cargo run must not apply to generated crates.
    for name in [
        "RUSTFLAGS",
        "RUSTDOCFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "RUSTC_WORKSPACE_WRAPPER",
    ] {
        command.env_remove(name);
    }
    command
}

/// Copies the lock file of this repository into a workspace of generated crates, and downloads its packages for this
/// machine: no other command downloads dependencies that only generated crates have.
pub fn lock(workspace: &Path) {
    static FETCHED: Once = Once::new();
    FETCHED.call_once(|| {
        let version = command(repository(), &["-vV"]).output().unwrap();
        let version = String::from_utf8_lossy(&version.stdout);
        let mut lines = version.lines();
        let host = lines.find_map(|line| line.strip_prefix("host: ")).unwrap();
        let fetch = ["fetch", "--locked", "--quiet", "--target", host];
        // Without a network, the command that needs a missing package names it in its error.
        let _ = command(repository(), &fetch).output();
    });
    fs::copy(
        repository().join("Cargo.lock"),
        workspace.join("Cargo.lock"),
    )
    .unwrap();
}

/// Parses a line of `--message-format json` into member, level and text.
fn message(line: &str) -> Option<(String, String, String)> {
    let line: Value = serde_json::from_str(line).ok()?;
    if line["reason"] != "compiler-message" {
        return None;
    }
    let message = &line["message"];
    // The summary, "aborting due to 2 previous errors", is not a finding.
    if message["spans"].as_array()?.is_empty() && message["code"].is_null() {
        return None;
    }
    let folder = line["manifest_path"]
        .as_str()?
        .strip_suffix("/Cargo.toml")?;
    let member = folder.rsplit('/').next()?;
    let text = message["rendered"]
        .as_str()
        .or(message["message"].as_str())?;
    Some((
        member.to_owned(),
        message["level"].as_str()?.to_owned(),
        text.to_owned(),
    ))
}

fn text(output: &Output) -> String {
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    format!("{out}{err}")
}

/// Formats the findings as one text: each member with its first findings.
pub fn report(found: &Found) -> String {
    const SHOWN: usize = 3;
    let mut text = String::new();
    for (member, findings) in found {
        let all = findings.errors.iter().chain(&findings.warnings);
        let count = findings.errors.len() + findings.warnings.len();
        text.push_str(&format!("\n=== {member}: {count} findings\n"));
        all.take(SHOWN)
            .for_each(|finding| text.push_str(&excerpt(finding)));
    }
    text
}

/// Returns the first lines of a finding. An unformatted file can have thousands.
pub fn excerpt(finding: &str) -> String {
    const LINES: usize = 40;
    let mut text: String = finding
        .lines()
        .take(LINES)
        .map(|line| format!("{line}\n"))
        .collect();
    if finding.lines().count() > LINES {
        text.push_str("[…]\n");
    }
    text
}
