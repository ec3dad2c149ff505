//! `sdkgen init`: a new repository for the SDK of an API.

use super::target::Target;
use super::ui::{Stream, Ui};
use super::{FINDINGS, MISUSE, Need, Outcome};
use clap::Args;
use sdkgen::config::Settings;
use sdkgen::generator::Outputs;
use sdkgen::output;
use sdkgen::{init, source};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Arguments {
    /// The OpenAPI document, or a folder that has one.
    spec: PathBuf,
    /// The repository's folder; without it, one in this folder with the crate's name.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The crate's name; without it, the document's title gives one.
    #[arg(long, value_name = "NAME")]
    package: Option<String>,
}

/// How many documents are listed where one has to be chosen.
const SHOWN: usize = 20;

pub fn init(arguments: &Arguments, ui: &Ui) -> Outcome {
    let spec = document(&arguments.spec, ui)?;
    // All of it is made before anything is written.
    let target = Target {
        spec: Some(spec),
        package: arguments.package.clone(),
        ..Target::default()
    };
    let mut run = super::read(settings(&target, Need::Spec, ui)?, Stream::Error, ui)?;
    let generated = super::made(&mut run, Stream::Error, ui)?;
    let job = run.job();
    let fail = |why: String| {
        ui.error(&why);
        FINDINGS
    };
    let files = init::repository(&job, &run.loaded, &generated).map_err(fail)?;
    let package = Path::new(&job.options.package.name);
    let root = arguments.out.as_deref().unwrap_or(package);
    let folders = [&*job.options.package.name, init::DOCS];
    let mut taken = files.0.keys().map(String::as_str).chain(folders);
    if let Some(taken) = taken.find(|path| source::exists(&root.join(path))) {
        let path = root.join(taken);
        ui.error(&format!(
            "`{}` is there already; nothing was written",
            path.display()
        ));
        return Err(MISUSE);
    }
    output::stage_given(root, &files)
        .and_then(|staged| output::commit(vec![staged]))
        .map_err(|fault| fail(fault.to_string()))?;
    ui.progress(&format!("{}: {} files", root.display(), files.0.len()));
    let target = Target {
        config: Some(root.join(init::CONFIG)),
        ..Target::default()
    };
    // What there is to say of the document has been said.
    let mut run = super::read(settings(&target, Need::Out, ui)?, Stream::Error, ui)?;
    let generated = run.generate(ui.levels()).ok_or(FINDINGS)?;
    let mut outputs = Outputs::default();
    outputs.push(run.output(generated));
    let done = super::write(&outputs, ui)?;
    ui.progress(&format!(
        "next: cd {}, git init, set `repository` in {}",
        root.display(),
        init::CONFIG
    ));
    Ok(done)
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
