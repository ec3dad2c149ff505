//! Commands of credentials: they are stored, removed and listed.

use std::io::{BufRead, stdin};

use clap::{Arg, ArgMatches, Command};

use super::credentials::{DEFAULT_PROFILE, Profiles};
use super::fault::Fault;
use super::run::text;
use super::specification::{CredentialSpec, Specification};
use super::terminal::{can_ask, printable};

/// Returns the commands of credentials, if the API has one.
pub fn commands(described: &Specification) -> Vec<Command> {
    if described.credentials.is_empty() {
        return Vec::new();
    }
    vec![
        of_login(described),
        Command::new("logout").about("Remove the stored credentials of a profile"),
        Command::new("profiles").about("List the stored profiles"),
    ]
}

fn of_login(described: &Specification) -> Command {
    let credentials = described.credentials.iter();
    let names: Vec<String> = credentials.clone().map(|one| one.name.clone()).collect();
    let is_only = names.len() == 1;
    let variables: Vec<String> = credentials
        .map(|one| format!("{}: {}", one.label, one.env))
        .collect();
    let about = "Store a credential";
    let first = "Store a credential in a file that only you can read. The standard input is read if it is not a \
                 terminal.";
    let login = Command::new("login").about(about).long_about(format!(
        "{first} Environment variables take precedence, unless you use --profile:\n\n{}",
        variables.join("\n")
    ));
    let credential = Arg::new("credential")
        .long("credential")
        .value_name("NAME")
        .help("The credential; the first by default")
        .hide(is_only)
        .value_parser(names);
    login.arg(credential)
}

/// Returns the profile that a command changes.
pub fn profile(matches: &ArgMatches) -> String {
    text(matches, "profile").unwrap_or_else(|| DEFAULT_PROFILE.to_owned())
}

/// Stores a credential.
///
/// # Errors
///
/// Returns an error if there is none, or if it cannot be stored.
pub fn login(described: &Specification, matches: &ArgMatches) -> Result<(), Fault> {
    let wanted = text(matches, "credential");
    let mut credentials = described.credentials.iter();
    let credential = match &wanted {
        Some(wanted) => credentials.find(|credential| credential.name == *wanted),
        None => credentials.next(),
    };
    let credential = credential.ok_or_else(|| Fault::usage("the API has no credential"))?;
    let value = secret(credential)?.into();
    let profile = profile(matches);
    let mut profiles = Profiles::read(&described.program)?;
    let url = text(matches, "base-url");
    profiles.store(&profile, &credential.name, value, url.as_deref())?;
    eprintln!(
        "stored the {} of the profile `{profile}` in {}",
        credential.label,
        profiles.path().display()
    );
    Ok(())
}

/// Reads a credential from the user or the standard input.
fn secret(credential: &CredentialSpec) -> Result<String, Fault> {
    let secret = ask(credential)?;
    match secret.trim() {
        "" => Err(Fault::usage(format!("the {} is empty", credential.label))),
        secret => Ok(secret.to_owned()),
    }
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

/// Removes a profile.
///
/// # Errors
///
/// Returns an error if the file cannot be written.
pub fn logout(described: &Specification, matches: &ArgMatches) -> Result<(), Fault> {
    let profile = profile(matches);
    match Profiles::read(&described.program)?.remove(&profile)? {
        true => eprintln!("removed the profile `{profile}`"),
        false => eprintln!("there is no profile `{profile}`"),
    }
    Ok(())
}

/// Lists the profiles.
///
/// # Errors
///
/// Returns an error if the file cannot be read.
pub fn profiles(described: &Specification) -> Result<(), Fault> {
    for name in Profiles::read(&described.program)?.names() {
        println!("{}", printable(name));
    }
    Ok(())
}
