//! Command-line programs over generated crates: that of the flagship against a server, and those of other documents.

mod corpus;
mod examples;
mod flagship;
mod http;
mod login;
mod mcp;
mod server;
mod shells;
#[path = "../support/mod.rs"]
mod support;
mod terminal;

use server::{Answer, Received, Server};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use support::{cargo, repository, target};

/// The key that the tests use. No output may have it.
const KEY: &str = "oc_live_0123456789abcdef";

/// Builds the flagship's program once, and returns its path.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let mut build = cargo::command(repository(), &["build", "--package", "outboundcalls-cli"]);
        build.env("CARGO_TARGET_DIR", target());
        let output = build.output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{text}");
        target().join("debug/outboundcalls")
    })
}

/// A place where the program runs: a folder for its configuration, and a server.
struct Place {
    folder: tempfile::TempDir,
    server: Server,
}

impl Place {
    fn new(answer: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Self {
        Place {
            folder: tempfile::tempdir().unwrap(),
            server: Server::start(answer),
        }
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(program());
        command
            .args(words(line))
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("COLUMNS", "100")
            .env("OUTBOUNDCALLS_BASE_URL", &self.server.url)
            .env("OUTBOUNDCALLS_API_KEY", KEY);
        command
    }

    /// Runs a line and returns it with its output and its exit code.
    fn run(&self, line: &str) -> String {
        self.run_with(line, "", |command| command)
    }

    fn run_with(
        &self,
        line: &str,
        input: &str,
        change: impl FnOnce(&mut Command) -> &mut Command,
    ) -> String {
        let mut command = self.command(line);
        change(&mut command);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        let mut text = format!("$ outboundcalls {line}\n");
        text.push_str(&String::from_utf8_lossy(&output.stdout));
        for line in String::from_utf8_lossy(&output.stderr).lines() {
            text.push_str(&format!("! {line}\n"));
        }
        if !output.status.success() {
            text.push_str(&format!("exit {}\n", output.status.code().unwrap_or(-1)));
        }
        assert!(!text.contains(KEY), "the key is shown:\n{text}");
        let text = text.replace(&self.server.url, "http://SERVER");
        text.replace(&*self.folder.path().to_string_lossy(), "HOME")
    }

    /// Runs lines one after the other.
    fn transcript(&self, lines: &[&str]) -> String {
        let texts = lines.iter().map(|line| self.run(line));
        texts.collect::<Vec<_>>().join("\n")
    }
}

/// Splits a line into words. A word in single quotes may have spaces.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        match index % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}
