//! `sdkgen init`: creates a repository for the SDK of an API.

use super::session::Session;
use super::target::{Access, Target};
use super::terminal::{Stream, Terminal};
use super::{CommandResult, DONE, FINDINGS, MISUSE, Need};
use clap::Args;
use sdkgen::config::Settings;
use sdkgen::diag::Diagnostics;
use sdkgen::generator::{Outputs, Run};
use sdkgen::init::stainless::{self, Imported};
use sdkgen::init::{Pin, Repository, RepositoryParts};
use sdkgen::load::{self, Inputs, Loaded};
use sdkgen::progress::Progress;
use sdkgen::render::Files;
use sdkgen::tree::Node;
use sdkgen::{init, output, pipeline, source};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct InitArguments {
    /// The OpenAPI document, or a folder that contains one.
    spec: PathBuf,
    /// Create the repository in this folder [default: a new folder with the name of the crate].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Import names, pagination and headers from a Stainless configuration, `stainless.yml`.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// The name of the crate [default: derived from the imported configuration or the title of the API].
    #[arg(long, value_name = "NAME")]
    package: Option<String>,
    /// Also generate a command-line program, in a crate with the name of the crate and `-cli`.
    #[arg(long)]
    cli: bool,
    /// The git repository from which CI workflows install sdkgen [default: that of this build, if known].
    #[arg(long, value_name = "URL", requires = "sdkgen_rev")]
    sdkgen_git: Option<String>,
    /// The full hash of the commit in that repository.
    #[arg(long, value_name = "HASH", requires = "sdkgen_git")]
    sdkgen_rev: Option<String>,
    #[command(flatten)]
    access: Access,
}

/// The limit of documents to list if the user has to choose one.
const SHOWN: usize = 20;

pub fn init(arguments: &InitArguments, terminal: &Terminal) -> CommandResult {
    if source::is_stdin(&arguments.spec) {
        terminal.error(
            "`init` cannot read standard input: the new repository needs the name of the file",
        );
        return Err(MISUSE);
    }
    let pin = pin(arguments, terminal)?;
    let spec = document(&arguments.spec, terminal)?;
    let former = arguments.from.as_deref().map(|path| former(path, terminal));
    let former = former.transpose()?;
    let package = former.as_ref().and_then(stainless::package);
    // Generates in memory first, so that nothing is written for an invalid document.
    let target = Target {
        spec: Some(spec),
        package: arguments.package.clone().or(package),
        access: arguments.access.clone(),
        ..Target::default()
    };
    let run = made(settings(&target, Need::Spec, terminal)?, terminal)?;
    let imported = match &former {
        Some(former) => imported(former, &run)?,
        None => Imported::default(),
    };
    let job = run.job();
    let parts = RepositoryParts {
        imported: &imported,
        pin: pin.as_ref(),
        has_program: arguments.cli,
    };
    let repository = init::repository(&job, &run.loaded, parts);
    let Repository { files, renamed } = repository.map_err(|why| fail(&why, terminal))?;
    let package = &*job.options.package.name;
    let root = arguments.out.as_deref().unwrap_or(Path::new(package));
    let program = arguments.cli.then(|| init::program(package));
    let folders = [package, init::DOCS].into_iter().chain(program.as_deref());
    refuse_taken(root, &files, folders, terminal)?;
    write(root, &files, terminal)?;
    if let Some(path) = renamed {
        terminal.progress(&format!(
            "the document was copied as {path}, because its file name is not safe in a shell"
        ));
    }
    let left = imported.left.len();
    if left > 0 {
        let config = init::CONFIG;
        terminal.progress(&format!(
            "{left} settings were not imported; {config} lists them"
        ));
    }
    generate(root, terminal)?;
    if pin.is_none() {
        terminal.progress(
            "set SDKGEN_GIT and SDKGEN_REV in the workflows, or they fail: the git repository of sdkgen and the full \
             hash of a commit (or run `init` with `--sdkgen-git URL --sdkgen-rev HASH`)",
        );
    }
    terminal.progress(&format!(
        "next steps: `cd {}`, `git init`, and set `repository` in {}",
        root.display(),
        init::CONFIG
    ));
    Ok(DONE)
}

/// The source of sdkgen for the workflows: as the command line says, or that of this build.
fn pin(arguments: &InitArguments, terminal: &Terminal) -> Result<Option<Pin>, u8> {
    let (Some(git), Some(revision)) = (&arguments.sdkgen_git, &arguments.sdkgen_rev) else {
        return Ok(Pin::of_build());
    };
    Pin::new(git, revision).map(Some).map_err(|why| {
        terminal.error(&why);
        MISUSE
    })
}

