//! The page about webhooks and callbacks, the requests that the API's server sends.

use super::operation::content_words;
use super::page::{Book, Page};
use super::response;
use super::schema_section::{self, ShapeView};
use super::text;
use crate::describe;
use crate::example::sample;
use crate::ir::{ContentKind, Webhook};
use crate::prose;
use crate::rust::Plan;
use crate::rust::snippets::webhook::handler;
use serde::Serialize;

/// The page's path.
pub const PATH: &str = "webhooks.md";

/// The page about webhooks.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WebhooksPage {
    pub webhooks: Vec<WebhookView>,
    /// Whether the description does not mention signatures, so that the page warns about forged requests.
    pub unsigned: bool,
    /// An example server that verifies signatures; empty if no signature scheme is configured.
    pub handler: Vec<String>,
    /// An example that decodes any webhook; empty if the payloads cannot be distinguished.
    pub event: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WebhookView {
    pub heading: String,
    pub line: String,
    /// A sentence about a callback's operation and URL; empty for a webhook.
    pub origin: String,
    pub description: Vec<String>,
    pub inferred: Option<String>,
    /// The description of the payload.
    pub lead: String,
    /// A list of one, because a template iterates it without naming it.
    pub shapes: Vec<ShapeView>,
    pub rust: Vec<String>,
    pub sample: Vec<String>,
}

/// Returns the page; `None` without webhooks and without a signature scheme.
pub fn page(book: &Book<'_>) -> Option<WebhooksPage> {
    let page = book.page(PATH);
    let names = &book.plan.names.webhooks;
    let webhooks: Vec<WebhookView> = book
        .plan
        .api
        .webhooks
        .iter()
        .zip(names)
        .map(|(webhook, names)| view(page, webhook, &names.function))
        .collect();
    let plan = book.plan;
    let is_signed = plan.options.signatures.is_some();
    let unsigned = !is_signed
        && !book
            .plan
            .api
            .webhooks
            .iter()
            .any(|webhook| documents_signatures(webhook.docs.description.as_deref()))
        && !documents_signatures(book.plan.api.info.docs.description.as_deref());
    let handler = match is_signed {
        true => text::fenced(
            "rust,ignore",
            &handler(plan, plan.webhook_reader()).join("\n"),
        ),
        false => Vec::new(),
    };
    let event = plan.names.event.as_ref();
    let event =
        event.map(|function| text::fenced("rust,ignore", &decoding_example(plan, function)));
    let page = WebhooksPage {
        webhooks,
        unsigned,
        handler,
        event: event.unwrap_or_default(),
    };
    (is_signed || !page.webhooks.is_empty()).then_some(page)
}

/// Returns whether a text describes how to verify the sender. A text that calls it undocumented does not
/// count.
fn documents_signatures(text: Option<&str>) -> bool {
    let text = text.unwrap_or_default().to_lowercase();
    ["signature", "hmac", "signing secret", "signed with"]
        .iter()
        .any(|word| text.contains(word))
        && !text.contains("not documented")
}

fn decoding_example(plan: Plan<'_>, function: &str) -> String {
    let name = plan.crate_name();
    format!(
        "use {name}::webhooks;\n\n// `body` holds the bytes of the request that your server received.\n\
         let payload = webhooks::{function}(body)?;\nprintln!(\"{{payload:?}}\");"
    )
}

fn view(page: Page<'_>, webhook: &Webhook, function: &str) -> WebhookView {
    let plan = page.book.plan;
    let content = webhook.body.as_ref().and_then(|body| {
        body.contents
            .iter()
            .find(|content| content.kind == ContentKind::Json)
    });
    let title = webhook
        .docs
        .summary
        .as_deref()
        .map(text::heading)
        .filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| prose::escaped(&webhook.name));
    let lead = content.map(|content| {
        format!(
            "Payload, {}: {}.",
            describe::code(&content.media_type),
            content_words(page, content)
        )
    });
    let rust = decoding_example(plan, function);
    let value = content.map(|content| {
        let own = content.examples.first();
        let own = own.filter(|example| response::short(example).is_some());
        own.cloned()
            .unwrap_or_else(|| sample::full(plan.api, &content.schema, sample::Direction::Response))
    });
    let anchor = format!("webhooks.{function}");
    WebhookView {
        heading: format!("## {title} {{#{anchor}}}"),
        line: format!(
            "{}, under the name {}",
            describe::code(&webhook.method),
            describe::code(&webhook.name)
        ),
        origin: plan.webhook_origin(webhook),
        description: text::description(&webhook.docs, 3, &anchor),
        inferred: webhook.inferred.then(|| page.inferred_link()),
        lead: lead.unwrap_or_else(|| {
            "The description has no JSON payload for it, so there is no function that reads it."
                .to_owned()
        }),
        shapes: content
            .map(|content| schema_section::of_response(page, &content.schema))
            .into_iter()
            .collect(),
        rust: if content.is_some() {
            text::fenced("rust,ignore", &rust)
        } else {
            Vec::new()
        },
        sample: value
            .as_ref()
            .and_then(response::short)
            .map(|text| text::fenced("json", &text))
            .unwrap_or_default(),
    }
}
