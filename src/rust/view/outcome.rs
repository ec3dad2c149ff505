//! What a call gives: which responses are a success, and how their bodies are read.

use super::docs::Text;
use crate::ir::{
    Content, ContentKind, Operation, OperationId, Response, SchemaKind, Shape, StatusPattern,
};
use crate::rust::{Plan, Scope, layout, literal};
use serde::Serialize;

/// What a call gives, and how it is read.
pub struct Outcome {
    pub ty: String,
    pub decoder: String,
    /// The inside of the private function that decodes, where `decode` has none that can be named.
    pub reader: Option<String>,
    /// The media types asked for, as a header says them.
    pub accept: String,
    /// Whether some body is bytes, which may be many.
    pub is_binary: bool,
    /// The type of its own, where successes give several.
    pub choice: Option<Choice>,
}

/// An enum with a variant for each success.
#[derive(Debug, Serialize)]
pub struct Choice {
    pub ident: String,
    pub variants: Vec<Variant>,
}

#[derive(Debug, Serialize)]
pub struct Variant {
    pub docs: Vec<String>,
    /// `Ident(Type),`, laid out.
    pub line: String,
}

/// The content that the client reads: JSON before all, then forms, text, bytes.
pub fn preferred(contents: &[Content]) -> Option<&Content> {
    contents.iter().min_by_key(|content| match content.kind {
        ContentKind::Json => 0,
        ContentKind::Form => 1,
        ContentKind::Text => 2,
        ContentKind::Bytes => 3,
        ContentKind::Multipart => 4,
    })
}

/// How the body of one response is read.
#[derive(Clone, PartialEq)]
struct Read {
    ty: String,
    /// The function of `decode`, where it takes the response alone.
    function: Option<&'static str>,
    /// The expression that reads `reply`.
    call: String,
}

impl Read {
    fn plain(ty: impl Into<String>, function: &'static str) -> Self {
        Read {
            ty: ty.into(),
            function: Some(function),
            call: format!("{function}(reply)"),
        }
    }
}

pub fn outcome(plan: Plan<'_>, id: OperationId) -> Outcome {
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let successes: Vec<(&Response, Option<Read>)> = operation
        .successes()
        .map(|response| (response, read(plan, response)))
        .collect();
    let mut reads: Vec<&Read> = Vec::new();
    for read in successes.iter().filter_map(|(_, read)| read.as_ref()) {
        if !reads.iter().any(|known| known.ty == read.ty) {
            reads.push(read);
        }
    }
    let some_are_empty = successes.iter().any(|(_, read)| read.is_none());
    let outcome = |ty: &str, decoder: &str, reader: Option<String>| Outcome {
        ty: ty.to_owned(),
        decoder: decoder.to_owned(),
        reader,
        accept: accept(plan, operation),
        is_binary: reads.iter().any(|read| read.ty == BYTES),
        choice: None,
    };
    match reads[..] {
        [] => outcome("()", "decode::nothing", None),
        [read] => match read.function {
            Some("decode::json") if some_are_empty => outcome(
                &format!("Option<{}>", read.ty),
                "decode::optional_json",
                None,
            ),
            Some(function) => outcome(&read.ty, function, None),
            None => {
                let call = layout::expression("        ", "", &read.call, "");
                outcome(&read.ty, "Self::decode", Some(call))
            }
        },
        _ => {
            let arms = arms(plan, id, &successes);
            Outcome {
                choice: Some(choice(plan, id, &successes)),
                ..outcome(&names.output, "Self::decode", Some(arms))
            }
        }
    }
}

const BYTES: &str = "bytes::Bytes";

/// The statuses that are a success, as the runtime has them; none where all from 200 to 299 are.
pub fn statuses(operation: &Operation) -> Vec<String> {
    let patterns: Vec<StatusPattern> = operation
        .successes()
        .map(|response| response.status)
        .collect();
    if patterns.contains(&StatusPattern::Default) {
        return Vec::new();
    }
    patterns.into_iter().map(status).collect()
}

/// A status as the runtime has it.
pub fn status(pattern: StatusPattern) -> String {
    match pattern {
        StatusPattern::Exact(status) => format!("Status::Exact({status})"),
        StatusPattern::Range(class) => format!("Status::Class({class})"),
        StatusPattern::Default => "Status::Any".to_owned(),
    }
}

fn read(plan: Plan<'_>, response: &Response) -> Option<Read> {
    // A redirect that is not followed is worth the address that it leads to.
    if response.status.is_redirect() {
        return Some(Read::plain("String", "decode::location"));
    }
    preferred(&response.contents).map(|content| decoded(plan, content))
}

