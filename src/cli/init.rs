//! `sdkgen init`: a new repository for the SDK of an API.

use super::session::Work;
use super::target::{Access, Target};
use super::terminal::{Stream, Ui};
use super::{DONE, FINDINGS, MISUSE, Need, Outcome};
use clap::Args;
use sdkgen::config::Settings;
use sdkgen::diag::Diagnostics;
use sdkgen::generator::{Outputs, Run};
use sdkgen::init::stainless::{self, Imported};
use sdkgen::init::{Pin, Repository};
use sdkgen::progress::Progress;
use sdkgen::render::Files;
use sdkgen::source::{Inputs, Loaded};
use sdkgen::tree::Node;
use sdkgen::{init, output, pipeline, source};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Arguments {
    /// The OpenAPI document, or a folder that has one.
    spec: PathBuf,
    /// The repository's folder; without it, one in this folder with the crate's name.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// A configuration of Stainless, `stainless.yml`: its names, pages and headers are taken over.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// The crate's name; without it, the former configuration or the document's title gives one.
    #[arg(long, value_name = "NAME")]
    package: Option<String>,
    /// The git repository that the workflows install sdkgen from; default: that of this build, if it is known.
    #[arg(long, value_name = "URL", requires = "sdkgen_rev")]
    sdkgen_git: Option<String>,
    /// The commit of that repository: its full hash.
    #[arg(long, value_name = "HASH", requires = "sdkgen_git")]
    sdkgen_rev: Option<String>,
    #[command(flatten)]
    access: Access,
}

/// How many documents are listed where one has to be chosen.
const SHOWN: usize = 20;

pub fn init(arguments: &Arguments, ui: &Ui) -> Outcome {
    if source::is_stdin(&arguments.spec) {
        ui.error("`init` needs a file: the new repository keeps the document by its name");
        return Err(MISUSE);
    }
    let pin = pin(arguments, ui)?;
    let spec = document(&arguments.spec, ui)?;
    let former = arguments.from.as_deref().map(|path| former(path, ui));
    let former = former.transpose()?;
    let package = former.as_ref().and_then(stainless::package);
    // All of it is made before anything is written.
    let target = Target {
        spec: Some(spec),
        package: arguments.package.clone().or(package),
        access: arguments.access.clone(),
        ..Target::default()
    };
    let run = made(settings(&target, Need::Spec, ui)?, ui)?;
    let imported = match &former {
        Some(former) => imported(former, &run)?,
        None => Imported::default(),
    };
    let job = run.job();
    let repository = init::repository(&job, &run.loaded, &imported, pin.as_ref());
    let Repository { files, renamed } = repository.map_err(|why| fail(&why, ui))?;
    let package = Path::new(&job.options.package.name);
    let root = arguments.out.as_deref().unwrap_or(package);
    refuse_taken(root, &files, &job.options.package.name, ui)?;
    write(root, &files, ui)?;
    if let Some(path) = renamed {
        ui.progress(&format!(
            "the description is copied as {path}: the name of its file is not safe in a shell"
        ));
    }
    let left = imported.left.len();
    if left > 0 {
        let config = init::CONFIG;
        ui.progress(&format!(
            "{left} settings could not be taken over; {config} lists them"
        ));
    }
    generate(root, ui)?;
    if pin.is_none() {
        ui.progress(
            "the workflows fail until SDKGEN_GIT and SDKGEN_REV are set in them: the git repository of sdkgen \
             and the full hash of a commit (`--sdkgen-git URL --sdkgen-rev HASH` of `init`)",
        );
    }
    ui.progress(&format!(
        "next: cd {}, git init, set `repository` in {}",
        root.display(),
        init::CONFIG
    ));
    Ok(DONE)
}

/// The source of sdkgen for the workflows: as the command line says, or that of this build.
fn pin(arguments: &Arguments, ui: &Ui) -> Result<Option<Pin>, u8> {
    let (Some(git), Some(revision)) = (&arguments.sdkgen_git, &arguments.sdkgen_rev) else {
        return Ok(Pin::of_build());
    };
    Pin::new(git, revision).map(Some).map_err(|why| {
        ui.error(&why);
        MISUSE
    })
}

