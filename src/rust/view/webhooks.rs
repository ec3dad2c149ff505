//! `webhooks.rs`: decodes the requests that the API's server sends to its user.

use super::docs::Text;
use crate::describe;
use crate::ir::{Docs, Schema, SchemaKind, Webhook};
use crate::rust::code::{Parameter, TypeCode, use_lines};
use crate::rust::plan::webhooks::{content, read_webhook};
use crate::rust::snippets::webhook;
use crate::rust::{Expr, Plan, Scope, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Webhooks {
    pub functions: Vec<Function>,
    pub uses: Vec<String>,
    pub exports: Vec<String>,
    /// An example server that verifies signatures; empty if no signature scheme is configured.
    pub handler: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Function {
    pub docs: Vec<String>,
    pub signature: String,
    pub call: String,
}

/// The `# Errors` section of every function.
const ERRORS: &str =
    "Returns [`Error::Decode`](crate::Error::Decode) if the body does not fit its type.";

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
        true => super::docs::spaced(webhook::handler(plan, plan.webhook_reader())),
        false => Vec::new(),
    };
    let exports = ["SignatureError", "Signer", "Verifier"];
    let exports = exports.iter().filter(|_| is_signed);
    let exports = exports.map(|name| format!("pub use crate::signature::{name};"));
    // Within the module, the event type needs no qualifier.
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

/// Returns the function that decodes the payload of any webhook.
fn event(plan: Plan<'_>, scope: &Scope<'_>) -> Option<Function> {
    let name = plan.names.event.as_ref()?;
    let schema = Schema::new(SchemaKind::Declared(plan.api.event?));
    let arguments = [Expr::string("webhook"), Expr::variable("body")];
    let head = "Decodes the body of any webhook. An unknown body is kept as raw JSON.";
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

fn head_of(name: &str, ty: &TypeCode) -> String {
    let parameters = [Parameter::plain("body", "&[u8]")];
    let returns = format!("Result<{ty}>");
    layout::signature("", &format!("pub fn {name}"), &parameters, Some(&returns))
}

fn function(plan: Plan<'_>, webhook: &Webhook, name: &str, scope: &Scope<'_>) -> Option<Function> {
    let body = webhook.body.as_ref()?;
    let content = content(webhook)?;
    let ty = scope.ty(&plan.ty(&content.schema));
    let head = format!(
        "Decodes the body of the webhook {}.",
        describe::code(&webhook.name)
    );
    let payload = Docs {
        description: body.docs.description.clone(),
        ..Docs::default()
    };
    let text = Text::new()
        .paragraph(&head)
        .prose(&webhook.docs)
        .paragraph(&plan.webhook_origin(webhook))
        .prose(&payload);
    Some(Function {
        docs: text.heading("Errors").paragraph(ERRORS).finish(),
        signature: head_of(name, &ty),
        call: layout::tail("    ", &read_webhook(webhook, content)),
    })
}