fn decoded(plan: Plan<'_>, content: &Content) -> Read {
    let scope = Scope::outside();
    match content.kind {
        ContentKind::Json => match &content.schema.kind {
            SchemaKind::Envelope(keys, _) => {
                let keys: Vec<String> = keys.iter().map(|key| literal::string(key)).collect();
                Read {
                    ty: plan.bare(&content.schema, &scope),
                    function: None,
                    call: format!("decode::enveloped(reply, &[{}])", keys.join(", ")),
                }
            }
            _ => Read::plain(plan.ty(&content.schema, &scope), "decode::json"),
        },
        ContentKind::Form => Read::plain(plan.ty(&content.schema, &scope), "decode::json"),
        ContentKind::Text => Read::plain("String", "decode::text"),
        ContentKind::Bytes | ContentKind::Multipart => Read::plain(BYTES, "decode::bytes"),
    }
}

/// The media types that give what the call gives, in the order of the description.
fn accept(plan: Plan<'_>, operation: &Operation) -> String {
    let mut types: Vec<&str> = Vec::new();
    for response in operation.successes() {
        let Some(used) = preferred(&response.contents) else {
            continue;
        };
        let ty = decoded(plan, used).ty;
        let same = |content: &&Content| decoded(plan, content).ty == ty;
        for content in response.contents.iter().filter(same) {
            let media_type = super::arguments::header_text(&content.media_type, "*/*");
            if !types.contains(&media_type) {
                types.push(media_type);
            }
        }
    }
    match types.is_empty() || types.contains(&"*/*") {
        true => "*/*".to_owned(),
        false => types.join(", "),
    }
}

/// Whether a variant holds its value in a box, so that the size of the enum does not change with it.
fn is_boxed(plan: Plan<'_>, response: &Response) -> bool {
    preferred(&response.contents)
        .filter(|content| content.kind == ContentKind::Json && !response.status.is_redirect())
        .filter(|content| !content.schema.nullable)
        .filter(|content| matches!(content.schema.kind, SchemaKind::Declared(_)))
        .and_then(|content| plan.def(&content.schema))
        .is_some_and(|(_, def)| matches!(def.shape, Shape::Object(_) | Shape::Union(_)))
}

/// Variants in the order of the description, with the index that their names are found by.
fn choice(plan: Plan<'_>, id: OperationId, successes: &[(&Response, Option<Read>)]) -> Choice {
    let names = plan.names.operation(id);
    let variant = |((response, read), ident): (&(&Response, Option<Read>), &String)| {
        let about = match response.status {
            StatusPattern::Exact(status) => format!("Status {status}."),
            StatusPattern::Range(class) => format!("Any status from {class}00 to {class}99."),
            StatusPattern::Default => "Any other status.".to_owned(),
        };
        let text = Text::new().paragraph(&about).prose(&response.docs);
        let text = match response.status.is_redirect() {
            true => text.paragraph("Holds the address that the server leads to."),
            false => text,
        };
        let line = match read {
            None => format!("    {ident},"),
            Some(read) if is_boxed(plan, response) => {
                layout::variant("    ", ident, &format!("Box<{}>", read.ty))
            }
            Some(read) => layout::variant("    ", ident, &read.ty),
        };
        Variant {
            docs: text.finish(),
            line,
        }
    };
    Choice {
        ident: names.output.clone(),
        variants: successes
            .iter()
            .zip(&names.successes)
            .map(variant)
            .collect(),
    }
}

/// The match over the status. An exact status goes before a range, and a range before the rest; the
/// last pattern takes what is left, since no other status is a success.
fn arms(plan: Plan<'_>, id: OperationId, successes: &[(&Response, Option<Read>)]) -> String {
    let names = plan.names.operation(id);
    let mut sorted: Vec<_> = successes.iter().zip(&names.successes).collect();
    sorted.sort_by_key(|((response, _), _)| match response.status {
        StatusPattern::Exact(_) => 0,
        StatusPattern::Range(_) => 1,
        StatusPattern::Default => 2,
    });
    let last = sorted.len() - 1;
    let mut lines = vec!["        match reply.status().as_u16() {".to_owned()];
    for (index, ((response, read), ident)) in sorted.into_iter().enumerate() {
        let pattern = match response.status {
            _ if index == last => "_".to_owned(),
            StatusPattern::Exact(status) => status.to_string(),
            StatusPattern::Range(class) => format!("{class}00..={class}99"),
            StatusPattern::Default => "_".to_owned(),
        };
        let variant = format!("{}::{ident}", names.output);
        let body = match read {
            Some(read) => format!("{}.map({variant})", read.call),
            None => format!("Ok({variant})"),
        };
        lines.push(layout::arm("            ", &pattern, &body));
    }
    lines.push("        }".to_owned());
    lines.join("\n")
}
