//! The function of an operation: it decodes the arguments, calls the client's method, and chooses how the request is
//! sent.

use crate::ir::{Content, Framing};
use crate::rust::cli::plan::{BodyForm, Command, CommandBody, Decoding, MultipartPart, Program};
use crate::rust::code::FnParameter;
use crate::rust::{Expr, Scope, Ty, layout};
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProgramFunction {
    /// The head of the function, laid out.
    pub signature: String,
    /// `METHOD /path` as a line of documentation.
    pub docs: Vec<String>,
    /// All statements but the last, laid out.
    pub statements: Vec<String>,
    /// The imports of the function.
    #[serde(skip)]
    pub imports: BTreeSet<String>,
    /// Whether the function uses the module of parts.
    pub uses_parts: bool,
    /// The arms of the last expression, laid out.
    pub arms: Vec<String>,
}

/// Names that the function uses itself.
const OWN: [&str; 5] = ["body", "client", "input", "request", "value"];

pub fn view(program: &Program<'_>, command: &Command<'_>) -> ProgramFunction {
    let plan = program.plan;
    let names = plan.names.operation(command.id);
    let resource = &plan.names.resources[command.operation.group];
    let scope = Scope::program(&resource.module);
    let mut statements = Vec::new();
    let mut arguments = Vec::new();
    for taken in command.parameters.iter().filter(|taken| taken.is_argument) {
        let name = local(taken.ident);
        statements.push(bound(
            "    ",
            &name,
            &taken.decoding,
            key(taken),
            true,
            &scope,
        ));
        arguments.push(passed(&taken.decoding, &name));
    }
    let body = command.body.as_ref();
    if let Some(body) = body.filter(|body| body.is_required) {
        statements.extend(body_statements("    ", program, command, body, &scope));
        arguments.push(Expr::variable("body"));
    }
    let client = Expr::variable("client").method(resource.accessor.clone(), []);
    let request = client.method(names.method.clone(), arguments);
    let setters = setters(program, command, &scope);
    let binding = if setters.is_empty() {
        "let request"
    } else {
        "let mut request"
    };
    statements.push(layout::assignment("    ", binding, &request));
    statements.extend(setters);
    let options = Expr::variable("input").method("options", []);
    let request = Expr::variable("request").method("options", [options]);
    statements.push(layout::assignment("    ", "let request", &request));
    ProgramFunction {
        signature: layout::signature(
            "",
            &format!("fn {}", names.method),
            &[
                FnParameter::plain("client", "&Client"),
                FnParameter::plain("input", "&Input"),
            ],
            Some("Result<Exchange, Fault>"),
        ),
        docs: crate::rust::view::docs::Text::new()
            .paragraph(&crate::describe::request_line(command.operation))
            .finish(),
        statements,
        uses_parts: command.body.as_ref().is_some_and(has_parts),
        arms: arms(command),
        imports: scope.into_imports(),
    }
}

pub fn has_parts(body: &CommandBody<'_>) -> bool {
    match &body.form {
        BodyForm::Multipart(parts) => parts
            .iter()
            .any(|part| matches!(part.decoding, Decoding::Part | Decoding::Parts)),
        _ => false,
    }
}

fn key<'t>(taken: &'t crate::rust::cli::plan::Taken<'_>) -> &'t str {
    match &taken.argument.target {
        crate::rust::cli::plan::ArgumentTarget::Parameter(key) => key,
        _ => taken.ident,
    }
}

/// Returns the name of a variable for an argument.
fn local(ident: &str) -> String {
    match OWN.contains(&ident) {
        true => format!("{ident}_argument"),
        false => ident.to_owned(),
    }
}

/// Returns the expression that decodes an argument.
fn decoded(decoding: &Decoding<'_>, key: &str, is_required: bool) -> Expr {
    let input = Expr::variable("input");
    let key = Expr::string(key);
    let named = |required: &'static str, optional: &'static str| match is_required {
        true => required,
        false => optional,
    };
    let value = match decoding {
        Decoding::Part => Expr::call(named("parts::part", "parts::optional_part"), [input, key]),
        Decoding::Parts => Expr::call(named("parts::parts", "parts::optional_parts"), [input, key]),
        Decoding::Text => input.method(named("text", "optional_text"), [key]),
        Decoding::Value(_) | Decoding::Reference(_) => {
            input.method(named("required", "optional"), [key])
        }
    };
    value.tried()
}

