//! `sdkgen diff`: what a changed description changes for callers of the crate.

use super::arguments::{Format, Sides};
use super::target::{Access, Target};
use super::ui::Ui;
use super::{DONE, FINDINGS, MISUSE, Need, Outcome};
use sdkgen::config::{ConfigError, Settings};
use sdkgen::diag::Diagnostics;
use sdkgen::diff::{Diff, Surface, report};
use sdkgen::pipeline;
use sdkgen::source::{self, Loaded, Revision};
use std::path::{Path, PathBuf};

pub fn diff(sides: &Sides, ui: &Ui) -> Outcome {
    let print = match ui.format() {
        Format::Human => report::human,
        Format::Short => report::short,
        Format::Json => report::json,
        Format::Markdown => report::markdown,
        Format::Github => report::github,
        Format::Sarif | Format::Overlay => {
            ui.error("a comparison has neither SARIF nor an overlay; take `json`");
            return Err(MISUSE);
        }
    };
    if source::is_stdin(&sides.old) && source::is_stdin(&sides.new) {
        ui.error("only one of the two documents can come from standard input");
        return Err(MISUSE);
    }
    let old_config = sides.old_config.as_ref().or(sides.config.as_ref());
    let old = surface(&sides.old, old_config, &sides.access, ui)?;
    let new = surface(&sides.new, sides.config.as_ref(), &sides.access, ui)?;
    let diff = Diff::of(&old, &new);
    ui.result(&print(&diff));
    match diff.is_breaking() {
        true => Err(FINDINGS),
        false => Ok(DONE),
    }
}

/// One side. What cannot be generated from cannot be compared: the exit code for breaks would be wrong.
fn surface(
    document: &Path,
    config: Option<&PathBuf>,
    access: &Access,
    ui: &Ui,
) -> Result<Surface, u8> {
    let misuse = |fault: ConfigError| super::misuse(&fault, ui);
    let revision = document.to_str().and_then(Revision::named);
    let (revision, spec) = match revision {
        Some((revision, path)) => (Some(revision), path),
        None => (None, document.to_owned()),
    };
    let target = Target {
        spec: Some(spec),
        config: config.cloned(),
        access: access.clone(),
        ..Target::default()
    };
    compared(target.settings(Need::Spec).map_err(misuse)?, revision, ui)
}

/// What the settings give, of the working folder or of a revision.
pub fn compared(settings: Settings, revision: Option<Revision>, ui: &Ui) -> Result<Surface, u8> {
    let misuse = |fault: ConfigError| super::misuse(&fault, ui);
    let mut diagnostics = Diagnostics::default();
    let busy = ui.busy_with("reading", 0, 2);
    let loaded = match revision {
        Some(revision) => pipeline::load_revision(settings.job(), revision, &mut diagnostics),
        None => pipeline::load(settings.job(), &mut diagnostics),
    };
    drop(busy);
    let Some(mut loaded) = loaded else {
        ui.diagnostics(&diagnostics, None);
        return Err(MISUSE);
    };
    settings
        .apply(&mut loaded, &mut diagnostics)
        .map_err(misuse)?;
    let job = settings.settle(&loaded);
    let busy = ui.busy_with("understanding", 1, 2);
    let surface = pipeline::surface(&job, &loaded, &mut diagnostics);
    drop(busy);
    surface.ok_or_else(|| refused(&diagnostics, &loaded, ui))
}

fn refused(diagnostics: &Diagnostics, loaded: &Loaded, ui: &Ui) -> u8 {
    ui.diagnostics(diagnostics, Some(loaded));
    MISUSE
}
