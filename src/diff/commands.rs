//! The surface of the command-line program: what its users type.

use super::change::ChangeSeverity;
use super::item::{SurfaceItem, SurfaceItemKind};
use super::operations::{bare, position, wire_name};
use crate::describe::code;
use crate::ir::OperationId;
use crate::rust::Plan;
use crate::rust::cli::plan::{
    Argument, ArgumentKind, ArgumentTarget, BodyForm, Command, Program, Taken,
};

/// Returns the program, if one is configured.
pub fn program(plan: Plan<'_>) -> Option<SurfaceItem> {
    let program = Program::new(plan)?;
    let binary = program.binary();
    let mut item = SurfaceItem::new(SurfaceItemKind::Program, binary, binary)
        .known_as("program")
        .on_wire(
            "environment variable of the base URL",
            &plan.client.base_url_env,
        );
    item.items.extend(plan.credentials().map(|credential| {
        let name = credential.ident;
        SurfaceItem::new(
            SurfaceItemKind::Credential,
            name,
            format!("{binary} login --credential {name}"),
        )
        .known_as(credential.name)
        .on_wire(
            "environment variable",
            plan.credential_env(credential.name).unwrap_or_default(),
        )
    }));
    if let Some((_, id)) = program.whoami() {
        let operation = plan.api.operation(id);
        item.items.push(
            SurfaceItem::new(
                SurfaceItemKind::Command,
                "whoami",
                format!("{binary} whoami"),
            )
            .on_wire(
                "request",
                format!("{} {}", operation.method, bare(operation)),
            ),
        );
    }
    let commands = plan.api.operation_ids();
    item.items.extend(commands.map(|id| command(&program, id)));
    Some(item)
}

fn command(program: &Program<'_>, id: OperationId) -> SurfaceItem {
    let command = program.command(id);
    let operation = command.operation;
    let resource = &program.names.resources[operation.group];
    let name = format!("{resource} {}", command.name);
    let line = format!("{} {name}", program.binary());
    let mut item = SurfaceItem::new(SurfaceItemKind::Command, name, &line).known_as(format!(
        "{} {}",
        operation.method,
        bare(operation)
    ));
    item.deprecated = operation.deprecated;
    let parameters = command.parameters.iter();
    item.items = parameters
        .map(|taken| parameter(command, taken, &line))
        .collect();
    let body = command.body.iter().flat_map(|body| &body.arguments);
    item.items.extend(body.map(|flag| argument(flag, &line)));
    item.items.extend(own_flags(command, &line));
    let needed = item.items.iter();
    let needed = needed.filter(|part| part.is_argument || part.is_required);
    let words: Vec<&str> = needed
        .filter_map(|part| part.code.strip_prefix(&line))
        .collect();
    item.code = format!("{line}{}", words.concat());
    item
}

fn parameter(command: &Command<'_>, taken: &Taken<'_>, line: &str) -> SurfaceItem {
    let (operation, parameter) = (command.operation, taken.parameter);
    let mut item = argument(&taken.argument, line).known_as(format!(
        "{:?} {}",
        parameter.location,
        wire_name(operation, parameter)
    ));
    item.place_in_path = position(operation, parameter);
    item
}

fn argument(argument: &Argument, line: &str) -> SurfaceItem {
    let value = argument.name.to_uppercase();
    let (name, path, word) = match argument.is_positional {
        true => (
            argument.name.clone(),
            format!("{line} <{value}>"),
            format!("<{value}>"),
        ),
        false => {
            let flag = format!("--{}", argument.name);
            let word = format!("{flag} <VALUE>");
            (flag.clone(), format!("{line} {flag}"), word)
        }
    };
    let identity = match &argument.target {
        ArgumentTarget::Parameter(key) => format!("parameter {key}"),
        ArgumentTarget::Body(path) => format!("body {path:?}"),
        ArgumentTarget::Part(key) => format!("part {key}"),
    };
    let mut item = SurfaceItem::new(SurfaceItemKind::Argument, name, path)
        .known_as(identity)
        .used(format!("{line} {word}"))
        .of_kind(&values(argument.kind, argument.is_list));
    item.is_argument = argument.is_positional;
    item.is_required = argument.is_required && !argument.is_positional;
    item.deprecated = argument.is_deprecated;
    item
}

