//! Generation from Rust: for tools, tests and build scripts.
//!
//! This is a `build.rs` that makes the crate in `client/`, and makes it again when the document has changed:
//!
//! ```no_run
//! let report = sdkgen::Generator::new("api.yaml")
//!     .out("client")
//!     .package("pets")
//!     .generate()
//!     .unwrap_or_else(|fault| panic!("{fault}"));
//! for path in report.read {
//!     println!("cargo::rerun-if-changed={}", path.display());
//! }
//! ```
//!
//! `tests/build_script` of sdkgen's repository is a crate with such a script. Cargo reads the manifests of all
//! dependencies before it runs a build script: a client that other crates of the workspace depend on has to
//! be there by then, so it is committed, and a test says whether it is current:
//!
//! ```no_run
//! if let Err(fault) = sdkgen::Generator::from_config("sdkgen.yaml").check() {
//!     panic!("{fault}");
//! }
//! ```

mod run;

pub use run::{Make, Output, Outputs, Run, Unread};

use crate::config::{ConfigError, Overrides, Settings};
use crate::diag::{ConfigKeys, Diagnostics, Levels};
use crate::output::{OutputError, Written};
use crate::progress::Count;
use crate::report::{self, Findings, Form, Style};
use crate::source::{Loaded, Sources};
use crate::tree::Tree;
use std::fmt;
use std::path::PathBuf;

/// A document may nest 500 levels deep, and some stages go down by recursion, which a usual stack is too
/// small for in a debug build.
pub const STACK: usize = 256 << 20;

/// What to generate, and where to. Paths are relative to the current folder, those in a configuration file
/// to that file.
#[derive(Debug, Clone, Default)]
pub struct Generator {
    config: Option<PathBuf>,
    given: Overrides,
}

/// What a run has done.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What there is to say of the document, for people: warnings, with their source lines.
    pub diagnostics: String,
    /// The output folders.
    pub folders: Vec<Written>,
    /// The files that were read, and the folders that were looked through: while none of them changes,
    /// there is nothing to generate.
    pub read: Vec<PathBuf>,
}

/// Why nothing was written, or what `check` has found.
#[derive(Debug)]
#[non_exhaustive]
pub enum GenerateError {
    /// The configuration, or what stands for it, cannot be used.
    Config(ConfigError),
    /// The document cannot be read or has errors, which this text shows.
    Document(String),
    /// The output folders are not what `generate` would write; this text lists the differences.
    Stale(String),
    /// The output folders cannot be read or written.
    Output(OutputError),
    /// There is no thread for the work.
    Thread(std::io::Error),
}

