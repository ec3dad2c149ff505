//! `error.rs`: the documented error bodies, and what can be asked of an error.

use super::docs::Text;
use crate::ir::{ContentKind, Docs, ErrorStatus, Response, Schema, SchemaKind, StatusPattern};
use crate::naming::{Scope as Names, Style, Words};
use crate::rust::{Plan, Scope, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Errors {
    pub bodies: Vec<ErrorBody>,
    /// Rows of the table of documented statuses.
    pub rows: Vec<String>,
    pub predicates: Vec<Predicate>,
    pub uses: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct ErrorBody {
    pub docs: Vec<String>,
    pub ident: String,
    pub ty: String,
    /// `Ident(Type),`, laid out.
    pub line: String,
    pub call: String,
    /// The function that makes the variant from the body's bytes.
    pub reader: String,
}

#[derive(Debug, Serialize)]
pub struct Predicate {
    pub docs: Vec<String>,
    pub ident: String,
    pub status: u16,
}

/// What a status means, in one sentence: as documented, else as HTTP has it.
pub fn meaning(error: &ErrorStatus) -> String {
    let documented = error
        .description
        .as_deref()
        .map(crate::prose::first_sentence)
        .unwrap_or_default();
    if documented.is_empty() {
        crate::rust::names::reason(error.status).to_owned()
    } else {
        documented
    }
}

pub fn errors(plan: Plan<'_>) -> Errors {
    let bodies = bodies(plan);
    Errors {
        uses: uses(&bodies),
        bodies,
        rows: plan
            .api
            .errors
            .iter()
            .zip(&plan.names.predicates)
            .map(|(error, ident)| {
                let meaning = meaning(error);
                format!(" | {} | {meaning} | [`Error::{ident}`] |", error.status)
            })
            .collect(),
        predicates: plan
            .api
            .errors
            .iter()
            .zip(&plan.names.predicates)
            .map(|(error, ident)| {
                let status = error.status;
                let reason = crate::rust::names::reason(status);
                let docs = Docs {
                    description: error.description.clone(),
                    ..Docs::default()
                };
                let text = Text::new().paragraph(&format!(
                    "Whether the server answered with status {status}, {reason}."
                ));
                Predicate {
                    docs: text.prose(&docs).finish(),
                    ident: ident.clone(),
                    status,
                }
            })
            .collect(),
    }
}

fn uses(bodies: &[ErrorBody]) -> Vec<String> {
    let says = |text: &str| bodies.iter().any(|body| body.ty.contains(text));
    let mut own = Vec::new();
    if !bodies.is_empty() {
        own.push("use crate::runtime::decode;".to_owned());
    }
    if says("types::") {
        own.push("use crate::types;".to_owned());
    }
    super::imports([super::std_imports(says("BTreeMap<")), own])
}

/// Whether a response is an error to the caller; `default` is, beside a described success.
pub fn is_error(status: StatusPattern, responses: &[Response]) -> bool {
    match status {
        StatusPattern::Default => responses.iter().any(|other| other.status.is_success()),
        StatusPattern::Exact(status) => status >= 400,
        StatusPattern::Range(class) => class >= 4,
    }
}

pub fn json_body(response: &Response) -> Option<&Schema> {
    response
        .contents
        .iter()
        .find(|content| content.kind == ContentKind::Json)
        .map(|content| &content.schema)
}

pub fn bodies(plan: Plan<'_>) -> Vec<ErrorBody> {
    let mut found: Vec<(String, &Schema)> = Vec::new();
    for operation in &plan.api.operations {
        let errors = operation
            .responses
            .iter()
            .filter(|response| is_error(response.status, &operation.responses));
        for schema in errors.filter_map(json_body) {
            let ty = plan.bare(schema, &Scope::outside());
            if !found.iter().any(|(known, _)| *known == ty) {
                found.push((ty, schema));
            }
        }
    }
    let mut variants = Names::with_reserved(Style::Pascal, ["Other"]);
    let mut readers = Names::new(Style::Snake);
    found
        .into_iter()
        .map(|(ty, schema)| {
            let words = body_words(plan, schema);
            let ident = variants.claim(std::slice::from_ref(&words)).ident;
            let reader = readers.claim(&[brief(&words)]).ident;
            let ty = if plan.def(schema).is_some() {
                format!("Box<{ty}>")
            } else {
                ty
            };
            ErrorBody {
                docs: Text::new().paragraph(&about(&ty)).finish(),
                line: layout::variant("    ", &ident, &ty),
                call: layout::expression(
                    "        ",
                    "",
                    &format!("decode::error_body(body, Self::{ident})"),
                    "",
                ),
                ty,
                ident,
                reader,
            }
        })
        .collect()
}

/// What a variant holds, with a link where it is a declared type.
fn about(ty: &str) -> String {
    let bare = ty.trim_start_matches("Box<").trim_end_matches('>');
    match bare
        .strip_prefix("types::")
        .filter(|_| !ty.contains("Vec<"))
    {
        Some(ident) => format!("[`{ident}`](crate::types::{ident})"),
        None => format!("`{ty}`"),
    }
}

/// The first words of a name, as many as leave room beside them on a line.
fn brief(words: &[String]) -> Words {
    let mut used = 0;
    let fitting = words.iter().take_while(|word| {
        used += word.len() + 1;
        used <= 24
    });
    let fitting: Words = fitting.cloned().collect();
    if fitting.is_empty() {
        vec!["body".to_owned()]
    } else {
        fitting
    }
}

fn body_words(plan: Plan<'_>, schema: &Schema) -> Words {
    match &schema.kind {
        SchemaKind::Declared(id) => plan.names.ty(*id).words.clone(),
        SchemaKind::Array(items) => [body_words(plan, items), vec!["list".to_owned()]].concat(),
        SchemaKind::Map(_) => vec!["map".to_owned()],
        SchemaKind::String(_) => vec!["text".to_owned()],
        SchemaKind::Envelope(_, inner) => body_words(plan, inner),
        _ => vec!["json".to_owned()],
    }
}
