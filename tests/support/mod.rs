//! Helpers of tests that compile generated crates, above all [`Workshop`].
//!
//! A workshop is one cargo workspace below the target folder, with generated crates as members: a single cargo
//! command checks all of them, and dependencies are compiled once. The folder is kept between runs, and unchanged
//! files are not touched, so that a second run compiles only what the generator changed.
#![allow(dead_code, reason = "each test program uses a part of it")]

pub mod bench;
pub mod cargo;
pub mod generate;
pub mod place;
pub mod volume;

use generate::{Attempt, Outcome, generate_with};
use sdkgen::pipeline::Generated;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// The profiles of a workshop. Without debug information, crates compile faster.
const PROFILES: &str = "[profile.dev]\ndebug = false\nincremental = false\n";

pub struct Workshop {
    root: PathBuf,
    members: Vec<String>,
    /// Cargo's target folder.
    target: PathBuf,
}

impl Workshop {
    /// Creates a workshop of this name without members.
    pub fn new(name: &str) -> Self {
        let root = target().join("generated-sources").join(name);
        fs::create_dir_all(&root).unwrap();
        Workshop {
            root,
            members: Vec::new(),
            target: target().join("generated"),
        }
    }

    /// Returns the same workshop with another target folder, so that cargo can work in both at once.
    pub fn with_target(&self, target: PathBuf) -> Self {
        Workshop {
            root: self.root.clone(),
            members: self.members.clone(),
            target,
        }
    }

    /// Generates and writes the crate of a document of this repository, with the text of a configuration file.
    pub fn generate(&mut self, config: &str, spec: &str, package: &str) {
        let limit = Duration::from_secs(60);
        self.add(&generate_with(
            config,
            &repository().join(spec),
            package,
            limit,
        ));
    }

    /// Writes a generated crate into a folder with the crate's name.
    pub fn add(&mut self, attempt: &Attempt) {
        let Outcome::Generated(generated) = &attempt.outcome else {
            panic!("{}: there is nothing to compile", attempt.package);
        };
        write_package(&self.root.join(&attempt.package), generated);
        self.members.push(attempt.package.clone());
    }

    /// Adds a generated crate that is already written.
    pub fn add_written(&mut self, package: &str) {
        self.members.push(package.to_owned());
    }

    /// Writes a handwritten member: a program that uses the generated crates.
    pub fn add_program(&mut self, name: &str, files: &[(&str, &str)]) {
        for (path, text) in files {
            let path = self.root.join(name).join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            write_if_changed(&path, text);
        }
        self.members.push(name.to_owned());
    }

    /// Writes the workspace's manifest and lock file; called after the last member was added.
    ///
    /// The lock file is this repository's: its versions are already downloaded, so that no test needs a network.
    pub fn finish(&mut self) {
        self.members.sort();
        let members: String = self
            .members
            .iter()
            .map(|name| format!("    {name:?},\n"))
            .collect();
        let manifest =
            format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n{PROFILES}");
        write_if_changed(&self.root.join("Cargo.toml"), &manifest);
        cargo::lock(&self.root);
        let known: BTreeSet<&str> = self.members.iter().map(String::as_str).collect();
        for entry in fs::read_dir(&self.root).unwrap().map(Result::unwrap) {
            let stale = !entry
                .file_name()
                .to_str()
                .is_some_and(|name| known.contains(name));
            if stale && entry.file_type().unwrap().is_dir() {
                fs::remove_dir_all(entry.path()).unwrap();
            }
        }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Compiles and runs a member program, and returns its output. Panics with its messages if it fails.
    pub fn run(&self, program: &str, arguments: &[&str]) -> String {
        self.run_with(&[], program, arguments)
    }

    /// Runs a program as [`Self::run`] does, with further options for cargo.
    pub fn run_with(&self, options: &[&str], program: &str, arguments: &[&str]) -> String {
        let run = ["run", "--quiet", "--offline", "--package", program];
        let output = cargo::command(
            &self.root,
            &[&run[..], options, &["--"], arguments].concat(),
        )
        .output()
        .unwrap();
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{complaint}");
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Returns the names of the members, in order.
    pub fn members(&self) -> &[String] {
        &self.members
    }

    /// Returns the number of lines of Rust in a member.
    pub fn lines(&self, member: &str) -> usize {
        let count = |path: &PathBuf| {
            fs::read(path)
                .unwrap()
                .iter()
                .filter(|byte| **byte == b'\n')
                .count()
        };
        files(&self.root.join(member))
            .iter()
            .filter(|path| path.extension() == Some("rs".as_ref()))
            .map(count)
            .sum()
    }
}

/// Writes a generated crate into a folder.
pub fn write_package(folder: &Path, generated: &Generated) {
    if sdkgen::output::write(folder, &generated.package).is_err() {
        // A killed run may have left files that the list of generated files does not contain.
        fs::remove_dir_all(folder).unwrap();
        sdkgen::output::write(folder, &generated.package).unwrap();
    }
}

/// Returns the peak memory of this process in MiB, or 0 if the system does not report it.
pub fn peak_of_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}

/// Returns this repository's folder, which is above the package that includes this module.
pub fn repository() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut above = package.ancestors();
    above.find(|path| path.join("Cargo.lock").exists()).unwrap()
}

/// Returns the target folder of the run that this is part of: programs are in `PROFILE/deps` or
/// `PROFILE/examples` of it.
pub fn target() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    program.ancestors().nth(3).unwrap().to_owned()
}

/// Returns all files of a folder, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut left = vec![folder.to_owned()];
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let list = if entry.file_type().unwrap().is_dir() {
                &mut left
            } else {
                &mut found
            };
            list.push(entry.path());
        }
    }
    found.sort();
    found
}

/// Applies a function to each item, on as many threads as there are processors. Returns the results in order.
pub fn in_parallel<'a, T: Sync, R: Send>(
    items: &'a [T],
    work: impl Fn(&'a T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return done;
            };
            done.push((index, work(item)));
        }
    };
    let count = thread::available_parallelism().map_or(1, |count| count.get());
    let mut all: Vec<(usize, R)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, answer)| answer).collect()
}

/// Prints a line that the test harness does not capture: skipped tests, and figures.
pub fn say(line: &str) {
    // A closed stderr must not fail the test.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

fn write_if_changed(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).unwrap();
    }
}
