//! What is made of the definition of the command line: completions and manual pages.

use super::arguments::Arguments;
use super::terminal::Ui;
use super::{DONE, FINDINGS, MISUSE, Outcome};
use clap::CommandFactory;
use clap_complete::Shell;

pub fn completions(shell: Shell, ui: &Ui) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "sdkgen", &mut text);
    ui.result(&String::from_utf8_lossy(&text));
    Ok(DONE)
}

/// The page of a command, or of the program where none is named.
pub fn man(command: Option<&str>, ui: &Ui) -> Outcome {
    let mut program = Arguments::command().disable_help_subcommand(true);
    // Options that every command takes are in its page only after this.
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
                ui.error(&format!(
                    "there is no command `{name}` (known: {})",
                    known.join(", ")
                ));
                return Err(MISUSE);
            }
        },
    };
    let mut text = Vec::new();
    // A vector takes all that is written to it.
    clap_mangen::Man::new(page)
        .source(concat!("sdkgen ", env!("CARGO_PKG_VERSION")))
        .manual("Commands of sdkgen")
        .render(&mut text)
        .map_err(|fault| {
            ui.error(&fault.to_string());
            FINDINGS
        })?;
    ui.result(&with_examples(&String::from_utf8_lossy(&text)));
    Ok(DONE)
}

/// A page whose examples have a section of their own, and keep their lines there.
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
