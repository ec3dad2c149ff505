//! Runs the commands and chooses exit codes.
//!
//! Results go to standard output, diagnostics and progress to standard error. The exit code is 0 for success,
//! 1 for findings and 2 for misuse.

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
use sdkgen::generator::{Edit, Make, Outputs, Run, Writing};
use sdkgen::output::{OutputError, Written};
use sdkgen::pipeline;
use sdkgen::progress::{Count, Progress};
use session::Session;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use target::Target;
use terminal::{Stream, Terminal};

const DONE: u8 = 0;
const FINDINGS: u8 = 1;
const MISUSE: u8 = 2;

/// Runs the command line and returns the exit code.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        // `--help` and `--version` are errors for clap too, with exit code 0.
        Err(message) => {
            let code = if message.use_stderr() { MISUSE } else { DONE };
            // If even this cannot be printed, there is no way to report it.
            let _ = message.print();
            return ExitCode::from(code);
        }
    };
    let terminal = Terminal::new(&arguments.global);
    let result = match &arguments.command {
        Command::Diff(sides) => diff::diff(sides, &terminal),
        _ if terminal.format() == Format::Markdown => {
            terminal.error("only `diff` supports `--format markdown`");
            Err(MISUSE)
        }
        Command::Generate {
            watch: true,
            target,
            force,
            ..
        } => watch::watch(target, *force, &terminal),
        Command::Generate {
            target,
            bump: true,
            accept_silent,
            force,
            ..
        } => release(target, *accept_silent, *force, &terminal),
        Command::Generate { target, force, .. } => {
            generate(target, *force, &terminal, &mut Vec::new())
        }
        Command::Check { target, publish } => check::check(target, *publish, &terminal),
        Command::Lint(documents) => lint(&documents.as_targets(), &terminal),
        Command::Bundle(arguments) => bundle::bundle(arguments, &terminal),
        Command::Names { target, suggest } => names::names(target, *suggest, &terminal),
        Command::Samples { target } => samples::samples(target, &terminal),
        Command::Dump { stage, target } => dump(*stage, target, &terminal),
        Command::Init(arguments) => init::init(arguments, &terminal),
        Command::Explain { code } => explain::explain(code.as_deref(), &terminal),
        Command::Templates(arguments) => templates::templates(arguments, &terminal),
        Command::Completions { shell } => manual::completions(*shell, &terminal),
        Command::Man { command } => manual::man(command.as_deref(), &terminal),
    };
    ExitCode::from(result.unwrap_or_else(|code| code))
}

/// The exit code. It is an `Err` if the command stopped early; the error was already reported.
type CommandResult = Result<u8, u8>;

/// Generates. Adds the files that were read to `known`. Overwrites edits of generated files only with `force`.
fn generate(
    target: &Target,
    force: bool,
    terminal: &Terminal,
    known: &mut Vec<PathBuf>,
) -> CommandResult {
    let outputs = outputs(target, terminal, known, Run::renew)?;
    if force {
        return write(&outputs, terminal);
    }
    match counted(terminal, |count| outputs.write_unless_edited(count)) {
        Ok(Writing::Edited(edits)) => Err(refuse_edits(&edits, terminal)),
        Ok(Writing::Done(written)) => report(Ok(written), terminal),
        Err(fault) => report(Err(fault), terminal),
    }
}

