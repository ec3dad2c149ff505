//! The descriptions of the program and its commands, as JSON that the program reads.

use crate::describe;
use crate::ir::{Docs, OperationId};
use crate::naming;
use crate::prose;
use crate::rust::cli::plan::{
    Argument, ArgumentTarget, BodyForm, Command, LoginFlow, OtherBody, Program,
};
use crate::rust::cli::{example, schema};
use serde_json::{Map, Value as Json, json};

/// Returns the description of the program.
pub fn program(program: &Program<'_>) -> String {
    let plan = program.plan;
    let api = plan.api;
    let credentials = plan.credentials().map(|credential| {
        let flows = program.flows(credential);
        let mut description = json!({
            "name": credential.ident,
            "label": credential.label(),
            "env": plan.credential_env(credential.name),
            "is_basic": credential.is_basic(),
            "about": shown(credential.scheme.description.as_deref().unwrap_or_default()),
        });
        if !flows.is_empty() {
            description["flows"] = flows.iter().map(flow).collect();
        }
        description
    });
    let credentials: Vec<Json> = credentials.collect();
    let resources = api.groups.iter().zip(&program.names.resources);
    let resources: Vec<Json> = resources
        .map(|(group, name)| {
            let about = group.docs.description.as_deref().unwrap_or_default();
            let about = line(about);
            let about = if about.is_empty() {
                prose::visible(&naming::title::title(&group.name))
            } else {
                // As those of the program's own commands.
                about.trim_end_matches('.').to_owned()
            };
            json!({"name": name, "about": about, "operations": group.operations.len()})
        })
        .collect();
    let whoami = program.whoami().map(|(group, id)| {
        json!([
            program.names.resources[group],
            program.names.operations[id.0 as usize]
        ])
    });
    let title = prose::visible(api.info.title.trim());
    let has_login = program.has_login();
    let mut description = json!({
        "program": program.binary(),
        "title": title,
        "about": shown(api.info.docs.description.as_deref().unwrap_or_default()),
        "base_url_env": plan.client.base_url_env,
        "env_prefix": plan.options.env_prefix,
        "base_url": has_login.then(|| api.base_url()).flatten(),
        "needs_base_url": api.base_url().is_none(),
        "oauth": has_login.then(|| oauth(program)),
        "credentials": credentials,
        "whoami": whoami,
        "resources": resources,
    });
    drop_empty(&mut description);
    pretty(&description)
}

/// Returns what the configuration says about `login`.
fn oauth(program: &Program<'_>) -> Json {
    let options = &program.options.oauth;
    let mut description = json!({
        "client_id": options.client_id,
        "port": options.port,
        "parameters": options.parameters,
    });
    drop_empty(&mut description);
    description
}

/// Returns a flow of `login`.
fn flow(flow: &LoginFlow<'_>) -> Json {
    let scopes = flow.scopes.iter();
    let scopes = scopes.map(|(name, about)| json!([prose::visible(name), line(about)]));
    let mut description = json!({
        "device": flow.is_device,
        "url": flow.url,
        "token_url": flow.token_url,
        "refresh_url": flow.refresh_url,
        "scopes": scopes.collect::<Vec<_>>(),
        "requested": flow.requested,
    });
    drop_empty(&mut description);
    description
}

/// Returns the description of the commands of a resource.
pub fn resource(program: &Program<'_>, index: usize) -> String {
    let operations = program.plan.api.groups[index].operations.iter();
    let operations: Vec<Json> = operations.map(|id| operation(program, *id)).collect();
    pretty(&json!({"operations": operations}))
}

/// The longest line of JSON. A longer value has a line for each of its parts.
const WIDTH: usize = 110;

fn pretty(value: &Json) -> String {
    let mut out = String::new();
    print(value, 0, 0, &mut out);
    out.push('\n');
    out
}

/// Prints a value at a depth, behind so many characters.
fn print(value: &Json, depth: usize, before: usize, out: &mut String) {
    let line = value.to_string();
    let is_short = depth * 2 + before + line.chars().count() <= WIDTH;
    let indent = "  ".repeat(depth + 1);
    match value {
        Json::Array(items) if !items.is_empty() && !is_short => {
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "[\n" } else { ",\n" });
                out.push_str(&indent);
                print(item, depth + 1, 0, out);
            }
            out.push_str(&format!("\n{}]", "  ".repeat(depth)));
        }
        Json::Object(members) if !members.is_empty() && !is_short => {
            for (index, (name, value)) in members.iter().enumerate() {
                let name = Json::from(&**name).to_string();
                out.push_str(if index == 0 { "{\n" } else { ",\n" });
                out.push_str(&format!("{indent}{name}: "));
                print(value, depth + 1, name.chars().count() + 2, out);
            }
            out.push_str(&format!("\n{}}}", "  ".repeat(depth)));
        }
        _ => out.push_str(&line),
    }
}

