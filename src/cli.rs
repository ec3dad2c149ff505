//! Commands, their arguments and exit codes.
//!
//! Results go to standard output, diagnostics and progress to standard error. Exit codes: 0 done,
//! 1 findings, 2 misuse.

mod arguments;
mod check;
mod explain;
mod manual;
mod templates;
mod ui;
mod watch;

use arguments::{Arguments, Command, Target};
use clap::Parser;
use sdkgen::config::{ConfigError, Job, Settings};
use sdkgen::diag::Diagnostics;
use sdkgen::lock::{self, Lock};
use sdkgen::output;
use sdkgen::pipeline::{self, Generated};
use sdkgen::source::Loaded;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use ui::{Stream, Ui};

const DONE: u8 = 0;
const FINDINGS: u8 = 1;
const MISUSE: u8 = 2;

/// Reads the command line, does what it says and gives the exit code.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        // `--help` and `--version` come here also, with exit code 0.
        Err(message) => {
            let code = if message.use_stderr() { MISUSE } else { DONE };
            // Nothing is left to be done when even this cannot be printed.
            let _ = message.print();
            return ExitCode::from(code);
        }
    };
    let ui = Ui::new(&arguments.global);
    let result = match &arguments.command {
        Command::Generate {
            watch: true,
            target,
        } => watch::watch(target, &ui),
        Command::Generate { target, .. } => generate(target, &ui, &mut Vec::new()),
        Command::Check(target) => check::check(target, &ui),
        Command::Lint(target) => lint(&target.as_target(), &ui),
        Command::Dump { stage, target } => dump(*stage, target, &ui),
        Command::Explain { code } => explain::explain(code.as_deref(), &ui),
        Command::Templates(arguments) => templates::templates(arguments, &ui),
        Command::Completions { shell } => manual::completions(*shell, &ui),
        Command::Man { command } => manual::man(command.as_deref(), &ui),
    };
    ExitCode::from(result.unwrap_or_else(|code| code))
}

/// The exit code, either way: an error is one that has been told already.
type Outcome = Result<u8, u8>;

/// Generates; the files that were read for it come to `read`.
fn generate(target: &Target, ui: &Ui, read: &mut Vec<PathBuf>) -> Outcome {
    let mut run = Run::new(target, Need::Out, Stream::Error, ui)?;
    read.extend(run.loaded.read().map(Path::to_owned));
    let (job, mut generated) = run.generate(ui)?;
    let lock = Lock::of(&job, &run.loaded, &generated);
    generated.package.insert(lock::LOCK, lock.text());
    let staged = folders(&job, &generated)
        .map(|(root, files)| output::stage(root, files))
        .collect::<Result<Vec<_>, _>>()
        .and_then(output::commit);
    match staged {
        Err(fault) => {
            ui.error(&fault.to_string());
            Err(FINDINGS)
        }
        Ok(written) => {
            for folder in written {
                ui.progress(&format!(
                    "{}: {} created, {} updated, {} unchanged, {} removed",
                    folder.root.display(),
                    folder.created,
                    folder.updated,
                    folder.unchanged,
                    folder.removed
                ));
            }
            Ok(DONE)
        }
    }
}

/// The output folders of a run with what belongs into them.
fn folders<'a>(
    job: &'a Job,
    generated: &'a Generated,
) -> impl Iterator<Item = (&'a Path, &'a sdkgen::render::Files)> {
    let docs = job.docs.as_deref().zip(generated.docs.as_ref());
    std::iter::once((job.out.as_path(), &generated.package)).chain(docs)
}

fn lint(target: &Target, ui: &Ui) -> Outcome {
    let mut run = Run::new(target, Need::Spec, Stream::Result, ui)?;
    run.generate(ui)?;
    Ok(DONE)
}

fn dump(stage: arguments::Stage, target: &Target, ui: &Ui) -> Outcome {
    let mut run = Run::new(target, Need::Spec, Stream::Error, ui)?;
    let job = run.settings.clone().settle(&run.loaded);
    let text = pipeline::dump(stage.into(), &job, &run.loaded, &mut run.diagnostics);
    let found = ui.levels().apply(run.diagnostics);
    ui.diagnostics(&found, &run.loaded, Stream::Error);
    ui.result(&text.ok_or(FINDINGS)?);
    Ok(DONE)
}

/// What a command cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    Spec,
    Out,
}

/// A document that has been read, with how it is to be generated from.
struct Run {
    settings: Settings,
    loaded: Loaded,
    diagnostics: Diagnostics,
    /// Where diagnostics go.
    stream: Stream,
}

impl Run {
    fn new(target: &Target, need: Need, stream: Stream, ui: &Ui) -> Result<Self, u8> {
        let misuse = |fault: ConfigError| {
            ui.error(&fault.to_string());
            MISUSE
        };
        let settings = target.settings(need).map_err(misuse)?;
        let mut diagnostics = Diagnostics::default();
        match pipeline::load(settings.job(), &mut diagnostics) {
            Some(mut loaded) => {
                settings.apply(&mut loaded).map_err(misuse)?;
                Ok(Run {
                    settings,
                    loaded,
                    diagnostics,
                    stream,
                })
            }
            None => {
                ui.unread(&diagnostics, stream);
                // A file that is not there is a wrong argument; one in another encoding is a find.
                let absent = diagnostics.iter().any(|found| found.code == "E0001");
                Err(if absent { MISUSE } else { FINDINGS })
            }
        }
    }

    /// Generates, and tells what there is to say of the document.
    fn generate(&mut self, ui: &Ui) -> Result<(Job, Generated), u8> {
        let job = self.settings.clone().settle(&self.loaded);
        let generated = pipeline::generate(&job, &self.loaded, &mut self.diagnostics);
        let refused = self.diagnostics.has_errors();
        self.diagnostics = ui.levels().apply(std::mem::take(&mut self.diagnostics));
        ui.diagnostics(&self.diagnostics, &self.loaded, self.stream);
        if generated.is_none() && !refused {
            ui.error(
                "nothing could be generated, and no reason was given: this is a defect of sdkgen",
            );
        }
        let generated = generated.filter(|_| !self.diagnostics.has_errors());
        generated.map(|generated| (job, generated)).ok_or(FINDINGS)
    }
}
