//! `sdkgen samples`: code samples for documentation sites.

use super::target::Target;
use super::terminal::Ui;
use super::{DONE, FINDINGS, Need, Outcome, misuse, read_only};
use sdkgen::pipeline;

pub fn samples(target: &Target, ui: &Ui) -> Outcome {
    let settings = target
        .settings(Need::Spec)
        .map_err(|fault| misuse(&fault, ui))?;
    let mut run = read_only(settings, ui)?;
    let job = run.job();
    let samples = pipeline::samples(&job, &run.loaded, &mut run.diagnostics);
    run.weigh(ui.levels());
    ui.diagnostics(&run.diagnostics, Some(&run.loaded));
    let samples = samples
        .filter(|_| !run.diagnostics.has_errors())
        .ok_or(FINDINGS)?;
    ui.result(&samples.text);
    if samples.unreachable > 0 {
        // Standard output is the overlay.
        ui.error(&format!(
            "{} operations have no sample, as they are in another file: run `sdkgen bundle` first",
            samples.unreachable
        ));
        return Err(FINDINGS);
    }
    Ok(DONE)
}
