//! `sdkgen samples`: code samples for documentation sites.

use super::target::Target;
use super::terminal::Terminal;
use super::{CommandResult, DONE, FINDINGS, Need, misuse, read_only};
use sdkgen::pipeline;

pub fn samples(target: &Target, terminal: &Terminal) -> CommandResult {
    let settings = target
        .settings(Need::Spec)
        .map_err(|fault| misuse(&fault, terminal))?;
    let mut run = read_only(settings, terminal)?;
    let job = run.job();
    let samples = pipeline::Compilation::new(&job, &run.loaded).samples(&mut run.diagnostics);
    run.weigh(terminal.levels());
    terminal.diagnostics(&run.diagnostics, Some(&run.loaded));
    let samples = samples
        .filter(|_| !run.diagnostics.has_errors())
        .ok_or(FINDINGS)?;
    terminal.result(&samples.text);
    if samples.unreachable > 0 {
        // Standard output is the overlay.
        terminal.error(&format!(
            "{} operations have no sample, because they are in another file; run `sdkgen bundle` first",
            samples.unreachable
        ));
        return Err(FINDINGS);
    }
    Ok(DONE)
}
