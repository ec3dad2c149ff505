//! `sdkgen explain`: prints the page of a diagnostic code.

use super::terminal::Terminal;
use super::{CommandResult, DONE, MISUSE};
use sdkgen::diag::explain;

/// Prints the page of a code, or all codes with their titles.
pub fn explain(code: Option<&str>, terminal: &Terminal) -> CommandResult {
    let Some(text) = code else {
        let line = |code| explain::title(code).map(|title| format!("{code}  {title}\n"));
        terminal.result(&explain::codes().filter_map(line).collect::<String>());
        return Ok(DONE);
    };
    let code = explain::known(text).map_err(|why| {
        terminal.error(&why);
        MISUSE
    })?;
    terminal.result(explain::page(code).unwrap_or_default());
    Ok(DONE)
}
