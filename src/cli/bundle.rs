//! `sdkgen bundle`: bundles a description into one document.

use super::target::{DocumentArguments, Target};
use super::terminal::Terminal;
use super::{CommandResult, DONE, FINDINGS, MISUSE, Need};
use clap::Args;
use sdkgen::bundle::{self, Bundle};
use sdkgen::diag::Diagnostics;
use sdkgen::load::Loaded;
use sdkgen::source::same_file;
use sdkgen::{output, pipeline};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct BundleArguments {
    #[command(flatten)]
    document: DocumentArguments,
    /// Write the bundle to this file [default: standard output].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub fn bundle(arguments: &BundleArguments, terminal: &Terminal) -> CommandResult {
    let target: Target = arguments.document.as_target();
    let settings = target.settings(Need::Spec).map_err(|fault| {
        terminal.error(&fault.to_string());
        MISUSE
    })?;
    let mut job = settings.job().clone();
    // Overlays and templates of the configuration are for generation; the bundle is the document itself.
    job.overlays.clone_from(&target.overlays);
    job.templates = None;
    let mut diagnostics = Diagnostics::default();
    let busy = terminal.step_progress("reading", 0, 2);
    let loaded = pipeline::load(&job, &mut diagnostics);
    drop(busy);
    let Some(loaded) = loaded else {
        terminal.diagnostics(&diagnostics, None);
        return Err(MISUSE);
    };
    let folder = arguments.out.as_deref().and_then(Path::parent);
    let busy = terminal.step_progress("bundling", 1, 2);
    let made = bundle::bundle(&loaded, folder, &mut diagnostics);
    drop(busy);
    diagnostics = terminal.levels().apply(diagnostics);
    terminal.diagnostics(&diagnostics, Some(&loaded));
    let made = made.filter(|_| !diagnostics.has_errors()).ok_or(FINDINGS)?;
    match &arguments.out {
        None => {
            terminal.result(&made.text);
            if !made.is_edited {
                terminal.note("the bundle was reformatted, without comments");
            }
        }
        Some(file) => write(file, &made, &loaded, terminal)?,
    }
    Ok(DONE)
}

fn write(file: &Path, made: &Bundle, loaded: &Loaded, terminal: &Terminal) -> Result<(), u8> {
    if let Some(input) = loaded.read().find(|input| same_file(input, file)) {
        let input = input.display();
        terminal.error(&format!(
            "the bundle would overwrite its input `{input}`; write it to another file"
        ));
        return Err(MISUSE);
    }
    output::write_file(file, &made.text).map_err(|fault| {
        terminal.error(&fault.to_string());
        FINDINGS
    })?;
    let files = if made.files == 1 { "file" } else { "files" };
    let anew = match made.is_edited {
        true => "",
        false => ", reformatted, without comments",
    };
    terminal.progress(&format!(
        "{}: bundled {} {files}{anew}",
        file.display(),
        made.files
    ));
    Ok(())
}