/// Reports generated files that somebody edited, with what would be lost.
fn refuse_edits(edits: &[Edit<'_>], terminal: &Terminal) -> u8 {
    for (_, changed) in edits {
        terminal.diff(&changed.diff);
    }
    let paths = edits.iter().map(|(root, changed)| root.join(&changed.path));
    let paths: Vec<String> = paths.map(|path| format!("  {}", path.display())).collect();
    terminal.error(&format!(
        "generated files were edited after the last `generate`, and nothing was written:\n{}\n\
         move the edits to your own files (`extra_modules` declares them), or discard them with --force",
        paths.join("\n")
    ));
    FINDINGS
}

/// Generates the next release.
fn release(
    target: &Target,
    accept_silent: bool,
    force: bool,
    terminal: &Terminal,
) -> CommandResult {
    let bump = bump::bump(target, accept_silent, terminal)?;
    let target = Target {
        new_changelog: bump.as_ref().map(|bump| bump.changelog().to_owned()),
        ..target.clone()
    };
    let done = generate(&target, force, terminal, &mut Vec::new())?;
    bump.map_or(Ok(()), |bump| bump.write(terminal))?;
    Ok(done)
}

fn write(outputs: &Outputs, terminal: &Terminal) -> CommandResult {
    report(counted(terminal, |count| outputs.write(count)), terminal)
}

/// Runs `write` while the terminal shows how many files it has counted.
fn counted<R>(terminal: &Terminal, write: impl FnOnce(&Count) -> R) -> R {
    let count = Arc::new(Count::new());
    let busy = terminal.count_progress("writing", &count);
    let result = write(&count);
    drop(busy);
    result
}

/// Reports the folders that were written, or why none was.
fn report(written: Result<Vec<Written>, OutputError>, terminal: &Terminal) -> CommandResult {
    match written {
        Err(fault) => {
            terminal.error(&fault.to_string());
            Err(FINDINGS)
        }
        Ok(written) => {
            for folder in written {
                terminal.progress(&format!(
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

/// Generates all outputs in memory. Adds the files that were read to `known`.
fn outputs(
    target: &Target,
    terminal: &Terminal,
    known: &mut Vec<PathBuf>,
    make: Make,
) -> Result<Outputs, u8> {
    let mut outputs = Outputs::default();
    let all = settings(target, Need::Out, terminal)?;
    let work = Session::new(Progress::of(all.len()), Stream::Error, terminal);
    each(all, work, |work, mut run| {
        let generated = work.make(&mut run, make);
        known.extend(run.loaded.read().map(Path::to_owned));
        outputs.push(run.output(generated?));
        Ok(())
    })?;
    Ok(outputs)
}

fn lint(targets: &[Target], terminal: &Terminal) -> CommandResult {
    let mut all = Vec::new();
    for target in targets {
        let settings = target.outputs(Need::Spec).map_err(|fault| {
            // Findings are the result of this command, so they go to standard output.
            terminal.fault(&fault, Stream::Result);
            MISUSE
        });
        all.extend(settings?);
    }
    let documents: BTreeSet<&Path> = all.iter().map(|of| of.job().spec.as_path()).collect();
    if terminal.format() == Format::Overlay && documents.len() > 1 {
        let count = documents.len();
        terminal.error(&format!(
            "`--format overlay` needs a single document, but there are {count}"
        ));
        return Err(MISUSE);
    }
    let work = Session::new(Progress::of_lint(all.len()), Stream::Result, terminal);
    each(all, work, |work, mut run| work.lint(&mut run)).map(|()| DONE)
}

/// Reads the document of each output, calls `make` on it, and prints one report of all findings.
fn each(
    all: Vec<Settings>,
    mut work: Session<'_>,
    mut make: impl FnMut(&mut Session<'_>, Run) -> Result<(), u8>,
) -> Result<(), u8> {
    let mut outcome = Ok(());
    for settings in all {
        let done = work.read(settings).and_then(|run| make(&mut work, run));
        outcome = outcome.and(done);
        work.next();
    }
    outcome.and(work.end())
}

fn dump(stage: arguments::StageArgument, target: &Target, terminal: &Terminal) -> CommandResult {
    let settings = target
        .settings(Need::Spec)
        .map_err(|fault| misuse(&fault, terminal))?;
    let mut run = read_only(settings, terminal)?;
    let job = run.job();
    let text =
        pipeline::Compilation::new(&job, &run.loaded).dump(stage.into(), &mut run.diagnostics);
    run.weigh(terminal.levels());
    terminal.diagnostics(&run.diagnostics, Some(&run.loaded));
    terminal.result(&text.ok_or(FINDINGS)?);
    Ok(DONE)
}

/// The path that a command requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    Spec,
    Out,
}

/// Returns the settings of each output, or reports why they are invalid.
fn settings(target: &Target, need: Need, terminal: &Terminal) -> Result<Vec<Settings>, u8> {
    target
        .outputs(need)
        .map_err(|fault| misuse(&fault, terminal))
}

fn misuse(fault: &ConfigError, terminal: &Terminal) -> u8 {
    terminal.fault(fault, Stream::Error);
    MISUSE
}

/// Reads the only document of a command, and reports why it cannot be read.
fn read_only(settings: Settings, terminal: &Terminal) -> Result<Run, u8> {
    let mut work = Session::new(Progress::new(), Stream::Error, terminal);
    let run = work.read(settings);
    work.end()?;
    run
}