fn operation(program: &Program<'_>, id: OperationId) -> Json {
    let command = program.command(id);
    let operation = command.operation;
    let (about, details) = texts(&operation.docs);
    let errors = operation.failures().filter_map(|response| {
        let meaning = describe::error_meaning(response)?;
        Some((response.status.to_string(), Json::from(line(&meaning))))
    });
    let errors: Map<String, Json> = errors.collect();
    let wait = command
        .polling
        .and_then(|polling| polling.done_when.as_ref());
    let wait = wait
        .map(|done| json!({"within": done.within, "member": done.member, "values": done.values}));
    let mut description = json!({
        "name": command.name,
        "id": operation.id.clone().unwrap_or_else(|| format!("{}_{}", program.names.resources[operation.group], command.name)),
        "method": operation.method,
        "path": prose::visible(&operation.path.raw),
        "tag": program.plan.api.groups[operation.group].name,
        "about": about,
        "details": details,
        "deprecated": operation.deprecated,
        "confirm": command.confirms,
        "idempotent": operation.idempotency != crate::ir::Idempotency::Never,
        "paged": command.paging.is_some(),
        "streams": streams(program, command),
        "downloads": command.is_download,
        "polled": command.polling.is_some(),
        "wait": wait,
        "rows": command.rows,
        "envelope": command.envelope(),
        "columns": command.columns,
        "errors": errors,
        "example": example::words(command, &program.plan.calls[id.0 as usize]),
        "arguments": command.arguments().map(argument).collect::<Vec<_>>(),
        "body": command.body.is_some().then(|| body(command)),
        "input": schema::input(program.plan.api, command),
        "output": schema::output(program.plan.api, command),
    });
    drop_empty(&mut description);
    description
}

/// Returns when the response is a stream.
fn streams(program: &Program<'_>, command: &Command<'_>) -> &'static str {
    match command.streams {
        None => "",
        Some(_) if program.plan.api.is_stream_by_flag(command.id) => "flag",
        Some(_) => "always",
    }
}

/// Returns one line about an operation, and the rest of its description.
fn texts(docs: &Docs) -> (String, String) {
    let description = docs.description.as_deref().unwrap_or_default();
    match docs.summary.as_deref().map(line) {
        Some(summary) if !summary.is_empty() => (summary, shown(description)),
        _ => (
            line(&prose::first_sentence(description)),
            shown(description),
        ),
    }
}

fn argument(argument: &Argument) -> Json {
    let (place, path) = match &argument.target {
        ArgumentTarget::Parameter(key) => ("parameter", json!([key])),
        ArgumentTarget::Body(path) => ("body", json!(path)),
        ArgumentTarget::Part(key) => ("part", json!([key])),
    };
    let mut description = json!({
        "name": argument.name,
        "in": place,
        "path": path,
        "kind": argument.kind.name(),
        "list": argument.is_list,
        "required": argument.is_required,
        "positional": argument.is_positional,
        "deprecated": argument.is_deprecated,
        "help": argument.help,
        "values": argument.values.iter().map(|value| prose::visible(value)).collect::<Vec<_>>(),
    });
    drop_empty(&mut description);
    description
}

fn body(command: &Command<'_>) -> Json {
    let Some(body) = &command.body else {
        return Json::Null;
    };
    let constants = body
        .constants
        .iter()
        .map(|(path, value)| json!({"path": path, "value": value}));
    let mut description = json!({
        "form": form(&body.form),
        "media_type": prose::visible(&body.content.media_type),
        "others": body.others.iter().map(other).collect::<Vec<_>>(),
        "required": body.is_required,
        "constants": constants.collect::<Vec<_>>(),
    });
    drop_empty(&mut description);
    description
}

fn other(other: &OtherBody<'_>) -> Json {
    let media_type = prose::visible(&other.content.media_type);
    json!({"form": form(&other.form), "media_type": media_type})
}

fn form(form: &BodyForm<'_>) -> &'static str {
    match form {
        BodyForm::Value => "value",
        BodyForm::Text => "text",
        BodyForm::Bytes | BodyForm::Media(_) => "bytes",
        BodyForm::Multipart(_) => "multipart",
    }
}

/// Removes members that have their default: false, null, and empty texts, lists and objects.
fn drop_empty(value: &mut Json) {
    if let Some(members) = value.as_object_mut() {
        members.retain(|_, member| match member {
            Json::Null | Json::Bool(false) => false,
            Json::String(text) => !text.is_empty(),
            Json::Array(items) => !items.is_empty(),
            Json::Object(members) => !members.is_empty(),
            _ => true,
        });
    }
}

/// Returns a description as text for a terminal.
fn shown(markdown: &str) -> String {
    prose::help(markdown)
}

/// Returns a description as one line of text for a terminal.
fn line(markdown: &str) -> String {
    prose::visible(&prose::plain(&prose::first_sentence(markdown)))
}

/// Returns the example command of an operation, quoted for a shell.
pub fn example_line(program: &Program<'_>, id: OperationId) -> String {
    let command = program.command(id);
    let resource = &program.names.resources[command.operation.group];
    let words = [
        program.binary().to_owned(),
        resource.clone(),
        command.name.clone(),
    ];
    let arguments = example::words(command, &program.plan.calls[id.0 as usize]);
    let words: Vec<String> = words
        .into_iter()
        .chain(arguments)
        .map(|word| quoted(&word))
        .collect();
    prose::visible(&words.join(" "))
}

/// Returns a word quoted for a shell.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}
