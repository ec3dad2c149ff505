//! Commands of every program: credentials, completions and manual pages.

use std::io::{BufRead, stdin, stdout};
use std::path::Path;

use clap::{Arg, ArgMatches, Command};
use clap_complete::Shell;

use super::command::Running;
use super::credentials::{DEFAULT_PROFILE, Profiles};
use super::fault::Fault;
use super::run::text;
use super::specification::{CredentialSpec, Specification};
use super::terminal::{can_ask, printable, unglued};

/// Returns the commands that are not of a resource.
pub fn commands(described: &Specification) -> Vec<Command> {
    let mut commands = Vec::new();
    if !described.credentials.is_empty() {
        let names = described
            .credentials
            .iter()
            .map(|credential| credential.name.clone());
        let names: Vec<String> = names.collect();
        let variables = described
            .credentials
            .iter()
            .map(|one| format!("{}: {}", one.label, one.env));
        let variables: Vec<String> = variables.collect();
        let login = Command::new("login")
            .about("Store a credential")
            .long_about(format!(
                "Store a credential in a file that only you can read. The standard input is read if it is not a \
                 terminal. Environment variables take precedence, unless you use --profile:\n\n{}",
                variables.join("\n")
            ))
            .arg(
                Arg::new("credential")
                    .long("credential")
                    .value_name("NAME")
                    .help("The credential; the first by default")
                    .value_parser(names),
            );
        commands.push(login);
        commands.push(Command::new("logout").about("Remove the stored credentials of a profile"));
        commands.push(Command::new("profiles").about("List the stored profiles"));
    }
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
    commands
}

/// Runs a command that is not of a resource.
///
/// # Errors
///
/// Returns the error of the command.
pub fn run(running: &'static Running, name: &str, matches: &ArgMatches) -> Result<(), Fault> {
    match name {
        "login" => login(&running.specification, matches),
        "logout" => logout(&running.specification, matches),
        "profiles" => profiles(&running.specification),
        "whoami" => whoami(running, matches),
        "completions" => completions(running, matches),
        #[cfg(feature = "mcp")]
        "mcp" => super::mcp::serve(running, matches),
        "man" => manual(running, matches),
        name => Err(Fault::usage(format!("there is no command `{name}`"))),
    }
}

fn login(described: &Specification, matches: &ArgMatches) -> Result<(), Fault> {
    let wanted = text(matches, "credential");
    let mut credentials = described.credentials.iter();
    let credential = match &wanted {
        Some(wanted) => credentials.find(|credential| credential.name == *wanted),
        None => credentials.next(),
    };
    let credential = credential.ok_or_else(|| Fault::usage("the API has no credential"))?;
    let profile = text(matches, "profile").unwrap_or_else(|| DEFAULT_PROFILE.to_owned());
    let secret = ask(credential)?;
    let secret = secret.trim();
    if secret.is_empty() {
        return Err(Fault::usage(format!("the {} is empty", credential.label)));
    }
    let mut profiles = Profiles::read(&described.program)?;
    let url = text(matches, "base-url");
    profiles.store(&profile, &credential.name, secret, url.as_deref())?;
    eprintln!(
        "stored the {} of the profile `{profile}` in {}",
        credential.label,
        profiles.path().display()
    );
    Ok(())
}

fn ask(credential: &CredentialSpec) -> Result<String, Fault> {
    if !can_ask() {
        let mut line = String::new();
        stdin().lock().read_line(&mut line)?;
        return Ok(line);
    }
    let prompt =
        |label: &str| rpassword::prompt_password(format!("{label}: ")).map_err(Fault::from);
    if !credential.is_basic {
        return prompt(&credential.label);
    }
    eprint!("User name: ");
    let mut user = String::new();
    stdin().lock().read_line(&mut user)?;
    Ok(format!("{}:{}", user.trim(), prompt("Password")?))
}

fn logout(described: &Specification, matches: &ArgMatches) -> Result<(), Fault> {
    let profile = text(matches, "profile").unwrap_or_else(|| DEFAULT_PROFILE.to_owned());
    match Profiles::read(&described.program)?.remove(&profile)? {
        true => eprintln!("removed the profile `{profile}`"),
        false => eprintln!("there is no profile `{profile}`"),
    }
    Ok(())
}

fn profiles(described: &Specification) -> Result<(), Fault> {
    for name in Profiles::read(&described.program)?.names() {
        println!("{}", printable(name));
    }
    Ok(())
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
