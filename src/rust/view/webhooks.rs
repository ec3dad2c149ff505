//! `webhooks.rs`: reading what the API's server sends to its user.

use super::docs::Text;
use crate::ir::{ContentKind, Docs, SchemaKind, Webhook, describe};
use crate::rust::{Plan, Scope, layout, literal};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Webhooks {
    pub functions: Vec<Function>,
    pub uses: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct Function {
    pub docs: Vec<String>,
    pub signature: String,
    pub call: String,
}

pub fn webhooks(plan: Plan<'_>) -> Option<Webhooks> {
    let names = plan
        .names
        .webhooks
        .iter()
        .map(|names| names.function.as_str());
    let functions: Vec<Function> = plan
        .api
        .webhooks
        .iter()
        .zip(names)
        .filter_map(|(webhook, name)| function(plan, webhook, name))
        .collect();
    let says = |text: &str| {
        functions
            .iter()
            .any(|function| function.signature.contains(text))
    };
    let mut names = vec!["Result", "runtime::decode"];
    names.extend(
        [("Enveloped<", "Enveloped"), ("types::", "types")]
            .into_iter()
            .filter(|(text, _)| says(text))
            .map(|(_, name)| name),
    );
    let own = names.into_iter().map(|name| format!("use crate::{name};"));
    let uses = super::imports([super::std_imports(says("BTreeMap<")), own.collect()]);
    (!functions.is_empty()).then_some(Webhooks { functions, uses })
}

fn function(plan: Plan<'_>, webhook: &Webhook, name: &str) -> Option<Function> {
    let body = webhook.body.as_ref()?;
    let content = body
        .contents
        .iter()
        .find(|content| content.kind == ContentKind::Json)?;
    let scope = Scope::outside();
    let ty = plan.ty(&content.schema, &scope);
    let what = literal::string(&format!("webhook {}", webhook.name));
    let (callee, keys) = match &content.schema.kind {
        SchemaKind::Envelope(keys, _) => ("decode::received_enveloped", Some(keys)),
        _ => ("decode::received", None),
    };
    let mut arguments = vec![what, "body".to_owned()];
    arguments.extend(keys.map(|keys| {
        let keys: Vec<String> = keys.iter().map(|key| literal::string(key)).collect();
        format!("&[{}]", keys.join(", "))
    }));
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
    let errors = "Fails with [`Error::Decode`](crate::Error::Decode) when the body is not what it should be.";
    Some(Function {
        docs: text.heading("Errors").paragraph(errors).finish(),
        signature: layout::signature(
            "",
            &format!("pub fn {name}"),
            &["body: &[u8]".to_owned()],
            Some(&format!("Result<{ty}>")),
        ),
        call: layout::call("    ", "", callee, &arguments, ""),
    })
}

/// What a callback follows, and where it goes to; nothing for a webhook.
pub fn origin(plan: Plan<'_>, webhook: &Webhook) -> String {
    let Some(callback) = &webhook.callback else {
        return String::new();
    };
    let operation = super::operation::line(plan.api.operation(callback.operation));
    let to = describe::code(&callback.expression);
    format!("The API sends it to {to} after {operation}.")
}
