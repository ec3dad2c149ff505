//! `sdkgen check --publish`: runs cargo on a crate to find what would prevent its release.

use super::terminal::Terminal;
use super::{CommandResult, DONE, FINDINGS};
use sdkgen::release::package_rules::{self, CargoPackage, Impact, PublishFinding};
use serde::Deserialize;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

/// The number of lines to show of a failed build. The error is at the end.
const SHOWN: usize = 40;

/// Checks the crate in a folder and prints the findings. A program depends on the crate in the folder `client`.
pub fn publish(root: &Path, client: Option<&Path>, terminal: &Terminal) -> CommandResult {
    let read = |root: &Path| {
        LocalCrate::read(root).map_err(|why| {
            terminal.error(&why);
            FINDINGS
        })
    };
    let mut krate = read(root)?;
    krate.client = client.map(read).transpose()?.map(Box::new);
    let package = &krate.package;
    terminal.progress(&format!("{} {}", package.name, package.version));
    let mut found = package_rules::of_manifest(package, krate.has_license_text());
    type Step = fn(&LocalCrate) -> Result<String, PublishFinding>;
    let mut steps: Vec<(&str, Step, &str)> = vec![
        ("package", LocalCrate::pack, "packing"),
        (
            "MSRV",
            LocalCrate::check_oldest,
            "checking the minimum Rust version",
        ),
    ];
    // docs.rs documents libraries.
    if client.is_none() {
        steps.insert(1, ("docs.rs", LocalCrate::document, "documenting"));
    }
    let features = (package.features.len(), package_rules::MOST_FEATURES);
    terminal.progress(&format!("  features  {} of {}", features.0, features.1));
    let count = steps.len();
    for (done, (name, step, what)) in steps.into_iter().enumerate() {
        let busy = terminal.step_progress(what, done, count);
        let done = step(&krate);
        drop(busy);
        match done {
            Ok(told) => terminal.progress(&format!("  {name:<8}  {told}")),
            Err(finding) => found.push(finding),
        }
    }
    found.sort_by_key(|finding| finding.impact);
    for finding in &found {
        let impact = match finding.impact {
            Impact::Refused => "rejected",
            Impact::Missed => "missing ",
        };
        terminal.report(&format!("  {impact}  {}\n", finding.text));
    }
    let is_refused = found
        .iter()
        .any(|finding| finding.impact == Impact::Refused);
    Ok(if is_refused { FINDINGS } else { DONE })
}

/// A crate on the disk, as cargo describes it.
struct LocalCrate {
    root: PathBuf,
    package: CargoPackage,
    target: PathBuf,
    /// The client crate of a program.
    client: Option<Box<LocalCrate>>,
}

/// The output of `cargo metadata`.
#[derive(Deserialize)]
struct CargoMetadata {
    packages: Vec<ListedPackage>,
    target_directory: PathBuf,
}

#[derive(Deserialize)]
struct ListedPackage {
    manifest_path: PathBuf,
    #[serde(flatten)]
    package: CargoPackage,
}

impl LocalCrate {
    fn read(root: &Path) -> Result<Self, String> {
        let output = cargo(root, ["metadata", "--no-deps", "--format-version", "1"])?;
        if !output.status.success() {
            return Err(format!(
                "cargo cannot read {}:\n{}",
                root.display(),
                end(&output)
            ));
        }
        let metadata: CargoMetadata = serde_json::from_slice(&output.stdout)
            .map_err(|why| format!("cannot read the output of `cargo metadata`: {why}"))?;
        let manifest = root.join("Cargo.toml").canonicalize();
        let manifest = manifest.map_err(|why| format!("{}: {why}", root.display()))?;
        let mut packages = metadata.packages.into_iter();
        let listed = packages.find(|listed| {
            let path = listed.manifest_path.canonicalize();
            path.is_ok_and(|path| path == manifest)
        });
        let listed = listed.ok_or_else(|| format!("cargo finds no crate in {}", root.display()))?;
        Ok(LocalCrate {
            root: root.to_owned(),
            package: listed.package,
            target: metadata.target_directory,
            client: None,
        })
    }

    fn has_license_text(&self) -> bool {
        let entries = std::fs::read_dir(&self.root)
            .into_iter()
            .flatten()
            .flatten();
        let mut names = entries.map(|entry| entry.file_name());
        names.any(|name| name.to_string_lossy().to_uppercase().starts_with("LICEN"))
    }

    /// Runs `cargo package`, which builds the crate from the packed files only.
    fn pack(&self) -> Result<String, PublishFinding> {
        // `check` has just found the files up to date, so they need not be committed.
        let mut command = Command::new(program());
        command.args(["package", "--allow-dirty"]);
        command.args(self.with_client());
        self.run(&mut command, "`cargo package` failed")?;
        let CargoPackage { name, version, .. } = &self.package;
        let packed = self
            .target
            .join("package")
            .join(format!("{name}-{version}.crate"));
        let size = std::fs::metadata(&packed).map_or(0, |packed| packed.len());
        match package_rules::of_size(size) {
            Some(finding) => Err(finding),
            None => Ok(format!(
                "builds, {} of {}",
                package_rules::mebibytes(size),
                package_rules::mebibytes(package_rules::LARGEST)
            )),
        }
    }

