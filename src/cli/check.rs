//! `sdkgen check`: compares the disk with what `generate` would write, and checks if the crate can be published.

use super::target::Target;
use super::terminal::Terminal;
use super::{CommandResult, DONE, FINDINGS, outputs, publish};
use sdkgen::generator::Run;
use sdkgen::progress::Count;
use std::sync::Arc;

pub fn check(target: &Target, is_release: bool, terminal: &Terminal) -> CommandResult {
    // Always regenerates, because a lock file may be wrong.
    let outputs = outputs(target, terminal, &mut Vec::new(), Run::generate)?;
    let count = Arc::new(Count::new());
    let busy = terminal.count_progress("comparing", &count);
    let drifts = outputs.drifts(&count);
    drop(busy);
    let drifts = drifts.map_err(|fault| {
        terminal.error(&fault.to_string());
        FINDINGS
    })?;
    let is_current = drifts.iter().all(|(_, _, drift)| drift.is_empty());
    // Prints the reasons first, because diffs are often long.
    if !is_current {
        terminal.report(&outputs.reasons());
    }
    for (root, files, drift) in &drifts {
        if drift.is_empty() {
            let (root, count) = (root.display(), files.0.len());
            terminal.progress(&format!("{root}: up to date, {count} files"));
        } else {
            terminal.report(&drift.list(root));
            drift
                .changed
                .iter()
                .for_each(|changed| terminal.diff(&changed.diff));
        }
    }
    if is_current {
        let mut worst = DONE;
        for (root, client) in outputs.crates().filter(|_| is_release) {
            worst = worst.max(publish::publish(root, client, terminal)?);
        }
        return Ok(worst);
    }
    let edits = outputs.edits().map_err(|fault| {
        terminal.error(&fault.to_string());
        FINDINGS
    })?;
    let force = if edits.is_empty() { "" } else { " --force" };
    terminal.report(&format!(
        "to fix it: {}{force}\n",
        target.command("generate")
    ));
    Ok(FINDINGS)
}