const TEXT: &str = "text";

/// Follows the description of a value that may be given several times.
const REPEATED: &str = ", repeated";

/// Describes the values that an argument takes.
fn values(kind: ArgumentKind, is_list: bool) -> String {
    let one = match kind {
        ArgumentKind::Text => TEXT,
        ArgumentKind::Boolean => "`true` or `false`",
        ArgumentKind::Integer => "an integer",
        ArgumentKind::Number => "a number",
        ArgumentKind::Date => "a date",
        ArgumentKind::Time => "a time",
        ArgumentKind::Any => "JSON or text",
        ArgumentKind::Json => "JSON",
        ArgumentKind::Base64 => "base64 or a file",
        ArgumentKind::File => "a file",
    };
    format!("{one}{}", if is_list { REPEATED } else { "" })
}

/// Returns the flags that only some commands have, and `--yes`, which a command that asks needs in scripts.
fn own_flags(command: &Command<'_>, line: &str) -> Vec<SurfaceItem> {
    let flag = |name: &str, is_required: bool| {
        let path = format!("{line} --{name}");
        let mut item = SurfaceItem::new(SurfaceItemKind::Argument, format!("--{name}"), path);
        item.is_required = is_required;
        item
    };
    let mut flags = vec![flag("yes", command.confirms)];
    if let Some(body) = &command.body {
        match body.form {
            BodyForm::Multipart(_) => {}
            BodyForm::Value => flags.push(flag("body", false)),
            BodyForm::Text | BodyForm::Bytes | BodyForm::Media(_) => {
                flags.push(flag("body", body.is_required));
            }
        }
    }
    if command.paging.is_some() {
        flags.extend(["all", "max"].map(|name| flag(name, false)));
    }
    if let Some(polling) = command.polling {
        flags.extend(["until", "interval"].map(|name| flag(name, false)));
        flags.extend(polling.done_when.as_ref().map(|_| flag("wait", false)));
    }
    flags
}

/// Returns the changes of an argument or flag that is on both sides.
pub fn changes(old: &SurfaceItem, new: &SurfaceItem) -> Vec<(ChangeSeverity, String)> {
    let mut changes = Vec::new();
    match (old.is_argument, new.is_argument) {
        (true, false) => {
            let what = format!("replaces the argument `<{}>`", old.name.to_uppercase());
            changes.push((ChangeSeverity::Breaking, what));
        }
        (false, true) => {
            let what = format!("replaces the flag {}", code(&old.name));
            changes.push((ChangeSeverity::Breaking, what));
        }
        _ => match (old.is_required, new.is_required) {
            (false, true) => changes.push((ChangeSeverity::Breaking, "is now required".to_owned())),
            (true, false) => {
                changes.push((ChangeSeverity::Compatible, "is now optional".to_owned()));
            }
            _ => {}
        },
    }
    let (before, after) = (old.ty.as_str(), new.ty.as_str());
    let one = |values: &str| values.trim_end_matches(REPEATED).to_owned();
    if before != after && one(before) == one(after) {
        changes.push(match after.ends_with(REPEATED) {
            true => (ChangeSeverity::Compatible, "can now be repeated".to_owned()),
            false => (
                ChangeSeverity::Breaking,
                "can no longer be repeated".to_owned(),
            ),
        });
    } else if before != after {
        let severity = match is_wider(before, after) {
            true => ChangeSeverity::Compatible,
            false => ChangeSeverity::Breaking,
        };
        changes.push((severity, format!("takes {after} instead of {before}")));
    }
    changes
}

/// Returns whether every value that was taken before still is.
fn is_wider(before: &str, after: &str) -> bool {
    let (was_list, is_list) = (before.ends_with(REPEATED), after.ends_with(REPEATED));
    let (before, after) = (
        before.trim_end_matches(REPEATED),
        after.trim_end_matches(REPEATED),
    );
    let accepts = before == after
        || after == TEXT
        || after == values(ArgumentKind::Any, false)
        || before == values(ArgumentKind::Integer, false)
            && after == values(ArgumentKind::Number, false);
    accepts && (is_list || !was_list)
}
