//! `webhooks.rs`: reading what the API's server sends to its user.

use super::docs::Text;
use super::signature;
use crate::describe;
use crate::ir::{Content, ContentKind, Docs, Schema, SchemaKind, Webhook};
use crate::rust::code::use_lines;
use crate::rust::{Expr, Plan, Scope, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Webhooks {
    pub functions: Vec<Function>,
    pub uses: Vec<String>,
    pub exports: Vec<String>,
    /// A server that checks signatures, as an example; empty where nothing says how they are made.
    pub handler: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Function {
    pub docs: Vec<String>,
    pub signature: String,
    pub call: String,
}

/// What every function says of its errors.
const ERRORS: &str =
    "Fails with [`Error::Decode`](crate::Error::Decode) when the body is not what it should be.";

pub fn webhooks(plan: Plan<'_>) -> Option<Webhooks> {
    let names = plan
        .names
        .webhooks
        .iter()
        .map(|names| names.function.as_str());
    let scope = Scope::webhooks();
    let webhooks = plan
        .api
        .webhooks
        .iter()
        .zip(names)
        .filter_map(|(webhook, name)| function(plan, webhook, name, &scope));
    let functions: Vec<Function> = event(plan, &scope).into_iter().chain(webhooks).collect();
    if !functions.is_empty() {
        scope.import("Result");
        scope.import("runtime::decode");
    }
    let uses = use_lines(scope.into_imports());
    let is_signed = plan.options.signatures.is_some();
    let handler = match is_signed {
        true => super::client::spaced(signature::handler(plan, reader(plan))),
        false => Vec::new(),
    };
    let exports = ["SignatureError", "Signer", "Verifier"];
    let exports = exports.iter().filter(|_| is_signed);
    let exports = exports.map(|name| format!("pub use crate::signature::{name};"));
    // Within the module, what is an event needs no other word before it.
    let event = plan.api.event.map(|id| &plan.names.ty(id).ident);
    let event = event.map(|ident| format!("pub use crate::types::{ident} as Event;"));
    let exports = exports.chain(event);
    let webhooks = Webhooks {
        exports: exports.collect(),
        handler,
        functions,
        uses,
    };
    (is_signed || !webhooks.functions.is_empty()).then_some(webhooks)
}

/// The function that reads the payload of any webhook.
fn event(plan: Plan<'_>, scope: &Scope<'_>) -> Option<Function> {
    let name = plan.names.event.as_ref()?;
    let schema = Schema::new(SchemaKind::Declared(plan.api.event?));
    let arguments = [Expr::string("webhook"), Expr::variable("body")];
    let head =
        "Reads the body of any of the webhooks; one that is none of them is kept as it came.";
    Some(Function {
        docs: Text::new()
            .paragraph(head)
            .heading("Errors")
            .paragraph(ERRORS)
            .finish(),
        signature: head_of(name, &scope.ty(&plan.ty(&schema))),
        call: layout::tail("    ", &Expr::call("decode::received", arguments)),
    })
}

fn head_of(name: &str, ty: &str) -> String {
    let parameters = ["body: &[u8]".to_owned()];
    let returns = format!("Result<{ty}>");
    layout::signature("", &format!("pub fn {name}"), &parameters, Some(&returns))
}

/// The function that an example reads a body with.
pub fn reader(plan: Plan<'_>) -> Option<&str> {
    if let Some(event) = &plan.names.event {
        return Some(event);
    }
    let webhooks = plan.api.webhooks.iter().zip(&plan.names.webhooks);
    let mut read = webhooks.filter(|(webhook, _)| content(webhook).is_some());
    read.next().map(|(_, names)| names.function.as_str())
}

/// What a webhook is read from.
pub fn content(webhook: &Webhook) -> Option<&Content> {
    let mut contents = webhook.body.iter().flat_map(|body| &body.contents);
    contents.find(|content| content.kind == ContentKind::Json)
}

pub fn function(
    plan: Plan<'_>,
    webhook: &Webhook,
    name: &str,
    scope: &Scope<'_>,
) -> Option<Function> {
    let body = webhook.body.as_ref()?;
    let content = content(webhook)?;
    let ty = scope.ty(&plan.ty(&content.schema));
    let what = Expr::string(&format!("webhook {}", webhook.name));
    let (callee, keys) = match &content.schema.kind {
        SchemaKind::Envelope(keys, _) => ("decode::received_enveloped", Some(keys)),
        _ => ("decode::received", None),
    };
    let mut arguments = vec![what, Expr::variable("body")];
    arguments.extend(keys.map(Expr::strings));
    let head = format!(
        "Reads the body of a {} request.",
        describe::code(&webhook.name)
    );
    let payload = Docs {
        description: body.docs.description.clone(),
        ..Docs::default()
    };
    let text = Text::new()
        .paragraph(&head)
        .prose(&webhook.docs)
        .paragraph(&origin(plan, webhook))
        .prose(&payload);
    Some(Function {
        docs: text.heading("Errors").paragraph(ERRORS).finish(),
        signature: head_of(name, &ty),
        call: layout::tail("    ", &Expr::call(callee, arguments)),
    })
}

/// What a callback follows, and where it goes to; nothing for a webhook.
pub fn origin(plan: Plan<'_>, webhook: &Webhook) -> String {
    let Some(callback) = &webhook.callback else {
        return String::new();
    };
    let operation = describe::request_line(plan.api.operation(callback.operation));
    let to = describe::code(&callback.expression);
    format!("The API sends it to {to} after {operation}.")
}
