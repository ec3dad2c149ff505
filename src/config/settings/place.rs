//! Where what a configuration file says stands in it.

use super::ConfigError;
use super::check::Fault;
use crate::source;
use std::path::Path;

/// A fault with its place in the file; what is not in the file came from the command line.
pub fn placed(
    path: &Path,
    text: &str,
    output: Option<usize>,
    (steps, message): Fault,
) -> ConfigError {
    let at = position(text, &within(text, output, &steps));
    ConfigError {
        path: at.map(|_| path.to_owned()),
        at,
        line: at.map(|at| line(text, at)).unwrap_or_default(),
        message,
    }
}

/// The line of a position.
pub fn line(text: &str, (number, _): (usize, usize)) -> String {
    let line = text.lines().nth(number.saturating_sub(1));
    line.unwrap_or_default().to_owned()
}

/// The steps to what an output says: to its own key, where it has it, else to the one at the top.
pub fn within(text: &str, output: Option<usize>, steps: &[String]) -> Vec<String> {
    let Some(output) = output.filter(|_| !steps.is_empty()) else {
        return steps.to_vec();
    };
    let entry = ["outputs".to_owned(), output.to_string()];
    let own = [&entry[..], &steps[..1]].concat();
    match position(text, &own) {
        Some(_) => [&entry, steps].concat(),
        None => steps.to_vec(),
    }
}

/// Where a value stands in the file: read once more, since `serde_yaml` keeps no positions.
pub fn position(text: &str, steps: &[String]) -> Option<(usize, usize)> {
    let loaded = source::from_texts(&[("sdkgen.yaml", text)], &mut Default::default())?;
    let node = loaded.tree.root(loaded.entry)?.descend(steps)?;
    let at = loaded
        .sources
        .place(&loaded.tree, &crate::diag::Place::value(node))?;
    (!steps.is_empty()).then_some((at.line, at.column))
}
