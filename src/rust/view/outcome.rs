//! What a call gives: which responses are a success, and how their bodies are read.

use crate::diag::{Diagnostics, codes};
use crate::ir::{Content, ContentKind, Operation, Response, SchemaKind};
use crate::rust::{Plan, Scope, layout, literal};

/// What a call gives, and how it is read.
pub struct Outcome {
    pub ty: String,
    pub decoder: String,
    /// The call of the private function that decodes, where `decode` has none that can be named.
    pub reader: Option<String>,
    /// The media type asked for.
    pub accept: String,
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

pub fn outcome(plan: Plan<'_>, operation: &Operation, diagnostics: &mut Diagnostics) -> Outcome {
    let successes: Vec<&Response> = operation.successes().collect();
    let mut found: Vec<(&Response, &Content, Outcome)> = Vec::new();
    for response in &successes {
        if let Some(content) = preferred(&response.contents) {
            let outcome = decoded(plan, content);
            if !found.iter().any(|(_, _, other)| other.ty == outcome.ty) {
                found.push((response, content, outcome));
            }
        }
    }
    if let (Some(at), [first, others @ ..]) = (operation.at, &found[..])
        && !others.is_empty()
    {
        let others: Vec<String> = others
            .iter()
            .map(|(response, ..)| response.status.to_string())
            .collect();
        let used = first.0.status.to_string();
        diagnostics.push(codes::several_success_bodies(at, &used, &others.join(", ")));
    }
    let without_body = successes
        .iter()
        .any(|response| response.contents.is_empty());
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
    let plain = |ty: String, decoder: &str| Outcome {
        ty,
        decoder: decoder.to_owned(),
        reader: None,
        accept: accept.clone(),
    };
    match content.kind {
        ContentKind::Json | ContentKind::Form => match &content.schema.kind {
            SchemaKind::Envelope(keys, _) => {
                let keys: Vec<String> = keys.iter().map(|key| literal::string(key)).collect();
                let arguments = ["reply".to_owned(), format!("&[{}]", keys.join(", "))];
                let call = layout::call("        ", "", "decode::enveloped", &arguments, "");
                Outcome {
                    reader: Some(call),
                    ..plain(plan.bare(&content.schema, &scope), "Self::decode")
                }
            }
            _ => plain(plan.ty(&content.schema, &scope), "decode::json"),
        },
        ContentKind::Text => plain("String".to_owned(), "decode::text"),
        ContentKind::Bytes | ContentKind::Multipart => {
            plain("bytes::Bytes".to_owned(), "decode::bytes")
        }
    }
}