/// Reads the document and generates from it.
fn made(settings: Settings, terminal: &Terminal) -> Result<Run, u8> {
    let mut work = Session::new(Progress::new(), Stream::Error, terminal);
    let made = work.read(settings).and_then(|mut run| {
        work.make(&mut run, Run::generate)?;
        Ok(run)
    });
    work.end()?;
    made
}

fn fail(why: &str, terminal: &Terminal) -> u8 {
    terminal.error(why);
    FINDINGS
}

fn write(root: &Path, files: &Files, terminal: &Terminal) -> Result<(), u8> {
    output::stage_user_files(root, files)
        .and_then(|staged| output::commit(vec![staged]))
        .map_err(|fault| fail(&fault.to_string(), terminal))?;
    terminal.progress(&format!(
        "{}: {} files created",
        root.display(),
        files.0.len()
    ));
    Ok(())
}

/// Generates the crate and the book of the new repository from its configuration.
fn generate(root: &Path, terminal: &Terminal) -> Result<(), u8> {
    let target = Target {
        config: Some(root.join(init::CONFIG)),
        ..Target::default()
    };
    let mut run = super::read_only(settings(&target, Need::Out, terminal)?, terminal)?;
    let Some(generated) = run.generate(terminal.levels()) else {
        // Findings on the document were reported by the first run. New ones concern the configuration.
        terminal.diagnostics(&run.diagnostics, Some(&run.loaded));
        let config = root.join(init::CONFIG);
        let why = "correct it, and run `sdkgen generate`";
        return Err(fail(
            &format!("cannot generate from `{}`: {why}", config.display()),
            terminal,
        ));
    };
    write(root, &init::licenses(&generated), terminal)?;
    let mut outputs = Outputs::default();
    outputs.push(run.output(generated));
    super::write(&outputs, terminal).map(|_| ())
}

/// Fails if a file or a folder of generated files exists already.
fn refuse_taken<'a>(
    root: &Path,
    files: &'a Files,
    folders: impl Iterator<Item = &'a str>,
    terminal: &Terminal,
) -> Result<(), u8> {
    let mut taken = files.0.keys().map(String::as_str).chain(folders);
    let Some(taken) = taken.find(|path| source::exists(&root.join(path))) else {
        return Ok(());
    };
    let path = root.join(taken);
    terminal.error(&format!(
        "`{}` already exists; nothing was written",
        path.display()
    ));
    Err(MISUSE)
}

/// Reads the configuration of another generator.
fn former(path: &Path, terminal: &Terminal) -> Result<Loaded, u8> {
    let mut diagnostics = Diagnostics::default();
    let Some(loaded) = load::load(&Inputs::of(path), &mut diagnostics) else {
        terminal.diagnostics(&diagnostics, None);
        return Err(MISUSE);
    };
    let root = loaded.tree.root(loaded.entry);
    if root.is_some_and(Node::is_object) {
        return Ok(loaded);
    }
    terminal.diagnostics(&diagnostics, Some(&loaded));
    terminal.error(&format!(
        "`{}` is not a Stainless configuration",
        path.display()
    ));
    Err(MISUSE)
}

fn imported(former: &Loaded, run: &Run) -> Result<Imported, u8> {
    // Findings on the document were already reported.
    let api = pipeline::api(
        &run.loaded,
        &Default::default(),
        &mut Diagnostics::default(),
    )
    .ok_or(FINDINGS)?;
    Ok(stainless::import(former, &run.loaded, &api))
}

fn settings(target: &Target, need: Need, terminal: &Terminal) -> Result<Settings, u8> {
    target
        .settings(need)
        .map_err(|fault| super::misuse(&fault, terminal))
}

/// Returns the path itself, or the only OpenAPI document in a folder.
fn document(path: &Path, terminal: &Terminal) -> Result<PathBuf, u8> {
    let fail = |why: String| {
        terminal.error(&why);
        MISUSE
    };
    let Some(found) = source::documents(path).map_err(fail)? else {
        return Ok(path.to_owned());
    };
    match &found[..] {
        [only] => Ok(only.clone()),
        [] => Err(fail(format!("no OpenAPI document in `{}`", path.display()))),
        several => {
            let shown = several.iter().take(SHOWN);
            let mut list: Vec<String> = shown.map(|path| format!("  {}", path.display())).collect();
            if several.len() > SHOWN {
                list.push(format!("  and {} more", several.len() - SHOWN));
            }
            let why = format!(
                "`{}` contains several OpenAPI documents; pass one of them:",
                path.display()
            );
            Err(fail(format!("{why}\n{}", list.join("\n"))))
        }
    }
}
