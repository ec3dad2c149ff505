//! Commands of every program, beside those of credentials: the account, completions and manual pages.

use std::io::stdout;
use std::path::Path;

use clap::{Arg, ArgMatches, Command, parser::ValueSource};
use clap_complete::Shell;

use super::command::{Running, with_only};
use super::fault::Fault;
use super::login;
use super::run::text;
use super::specification::Specification;
use super::terminal::unglued;

/// Returns the commands that are not of a resource.
pub fn commands(described: &Specification) -> Vec<Command> {
    let mut commands = login::commands(described);
    if described.whoami.is_some() {
        commands.push(Command::new("whoami").about("Show the account of the credential"));
    }
    #[cfg(feature = "mcp")]
    commands.push(super::mcp::command());
    let shell = Arg::new("shell")
        .required(true)
        .value_parser(clap::value_parser!(Shell));
    commands.push(
        Command::new("completions")
            .about("Print shell completions")
            .arg(shell),
    );
    let folder = Arg::new("folder")
        .required(true)
        .help("The folder that the pages are written to");
    commands.push(Command::new("man").about("Write manual pages").arg(folder));
    let limited = commands.into_iter().map(|command| {
        let name = command.get_name().to_owned();
        match global_options(described, &name) {
            Some(names) => with_only(command, described, names),
            None => command,
        }
    });
    limited.collect()
}

/// Returns the global options that have an effect on a command, or `None` if all have.
fn global_options(described: &Specification, name: &str) -> Option<&'static [&'static str]> {
    let mut credentials = described.credentials.iter();
    Some(match name {
        "login" if credentials.any(|one| !one.flows.is_empty()) => {
            &["base-url", "profile", "timeout", "verbose"]
        }
        "login" => &["base-url", "profile"],
        "logout" => &["profile"],
        "mcp" => &["base-url", "profile", "verbose", "yes"],
        "whoami" => return None,
        _ => &[],
    })
}

/// Rejects global options that have no effect on a command.
fn check_options(described: &Specification, name: &str, matches: &ArgMatches) -> Result<(), Fault> {
    let Some(names) = global_options(described, name) else {
        return Ok(());
    };
    let is_given = |id: &&str| matches.value_source(id) == Some(ValueSource::CommandLine);
    let globals = super::command::globals(described);
    let mut others = globals.iter().map(|arg| arg.get_id().as_str());
    match others.find(|id| !names.contains(id) && is_given(id)) {
        Some(id) => Err(Fault::usage(format!("`{name}` has no option `--{id}`"))),
        None => Ok(()),
    }
}

/// Runs a command that is not of a resource.
///
/// # Errors
///
/// Returns the error of the command.
pub fn run(running: &'static Running, name: &str, matches: &ArgMatches) -> Result<(), Fault> {
    check_options(&running.specification, name, matches)?;
    match name {
        "login" => login::login(&running.specification, matches),
        "logout" => login::logout(&running.specification, matches),
        "profiles" => login::profiles(&running.specification),
        "whoami" => whoami(running, matches),
        "completions" => completions(running, matches),
        #[cfg(feature = "mcp")]
        "mcp" => super::mcp::serve(running, matches),
        "man" => manual(running, matches),
        name => Err(Fault::usage(format!("there is no command `{name}`"))),
    }
}

/// Runs the operation that returns the account, with the same flags.
fn whoami(running: &'static Running, matches: &ArgMatches) -> Result<(), Fault> {
    let (resource, operation) = running
        .specification
        .whoami
        .as_ref()
        .ok_or_else(|| Fault::usage("there is no account"))?;
    super::run::by_name(running, resource, operation, matches)
}

fn completions(running: &Running, matches: &ArgMatches) -> Result<(), Fault> {
    let shell = matches.get_one::<Shell>("shell");
    let shell = shell.ok_or_else(|| Fault::usage("a shell is missing"))?;
    let name = &running.specification.program;
    let mut command = running.command();
    command.build();
    clap_complete::generate(*shell, &mut command, name, &mut stdout());
    Ok(())
}

/// Writes the page of a command, and those of its commands.
fn pages(command: Command, folder: &Path) -> Result<(), Fault> {
    let commands: Vec<Command> = command.get_subcommands().cloned().collect();
    let page = clap_mangen::Man::new(command);
    let mut text = Vec::new();
    page.render(&mut text)?;
    let text = unglued(&String::from_utf8_lossy(&text));
    std::fs::write(folder.join(page.get_filename()), text)?;
    commands
        .into_iter()
        .try_for_each(|command| pages(command, folder))
}

fn manual(running: &Running, matches: &ArgMatches) -> Result<(), Fault> {
    let folder = text(matches, "folder").unwrap_or_default();
    std::fs::create_dir_all(&folder)?;
    let mut command = running.command();
    command.build();
    pages(command, Path::new(&folder))
}
