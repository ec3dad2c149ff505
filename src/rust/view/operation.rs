//! One operation: its descriptor, its method, its builder.

use super::arguments::{Setter, arguments, header_text};
use super::docs::Text;
use super::example;
use super::outcome::outcome;
use crate::diag::Diagnostics;
use crate::ir::{Docs, Operation, OperationId, PathPart, Response, StatusPattern};
use crate::rust::{Plan, layout, literal};
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
pub struct Reader {
    pub signature: String,
    pub call: String,
}

pub struct Context<'a> {
    pub plan: Plan<'a>,
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
    let errors = error_rows(plan, operation);
    let arguments = arguments(plan, operation, &names.parameters, diagnostics);
    let request = [
        "&self.client.core".to_owned(),
        format!("&{}", names.constant),
    ];
    let has_fills = arguments.fills.is_empty();
    let binding = if has_fills {
        "let request = "
    } else {
        "let mut request = "
    };
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
        signature: layout::signature(
            "    ",
            &signature,
            &arguments.signature,
            Some(&names.builder),
        ),
        fills: arguments.fills,
        request: layout::call("        ", binding, "Request::new", &request, ";"),
        builder: names.builder.clone(),
        builder_docs: Text::new()
            .paragraph(&format!(
                "A call of `{} {}`, made by [`{}::{}`]. Await it, or [`send`](Self::send) it.",
                operation.method,
                operation.path.raw.replace('`', ""),
                context.resource,
                names.method
            ))
            .finish(),
        setters: arguments.setters,
        returns: outcome.ty.clone(),
        alias,
        send: layout::signature(
            "    ",
            "pub fn send",
            &own,
            Some(&format!("ResponseFuture<{ty}>")),
        ),
        send_raw: layout::signature(
            "    ",
            "pub fn send_raw",
            &own,
            Some(&format!("RawResponseFuture<{ty}>")),
        ),
        output: format!("Result<{ty}>"),
        into_future: format!("ResponseFuture<{ty}>"),
        decoder: outcome.decoder,
        reader: outcome.reader.map(|call| Reader {
            signature: layout::signature(
                "    ",
                "fn decode",
                &["reply: &Reply".to_owned()],
                Some(&format!("Result<{ty}>")),
            ),
            call,
        }),
    }
}

/// A longer type would not fit into the signature of `send_raw`.
const LONGEST_TYPE: usize = 50;

/// RFC 9110, section 9.2.2; QUERY is idempotent by its own specification.
pub fn is_idempotent(method: &str) -> bool {
    matches!(
        method,
        "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY"
    )
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
        let names: Vec<String> = schemes
            .iter()
            .map(|scheme| literal::string(scheme))
            .collect();
        format!("&[{}]", names.join(", "))
    };
    operation.security.0.iter().map(alternative).collect()
}

fn error_rows(plan: Plan<'_>, operation: &Operation) -> Vec<String> {
    let row = |response: &Response| {
        let schema = response.json()?;
        let known = plan
            .api
            .error_bodies
            .iter()
            .position(|body| body.kind == schema.kind)?;
        let status = match response.status {
            StatusPattern::Exact(status) => format!("Status::Exact({status})"),
            StatusPattern::Range(class) => format!("Status::Class({class})"),
            StatusPattern::Default => "Status::Any".to_owned(),
        };
        let reader = &plan.names.error_bodies[known].reader;
        Some(format!("({status}, ErrorBody::{reader})"))
    };
    operation.errors().filter_map(row).collect()
}

fn method_docs(context: &Context<'_>, id: OperationId, arguments: &[String]) -> Vec<String> {
    let operation = context.plan.api.operation(id);
    let line = format!(
        "`{} {}`",
        operation.method,
        operation.path.raw.replace('`', "")
    );
    let mut docs = Docs {
        external: None,
        ..operation.docs.clone()
    };
    let summary = docs.summary.take();
    let head = Docs {
        summary: summary.or_else(|| {
            docs.description
                .as_deref()
                .map(crate::prose::first_sentence)
        }),
        ..Docs::default()
    };
    let mut text = Text::new().prose_or(&head, &line);
    if !is_only(&head, &line) {
        text = text.paragraph(&line);
    }
    let repeated = head.summary.as_deref()
        == docs
            .description
            .as_deref()
            .map(crate::prose::first_sentence)
            .as_deref();
    if !(repeated
        && docs
            .description
            .as_deref()
            .is_some_and(|text| text.trim().lines().count() == 1))
    {
        text = text.prose(&docs);
    }
    text = text.prose(&Docs {
        external: operation.docs.external.clone(),
        ..Docs::default()
    });
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
    operation
        .responses
        .iter()
        .filter_map(|response| {
            let StatusPattern::Exact(status @ 400..) = response.status else {
                return None;
            };
            let index = plan
                .api
                .errors
                .iter()
                .position(|error| error.status == status)?;
            let predicate = &plan.names.predicates[index];
            let about = response
                .docs
                .description
                .as_deref()
                .map(crate::prose::first_sentence)
                .unwrap_or_default();
            let about = if about.is_empty() {
                crate::rust::names::reason(status).to_owned()
            } else {
                about
            };
            Some(format!(
                "{status}, [`is_{}`](crate::Error::{predicate}): {about}",
                predicate.trim_start_matches("is_")
            ))
        })
        .collect()
}
