//! Example code: for each operation the smallest call that makes sense, with the description's own
//! values where it gives some.

use super::value::Writer;
use crate::ir::{Content, ContentKind, Location, OperationId, SchemaKind, StatusPattern};
use crate::rust::{Plan, literal};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// One call as code.
#[derive(Debug, Default)]
pub struct Example {
    /// The types that the code names.
    pub types: BTreeSet<String>,
    /// The types beside a call that the code names, by module and name.
    pub bodies: BTreeSet<(String, String)>,
    /// Whether a text is parsed on the way, which fails with an error of its own.
    pub parses: bool,
    /// From `client` to the last setter: `client`, `.calls()`, `.list()`, `.limit(50)`.
    pub links: Vec<String>,
    /// What the result is bound to; `None` where there is none.
    pub binding: Option<String>,
}

impl Example {
    /// The statement that makes the call, broken into lines where it is long.
    pub fn statement(&self) -> Vec<String> {
        let binding = self
            .binding
            .as_ref()
            .map(|name| format!("let {name} = "))
            .unwrap_or_default();
        let line = format!("{binding}{}.await?;", self.links.concat());
        if line.len() <= 80 {
            return vec![line];
        }
        let mut lines = vec![format!("{binding}{}", self.links[0])];
        lines.extend(self.links[1..].iter().map(|link| format!("    {link}")));
        lines.push("    .await?;".to_owned());
        lines
    }

    /// The `use` lines of the types, if any are named.
    pub fn uses(&self, crate_name: &str) -> Vec<String> {
        let body = |(module, ident): &(String, String)| {
            format!("use {crate_name}::resources::{module}::{ident};")
        };
        let mut lines: Vec<String> = self.bodies.iter().map(body).collect();
        let names: Vec<&str> = self.types.iter().map(String::as_str).collect();
        match names[..] {
            [] => {}
            [name] => lines.push(format!("use {crate_name}::types::{name};")),
            _ => lines.push(format!(
                "use {crate_name}::types::{{{}}};",
                names.join(", ")
            )),
        }
        lines
    }
}

/// The example of one operation.
pub fn example(plan: Plan<'_>, id: OperationId) -> Example {
    let api = plan.api;
    let operation = api.operation(id);
    let names = plan.names.operation(id);
    let mut writer = Writer {
        plan,
        example: Example::default(),
        values: 0,
    };
    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    for (parameter, name) in operation.parameters.iter().zip(&names.parameters) {
        if parameter.required {
            arguments.push(writer.parameter(parameter));
        } else if parameter.location == Location::Query && !parameter.examples.is_empty() {
            setters.push(format!(".{name}({})", writer.parameter(parameter)));
        }
    }
    // One or two setters show how it goes; all of them would hide it.
    let last = setters.len().saturating_sub(1);
    let mut shown = 0;
    setters.retain(|_| {
        shown += 1;
        shown == 1 || shown == last + 1
    });
    let body = operation.body.as_ref().filter(|body| body.required);
    if let Some(body) = body {
        arguments.push(body_argument(&mut writer, id, &body.contents));
    }
    let resource = &plan.names.resources[operation.group].accessor;
    let mut links = vec!["client".to_owned(), format!(".{resource}()")];
    links.push(format!(".{}({})", names.method, arguments.join(", ")));
    links.extend(setters);
    let mut example = writer.example;
    // A setter that is not shown names no type.
    example
        .types
        .retain(|ident| links.iter().any(|link| says(link, ident)));
    example.links = links;
    example.binding = binding(plan, id);
    example
}

/// The body of a call, in the form that comes first where there are several.
fn body_argument(writer: &mut Writer<'_>, id: OperationId, contents: &[Content]) -> String {
    let plan = writer.plan;
    let names = plan.names.operation(id);
    let chosen = super::body::contents(plan, contents);
    let Some(content) = chosen.first() else {
        return "()".to_owned();
    };
    let sample = content.examples.first();
    let is_choice = chosen.len() > 1;
    match content.kind {
        ContentKind::Json | ContentKind::Form => writer.owned(&content.schema, sample, "body", 0),
        ContentKind::Text => {
            let text = literal::string(sample.and_then(Json::as_str).unwrap_or("text"));
            let owned = if is_choice { ".to_owned()" } else { "" };
            format!("{text}{owned}")
        }
        ContentKind::Bytes if is_choice => {
            let crate_name = super::client::crate_name(plan);
            format!("{crate_name}::transport::Body::from(\"bytes\")")
        }
        ContentKind::Bytes => "\"bytes\"".to_owned(),
        ContentKind::Multipart => {
            let group = plan.api.operation(id).group;
            let module = plan.names.resources[group].module.clone();
            writer.example.bodies.insert((module, names.form.clone()));
            let arguments = super::form::examples(writer, id, content);
            format!("{}::new({})", names.form, arguments.join(", "))
        }
    }
}

/// Whether code has a word.
fn says(code: &str, word: &str) -> bool {
    code.split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|part| part == word)
}

