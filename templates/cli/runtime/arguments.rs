//! Arguments of commands as clap knows them, and their values.

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::Value;

use super::fault::Fault;
use super::specification::{Argument, Kind, Operation, Place};
use super::value;

/// How many known values the help of a flag lists.
const LISTED: usize = 16;

/// Returns the arguments and flags of an operation.
pub fn of_operation(operation: &Operation) -> Vec<Arg> {
    operation.arguments.iter().map(argument).collect()
}

fn argument(described: &Argument) -> Arg {
    let mut argument = Arg::new(described.name.clone());
    argument = match described.is_positional {
        true => argument
            .required(true)
            .value_name(described.name.to_uppercase()),
        // A body may have the required properties of flags.
        false => argument
            .long(described.name.clone())
            .required(described.is_required && described.place == Place::Parameter)
            .value_name(value_name(described)),
    };
    let help = help(described);
    if !help.is_empty() {
        argument = argument.help(help);
    }
    argument = argument.action(match described.is_list {
        true => ArgAction::Append,
        false => ArgAction::Set,
    });
    match described.kind {
        Kind::Boolean if !described.is_positional => argument
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_parser(Hints(vec!["true".to_owned(), "false".to_owned()])),
        Kind::Integer | Kind::Number => argument.allow_negative_numbers(true),
        _ if !described.values.is_empty() => {
            let hints = described.values.iter().filter(|value| is_plain(value));
            argument
                .value_parser(Hints(hints.cloned().collect()))
                .hide_possible_values(described.values.len() > LISTED || !are_plain(described))
        }
        _ => argument,
    }
}

/// Returns whether a value can be a word of a completion script: some shells expand these words as code.
fn is_plain(value: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:@%+,".contains(c);
    !value.is_empty() && value.chars().all(is_plain)
}

fn are_plain(described: &Argument) -> bool {
    described.values.iter().all(|value| is_plain(value))
}

fn value_name(described: &Argument) -> &'static str {
    match described.kind {
        Kind::Text => "TEXT",
        Kind::Boolean => "BOOLEAN",
        Kind::Integer => "INTEGER",
        Kind::Number => "NUMBER",
        Kind::Date => "DATE",
        Kind::Time => "TIME",
        Kind::Any => "VALUE",
        Kind::Json => "JSON",
        Kind::Base64 => "BASE64|@FILE",
        Kind::File => "@FILE",
    }
}

fn help(described: &Argument) -> String {
    let mut help = described.help.clone();
    let mut add = |text: &str| {
        if !help.is_empty() {
            help.push(' ');
        }
        help.push_str(text);
    };
    if described.is_required && !described.is_positional {
        add("(required)");
    }
    if described.is_list {
        add("(can be repeated)");
    }
    if described.is_deprecated {
        add("(deprecated)");
    }
    if described.values.len() <= LISTED && !are_plain(described) {
        add(&format!(
            "[possible values: {}]",
            described.values.join(", ")
        ));
    }
    help
}

/// Returns the values of the arguments that are given.
///
/// # Errors
///
/// Returns a usage error if a value cannot be read.
pub fn values<'o>(
    operation: &'o Operation,
    matches: &ArgMatches,
) -> Result<Vec<(&'o Argument, Value)>, Fault> {
    let mut values = Vec::new();
    for argument in &operation.arguments {
        let Ok(Some(texts)) = matches.try_get_many::<String>(&argument.name) else {
            continue;
        };
        let parsed = texts.map(|text| value::parse(argument.kind, text));
        let mut parsed = parsed.collect::<Result<Vec<_>, _>>().map_err(|fault| {
            let dashes = if argument.is_positional { "" } else { "--" };
            Fault::usage(format!("{dashes}{}: {fault}", argument.name))
        })?;
        match argument.is_list {
            true => values.push((argument, Value::Array(parsed))),
            false => values.extend(parsed.pop().map(|value| (argument, value))),
        }
    }
    Ok(values)
}

/// Known values as hints for help and completion. Other values pass: an API may have added some.
#[derive(Clone)]
struct Hints(Vec<String>);

impl TypedValueParser for Hints {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        _: Option<&Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        let text = value.to_str().map(str::to_owned);
        text.ok_or_else(|| clap::Error::new(ErrorKind::InvalidUtf8).with_cmd(command))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().map(PossibleValue::new)))
    }
}
