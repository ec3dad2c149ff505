//! `sdkgen check`: is the disk what `generate` would write, and fit to be published?

use super::target::Target;
use super::terminal::Ui;
use super::{DONE, FINDINGS, Outcome, outputs, publish};
use sdkgen::generator::Run;
use sdkgen::progress::Count;
use std::sync::Arc;

pub fn check(target: &Target, is_release: bool, ui: &Ui) -> Outcome {
    // What is committed is held against what is made, whatever its lock file says.
    let outputs = outputs(target, ui, &mut Vec::new(), Run::generate)?;
    let count = Arc::new(Count::new());
    let busy = ui.busy_counting("comparing", &count);
    let drifts = outputs.drifts(&count);
    drop(busy);
    let drifts = drifts.map_err(|fault| {
        ui.error(&fault.to_string());
        FINDINGS
    })?;
    let is_current = drifts.iter().all(|(_, _, drift)| drift.is_empty());
    // Why comes first: the differences are often long.
    if !is_current {
        ui.report(&outputs.reasons());
    }
    for (root, files, drift) in &drifts {
        if drift.is_empty() {
            let (root, count) = (root.display(), files.0.len());
            ui.progress(&format!("{root}: up to date, {count} files"));
        } else {
            ui.report(&drift.list(root));
            drift
                .changed
                .iter()
                .for_each(|changed| ui.diff(&changed.diff));
        }
    }
    if is_current {
        let mut worst = DONE;
        for root in outputs.crates().filter(|_| is_release) {
            worst = worst.max(publish::publish(root, ui)?);
        }
        return Ok(worst);
    }
    let edits = outputs.edits().map_err(|fault| {
        ui.error(&fault.to_string());
        FINDINGS
    })?;
    let force = if edits.is_empty() { "" } else { " --force" };
    ui.report(&format!(
        "to mend it: {}{force}\n",
        target.command("generate")
    ));
    Ok(FINDINGS)
}