/// Returns the statement that binds a decoded argument, with its type if the method does not say it.
fn bound(
    indent: &str,
    name: &str,
    decoding: &Decoding<'_>,
    key: &str,
    is_required: bool,
    scope: &Scope<'_>,
) -> String {
    let value = decoded(decoding, key, is_required);
    match decoding {
        Decoding::Value(ty) | Decoding::Reference(ty) => {
            let ty = match is_required {
                true => scope.ty(ty),
                false => scope.ty(&ty.clone().option()),
            };
            layout::binding(indent, name, &ty, &value)
        }
        Decoding::Text | Decoding::Part | Decoding::Parts => {
            layout::assignment(indent, &format!("let {name}"), &value)
        }
    }
}

fn passed(decoding: &Decoding<'_>, name: &str) -> Expr {
    let value = Expr::variable(name.to_owned());
    match decoding {
        Decoding::Reference(_) => value.reference(),
        _ => value,
    }
}

/// Returns the statements that set optional parameters and an optional body.
fn setters(program: &Program<'_>, command: &Command<'_>, scope: &Scope<'_>) -> Vec<String> {
    let mut statements = Vec::new();
    for taken in command.parameters.iter().filter(|taken| !taken.is_argument) {
        statements.push(bound(
            "    ",
            "value",
            &taken.decoding,
            key(taken),
            false,
            scope,
        ));
        statements.extend(setter("    ", "request", taken.ident, &taken.decoding));
    }
    if let Some(body) = command.body.as_ref().filter(|body| !body.is_required) {
        statements.push("    if input.has_body() {".to_owned());
        statements.extend(body_statements("        ", program, command, body, scope));
        let set = Expr::variable("request").method("body", [Expr::variable("body")]);
        statements.push(layout::assignment("        ", "request", &set));
        statements.push("    }".to_owned());
    }
    statements
}

fn setter(indent: &str, of: &'static str, ident: &str, decoding: &Decoding<'_>) -> [String; 3] {
    let set = Expr::variable(of).method(ident.to_owned(), [passed(decoding, "value")]);
    [
        format!("{indent}if let Some(value) = value {{"),
        layout::assignment(&format!("{indent}    "), of, &set),
        format!("{indent}}}"),
    ]
}

/// Returns the statements that bind `body`.
fn body_statements(
    indent: &str,
    program: &Program<'_>,
    command: &Command<'_>,
    body: &CommandBody<'_>,
    scope: &Scope<'_>,
) -> Vec<String> {
    let decoded = |indent: &str, content, form, variant| {
        let (statements, value) = decoded_body(indent, program, command, content, form, scope);
        let Some((ident, is_boxed)) = variant else {
            return (statements, value);
        };
        let value = value.unwrap_or(Expr::variable("body"));
        let value = match (form, is_boxed) {
            (_, true) => Expr::boxed(value),
            (BodyForm::Bytes, false) => value.method("into", []),
            (_, false) => value,
        };
        let choice = scope.ty(&Ty::Local(&program.plan.names.operation(command.id).body));
        let value = Expr::call(format!("{choice}::{ident}"), [value]);
        (statements, Some(value))
    };
    if body.others.is_empty() {
        let (mut statements, value) = decoded(indent, body.content, &body.form, body.variant);
        let bound = value.map(|value| layout::assignment(indent, "let body", &value));
        statements.extend(bound);
        return statements;
    }
    let others = body.others.iter().enumerate().map(|(index, other)| {
        let pattern = (index + 1).to_string();
        (pattern, other.content, &other.form, Some(other.variant))
    });
    let first = ("_".to_owned(), body.content, &body.form, body.variant);
    let (outer, inner) = (format!("{indent}    "), format!("{indent}        "));
    let mut statements = vec![format!("{indent}let body = match input.content() {{")];
    for (pattern, content, form, variant) in others.chain([first]) {
        let (lines, value) = decoded(&inner, content, form, variant);
        let value = value.unwrap_or(Expr::variable("body"));
        if lines.is_empty() {
            statements.push(layout::arm(&outer, &pattern, &value));
            continue;
        }
        statements.push(format!("{outer}{pattern} => {{"));
        statements.extend(lines);
        statements.push(layout::tail(&inner, &value));
        statements.push(format!("{outer}}}"));
    }
    statements.push(format!("{indent}}};"));
    statements
}

