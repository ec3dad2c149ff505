//! Questions before requests that delete, or that cost money.

use std::io::{BufRead, Write, stderr, stdin};

use super::fault::Fault;
use super::specification::Operation;
use super::terminal::{can_ask, printable};

/// Asks whether a request shall be sent.
///
/// # Errors
///
/// Returns a usage error if there is no terminal, or if the user does not type yes.
pub fn confirm(operation: &Operation) -> Result<(), Fault> {
    let what = match operation.about.is_empty() {
        true => format!("{} {}", operation.method, operation.path),
        false => format!(
            "{} {} ({})",
            operation.method, operation.path, operation.about
        ),
    };
    if !can_ask() {
        let message = format!("{what} needs a confirmation");
        return Err(Fault::usage(message).hint("add --yes, or --dry-run to see the request"));
    }
    let mut messages = stderr();
    write!(messages, "Send {}? [y/N] ", printable(&what))?;
    messages.flush()?;
    let mut answer = String::new();
    stdin().lock().read_line(&mut answer)?;
    match answer.trim().to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Fault::usage("nothing was sent")),
    }
}
