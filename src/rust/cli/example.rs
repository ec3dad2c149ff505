//! The example command of an operation: the arguments that send its example request.

use super::plan::{Argument, ArgumentKind, ArgumentTarget, BodyForm, Command, CommandBody};
use crate::example::request::ExampleRequest;
use serde_json::Value as Json;

/// Returns the words after the name of the command.
pub fn words(command: &Command<'_>, example: &ExampleRequest) -> Vec<String> {
    let mut words = Vec::new();
    let mut flags = Vec::new();
    let values = command.parameters.iter().zip(&example.parameters);
    for (taken, value) in values {
        if let Some(value) = value {
            match taken.argument.is_positional {
                true => words.push(one(&taken.argument, value)),
                false => flags.extend(flag(&taken.argument, value)),
            }
        }
    }
    if let (Some(body), Some(example)) = (&command.body, &example.body) {
        match &body.form {
            BodyForm::Value => flags.extend(properties(body, &example.value)),
            BodyForm::Multipart(_) => flags.extend(parts(&body.arguments, &example.value)),
            BodyForm::Text => flags.extend(["--body".to_owned(), one_text(&example.value)]),
            BodyForm::Bytes | BodyForm::Media(_) => {
                flags.extend(["--body".to_owned(), "@file".to_owned()])
            }
        }
    }
    // A value that begins with a dash would be a flag.
    if words.iter().any(|word| word.starts_with('-')) {
        flags.push("--".to_owned());
        return [flags, words].concat();
    }
    [words, flags].concat()
}

/// Returns the flags of a body's properties; `--body` for all of it if some property has no flag, or if there are none.
fn properties(body: &CommandBody<'_>, value: &Json) -> Vec<String> {
    let whole = || vec!["--body".to_owned(), value.to_string()];
    let Some(members) = value.as_object() else {
        return whole();
    };
    let is_constant = |path: &Vec<String>, value: &Json| {
        let mut constants = body.constants.iter();
        constants.any(|(known, constant)| known == path && constant == value)
    };
    let mut flags = Vec::new();
    for (name, value) in members {
        let path = vec![name.clone()];
        if is_constant(&path, value) {
            continue;
        }
        let target = ArgumentTarget::Body(path);
        let mut arguments = body.arguments.iter();
        match arguments.find(|argument| argument.target == target) {
            Some(argument) if !value.is_null() => flags.extend(flag(argument, value)),
            _ => return whole(),
        }
    }
    match flags.is_empty() {
        true => whole(),
        false => flags,
    }
}

fn parts(arguments: &[Argument], value: &Json) -> Vec<String> {
    let mut flags = Vec::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        let target = ArgumentTarget::Part(name.clone());
        if let Some(argument) = arguments.iter().find(|argument| argument.target == target) {
            flags.extend(flag(argument, value));
        }
    }
    flags
}

fn flag(argument: &Argument, value: &Json) -> Vec<String> {
    let name = format!("--{}", argument.name);
    match value {
        Json::Array(items) if argument.is_list => {
            let pair = |item: &Json| joined(&name, one(argument, item));
            items.iter().flat_map(pair).collect()
        }
        Json::Bool(true) if argument.kind == ArgumentKind::Boolean => vec![name],
        Json::Bool(false) if argument.kind == ArgumentKind::Boolean => {
            vec![format!("{name}=false")]
        }
        value => joined(&name, one(argument, value)),
    }
}

/// Returns a flag with its value. A value that begins with a dash needs the sign `=`.
fn joined(name: &str, value: String) -> Vec<String> {
    match value.starts_with('-') {
        true => vec![format!("{name}={value}")],
        false => vec![name.to_owned(), value],
    }
}

fn one(argument: &Argument, value: &Json) -> String {
    match (argument.kind, value) {
        (ArgumentKind::File, _) => "@file".to_owned(),
        (ArgumentKind::Json, value) => value.to_string(),
        (ArgumentKind::Any, Json::String(text)) if serde_json::from_str::<Json>(text).is_ok() => {
            value.to_string()
        }
        (_, value) => one_text(value),
    }
}

fn one_text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
