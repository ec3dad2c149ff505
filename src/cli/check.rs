//! `sdkgen check`: is the disk what `generate` would write?

use super::arguments::Target;
use super::ui::{Stream, Ui};
use super::{DONE, FINDINGS, Need, Outcome, Run, folders};
use sdkgen::lock::{LOCK, Lock};
use sdkgen::output::{self, Drift};
use sdkgen::source;
use std::path::Path;

pub fn check(target: &Target, ui: &Ui) -> Outcome {
    let mut run = Run::new(target, Need::Out, Stream::Error, ui)?;
    let (job, mut generated) = run.generate(ui)?;
    let lock = Lock::of(&job, &run.loaded, &generated);
    generated.package.insert(LOCK, lock.text());
    let mut current = true;
    for (root, files) in folders(&job, &generated) {
        let mut drift = output::check(root, files).map_err(|fault| {
            ui.error(&fault.to_string());
            FINDINGS
        })?;
        // An input may move without a trace in the crate.
        drift.changed.retain(|changed| changed.path != LOCK);
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
    if let Some(reasons) = reasons(&job.out, &lock) {
        ui.report(&reasons);
    }
    ui.report(&format!("to mend it: {}\n", target.command("generate")));
    Ok(FINDINGS)
}

/// What has moved since the last run, and which files somebody edited: as far as its lock file tells.
fn reasons(out: &Path, now: &Lock) -> Option<String> {
    let old = Lock::parse(&source::read_text(&out.join(LOCK)).ok()?)?;
    let moved = old.moved(now);
    let edited = old.edited(|path| source::read_text(&out.join(path)).ok());
    let mut text = String::new();
    if !moved.is_empty() {
        text.push_str("what has moved since the last `generate`:\n");
        text.extend(moved.iter().map(|line| format!("  {line}\n")));
    }
    if !edited.is_empty() {
        text.push_str("edited after the last `generate`:\n");
        text.extend(edited.iter().map(|path| format!("  {path}\n")));
    }
    Some(text)
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
