//! The function of an operation: it decodes the arguments, calls the client's method, and chooses how the request is
//! sent.

use crate::ir::Framing;
use crate::rust::cli::plan::{BodyForm, Command, CommandBody, Decoding, Part, Program};
use crate::rust::{Expr, Scope, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Function {
    /// The head of the function, laid out.
    pub signature: String,
    /// `METHOD /path` as a line of documentation.
    pub docs: Vec<String>,
    /// All statements but the last, laid out.
    pub statements: Vec<String>,
    /// Whether the function uses the module of parts.
    pub uses_parts: bool,
    /// The arms of the last expression, laid out.
    pub arms: Vec<String>,
}

/// Names that the function uses itself.
const OWN: [&str; 6] = ["body", "client", "form", "input", "request", "value"];

pub fn view(program: &Program<'_>, command: &Command<'_>) -> Function {
    let plan = program.plan;
    let names = plan.names.operation(command.id);
    let resource = &plan.names.resources[command.operation.group];
    let scope = Scope::program(&resource.module);
    let mut statements = Vec::new();
    let mut arguments = Vec::new();
    for taken in command.parameters.iter().filter(|taken| taken.is_argument) {
        let name = local(taken.ident);
        let value = decoded(&taken.decoding, key(taken), true, &scope);
        statements.push(layout::assignment("    ", &format!("let {name}"), &value));
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
    Function {
        signature: layout::signature(
            "",
            &format!("fn {}", names.method),
            &["client: &Client", "input: &Input"].map(str::to_owned),
            Some("Result<Exchange, Fault>"),
        ),
        docs: crate::rust::view::docs::Text::new()
            .paragraph(&crate::describe::request_line(command.operation))
            .finish(),
        statements,
        uses_parts: command.body.as_ref().is_some_and(has_parts),
        arms: arms(command),
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
        crate::rust::cli::plan::Target::Parameter(key) => key,
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
fn decoded(decoding: &Decoding<'_>, key: &str, is_required: bool, scope: &Scope<'_>) -> Expr {
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
        Decoding::Value(ty) | Decoding::Reference(ty) => {
            let method = named("required", "optional");
            input.method(format!("{method}::<{}>", scope.ty(ty)), [key])
        }
    };
    value.tried()
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
        let value = decoded(&taken.decoding, key(taken), false, scope);
        statements.extend(setter(
            "    ",
            "request",
            taken.ident,
            &taken.decoding,
            &value,
        ));
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

fn setter(
    indent: &str,
    of: &'static str,
    ident: &str,
    decoding: &Decoding<'_>,
    value: &Expr,
) -> [String; 4] {
    let set = Expr::variable(of).method(ident.to_owned(), [passed(decoding, "value")]);
    [
        layout::assignment(indent, "let value", value),
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
    let plan = program.plan;
    let input = || Expr::variable("input");
    let mut statements = Vec::new();
    let value = match &body.form {
        BodyForm::Value => {
            let ty = scope.ty(&plan.ty(&body.content.schema));
            input().method(format!("body::<{ty}>"), []).tried()
        }
        BodyForm::Text => input().method("text_body", []).tried(),
        BodyForm::Bytes => input().method("bytes_body", []).tried(),
        BodyForm::Media(range) => {
            let bytes = input().method("bytes_body", []).tried();
            let media_type = input().method("media_type", [Expr::string(range)]);
            Expr::new("sdk::MediaBody", [media_type, bytes])
        }
        BodyForm::Multipart(parts) => {
            statements.extend(form(indent, program, command, parts, scope));
            Expr::variable("form")
        }
    };
    let value = match body.variant {
        Some((ident, is_boxed)) => {
            let names = plan.names.operation(command.id);
            let resource = &plan.names.resources[command.operation.group];
            let value = match (&body.form, is_boxed) {
                (_, true) => Expr::boxed(value),
                (BodyForm::Bytes, false) => value.method("into", []),
                (_, false) => value,
            };
            let variant = format!(
                "sdk::resources::{}::{}::{ident}",
                resource.module, names.body
            );
            Expr::call(variant, [value])
        }
        None => value,
    };
    if value != Expr::variable("form") {
        statements.push(layout::assignment(indent, "let body", &value));
    } else {
        statements.push(format!("{indent}let body = form;"));
    }
    statements
}

/// Returns the statements that build a multipart body.
fn form(
    indent: &str,
    program: &Program<'_>,
    command: &Command<'_>,
    parts: &[Part<'_>],
    scope: &Scope<'_>,
) -> Vec<String> {
    let plan = program.plan;
    let names = plan.names.operation(command.id);
    let resource = &plan.names.resources[command.operation.group];
    let mut statements = Vec::new();
    let mut arguments = Vec::new();
    for part in parts.iter().filter(|part| part.is_required) {
        let name = format!("{}_part", part.ident.trim_end_matches('_'));
        let value = decoded(&part.decoding, &format!("body.{}", part.key), true, scope);
        statements.push(layout::assignment(indent, &format!("let {name}"), &value));
        arguments.push(passed(&part.decoding, &name));
    }
    let made = Expr::new(
        format!("sdk::resources::{}::{}", resource.module, names.form),
        arguments,
    );
    let optional = || parts.iter().filter(|part| !part.is_required);
    let binding = if optional().next().is_some() {
        "let mut form"
    } else {
        "let form"
    };
    statements.push(layout::assignment(indent, binding, &made));
    for part in optional() {
        let value = decoded(&part.decoding, &format!("body.{}", part.key), false, scope);
        statements.extend(setter(indent, "form", part.ident, &part.decoding, &value));
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
