//! One operation: its descriptor, its method, its builder.

use super::docs::{Text, notes};
use super::errors::{ErrorBody, is_error, json_body};
use super::example;
use crate::diag::{Diagnostics, codes};
use crate::ir::{
    Content, ContentKind, Docs, Location, Operation, OperationId, Parameter, PathPart, Response,
    Schema, SchemaKind, StatusPattern, StringFormat, Style,
};
use crate::rust::{Plan, Scope, layout, literal};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct OperationView {
    pub constant: String,
    /// Fields of the descriptor, as Rust expressions.
    pub id: String,
    pub method: String,
    pub path: String,
    pub accept: String,
    pub idempotent: String,
    /// Whole lines of the descriptor.
    pub security: String,
    pub errors: String,
    pub has_errors: bool,
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub many_arguments: bool,
    pub signature: String,
    /// Statements that fill the request from the arguments.
    pub fills: Vec<String>,
    pub request: String,
    pub builder: String,
    pub builder_docs: Vec<String>,
    pub setters: Vec<Setter>,
    pub returns: String,
    pub send: String,
    pub send_raw: String,
    pub output: String,
    /// The declaration of the alias, where there is one.
    pub alias: Option<String>,
    pub into_future: String,
    pub decoder: String,
    /// The private function that decodes, where `decode` has none that can be named.
    pub reader: Option<Reader>,
}

#[derive(Debug, Serialize)]
pub struct Setter {
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub signature: String,
    pub statements: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct Reader {
    pub signature: String,
    pub call: String,
}

/// What a call gives, and how it is read.
struct Outcome {
    ty: String,
    decoder: String,
    reader: Option<String>,
    accept: String,
}

pub struct Context<'a> {
    pub plan: Plan<'a>,
    pub bodies: &'a [ErrorBody],
    pub resource: &'a str,
}

pub fn view(
    context: &Context<'_>,
    id: OperationId,
    diagnostics: &mut Diagnostics,
) -> OperationView {
    let plan = context.plan;
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let outcome = outcome(plan, operation, diagnostics);
    let errors = error_rows(context, operation);
    let arguments = arguments(plan, operation, &names.parameters, diagnostics);
    let request = ["&self.client.core".to_owned(), format!("&{}", names.constant)];
    let has_fills = arguments.fills.is_empty();
    let binding = if has_fills { "let request = " } else { "let mut request = " };
    let long = outcome.ty.len() > LONGEST_TYPE;
    let alias = long.then(|| layout::alias(&names.output, &outcome.ty));
    let ty = if long { &names.output } else { &outcome.ty };
    let signature = format!("pub fn {}", names.method);
    let own = ["self".to_owned()];
    OperationView {
        constant: names.constant.clone(),
        id: literal::string(operation.id.as_deref().unwrap_or(&names.method)),
        method: literal::string(&operation.method),
        path: literal::string(&template(operation)),
        accept: literal::string(header_text(&outcome.accept, "*/*")),
        idempotent: is_idempotent(&operation.method).to_string(),
        security: layout::list("    ", "security: ", "&[", &security(operation), ","),
        has_errors: !errors.is_empty(),
        errors: layout::list("    ", "errors: ", "&[", &errors, ","),
        docs: method_docs(context, id, &arguments.notes),
        deprecated: operation.deprecated,
        many_arguments: arguments.signature.len() > 7,
        signature: layout::signature("    ", &signature, &arguments.signature, Some(&names.builder)),
        fills: arguments.fills,
        request: layout::call("        ", binding, "Request::new", &request, ";"),
        builder: names.builder.clone(),
        builder_docs: Text::new()
            .paragraph(&format!(
                "A call of `{} {}`, made by [`{}::{}`]. Await it, or [`send`](Self::send) it.",
                operation.method, operation.path.raw.replace('`', ""), context.resource, names.method
            ))
            .finish(),
        setters: arguments.setters,
        returns: outcome.ty.clone(),
        alias,
        send: layout::signature("    ", "pub fn send", &own, Some(&format!("ResponseFuture<{ty}>"))),
        send_raw: layout::signature("    ", "pub fn send_raw", &own, Some(&format!("RawResponseFuture<{ty}>"))),
        output: format!("Result<{ty}>"),
        into_future: format!("ResponseFuture<{ty}>"),
        decoder: outcome.decoder,
        reader: outcome.reader.map(|call| Reader {
            signature: layout::signature("    ", "fn decode", &["reply: &Reply".to_owned()], Some(&format!("Result<{ty}>"))),
            call,
        }),
    }
}

