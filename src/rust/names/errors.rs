//! Names of error body variants, and of the predicates and header methods on errors.

use super::{ErrorBodyNames, TypeNames, bounded};
use crate::ir::{Api, ErrorStatus, Header, Schema, SchemaKind, reason};
use crate::naming::{IdentCase, NameScope, Words, all_words, reserved, words};
use std::collections::HashMap;

/// Returns the predicate that every generated error type has for a status.
pub fn standard_predicate(status: u16) -> Option<&'static str> {
    Some(match status {
        400 => "is_bad_request",
        401 => "is_unauthorized",
        403 => "is_forbidden",
        404 => "is_not_found",
        409 => "is_conflict",
        429 => "is_rate_limited",
        _ => return None,
    })
}

/// Returns whether every generated error type has a method for a header.
pub fn is_standard_header(name: &str) -> bool {
    name.eq_ignore_ascii_case("retry-after")
}

/// Names one predicate for each documented error status and one method for each documented error header.
pub fn predicates_and_headers(api: &Api) -> (Vec<String>, Vec<String>) {
    let mut scope = NameScope::with_reserved(IdentCase::Snake, reserved::ERROR.iter().copied());
    let predicate = |error: &ErrorStatus| {
        if let Some(standard) = standard_predicate(error.status) {
            return standard.to_owned();
        }
        let reason = words(reason(error.status));
        let shared = |other: &&ErrorStatus| other.component == error.component;
        let own = error
            .component
            .as_deref()
            .filter(|_| api.errors.iter().filter(shared).count() == 1);
        let mut wishes = Vec::new();
        wishes.extend(own.map(|name| component_words(name, &reason)));
        wishes.push(reason);
        wishes.push(vec!["status".to_owned(), error.status.to_string()]);
        wishes
            .iter_mut()
            .for_each(|wish| wish.insert(0, "is".to_owned()));
        scope.claim(&wishes).ident
    };
    let predicates = api.errors.iter().map(predicate).collect();
    let mut header = |header: &Header| {
        if is_standard_header(&header.name) {
            return "retry_after".to_owned();
        }
        let own = bounded(words(&header.name));
        let longer = [own.clone(), vec!["header".to_owned()]].concat();
        scope.claim(&[own, longer]).ident
    };
    let headers = api.error_headers.iter().map(&mut header).collect();
    (predicates, headers)
}

/// Returns the words of a response component's name without suffixes that only mean "response".
/// `NotFoundError` becomes `not found`, the HTTP reason phrase; `UpstreamProviderError` keeps its last
/// word.
fn component_words(name: &str, reason: &[String]) -> Words {
    let mut own = bounded(all_words(name));
    if own.len() > 1 && own.last().is_some_and(|word| word == "response") {
        own.pop();
    }
    if own.last().is_some_and(|word| word == "error") && own[..own.len() - 1] == *reason {
        own.pop();
    }
    own
}

/// Names the variant for each documented error body and the function that decodes it.
pub fn bodies(api: &Api, types: &[TypeNames]) -> Vec<ErrorBodyNames> {
    let mut variants = NameScope::with_reserved(IdentCase::Pascal, ["Other"]);
    let mut readers =
        NameScope::with_reserved(IdentCase::Snake, reserved::ERROR_READERS.iter().copied());
    let named = |schema: &Schema| {
        let words = body_words(types, schema);
        ErrorBodyNames {
            variant: variants.claim(std::slice::from_ref(&words)).ident,
            reader: readers.claim(&[leading_words(&words)]).ident,
        }
    };
    api.error_bodies.iter().map(named).collect()
}

/// Maps each error body's schema to its index in [`Api::error_bodies`].
pub fn error_body_indices(api: &Api) -> HashMap<SchemaKind, usize> {
    let bodies = api.error_bodies.iter().enumerate();
    bodies
        .map(|(index, body)| (body.kind.clone(), index))
        .collect()
}

/// Returns the leading words of a name that fit on a line with the code around them.
fn leading_words(words: &[String]) -> Words {
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

fn body_words(types: &[TypeNames], schema: &Schema) -> Words {
    match &schema.kind {
        SchemaKind::Declared(id) => types[id.0 as usize].words.clone(),
        SchemaKind::Array(items) => [body_words(types, items), vec!["list".to_owned()]].concat(),
        SchemaKind::Tuple(_) => vec!["list".to_owned()],
        SchemaKind::Map(_) => vec!["map".to_owned()],
        SchemaKind::String(_) => vec!["text".to_owned()],
        SchemaKind::Envelope(_, inner) => body_words(types, inner),
        _ => vec!["json".to_owned()],
    }
}
