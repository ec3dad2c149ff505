//! `sdkgen check`: is the disk what `generate` would write?

use super::arguments::Target;
use super::ui::{Stream, Ui};
use super::{DONE, FINDINGS, Need, Outcome, Run, folders};
use sdkgen::output::{self, Drift};
use std::path::Path;

pub fn check(target: &Target, ui: &Ui) -> Outcome {
    let run = Run::new(target, Need::Out, Stream::Error, ui)?;
    let (job, generated) = run.generate(ui)?;
    let mut current = true;
    for (root, files) in folders(&job, &generated) {
        let drift = output::check(root, files).map_err(|fault| {
            ui.error(&fault.to_string());
            FINDINGS
        })?;
        if drift.is_empty() {
            ui.progress(&format!(
                "{}: up to date, {} files",
                root.display(),
                files.0.len()
            ));
        } else {
            current = false;
            report(root, &drift, ui);
        }
    }
    if current {
        return Ok(DONE);
    }
    ui.report(&format!("to mend it: {}\n", target.command("generate")));
    Ok(FINDINGS)
}

/// The files by kind, then the differences.
fn report(root: &Path, drift: &Drift, ui: &Ui) {
    let (missing, extra) = (drift.missing.len(), drift.extra.len());
    let changed = drift.changed.len();
    let mut text = format!(
        "{}: {missing} missing, {extra} extra, {changed} changed\n",
        root.display()
    );
    let changed = drift.changed.iter().map(|changed| &changed.path);
    let lines = (drift.missing.iter().map(|path| ("missing", path)))
        .chain(drift.extra.iter().map(|path| ("extra  ", path)))
        .chain(changed.map(|path| ("changed", path)));
    for (kind, path) in lines {
        text.push_str(&format!("  {kind} {path}\n"));
    }
    ui.report(&text);
    drift
        .changed
        .iter()
        .for_each(|changed| ui.diff(&changed.diff));
}