/// A longer type would not fit into the signature of `send_raw`.
const LONGEST_TYPE: usize = 50;

/// RFC 9110, section 9.2.2; QUERY is idempotent by its own specification.
pub fn is_idempotent(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY")
}

/// The path as the client fills it in: literals percent-encoded, parameters in braces.
fn template(operation: &Operation) -> String {
    let mut template = String::new();
    for part in &operation.path.parts {
        match part {
            PathPart::Literal(text) => template.push_str(&encode_literal(text)),
            PathPart::Parameter(name) => {
                template.push('{');
                template.push_str(name);
                template.push('}');
            }
        }
    }
    for (index, pair) in operation.path.query.iter().enumerate() {
        template.push(if index == 0 { '?' } else { '&' });
        template.push_str(&encode_literal(pair));
    }
    template
}

/// Keeps what a path may hold (RFC 3986, section 3.3), what is encoded already, and `=`.
fn encode_literal(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        let kept = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&byte);
        match kept {
            true => encoded.push(byte as char),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The alternatives, each a list of schemes.
fn security(operation: &Operation) -> Vec<String> {
    let alternative = |schemes: &Vec<String>| {
        let names: Vec<String> = schemes.iter().map(|scheme| literal::string(scheme)).collect();
        format!("&[{}]", names.join(", "))
    };
    operation.security.0.iter().map(alternative).collect()
}

fn error_rows(context: &Context<'_>, operation: &Operation) -> Vec<String> {
    let errors = operation.responses.iter().filter(|response| is_error(response.status, &operation.responses));
    errors.filter_map(|response| {
        let ty = context.plan.bare(json_body(response)?, &Scope::outside());
        let boxed = format!("Box<{ty}>");
        let body = context.bodies.iter().find(|body| body.ty == ty || body.ty == boxed)?;
        let status = match response.status {
            StatusPattern::Exact(status) => format!("Status::Exact({status})"),
            StatusPattern::Range(class) => format!("Status::Class({class})"),
            StatusPattern::Default => "Status::Any".to_owned(),
        };
        Some(format!("({status}, ErrorBody::{})", body.reader))
    }).collect()
}

/// The content that the client reads or writes: JSON before all, then forms, text, bytes.
pub fn preferred(contents: &[Content]) -> Option<&Content> {
    contents.iter().min_by_key(|content| match content.kind {
        ContentKind::Json => 0,
        ContentKind::Form => 1,
        ContentKind::Text => 2,
        ContentKind::Bytes => 3,
        ContentKind::Multipart => 4,
    })
}

/// The responses that are a success to the caller.
pub fn successes(operation: &Operation) -> Vec<&Response> {
    operation.responses.iter().filter(|response| match response.status {
        StatusPattern::Default => !is_error(response.status, &operation.responses),
        status => status.is_success(),
    }).collect()
}

fn outcome(plan: Plan<'_>, operation: &Operation, diagnostics: &mut Diagnostics) -> Outcome {
    let successes = successes(operation);
    let mut found: Vec<(&Response, &Content, Outcome)> = Vec::new();
    for response in &successes {
        if let Some(content) = preferred(&response.contents) {
            let outcome = decoded(plan, content);
            if !found.iter().any(|(_, _, other)| other.ty == outcome.ty) {
                found.push((response, content, outcome));
            }
        }
    }
    if let (Some(at), [first, others @ ..]) = (operation.at, &found[..]) {
        if !others.is_empty() {
            let others: Vec<String> = others.iter().map(|(response, ..)| response.status.to_string()).collect();
            let used = first.0.status.to_string();
            diagnostics.push(codes::several_success_bodies(at, &used, &others.join(", ")));
        }
    }
    let without_body = successes.iter().any(|response| response.contents.is_empty());
    match found.into_iter().next() {
        None => Outcome {
            ty: "()".to_owned(),
            decoder: "decode::nothing".to_owned(),
            reader: None,
            accept: "*/*".to_owned(),
        },
        Some((_, content, outcome)) if without_body && content.kind == ContentKind::Json => {
            optional(outcome)
        }
        Some((_, _, outcome)) => outcome,
    }
}

/// One documented success has a body and another has none.
fn optional(outcome: Outcome) -> Outcome {
    match outcome.reader {
        Some(_) => outcome,
        None => Outcome {
            ty: format!("Option<{}>", outcome.ty),
            decoder: "decode::optional_json".to_owned(),
            ..outcome
        },
    }
}

fn decoded(plan: Plan<'_>, content: &Content) -> Outcome {
    let scope = Scope::outside();
    let accept = content.media_type.clone();
    let plain = |ty: String, decoder: &str| Outcome { ty, decoder: decoder.to_owned(), reader: None, accept: accept.clone() };
    match content.kind {
        ContentKind::Json | ContentKind::Form => match &content.schema.kind {
            SchemaKind::Envelope(keys, _) => {
                let keys: Vec<String> = keys.iter().map(|key| literal::string(key)).collect();
                let arguments = ["reply".to_owned(), format!("&[{}]", keys.join(", "))];
                let call = layout::call("        ", "", "decode::enveloped", &arguments, "");
                Outcome { reader: Some(call), ..plain(plan.bare(&content.schema, &scope), "Self::decode") }
            }
            _ => plain(plan.ty(&content.schema, &scope), "decode::json"),
        },
        ContentKind::Text => plain("String".to_owned(), "decode::text"),
        ContentKind::Bytes | ContentKind::Multipart => plain("bytes::Bytes".to_owned(), "decode::bytes"),
    }
}

#[derive(Default)]
struct Arguments {
    signature: Vec<String>,
    fills: Vec<String>,
    setters: Vec<Setter>,
    /// What is to be said of each argument.
    notes: Vec<String>,
}

fn arguments(
    plan: Plan<'_>,
    operation: &Operation,
    names: &[String],
    diagnostics: &mut Diagnostics,
) -> Arguments {
    let mut arguments = Arguments { signature: vec!["&self".to_owned()], ..Arguments::default() };
    for (parameter, name) in operation.parameters.iter().zip(names) {
        if parameter.required {
            let (ty, fill) = fill(plan, parameter, name, "request");
            arguments.signature.push(format!("{name}: {ty}"));
            arguments.fills.extend(fill);
            arguments.notes.push(argument_note(name, &parameter.docs, &parameter_notes(parameter, name)));
        } else {
            arguments.setters.push(setter(plan, parameter, name));
        }
    }
    let Some(body) = &operation.body else { return arguments };
    let Some(content) = preferred(&body.contents) else { return arguments };
    if let (Some(at), [_, _, ..]) = (operation.at, &body.contents[..]) {
        let others = body.contents.iter().filter(|other| other.media_type != content.media_type);
        let others: Vec<String> = others.map(|other| format!("`{}`", other.media_type)).collect();
        diagnostics.push(codes::other_media_types(at, &content.media_type, &others.join(", ")));
    }
    if body.required {
        let (ty, fill) = body_fill(plan, content, "body", "request");
        arguments.signature.push(format!("body: {ty}"));
        arguments.fills.extend(fill);
        arguments.notes.push(argument_note("body", &body.docs, &body_note(content)));
    } else {
        let (ty, statements) = body_fill(plan, content, "value", "self.request");
        let parameters = ["mut self".to_owned(), format!("value: {ty}")];
        arguments.setters.push(Setter {
            docs: Text::new().paragraph("Sets the body.").prose(&body.docs).paragraph(&body_note(content)).finish(),
            deprecated: false,
            signature: layout::signature("    ", "pub fn body", &parameters, Some("Self")),
            statements,
        });
    }
    arguments
}

fn argument_note(name: &str, docs: &Docs, notes: &str) -> String {
    let about = docs.description.as_deref().map(crate::prose::first_sentence).unwrap_or_default();
    let text: Vec<&str> = [about.as_str(), notes].into_iter().filter(|text| !text.is_empty()).collect();
    match text.is_empty() {
        true => format!("`{name}`"),
        false => format!("`{name}`: {}", text.join(" ")),
    }
}

fn body_note(content: &Content) -> String {
    match content.kind {
        ContentKind::Multipart => format!(
            "The whole `{}` body, encoded; give its boundary with `CallOptions::header(\"content-type\", …)`.",
            content.media_type
        ),
        ContentKind::Bytes | ContentKind::Text => format!("Sent as `{}`.", content.media_type),
        ContentKind::Json | ContentKind::Form => String::new(),
    }
}

fn parameter_notes(parameter: &Parameter, ident: &str) -> String {
    notes(&parameter.name, ident, &parameter.schema, parameter.inferred)
}

fn setter(plan: Plan<'_>, parameter: &Parameter, name: &str) -> Setter {
    let (ty, statements) = fill(plan, parameter, "value", "self.request");
    let place = match parameter.location {
        Location::Path => "path",
        Location::Query | Location::QueryString => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let what = format!("Sets the {place} parameter {}.", crate::ir::describe::code(&parameter.name));
    let notes = notes(name, name, &parameter.schema, parameter.inferred);
    let parameters = ["mut self".to_owned(), format!("value: {ty}")];
    Setter {
        docs: Text::new().paragraph(&what).prose(&parameter.docs).paragraph(&notes).finish(),
        deprecated: parameter.deprecated,
        signature: layout::signature("    ", &format!("pub fn {name}"), &parameters, Some("Self")),
        statements,
    }
}

/// The type of a parameter's argument, and the statements that put it into the request.
fn fill(plan: Plan<'_>, parameter: &Parameter, value: &str, request: &str) -> (String, Vec<String>) {
    let (ty, before, expression) = taken(plan, &parameter.schema, value);
    let method = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::QueryString => "query_string",
    };
    let style = style(parameter);
    let mut arguments = vec![literal::string(&parameter.name)];
    let callee = match &style {
        Some(style) if method != "query_string" => {
            arguments.push(style.clone());
            format!("{request}.styled_{method}")
        }
        _ => format!("{request}.{method}"),
    };
    arguments.push(expression);
    let call = layout::call("        ", "", &callee, &arguments, ";");
    (ty, before.into_iter().chain([call]).collect())
}

/// How a value is taken, what is done to it first, and the expression that borrows it.
fn taken(plan: Plan<'_>, schema: &Schema, value: &str) -> (String, Option<String>, String) {
    let ty = plan.bare(schema, &Scope::outside());
    let by_reference = (format!("&{ty}"), None, value.to_owned());
    match plan.kind(schema) {
        SchemaKind::String(_) if ty == "String" || plan.is_string(schema) => {
            ("impl AsRef<str>".to_owned(), None, format!("{value}.as_ref()"))
        }
        SchemaKind::Array(items) => {
            let item = plan.bare(items, &Scope::outside());
            let text = plan.is_string(items);
            let taken = if text { format!("impl IntoIterator<Item = impl Into<{item}>>") } else { format!("impl IntoIterator<Item = {item}>") };
            let map = if text { ".map(Into::into)" } else { "" };
            let links = [".into_iter()".to_owned(), map.to_owned(), ".collect()".to_owned()];
            let links: Vec<String> = links.into_iter().filter(|link| !link.is_empty()).collect();
            let head = format!("let {value}: Vec<{item}> = ");
            let before = layout::chain("        ", &head, value, &links, ";");
            (taken, Some(before), format!("&{value}"))
        }
        SchemaKind::Any | SchemaKind::Map(_) | SchemaKind::Envelope(..) => by_reference,
        SchemaKind::Declared(id) => match plan.api.ty(*id).shape {
            crate::ir::Shape::Enum(_) => (ty, None, format!("&{value}")),
            _ => by_reference,
        },
        _ => (ty, None, format!("&{value}")),
    }
}

/// The style where it is not the usual one of the parameter's place.
fn style(parameter: &Parameter) -> Option<String> {
    if parameter.content.as_deref().is_some_and(|media_type| media_type.contains("json")) {
        return Some("Style::JSON".to_owned());
    }
    let (base, explodes) = match parameter.style {
        Style::Simple => ("Style::SIMPLE", false),
        Style::Label => ("Style::LABEL", false),
        Style::Matrix => ("Style::MATRIX", false),
        Style::Form => ("Style::FORM", true),
        Style::SpaceDelimited => ("Style::SPACE", false),
        Style::PipeDelimited => ("Style::PIPE", false),
        Style::DeepObject => ("Style::DEEP", true),
    };
    let usual = match parameter.location {
        Location::Path | Location::Header => parameter.style == Style::Simple,
        _ => parameter.style == Style::Form,
    };
    let mut text = base.to_owned();
    if parameter.style != Style::DeepObject && parameter.explode != explodes {
        text.push_str(if parameter.explode { ".explode(true)" } else { ".explode(false)" });
    }
    if parameter.allow_reserved {
        text.push_str(".reserved()");
    }
    (text != base || !usual).then_some(text)
}

fn body_fill(plan: Plan<'_>, content: &Content, value: &str, request: &str) -> (String, Vec<String>) {
    let call = |method: &str, arguments: &[String]| {
        layout::call("        ", "", &format!("{request}.{method}"), arguments, ";")
    };
    let media_type = literal::string(header_text(&content.media_type, "application/octet-stream"));
    match content.kind {
        ContentKind::Json => {
            let ty = plan.ty(&content.schema, &Scope::outside());
            let argument = format!("&{value}");
            let plain = content.media_type.eq_ignore_ascii_case("application/json");
            let call = match plain {
                true => call("json", &[argument]),
                false => call("json_as", &[media_type, argument]),
            };
            (ty, vec![call])
        }
        ContentKind::Form => {
            let ty = plan.ty(&content.schema, &Scope::outside());
            (ty, vec![call("form", &[format!("&{value}"), "&[]".to_owned()])])
        }
        ContentKind::Text => {
            let text = format!("{value}.into()");
            ("impl Into<String>".to_owned(), vec![call("text", &[media_type, text])])
        }
        ContentKind::Bytes | ContentKind::Multipart => {
            let concrete = if content.media_type.contains('*') { literal::string("application/octet-stream") } else { media_type };
            ("impl Into<bytes::Bytes>".to_owned(), vec![call("bytes", &[concrete, value.to_owned()])])
        }
    }
}

/// A media type as a header value may have it; what cannot stand in a header is replaced.
fn header_text<'t>(text: &'t str, otherwise: &'t str) -> &'t str {
    let fits = !text.is_empty() && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if fits { text } else { otherwise }
}

fn method_docs(context: &Context<'_>, id: OperationId, arguments: &[String]) -> Vec<String> {
    let operation = context.plan.api.operation(id);
    let line = format!("`{} {}`", operation.method, operation.path.raw.replace('`', ""));
    let mut docs = Docs { external: None, ..operation.docs.clone() };
    let summary = docs.summary.take();
    let head = Docs { summary: summary.or_else(|| docs.description.as_deref().map(crate::prose::first_sentence)), ..Docs::default() };
    let mut text = Text::new().prose_or(&head, &line);
    if !is_only(&head, &line) {
        text = text.paragraph(&line);
    }
    let repeated = head.summary.as_deref() == docs.description.as_deref().map(crate::prose::first_sentence).as_deref();
    if !(repeated && docs.description.as_deref().is_some_and(|text| text.trim().lines().count() == 1)) {
        text = text.prose(&docs);
    }
    text = text.prose(&Docs { external: operation.docs.external.clone(), ..Docs::default() });
    text = text.list(arguments);
    let errors = documented_errors(context, operation);
    if !errors.is_empty() {
        let lead = "Fails as any call may (see [`Error`](crate::Error)), and with these documented statuses:";
        text = text.heading("Errors").paragraph(lead).list(&errors);
    }
    let lines = example::doctest(context.plan, id);
    text.heading("Examples").code("no_run", &lines).finish()
}

fn is_only(head: &Docs, line: &str) -> bool {
    head.summary.is_none() && !line.is_empty()
}

fn documented_errors(context: &Context<'_>, operation: &Operation) -> Vec<String> {
    let plan = context.plan;
    operation.responses.iter().filter_map(|response| {
        let StatusPattern::Exact(status @ 400..) = response.status else { return None };
        let index = plan.api.errors.iter().position(|error| error.status == status)?;
        let predicate = &plan.names.predicates[index];
        let about = response.docs.description.as_deref().map(crate::prose::first_sentence).unwrap_or_default();
        let about = if about.is_empty() { crate::rust::names::reason(status).to_owned() } else { about };
        Some(format!("{status}, [`is_{}`](crate::Error::{predicate}): {about}", predicate.trim_start_matches("is_")))
    }).collect()
}

/// Whether a schema is plain text to the caller.
impl Plan<'_> {
    pub(super) fn is_string(self, schema: &Schema) -> bool {
        matches!(
            self.kind(schema),
            SchemaKind::String(StringFormat::Plain | StringFormat::Binary)
        )
    }
}
