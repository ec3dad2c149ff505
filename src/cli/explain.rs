//! The pages on the codes of diagnostics.

use super::terminal::Ui;
use super::{DONE, MISUSE, Outcome};
use sdkgen::diag::explain;

/// The page of a code, or all codes with their titles where none is named.
pub fn explain(code: Option<&str>, ui: &Ui) -> Outcome {
    let Some(text) = code else {
        let line = |code| explain::title(code).map(|title| format!("{code}  {title}\n"));
        ui.result(&explain::codes().filter_map(line).collect::<String>());
        return Ok(DONE);
    };
    let code = explain::known(text).map_err(|why| {
        ui.error(&why);
        MISUSE
    })?;
    ui.result(explain::page(code).unwrap_or_default());
    Ok(DONE)
}