/// Returns the statements that decode a content, and its value unless they bind it to `body`.
fn decoded_body(
    indent: &str,
    program: &Program<'_>,
    command: &Command<'_>,
    content: &Content,
    form: &BodyForm<'_>,
    scope: &Scope<'_>,
) -> (Vec<String>, Option<Expr>) {
    let input = |method: &'static str| Expr::variable("input").method(method, []).tried();
    let value = match form {
        BodyForm::Value => {
            let ty = scope.ty(&program.plan.ty(&content.schema));
            let bound = layout::binding(indent, "body", &ty, &input("body"));
            return (vec![bound], None);
        }
        BodyForm::Multipart(parts) => {
            return (self::form(indent, program, command, parts, scope), None);
        }
        BodyForm::Text => input("text_body"),
        BodyForm::Bytes => input("bytes_body"),
        BodyForm::Media(range) => {
            let media_type = Expr::variable("input").method("media_type", [Expr::string(range)]);
            Expr::new("sdk::MediaBody", [media_type, input("bytes_body")])
        }
    };
    (Vec::new(), Some(value))
}

/// Returns the statements that build a multipart body.
fn form(
    indent: &str,
    program: &Program<'_>,
    command: &Command<'_>,
    parts: &[MultipartPart<'_>],
    scope: &Scope<'_>,
) -> Vec<String> {
    let plan = program.plan;
    let names = plan.names.operation(command.id);
    let mut statements = Vec::new();
    let mut arguments = Vec::new();
    for part in parts.iter().filter(|part| part.is_required) {
        let name = format!("{}_part", part.ident.trim_end_matches('_'));
        let key = format!("body.{}", part.key);
        statements.push(bound(indent, &name, &part.decoding, &key, true, scope));
        arguments.push(passed(&part.decoding, &name));
    }
    let made = Expr::new(scope.ty(&Ty::Local(&names.form)).to_string(), arguments);
    let optional = || parts.iter().filter(|part| !part.is_required);
    let binding = if optional().next().is_some() {
        "let mut body"
    } else {
        "let body"
    };
    statements.push(layout::assignment(indent, binding, &made));
    for part in optional() {
        let key = format!("body.{}", part.key);
        statements.push(bound(indent, "value", &part.decoding, &key, false, scope));
        statements.extend(setter(indent, "body", part.ident, &part.decoding));
    }
    statements
}

/// Returns the arms that send the request in each way that the operation has.
fn arms(command: &Command<'_>) -> Vec<String> {
    let mut ways = vec![("Mode::Build", "build", "build")];
    if command.paging.is_some() {
        ways.push(("Mode::Items", "items", "items"));
    }
    match command.streams {
        Some(Framing::Events) => ways.push(("Mode::Stream", "events", "send_events")),
        Some(Framing::Lines) => ways.push(("Mode::Stream", "opened", "send_lines")),
        None => {}
    }
    if command.is_download {
        ways.push(("Mode::Download", "download", "send_stream"));
    }
    ways.push(("_", "send", "send_raw"));
    let arm = |(mode, function, method): &(&'static str, &'static str, &'static str)| {
        let sent = Expr::variable("request").method(*method, []);
        let exchange = Expr::call(format!("Exchange::{function}"), [sent]);
        layout::arm("        ", mode, &exchange)
    };
    ways.iter().map(arm).collect()
}