    /// Returns the arguments by which cargo finds the client of a program on the disk, since it is not published yet.
    fn with_client(&self) -> Vec<String> {
        let Some(client) = &self.client else {
            return Vec::new();
        };
        let root = client.root.canonicalize();
        let root = root.unwrap_or_else(|_| client.root.clone());
        // A string of JSON is one of TOML too.
        let path = serde_json::Value::from(root.to_string_lossy()).to_string();
        let patch = format!("patch.crates-io.{}.path={path}", client.package.name);
        vec!["--config".to_owned(), patch]
    }

    /// Builds the documentation as docs.rs does: with the flags of the manifest and of docs.rs, nightly features and
    /// limited memory.
    fn document(&self) -> Result<String, PublishFinding> {
        let begun = Instant::now();
        let flags = self.package.metadata.clone().unwrap_or_default().docs.rs;
        let mut command = capped(flags.arguments());
        command.env("RUSTC_BOOTSTRAP", "1").env("DOCS_RS", "1");
        self.run(
            &mut command,
            "the documentation would fail to build on docs.rs",
        )?;
        let seconds = begun.elapsed().as_secs();
        if seconds > package_rules::DOCS_SECONDS {
            let text = format!(
                "the documentation takes {seconds} s to build, more than the limit of docs.rs"
            );
            return Err(PublishFinding::refused(text));
        }
        let cap = match cfg!(unix) {
            true => format!(", in {} GiB of memory", package_rules::DOCS_MEMORY >> 20),
            false => ", without a memory limit".to_owned(),
        };
        Ok(format!("builds with the settings of docs.rs{cap}"))
    }

    /// Builds with the `rust-version` of the manifest, if that toolchain is installed.
    fn check_oldest(&self) -> Result<String, PublishFinding> {
        let Some(version) = &self.package.rust_version else {
            return Ok("skipped: Cargo.toml has no `rust-version`".to_owned());
        };
        let Some(toolchain) = installed(version) else {
            return Ok(format!(
                "skipped: Rust {version} is not installed (`rustup toolchain install {version}`)"
            ));
        };
        let targets = if self.client.is_some() {
            "--bins"
        } else {
            "--lib"
        };
        let mut command = Command::new("rustup");
        command.args(["run", &toolchain, "cargo", "check", targets]);
        // The features of a program choose one TLS library, so those of the default are checked.
        if self.client.is_none() {
            command.arg("--all-features");
        }
        // These variables would select the toolchain that runs now.
        command
            .env_remove("CARGO")
            .env_remove("RUSTC")
            .env_remove("RUSTUP_TOOLCHAIN");
        let fault = format!("the build with Rust {version} (`rust-version`) failed");
        self.run(&mut command, &fault)?;
        Ok(format!("builds with Rust {version}"))
    }

    /// Runs a command in the crate's folder. A failure is a finding.
    fn run(&self, command: &mut Command, fault: &str) -> Result<(), PublishFinding> {
        let program = command.get_program().to_owned();
        let output = command.current_dir(&self.root).output();
        let output = output
            .map_err(|why| PublishFinding::refused(format!("{}: {why}", program.display())))?;
        match output.status.success() {
            true => Ok(()),
            false => Err(PublishFinding::refused(format!(
                "{fault}:\n{}",
                end(&output)
            ))),
        }
    }
}

/// Returns the cargo that runs sdkgen, or the default one.
fn program() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn cargo<const N: usize>(root: &Path, arguments: [&str; N]) -> Result<Output, String> {
    let output = Command::new(program())
        .args(arguments)
        .current_dir(root)
        .output();
    output.map_err(|why| format!("cargo: {why}"))
}

/// Returns a cargo command with the memory limit of docs.rs. It limits addresses, which limits memory too.
fn capped(arguments: Vec<String>) -> Command {
    if !cfg!(unix) {
        let mut command = Command::new(program());
        command.args(arguments);
        return command;
    }
    let mut command = Command::new("sh");
    let script = format!("ulimit -v {} && exec \"$@\"", package_rules::DOCS_MEMORY);
    command.args([OsStr::new("-c"), OsStr::new(&script), OsStr::new("sh")]);
    command.arg(program()).args(arguments);
    command
}

/// Returns the full name of an installed toolchain.
fn installed(version: &str) -> Option<String> {
    let list = Command::new("rustup")
        .args(["toolchain", "list"])
        .output()
        .ok()?;
    let list = String::from_utf8(list.stdout).ok()?;
    package_rules::toolchain(&list, version).map(str::to_owned)
}

/// Returns the last lines of a program's error output.
fn end(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = text.lines().collect();
    let shown = &lines[lines.len().saturating_sub(SHOWN)..];
    shown
        .iter()
        .map(|line| format!("    {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}
