//! Generates completions and manual pages from the definition of the command line.

use super::arguments::Arguments;
use super::terminal::Terminal;
use super::{CommandResult, DONE, FINDINGS, MISUSE};
use clap::CommandFactory;
use clap_complete::Shell;

pub fn completions(shell: Shell, terminal: &Terminal) -> CommandResult {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "sdkgen", &mut text);
    terminal.result(&String::from_utf8_lossy(&text));
    Ok(DONE)
}

/// Prints the page of a command, or of sdkgen.
pub fn man(command: Option<&str>, terminal: &Terminal) -> CommandResult {
    let mut program = Arguments::command().disable_help_subcommand(true);
    // Adds the global options to each command.
    program.build();
    let page = match command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(found) => found.clone(),
            None => {
                let known: Vec<&str> = program
                    .get_subcommands()
                    .map(|known| known.get_name())
                    .collect();
                terminal.error(&format!(
                    "unknown command `{name}` (known: {})",
                    known.join(", ")
                ));
                return Err(MISUSE);
            }
        },
    };
    let mut text = Vec::new();
    // Writing to a vector cannot fail.
    clap_mangen::Man::new(page)
        .source(concat!("sdkgen ", env!("CARGO_PKG_VERSION")))
        .manual("Commands of sdkgen")
        .render(&mut text)
        .map_err(|fault| {
            terminal.error(&fault.to_string());
            FINDINGS
        })?;
    terminal.result(&with_examples(&String::from_utf8_lossy(&text)));
    Ok(DONE)
}

/// Moves the examples of a page to a section of their own, where line breaks are kept.
fn with_examples(page: &str) -> String {
    let Some((before, rest)) = page.split_once(".SH EXTRA\n") else {
        return page.to_owned();
    };
    let (extra, after) = match rest.split_once("\n.SH") {
        Some((extra, after)) => (extra, format!("\n.SH{after}")),
        None => (rest.trim_end(), "\n".to_owned()),
    };
    let (notes, examples) = extra.split_once("Examples:\n").unwrap_or((extra, ""));
    let notes = match notes.trim() {
        "" => String::new(),
        notes => format!(".SH NOTES\n{notes}\n"),
    };
    format!("{before}{notes}.SH EXAMPLES\n.nf\n{examples}\n.fi{after}")
}
