//! What a call gives: which responses are a success, and how their bodies are read.

use super::choice::{self, Choice};
use crate::ir::{
    Content, ContentKind, Operation, OperationId, Response, SchemaKind, StatusPattern,
};
use crate::rust::{Plan, Scope, Ty, layout, literal};
use indexmap::IndexSet;

/// What a call gives, and how it is read.
pub struct Outcome<'a> {
    pub ty: Ty<'a>,
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

/// How the body of one response is read.
#[derive(PartialEq, Eq, Hash)]
pub struct Read<'a> {
    pub ty: Ty<'a>,
    /// The function of `decode`, where it takes the response alone.
    function: Option<&'static str>,
    /// The expression that reads `reply`.
    pub call: String,
}

/// One of the things that a call may give: a status, and a media type where it has several that are
/// told from each other.
pub struct Success<'p> {
    pub response: &'p Response,
    pub content: Option<&'p Content>,
    /// The contents that are read as it, itself among them.
    pub names: Vec<&'p Content>,
    pub read: Option<Read<'p>>,
    /// Whether its media type tells it from another success of its status.
    pub is_one_of_several: bool,
    /// Empty where there is nothing else.
    pub ident: &'p str,
}

impl<'a> Read<'a> {
    fn plain(ty: Ty<'a>, function: &'static str) -> Self {
        Read {
            ty,
            function: Some(function),
            call: format!("{function}(reply)"),
        }
    }
}

pub fn outcome<'a>(plan: Plan<'a>, id: OperationId, scope: &Scope<'_>) -> Outcome<'a> {
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let successes = successes(plan, id);
    let reads = successes.iter().filter_map(|success| success.read.as_ref());
    let reads: IndexSet<&Read<'_>> = reads.collect();
    let reads: Vec<&Read<'_>> = reads.into_iter().collect();
    let some_are_empty = successes.iter().any(|success| success.read.is_none());
    let outcome = |ty: Ty<'a>, decoder: &str, reader: Option<String>| Outcome {
        ty,
        decoder: decoder.to_owned(),
        reader,
        accept: operation.accept(),
        is_binary: reads.iter().any(|read| read.ty == Ty::BYTES),
        choice: None,
    };
    match reads[..] {
        [] => outcome(Ty::UNIT, "decode::nothing", None),
        [read] => match read.function {
            Some("decode::json") if some_are_empty => {
                outcome(read.ty.clone().option(), "decode::optional_json", None)
            }
            Some(function) => outcome(read.ty.clone(), function, None),
            None => {
                let call = layout::expression("        ", "", &read.call, "");
                outcome(read.ty.clone(), "Self::decode", Some(call))
            }
        },
        _ => {
            let arms = choice::arms(plan, &names.output, &successes);
            Outcome {
                choice: Some(choice::choice(plan, &names.output, &successes, scope)),
                ..outcome(Ty::Local(&names.output), "Self::decode", Some(arms))
            }
        }
    }
}

/// In the order of the description, and of each status what is wanted most first.
fn successes(plan: Plan<'_>, id: OperationId) -> Vec<Success<'_>> {
    let mut names = plan.names.operation(id).successes.iter();
    let mut successes = Vec::new();
    for response in plan.api.operation(id).successes() {
        let names = names.next();
        let choices = response.named_choices();
        let is_one_of_several = choices.len() > 1;
        let of_status = names.map_or("", |names| &names.ident);
        let mut of_types = names.iter().flat_map(|names| &names.contents);
        let mut choices: Vec<_> = choices
            .into_iter()
            .map(|(content, names)| (Some(content), names))
            .collect();
        // A response without a body is a success too.
        if choices.is_empty() {
            choices.push((None, Vec::new()));
        }
        for (content, names) in choices {
            successes.push(Success {
                response,
                content,
                names,
                read: read(plan, response, content),
                is_one_of_several,
                ident: match is_one_of_several {
                    true => of_types.next().map_or("", |ident| ident),
                    false => of_status,
                },
            });
        }
    }
    successes
}

/// The described successes outside of 200–299, as the runtime has them. Every 2xx is a success without
/// being listed.
pub fn statuses_beyond_2xx(operation: &Operation) -> Vec<String> {
    let statuses = operation.successes().map(|response| response.status);
    let beyond =
        statuses.filter(|status| !status.is_success() && *status != StatusPattern::Default);
    beyond.map(status).collect()
}

/// A status as the runtime has it.
pub fn status(pattern: StatusPattern) -> String {
    match pattern {
        StatusPattern::Exact(status) => format!("Status::Exact({status})"),
        StatusPattern::Range(class) => format!("Status::Class({class})"),
        StatusPattern::Default => "Status::Any".to_owned(),
    }
}

fn read<'a>(plan: Plan<'a>, response: &Response, content: Option<&Content>) -> Option<Read<'a>> {
    // A redirect that is not followed is worth the address that it leads to.
    if response.status.is_redirect() {
        return Some(Read::plain(Ty::STRING, "decode::location"));
    }
    content.map(|content| decoded(plan, content))
}

fn decoded<'a>(plan: Plan<'a>, content: &Content) -> Read<'a> {
    match content.kind {
        ContentKind::Json => match &content.schema.kind {
            SchemaKind::Envelope(keys, _) => {
                let keys: Vec<String> = keys.iter().map(|key| literal::string(key)).collect();
                Read {
                    ty: plan.bare(&content.schema),
                    function: None,
                    call: format!("decode::enveloped(reply, &[{}])", keys.join(", ")),
                }
            }
            _ => Read::plain(plan.ty(&content.schema), "decode::json"),
        },
        ContentKind::Form => Read::plain(plan.ty(&content.schema), "decode::json"),
        ContentKind::Text => Read::plain(Ty::STRING, "decode::text"),
        ContentKind::Bytes | ContentKind::Multipart => Read::plain(Ty::BYTES, "decode::bytes"),
    }
}
