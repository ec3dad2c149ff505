//! Names within one operation: its arguments, and the variants and fields of its request and response
//! types.

use super::claims::{Holders, claim_pin, report_taken};
use super::{SuccessNames, bounded};
use crate::diag::Diagnostics;
use crate::ir::{
    Api, Content, ContentKind, Header, Operation, Parameter, ParameterLocation, Response,
    StatusPattern,
};
use crate::naming::{IdentCase, Scope, Words, reserved, words};

pub fn header_fields(headers: &[&Header]) -> Vec<String> {
    let mut scope = Scope::new(IdentCase::Snake);
    let mut field = |header: &&Header| scope.claim(&[bounded(words(&header.name))]).ident;
    headers.iter().map(&mut field).collect()
}

/// Names the variants of an operation's request body enum.
pub fn bodies(operation: &Operation) -> Vec<String> {
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    let contents: Vec<&Content> = contents.collect();
    let mut scope = Scope::new(IdentCase::Pascal);
    let variant = |content: &&Content| scope.claim(&media_words(content)).ident;
    match contents.len() {
        0 | 1 => Vec::new(),
        _ => contents.iter().map(variant).collect(),
    }
}

/// Returns the candidates for a media type's variant: its common name, then its whole name.
fn media_words(content: &Content) -> Vec<Words> {
    // RFC 9110, section 8.3.1. An invalid media type makes no name.
    let is_token = |text: &str| {
        let marks = b"!#$%&'*+-.^_`|~";
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || marks.contains(&byte);
        !text.is_empty() && text.bytes().all(fits)
    };
    let essence = content.media_type.split(';').next().unwrap_or_default();
    let media_type = essence.trim().split_once('/');
    let media_type = media_type.filter(|(family, subtype)| is_token(family) && is_token(subtype));
    let Some((family, subtype)) = media_type else {
        return vec![words("bytes")];
    };
    let subtype = subtype
        .trim_start_matches("x-")
        .trim_start_matches("vnd.")
        .trim_start_matches("x.");
    let wish = match (content.kind, subtype) {
        (ContentKind::Form, _) => words("form"),
        (ContentKind::Multipart, _) => words("multipart"),
        (ContentKind::Text, "plain") => words("text"),
        (ContentKind::Bytes, "octet-stream") => words("bytes"),
        (ContentKind::Bytes, "*") if family == "*" => words("bytes"),
        (_, "*") => words(family),
        _ => words(subtype),
    };
    vec![bounded(wish), bounded(words(&content.media_type))]
}

/// Names the setters for the parts of a multipart body. A required part uses the name as an argument.
pub fn parts(api: &Api, content: &Content) -> Vec<String> {
    let mut scope = Scope::with_reserved(IdentCase::Snake, reserved::FORM.iter().copied());
    let members = content.parts(api).map(|parts| &parts.members[..]);
    let members = members.unwrap_or_default().iter();
    members
        .map(|member| {
            let own = words(&member.name);
            scope
                .claim(&[own.clone(), [own, words("part")].concat()])
                .ident
        })
        .collect()
}

/// Names the variants of an operation's response enum: HTTP reason phrases for statuses, common names for
/// media types.
pub fn successes(operation: &Operation) -> Vec<SuccessNames> {
    let responses: Vec<&Response> = operation.successes().collect();
    let mut scope = Scope::new(IdentCase::Pascal);
    let mut names: Vec<SuccessNames> = Vec::new();
    for response in &responses {
        let numbered = words(&format!("status {}", response.status));
        let ident = match responses.len() {
            1 => String::new(),
            _ => {
                scope
                    .claim(&[status_words(response.status), numbered])
                    .ident
            }
        };
        let contents = Vec::new();
        names.push(SuccessNames { ident, contents });
    }
    // Claim media types after all statuses, so that an added media type renames no status.
    for (names, response) in names.iter_mut().zip(&responses) {
        let choices = response.choices();
        let status = match responses.len() {
            1 => Words::new(),
            _ => status_words(response.status),
        };
        let of_status = |words: Words| [status.clone(), words].concat();
        let variant = |content: &&Content| {
            let wishes = media_words(content).into_iter().map(of_status);
            scope.claim(&wishes.collect::<Vec<_>>()).ident
        };
        if choices.len() > 1 {
            names.contents = choices.iter().map(variant).collect();
        }
    }
    names.retain(|names| responses.len() > 1 || !names.contents.is_empty());
    names
}

fn status_words(status: StatusPattern) -> Words {
    match status {
        StatusPattern::Exact(status) => words(success(status)),
        StatusPattern::Range(2) => words("success"),
        StatusPattern::Range(_) => words("redirect"),
        StatusPattern::Default => words("default"),
    }
}

/// Returns the reason phrase of a status (RFC 9110, sections 15.3 and 15.4, and RFC 4918).
fn success(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        203 => "Non Authoritative",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        207 => "Multi Status",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        _ => "Other",
    }
}

/// Names the arguments and setters for parameters, and the setters that take an `Option`.
pub fn parameters(
    operation: &Operation,
    diagnostics: &mut Diagnostics,
) -> (Vec<String>, Vec<String>) {
    let mut scope = Scope::with_reserved(IdentCase::Snake, reserved::CALL.iter().copied());
    if operation.paging.is_some() {
        reserved::PAGES.iter().for_each(|name| scope.reserve(name));
    }
    if let Some(polling) = &operation.polling {
        scope.reserve(&polling.name);
    }
    let mut pinned: Vec<Option<String>> = Vec::new();
    let mut holders = Holders::default();
    for parameter in &operation.parameters {
        let pin = parameter.pinned.as_ref();
        let taken = |name: &str| holders.find(name);
        let claimed = claim_pin(&mut scope, pin, parameter.at, taken, diagnostics);
        let ident = claimed.map(|claimed| claimed.ident);
        holders.add(ident.as_deref().unwrap_or_default(), parameter.at);
        pinned.push(ident);
    }
    let mut names: Vec<String> = Vec::new();
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let place = match parameter.location {
            ParameterLocation::Path => "path",
            ParameterLocation::Query | ParameterLocation::QueryString => "query",
            ParameterLocation::Header => "header",
            ParameterLocation::Cookie => "cookie",
        };
        let own = words(&parameter.name);
        let wishes = [own.clone(), [own, words(place)].concat()];
        let name = pinned[index].clone().unwrap_or_else(|| {
            let claimed = scope.claim(&wishes);
            let taken = |name: &str| holders.find(name);
            report_taken(
                diagnostics,
                parameter.at,
                IdentCase::Snake,
                &wishes[0],
                &claimed,
                taken,
            );
            claimed.ident
        });
        holders.add(&name, parameter.at);
        names.push(name);
    }
    let parameters = operation.parameters.iter();
    let is_setter = |it: &Parameter| !operation.is_argument(it) && it.constant.is_none();
    let maybe = parameters.map(|parameter| match !is_setter(parameter) {
        true => String::new(),
        false => {
            let own = [words("maybe"), words(&parameter.name)].concat();
            scope
                .claim(&[own.clone(), [own, words("value")].concat()])
                .ident
        }
    });
    let maybe = maybe.collect();
    (names, maybe)
}
