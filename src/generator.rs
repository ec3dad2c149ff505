//! The library's [`Generator`].

mod run;

pub use run::{Edit, Make, Output, Outputs, Run, Unread, Writing};

use crate::config::{ConfigError, Overrides, Settings};
use crate::diag::{ConfigKeys, Diagnostics, Levels};
use crate::load::Loaded;
use crate::output::{OutputError, Written};
use crate::progress::Count;
use crate::report::{self, Findings, ReportFormat, Style};
use crate::source::Sources;
use crate::tree::Tree;
use std::fmt;
use std::path::PathBuf;

/// A document may nest 500 levels deep, and some stages go down by recursion, which a usual stack is too
/// small for in a debug build.
pub const STACK: usize = 256 << 20;

/// Generates a crate from an OpenAPI description. Paths are relative to the current folder, those in a
/// configuration file to that file.
#[derive(Debug, Clone, Default)]
pub struct Generator {
    config: Option<PathBuf>,
    given: Overrides,
}

/// The result of a run.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Warnings and notes about the document, with their source lines.
    pub diagnostics: String,
    /// The output folders.
    pub folders: Vec<Written>,
    /// The files that were read, and the folders whose entries were listed. The output is up to date until one
    /// of them changes.
    pub read: Vec<PathBuf>,
}

/// The reason why nothing was written, or why the output is not up to date.
#[derive(Debug)]
#[non_exhaustive]
pub enum GenerateError {
    /// The configuration is invalid.
    Config(ConfigError),
    /// The document cannot be read or has errors. The text shows them.
    Document(String),
    /// [`Generator::check`] found differences. The text lists them.
    Stale(String),
    /// The output folders cannot be read or written.
    Output(OutputError),
    /// The system refused a thread.
    Thread(std::io::Error),
}

impl Generator {
    /// Generates from an OpenAPI document, without a configuration file.
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        let mut generator = Generator::default();
        generator.given.spec = Some(spec.into());
        generator
    }

    /// Generates from a configuration file. Other methods override its values.
    pub fn from_config(path: impl Into<PathBuf>) -> Self {
        Generator {
            config: Some(path.into()),
            given: Overrides::default(),
        }
    }

    /// Sets the folder of the crate.
    pub fn out(mut self, folder: impl Into<PathBuf>) -> Self {
        self.given.out = Some(folder.into());
        self
    }

    /// Sets the folder of the book's sources. Without it, no book is generated.
    pub fn docs(mut self, folder: impl Into<PathBuf>) -> Self {
        self.given.docs = Some(folder.into());
        self
    }

    /// Sets the folder of the command-line program over the crate. Without it, none is generated.
    pub fn cli(mut self, folder: impl Into<PathBuf>) -> Self {
        self.given.cli = Some(folder.into());
        self
    }

    /// Sets the crate's name. The default is derived from the document's title.
    pub fn package(mut self, name: impl Into<String>) -> Self {
        self.given.package = Some(name.into());
        self
    }

    /// Adds an overlay. Overlays are applied in the order of the calls.
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.given.overlays.push(path.into());
        self
    }

    /// Allows references into a folder outside the folder, or the git repository, of the document. May be called
    /// several times.
    pub fn allow_files(mut self, folder: impl Into<PathBuf>) -> Self {
        self.given.allow_files.push(folder.into());
        self
    }

    /// Sets a folder with templates that replace built-in ones.
    pub fn templates(mut self, folder: impl Into<PathBuf>) -> Self {
        self.given.templates = Some(folder.into());
        self
    }

    /// Adds a test to the crate that sends every request.
    pub fn wire_tests(mut self) -> Self {
        self.given.wire_tests = true;
        self
    }

    /// Writes the crate, and the book if it has a folder. Files that are up to date are not touched.
    ///
    /// # Errors
    ///
    /// Returns an error if the configuration is invalid, the document has errors, or a file cannot be read or
    /// written. Then no file was changed.
    pub fn generate(&self) -> Result<Report, GenerateError> {
        self.run(Run::renew, |outputs| {
            outputs.write(&Count::new()).map_err(GenerateError::Output)
        })
    }

    /// Checks that the files on the disk are those that [`Generator::generate`] would write. Writes nothing.
    ///
    /// # Errors
    ///
    /// Returns [`GenerateError::Stale`] if they differ, and the errors of [`Generator::generate`].
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
        let mut findings = Findings::new(ReportFormat::Human(STYLE));
        let mut keys = ConfigKeys::default();
        for settings in all.map_err(GenerateError::Config)? {
            outputs.push(one(settings, make, &mut report, &mut findings, &mut keys)?);
        }
        let unused = keys.findings();
        if !unused.is_empty() {
            return Err(GenerateError::Document(shown(&unused, None)));
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
        true => Err("no output folder: set `out`".to_owned().into()),
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
                write!(f, "the generated files are outdated:\n{}", text.trim_end())
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
