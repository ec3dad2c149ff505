//! `sdkgen check --publish`: what stands between a crate and its release, by the programs that will judge it.

use super::terminal::Ui;
use super::{DONE, FINDINGS, Outcome};
use sdkgen::release::package_rules::{self, Finding, Package, Weight};
use serde::Deserialize;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

/// How much of a failed build is shown: what went wrong stands at its end.
const SHOWN: usize = 40;

/// Says what there is to say of the crate in a folder.
pub fn publish(root: &Path, ui: &Ui) -> Outcome {
    let krate = Crate::read(root).map_err(|why| {
        ui.error(&why);
        FINDINGS
    })?;
    let package = &krate.package;
    ui.progress(&format!("{} {}", package.name, package.version));
    let mut found = package_rules::of_manifest(package, krate.has_license_text());
    type Step = fn(&Crate) -> Result<String, Finding>;
    let steps: [(&str, Step, &str); 3] = [
        ("package", Crate::pack, "packing"),
        ("docs.rs", Crate::document, "documenting"),
        ("MSRV", Crate::check_oldest, "checking with the oldest Rust"),
    ];
    let features = (package.features.len(), package_rules::MOST_FEATURES);
    ui.progress(&format!("  features  {} of {}", features.0, features.1));
    let count = steps.len();
    for (done, (name, step, what)) in steps.into_iter().enumerate() {
        let busy = ui.busy_with(what, done, count);
        let done = step(&krate);
        drop(busy);
        match done {
            Ok(told) => ui.progress(&format!("  {name:<8}  {told}")),
            Err(finding) => found.push(finding),
        }
    }
    found.sort_by_key(|finding| finding.weight);
    for finding in &found {
        let weight = match finding.weight {
            Weight::Refused => "refused ",
            Weight::Missed => "missed  ",
        };
        ui.report(&format!("  {weight}  {}\n", finding.text));
    }
    let is_refused = found
        .iter()
        .any(|finding| finding.weight == Weight::Refused);
    Ok(if is_refused { FINDINGS } else { DONE })
}

/// A crate on the disk, as cargo sees it.
struct Crate {
    root: PathBuf,
    package: Package,
    target: PathBuf,
}

/// What `cargo metadata` prints.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Listed>,
    target_directory: PathBuf,
}

#[derive(Deserialize)]
struct Listed {
    manifest_path: PathBuf,
    #[serde(flatten)]
    package: Package,
}

impl Crate {
    fn read(root: &Path) -> Result<Self, String> {
        let output = cargo(root, ["metadata", "--no-deps", "--format-version", "1"])?;
        if !output.status.success() {
            return Err(format!(
                "cargo cannot read {}:\n{}",
                root.display(),
                end(&output)
            ));
        }
        let metadata: Metadata = serde_json::from_slice(&output.stdout)
            .map_err(|why| format!("`cargo metadata` is not understood: {why}"))?;
        let manifest = root.join("Cargo.toml").canonicalize();
        let manifest = manifest.map_err(|why| format!("{}: {why}", root.display()))?;
        let mut packages = metadata.packages.into_iter();
        let listed = packages.find(|listed| {
            let path = listed.manifest_path.canonicalize();
            path.is_ok_and(|path| path == manifest)
        });
        let listed = listed.ok_or_else(|| format!("cargo knows no crate in {}", root.display()))?;
        Ok(Crate {
            root: root.to_owned(),
            package: listed.package,
            target: metadata.target_directory,
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

    /// `cargo package` builds the crate from what is packed, and nothing beside it.
    fn pack(&self) -> Result<String, Finding> {
        // The files are those that `check` has just found up to date, in git or not.
        let mut command = Command::new(program());
        command.args(["package", "--allow-dirty"]);
        self.run(&mut command, "`cargo package` fails")?;
        let Package { name, version, .. } = &self.package;
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

    /// The documentation as docs.rs builds it: with the flags of the manifest and docs.rs' own, the language
    /// of a nightly Rust, and no more memory than there is.
    fn document(&self) -> Result<String, Finding> {
        let begun = Instant::now();
        let flags = self.package.metadata.clone().unwrap_or_default().docs.rs;
        let mut command = capped(flags.arguments());
        command.env("RUSTC_BOOTSTRAP", "1").env("DOCS_RS", "1");
        self.run(&mut command, "docs.rs could not build the documentation")?;
        let seconds = begun.elapsed().as_secs();
        if seconds > package_rules::DOCS_SECONDS {
            let text = format!(
                "the documentation takes {seconds} s to build, and docs.rs gives up sooner"
            );
            return Err(Finding::refused(text));
        }
        let cap = match cfg!(unix) {
            true => format!(", in {} GiB of memory", package_rules::DOCS_MEMORY >> 20),
            false => ", with as much memory as it likes".to_owned(),
        };
        Ok(format!("builds as docs.rs does{cap}"))
    }

    /// A build with the oldest Rust that the manifest promises, where that is installed.
    fn check_oldest(&self) -> Result<String, Finding> {
        let Some(version) = &self.package.rust_version else {
            return Ok("not tried: the manifest names no `rust-version`".to_owned());
        };
        let Some(toolchain) = installed(version) else {
            return Ok(format!(
                "not tried: Rust {version} is not installed (`rustup toolchain install {version}`)"
            ));
        };
        let mut command = Command::new("rustup");
        command.args([
            "run",
            &toolchain,
            "cargo",
            "check",
            "--lib",
            "--all-features",
        ]);
        // Else the programs of the Rust that runs now are taken.
        command
            .env_remove("CARGO")
            .env_remove("RUSTC")
            .env_remove("RUSTUP_TOOLCHAIN");
        let fault = format!("Rust {version}, which `rust-version` promises, does not build it");
        self.run(&mut command, &fault)?;
        Ok(format!("builds with Rust {version}"))
    }

    /// Runs a command in the crate's folder; that it fails is the finding.
    fn run(&self, command: &mut Command, fault: &str) -> Result<(), Finding> {
        let program = command.get_program().to_owned();
        let output = command.current_dir(&self.root).output();
        let output =
            output.map_err(|why| Finding::refused(format!("{}: {why}", program.display())))?;
        match output.status.success() {
            true => Ok(()),
            false => Err(Finding::refused(format!("{fault}:\n{}", end(&output)))),
        }
    }
}

/// The cargo that runs sdkgen, if one does.
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

/// A command of cargo with docs.rs' memory. A process has no more memory than addresses, so that what is
/// built with so many addresses is built with as much memory.
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

/// The whole name of the toolchain of a version.
fn installed(version: &str) -> Option<String> {
    let list = Command::new("rustup")
        .args(["toolchain", "list"])
        .output()
        .ok()?;
    let list = String::from_utf8(list.stdout).ok()?;
    package_rules::toolchain(&list, version).map(str::to_owned)
}

/// The last lines of what a program said of its failure.
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