/// What the result is called: after what it is.
fn binding(plan: Plan<'_>, id: OperationId) -> Option<String> {
    let operation = plan.api.operation(id);
    let outcome = super::outcome::outcome(plan, id);
    if outcome.choice.is_some() {
        return Some("output".to_owned());
    }
    if outcome.decoder == "decode::location" {
        return Some("location".to_owned());
    }
    let mut contents = operation
        .successes()
        .flat_map(|response| &response.contents);
    let content = contents.next()?;
    let mut schema = &content.schema;
    if let SchemaKind::Envelope(_, inner) = &schema.kind {
        schema = inner;
    }
    let name = match (content.kind, plan.kind(schema)) {
        (ContentKind::Text, _) => "text".to_owned(),
        (ContentKind::Bytes | ContentKind::Multipart, _) => "bytes".to_owned(),
        (_, SchemaKind::Array(_)) => plan.names.resources[operation.group].accessor.clone(),
        (_, SchemaKind::Declared(id)) => {
            crate::naming::Style::Snake.ident(&plan.names.ty(*id).words)
        }
        _ => "response".to_owned(),
    };
    Some(if name == "client" {
        "response".to_owned()
    } else {
        name
    })
}

/// The doc example of an operation, with the hidden lines that make it compile.
pub fn doctest(plan: Plan<'_>, id: OperationId) -> Vec<String> {
    let example = example(plan, id);
    let name = super::client::crate_name(plan);
    let result = match example.parses {
        true => "Result<(), Box<dyn std::error::Error>>".to_owned(),
        false => format!("{name}::Result<()>"),
    };
    let mut lines = vec![format!(
        "# async fn run(client: {name}::Client) -> {result} {{"
    )];
    let uses = example.uses(&name);
    if !uses.is_empty() {
        lines.extend(uses);
        lines.push(String::new());
    }
    lines.extend(example.statement());
    lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    lines
}

/// The operation that shows best how calls are made: reading needs no thought about what it does.
pub fn showcase(plan: Plan<'_>) -> Option<OperationId> {
    let ids = || (0..plan.api.operations.len() as u32).map(OperationId);
    let easy = |id: &OperationId| {
        let operation = plan.api.operation(*id);
        let required = operation
            .parameters
            .iter()
            .any(|parameter| parameter.required);
        operation.method == "GET" && !required && operation.body.is_none() && !operation.deprecated
    };
    ids().find(easy).or_else(|| ids().next())
}

/// How a client is made: from the environment where it can be.
fn client_lines(plan: Plan<'_>) -> Vec<String> {
    let access = super::client::access(plan);
    match (&access.main, plan.api.base_url()) {
        (Some(main), Some(_)) => vec![
            format!(
                "// The {} is in the environment variable {}.",
                main.label, main.env
            ),
            "let client = Client::from_env()?;".to_owned(),
        ],
        _ => vec![format!("let client = {};", builder_chain(plan, ""))],
    }
}

/// `Client::builder()` with what it cannot do without.
fn builder_chain(plan: Plan<'_>, more: &str) -> String {
    let mut chain = "Client::builder()".to_owned();
    if plan.api.base_url().is_none() {
        chain.push_str(".base_url(\"https://api.example.com\")");
    }
    if let Some(credential) = super::client::access(plan).credentials.first() {
        let arguments = if credential.is_basic {
            "\"user\", \"password\""
        } else {
            "\"secret\""
        };
        chain.push_str(&format!(".{}({arguments})", credential.ident));
    }
    format!("{chain}{more}.build()?")
}

/// Lines of a whole program's inside: make a client, make a call.
pub fn quick_start(plan: Plan<'_>) -> Vec<String> {
    let name = super::client::crate_name(plan);
    let Some(id) = showcase(plan) else {
        return Vec::new();
    };
    let example = example(plan, id);
    let mut lines = vec![format!("use {name}::Client;")];
    lines.extend(example.uses(&name));
    let result = match example.parses {
        true => "Result<(), Box<dyn std::error::Error>>".to_owned(),
        false => format!("{name}::Result<()>"),
    };
    lines.push(String::new());
    lines.push(format!("# async fn run() -> {result} {{"));
    lines.extend(client_lines(plan));
    lines.push(String::new());
    lines.extend(example.statement());
    if let Some(binding) = &example.binding {
        lines.push(format!("println!(\"{{{binding}:?}}\");"));
    }
    lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    lines
}

/// A test without a server, which runs as a doctest.
pub fn memory_test(plan: Plan<'_>) -> Vec<String> {
    let name = super::client::crate_name(plan);
    let Some(id) = showcase(plan) else {
        return Vec::new();
    };
    let example = example(plan, id);
    let operation = plan.api.operation(id);
    let status = operation
        .successes()
        .find_map(|response| match response.status {
            StatusPattern::Exact(status) => Some(status),
            _ => None,
        })
        .unwrap_or(200);
    let result = "Result<(), Box<dyn std::error::Error>>";
    let mut lines = vec![format!(
        "use {name}::{{Client, transport::MemoryTransport}};"
    )];
    lines.extend(example.uses(&name));
    lines.push(String::new());
    lines.extend([
        "# #[tokio::main(flavor = \"current_thread\")]".to_owned(),
        format!("# async fn main() -> {result} {{"),
        format!("let transport = MemoryTransport::new().json({status}, \"{{}}\");"),
        format!(
            "let client = {};",
            builder_chain(plan, ".transport(transport.clone())")
        ),
        String::new(),
        format!(
            "let response = {}.send_raw().await?;",
            example.links.concat()
        ),
        String::new(),
        format!("assert_eq!(response.status(), {status});"),
        format!(
            "assert_eq!(transport.requests()[0].method(), {});",
            literal::string(&operation.method)
        ),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
    ]);
    lines
}