/// The document, if it can be generated from.
fn made(settings: Settings, ui: &Ui) -> Result<Run, u8> {
    let mut work = Work::new(Progress::new(), Stream::Error, ui);
    let made = work.read(settings).and_then(|mut run| {
        work.make(&mut run, Run::generate)?;
        Ok(run)
    });
    work.end()?;
    made
}

fn fail(why: &str, ui: &Ui) -> u8 {
    ui.error(why);
    FINDINGS
}

fn write(root: &Path, files: &Files, ui: &Ui) -> Result<(), u8> {
    output::stage_given(root, files)
        .and_then(|staged| output::commit(vec![staged]))
        .map_err(|fault| fail(&fault.to_string(), ui))?;
    ui.progress(&format!("{}: {} files", root.display(), files.0.len()));
    Ok(())
}

/// The crate and the book of the new repository, as its configuration says.
fn generate(root: &Path, ui: &Ui) -> Result<(), u8> {
    let target = Target {
        config: Some(root.join(init::CONFIG)),
        ..Target::default()
    };
    let mut run = super::read_only(settings(&target, Need::Out, ui)?, ui)?;
    let Some(generated) = run.generate(ui.levels()) else {
        // What there is to say of the document has been said; what is new is of the configuration.
        ui.diagnostics(&run.diagnostics, Some(&run.loaded));
        let config = root.join(init::CONFIG);
        let why = "mend it there, and run `sdkgen generate`";
        return Err(fail(
            &format!("`{}` cannot be generated from: {why}", config.display()),
            ui,
        ));
    };
    write(root, &init::licenses(&generated), ui)?;
    let mut outputs = Outputs::default();
    outputs.push(run.output(generated));
    super::write(&outputs, ui).map(|_| ())
}

/// Nothing that is there is written over.
fn refuse_taken(root: &Path, files: &Files, package: &str, ui: &Ui) -> Result<(), u8> {
    let mut taken = files
        .0
        .keys()
        .map(String::as_str)
        .chain([package, init::DOCS]);
    let Some(taken) = taken.find(|path| source::exists(&root.join(path))) else {
        return Ok(());
    };
    let path = root.join(taken);
    ui.error(&format!(
        "`{}` is there already; nothing was written",
        path.display()
    ));
    Err(MISUSE)
}

/// The configuration of another generator.
fn former(path: &Path, ui: &Ui) -> Result<Loaded, u8> {
    let mut diagnostics = Diagnostics::default();
    let Some(loaded) = source::load(&Inputs::of(path), &mut diagnostics) else {
        ui.diagnostics(&diagnostics, None);
        return Err(MISUSE);
    };
    let root = loaded.tree.root(loaded.entry);
    if root.is_some_and(Node::is_object) {
        return Ok(loaded);
    }
    ui.diagnostics(&diagnostics, Some(&loaded));
    ui.error(&format!(
        "`{}` is no configuration of Stainless",
        path.display()
    ));
    Err(MISUSE)
}

fn imported(former: &Loaded, run: &Run) -> Result<Imported, u8> {
    // What there is to say of the document has been said.
    let api = pipeline::lower(&run.loaded, &mut Diagnostics::default()).ok_or(FINDINGS)?;
    Ok(stainless::import(former, &run.loaded, &api))
}

fn settings(target: &Target, need: Need, ui: &Ui) -> Result<Settings, u8> {
    target
        .settings(need)
        .map_err(|fault| super::misuse(&fault, ui))
}

/// The document itself, or the only one of a folder.
fn document(path: &Path, ui: &Ui) -> Result<PathBuf, u8> {
    let fail = |why: String| {
        ui.error(&why);
        MISUSE
    };
    let Some(found) = source::documents(path).map_err(fail)? else {
        return Ok(path.to_owned());
    };
    match &found[..] {
        [only] => Ok(only.clone()),
        [] => Err(fail(format!(
            "there is no OpenAPI document in `{}`",
            path.display()
        ))),
        several => {
            let shown = several.iter().take(SHOWN);
            let mut list: Vec<String> = shown.map(|path| format!("  {}", path.display())).collect();
            if several.len() > SHOWN {
                list.push(format!("  and {} more", several.len() - SHOWN));
            }
            let why = format!(
                "`{}` has several OpenAPI documents; name one of them:",
                path.display()
            );
            Err(fail(format!("{why}\n{}", list.join("\n"))))
        }
    }
}
