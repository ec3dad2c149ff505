//! Commands, their arguments and exit codes.
//!
//! Results go to standard output, diagnostics and progress to standard error. Exit codes: 0 done,
//! 1 findings, 2 misuse.

mod arguments;
mod bump;
mod bundle;
mod check;
mod diff;
mod explain;
mod init;
mod manual;
mod names;
mod progress_bar;
mod publish;
mod samples;
mod session;
mod target;
mod templates;
mod terminal;
mod watch;

use arguments::{Arguments, Command, Format};
use clap::Parser;
use sdkgen::config::{ConfigError, Settings};
use sdkgen::generator::{Make, Outputs, Run};
use sdkgen::pipeline;
use sdkgen::progress::{Count, Progress};
use session::Work;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use target::Target;
use terminal::{Stream, Ui};

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
        Command::Diff(sides) => diff::diff(sides, &ui),
        _ if ui.format() == Format::Markdown => {
            ui.error("`--format markdown` is for `diff`");
            Err(MISUSE)
        }
        Command::Generate {
            watch: true,
            target,
            force,
            ..
        } => watch::watch(target, *force, &ui),
        Command::Generate {
            target,
            bump: true,
            accept_silent,
            force,
            ..
        } => release(target, *accept_silent, *force, &ui),
        Command::Generate { target, force, .. } => generate(target, *force, &ui, &mut Vec::new()),
        Command::Check { target, publish } => check::check(target, *publish, &ui),
        Command::Lint(documents) => lint(&documents.as_targets(), &ui),
        Command::Bundle(arguments) => bundle::bundle(arguments, &ui),
        Command::Names { target, suggest } => names::names(target, *suggest, &ui),
        Command::Samples { target } => samples::samples(target, &ui),
        Command::Dump { stage, target } => dump(*stage, target, &ui),
        Command::Init(arguments) => init::init(arguments, &ui),
        Command::Explain { code } => explain::explain(code.as_deref(), &ui),
        Command::Templates(arguments) => templates::templates(arguments, &ui),
        Command::Completions { shell } => manual::completions(*shell, &ui),
        Command::Man { command } => manual::man(command.as_deref(), &ui),
    };
    ExitCode::from(result.unwrap_or_else(|code| code))
}

/// The exit code, either way: an error is one that has been told already.
type Outcome = Result<u8, u8>;

/// Generates; the files that were read for it come to `known`. Edits of generated files are lost with `force` only.
fn generate(target: &Target, force: bool, ui: &Ui, known: &mut Vec<PathBuf>) -> Outcome {
    let outputs = outputs(target, ui, known, Run::renew)?;
    if !force {
        refuse_edits(&outputs, ui)?;
    }
    write(&outputs, ui)
}

/// Reports generated files that somebody edited, with what would be lost.
fn refuse_edits(outputs: &Outputs, ui: &Ui) -> Result<(), u8> {
    let edits = outputs.edits().map_err(|fault| {
        ui.error(&fault.to_string());
        FINDINGS
    })?;
    if edits.is_empty() {
        return Ok(());
    }
    for (_, changed) in &edits {
        ui.diff(&changed.diff);
    }
    let paths = edits.iter().map(|(root, changed)| root.join(&changed.path));
    let paths: Vec<String> = paths.map(|path| format!("  {}", path.display())).collect();
    ui.error(&format!(
        "generated files were edited after the last `generate`, and nothing was written:\n{}\n\
         move the edits to files of your own (`extra_modules` declares them), or run with --force to lose them",
        paths.join("\n")
    ));
    Err(FINDINGS)
}

/// Generates the next release.
fn release(target: &Target, accept_silent: bool, force: bool, ui: &Ui) -> Outcome {
    let bump = bump::bump(target, accept_silent, ui)?;
    let done = generate(target, force, ui, &mut Vec::new())?;
    bump.map_or(Ok(()), |bump| bump.write(ui))?;
    Ok(done)
}

fn write(outputs: &Outputs, ui: &Ui) -> Outcome {
    let count = Arc::new(Count::new());
    let busy = ui.busy_counting("writing", &count);
    let written = outputs.write(&count);
    drop(busy);
    match written {
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

/// What all outputs are to have; the files that were read for it come to `known`.
fn outputs(target: &Target, ui: &Ui, known: &mut Vec<PathBuf>, make: Make) -> Result<Outputs, u8> {
    let mut outputs = Outputs::default();
    let all = settings(target, Need::Out, ui)?;
    let work = Work::new(Progress::of(all.len()), Stream::Error, ui);
    each(all, work, |work, mut run| {
        let generated = work.make(&mut run, make);
        known.extend(run.loaded.read().map(Path::to_owned));
        outputs.push(run.output(generated?));
        Ok(())
    })?;
    Ok(outputs)
}

fn lint(targets: &[Target], ui: &Ui) -> Outcome {
    let mut all = Vec::new();
    for target in targets {
        let settings = target.outputs(Need::Spec).map_err(|fault| {
            // Findings are the result of this command.
            ui.fault(&fault, Stream::Result);
            MISUSE
        });
        all.extend(settings?);
    }
    let documents: BTreeSet<&Path> = all.iter().map(|of| of.job().spec.as_path()).collect();
    if ui.format() == Format::Overlay && documents.len() > 1 {
        let count = documents.len();
        ui.error(&format!(
            "an overlay is for one document, and these are {count}: give one SPEC"
        ));
        return Err(MISUSE);
    }
    let work = Work::new(Progress::of_lint(all.len()), Stream::Result, ui);
    each(all, work, |work, mut run| work.lint(&mut run)).map(|()| DONE)
}

/// Reads the document of each output and does the work on it, and then tells in one report what there is to
/// say of all of them.
fn each(
    all: Vec<Settings>,
    mut work: Work<'_>,
    mut make: impl FnMut(&mut Work<'_>, Run) -> Result<(), u8>,
) -> Result<(), u8> {
    let mut outcome = Ok(());
    for settings in all {
        let done = work.read(settings).and_then(|run| make(&mut work, run));
        outcome = outcome.and(done);
        work.next();
    }
    outcome.and(work.end())
}

fn dump(stage: arguments::Stage, target: &Target, ui: &Ui) -> Outcome {
    let settings = target
        .settings(Need::Spec)
        .map_err(|fault| misuse(&fault, ui))?;
    let mut run = read_only(settings, ui)?;
    let job = run.job();
    let text = pipeline::dump(stage.into(), &job, &run.loaded, &mut run.diagnostics);
    run.weigh(ui.levels());
    ui.diagnostics(&run.diagnostics, Some(&run.loaded));
    ui.result(&text.ok_or(FINDINGS)?);
    Ok(DONE)
}

/// What a command cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    Spec,
    Out,
}

/// The settings of each output.
fn settings(target: &Target, need: Need, ui: &Ui) -> Result<Vec<Settings>, u8> {
    target.outputs(need).map_err(|fault| misuse(&fault, ui))
}

fn misuse(fault: &ConfigError, ui: &Ui) -> u8 {
    ui.fault(fault, Stream::Error);
    MISUSE
}

/// Reads the only document of a command; what is found is told where it cannot be read.
fn read_only(settings: Settings, ui: &Ui) -> Result<Run, u8> {
    let mut work = Work::new(Progress::new(), Stream::Error, ui);
    let run = work.read(settings);
    work.end()?;
    run
}