impl Generator {
    /// Generates from an OpenAPI document, without a configuration file.
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        let mut generator = Generator::default();
        generator.given.spec = Some(spec.into());
        generator
    }

    /// Generates as a configuration file says. What is given beside it goes before it.
    pub fn from_config(path: impl Into<PathBuf>) -> Self {
        Generator {
            config: Some(path.into()),
            given: Overrides::default(),
        }
    }

    /// The folder of the crate.
    pub fn out(mut self, folder: impl Into<PathBuf>) -> Self {
        self.given.out = Some(folder.into());
        self
    }

    /// The folder of the book's sources; without it, there is no book.
    pub fn docs(mut self, folder: impl Into<PathBuf>) -> Self {
        self.given.docs = Some(folder.into());
        self
    }

    /// The crate's name; without it, the document's title gives one.
    pub fn package(mut self, name: impl Into<String>) -> Self {
        self.given.package = Some(name.into());
        self
    }

    /// A change to the document; may be given several times, and is applied in that order.
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.given.overlays.push(path.into());
        self
    }

    /// Lets references lead into a folder, beside the folder or git repository of the document; may be given
    /// several times.
    pub fn allow_files(mut self, folder: impl Into<PathBuf>) -> Self {
        self.given.allow_files.push(folder.into());
        self
    }

    /// A folder of templates that stand in place of built-in ones.
    pub fn templates(mut self, folder: impl Into<PathBuf>) -> Self {
        self.given.templates = Some(folder.into());
        self
    }

    /// Gives the crate a test that makes every call.
    pub fn wire_tests(mut self) -> Self {
        self.given.wire_tests = true;
        self
    }

    /// Writes the crate, and the book when one is asked for. Files that are as they are to be are left
    /// alone.
    ///
    /// # Errors
    ///
    /// Something cannot be used, read or written, or the document has errors. Nothing is changed then.
    pub fn generate(&self) -> Result<Report, GenerateError> {
        self.run(Run::renew, |outputs| {
            outputs.write(&Count::new()).map_err(GenerateError::Output)
        })
    }

    /// Compares the disk with what [`Generator::generate`] would write; writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`Generator::generate`], and [`GenerateError::Stale`] where they differ.
    pub fn check(&self) -> Result<Report, GenerateError> {
        self.run(Run::generate, |outputs| {
            let drifts = outputs
                .drifts(&Count::new())
                .map_err(GenerateError::Output)?;
            let stale = drifts.iter().filter(|(_, _, drift)| !drift.is_empty());
            let mut text: String = stale.map(|(root, _, drift)| drift.list(root)).collect();
            if text.is_empty() {
                let folders = drifts.iter().map(|(root, files, _)| Written {
                    root: root.to_path_buf(),
                    unchanged: files.0.len(),
                    ..Written::default()
                });
                return Ok(folders.collect());
            }
            text.push_str(&outputs.reasons());
            Err(GenerateError::Stale(text))
        })
    }

    fn run(
        &self,
        make: Make,
        finish: impl FnOnce(&Outputs) -> Result<Vec<Written>, GenerateError> + Send,
    ) -> Result<Report, GenerateError> {
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK);
            let thread = thread.spawn_scoped(scope, || self.run_here(make, finish));
            let thread = thread.map_err(GenerateError::Thread)?;
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    fn run_here(
        &self,
        make: Make,
        finish: impl FnOnce(&Outputs) -> Result<Vec<Written>, GenerateError>,
    ) -> Result<Report, GenerateError> {
        let all = Settings::read(self.config.as_deref(), self.given.clone());
        let mut report = Report {
            read: self.config.iter().cloned().collect(),
            ..Report::default()
        };
        let mut outputs = Outputs::default();
        let mut findings = Findings::new(Form::Human(STYLE));
        let mut keys = ConfigKeys::default();
        for settings in all.map_err(GenerateError::Config)? {
            outputs.push(one(settings, make, &mut report, &mut findings, &mut keys)?);
        }
        let unanswered = keys.findings();
        if !unanswered.is_empty() {
            return Err(GenerateError::Document(shown(&unanswered, None)));
        }
        report.diagnostics = findings.text();
        report.folders = finish(&outputs)?;
        Ok(report)
    }
}

/// What one output is to have; what is read comes to the report, and what is found to the findings.
fn one(
    settings: Settings,
    make: Make,
    report: &mut Report,
    findings: &mut Findings,
    keys: &mut ConfigKeys,
) -> Result<Output, GenerateError> {
    let settings = with_out(settings).map_err(GenerateError::Config)?;
    let mut run = Run::new(settings).map_err(|unread| match unread {
        Unread::Config(fault) => GenerateError::Config(fault),
        Unread::Document(found) => GenerateError::Document(shown(&found, None)),
    })?;
    let generated = make(&mut run, &Levels::default());
    let Some(generated) = generated else {
        let diagnostics = shown(&run.diagnostics, Some(&run.loaded));
        return Err(GenerateError::Document(diagnostics));
    };
    keys.extend(run.diagnostics.take_keys());
    findings.add(&run.diagnostics, &run.loaded.sources, &run.loaded.tree);
    for path in run.loaded.read() {
        if !report.read.iter().any(|known| known == path) {
            report.read.push(path.to_owned());
        }
    }
    Ok(run.output(generated))
}

/// The settings, if they say where to generate to.
fn with_out(settings: Settings) -> Result<Settings, ConfigError> {
    match settings.job().out.as_os_str().is_empty() {
        true => Err("no output folder: give `out`".to_owned().into()),
        false => Ok(settings),
    }
}

/// For the log of a build.
const STYLE: Style = Style {
    color: false,
    brief: true,
};

fn shown(found: &Diagnostics, loaded: Option<&Loaded>) -> String {
    match loaded {
        Some(loaded) => report::human(found, &loaded.sources, &loaded.tree, STYLE),
        None => report::human(found, &Sources::default(), &Tree::default(), STYLE),
    }
}

impl fmt::Display for GenerateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GenerateError::Config(fault) => fault.fmt(f),
            GenerateError::Document(text) => {
                write!(f, "nothing was generated:\n{}", text.trim_end())
            }
            GenerateError::Stale(text) => {
                write!(f, "what was generated is not current:\n{}", text.trim_end())
            }
            GenerateError::Output(fault) => fault.fmt(f),
            GenerateError::Thread(fault) => write!(f, "cannot start: {fault}"),
        }
    }
}

impl std::error::Error for GenerateError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            GenerateError::Config(fault) => Some(fault),
            GenerateError::Output(fault) => Some(fault),
            GenerateError::Thread(fault) => Some(fault),
            GenerateError::Document(_) | GenerateError::Stale(_) => None,
        }
    }
}
