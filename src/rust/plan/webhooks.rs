//! Webhooks and the code that decodes them.

use super::Plan;
use crate::describe;
use crate::ir::{Content, ContentKind, SchemaKind, Webhook};
use crate::rust::Expr;

impl<'a> Plan<'a> {
    /// Returns the function that examples decode a body with.
    pub fn webhook_reader(self) -> Option<&'a str> {
        if let Some(event) = &self.names.event {
            return Some(event);
        }
        let webhooks = self.api.webhooks.iter().zip(&self.names.webhooks);
        let mut read = webhooks.filter(|(webhook, _)| content(webhook).is_some());
        read.next().map(|(_, names)| names.function.as_str())
    }

    /// Returns whether the crate has a module for webhooks: to decode them, or to verify signatures.
    pub fn has_webhooks(self) -> bool {
        self.options.signatures.is_some() || self.webhook_reader().is_some()
    }

    /// Describes a callback's operation and its URL; empty for a webhook.
    pub fn webhook_origin(self, webhook: &Webhook) -> String {
        let Some(callback) = &webhook.callback else {
            return String::new();
        };
        let operation = describe::request_line(self.api.operation(callback.operation));
        let to = describe::code(&callback.expression);
        format!("The API sends it to {to} after {operation}.")
    }
}

/// Returns the content that a webhook's payload is decoded from.
pub fn content(webhook: &Webhook) -> Option<&Content> {
    let mut contents = webhook.body.iter().flat_map(|body| &body.contents);
    contents.find(|content| content.kind == ContentKind::Json)
}

/// Returns the expression that decodes a webhook body with this content.
pub fn read_webhook(webhook: &Webhook, content: &Content) -> Expr {
    let what = Expr::string(&format!("webhook {}", webhook.name));
    let body = Expr::variable("body");
    match &content.schema.kind {
        SchemaKind::Envelope(keys, _) => {
            let keys = Expr::strings(keys);
            Expr::call("decode::received_enveloped", [what, body, keys])
        }
        _ => Expr::call("decode::received", [what, body]),
    }
}
