//! Describes operations: headlines, errors, pagination, polling.

use super::{code, json};
use crate::ir::{
    Docs, ErrorStatus, NextPage, Operation, PageEnd, PageParameter, Pagination, Polling, Response,
    Schema, SchemaKind, reason,
};
use crate::prose;

/// Returns method and path as a code span.
pub fn request_line(operation: &Operation) -> String {
    code(&format!("{} {}", operation.method, operation.path.raw))
}

/// Splits docs into a headline and the rest. The headline is the summary, else the first sentence of the
/// description; a description of one line is not repeated in the rest.
pub fn headline(docs: &Docs) -> (Docs, Docs) {
    let description = docs.description.as_deref();
    let sentence = description
        .map(prose::first_sentence)
        .filter(|text| !text.is_empty());
    let repeats =
        docs.summary.is_none() && description.is_some_and(|text| !text.trim().contains('\n'));
    let head = Docs {
        summary: docs.summary.clone().or(sentence),
        ..Docs::default()
    };
    let rest = Docs {
        summary: None,
        description: docs.description.clone().filter(|_| !repeats),
        external: docs.external.clone(),
    };
    (head, rest)
}

/// The most characters of a heading. A longer one fills the table of contents.
const LONGEST_HEADING: usize = 60;

/// Returns the summary as a heading: all of it, else its first clause. `None` if both are too long.
pub fn heading(docs: &Docs) -> Option<String> {
    let summary = docs.summary.as_deref()?;
    let fits = |text: &str| {
        let count = text.chars().count();
        (1..=LONGEST_HEADING).contains(&count)
    };
    let whole = prose::plain(summary);
    let whole = whole.trim().trim_end_matches('.');
    if fits(whole) {
        return Some(whole.to_owned());
    }
    let sentence = prose::first_sentence(summary);
    let sentence = prose::plain(&sentence);
    // A question says nothing about the operation.
    if sentence.ends_with('?') {
        return None;
    }
    let sentence = sentence.trim_end_matches(['.', '…']);
    let clauses = [sentence].into_iter().chain(
        CLAUSE_ENDS
            .iter()
            .filter_map(|end| Some(sentence.split_once(end)?.0)),
    );
    // A single word in front of a comma is not a clause.
    let mut clauses = clauses.filter(|clause| fits(clause) && clause.contains(' '));
    clauses.next().map(str::to_owned)
}

/// Where the first clause of a sentence may end.
const CLAUSE_ENDS: [&str; 6] = [": ", "; ", " (", ", ", " - ", " – "];

/// Describes an error status in one sentence: as the document does, else by its reason phrase.
pub fn meaning(error: &ErrorStatus) -> String {
    let documented = error
        .description
        .as_deref()
        .map(prose::first_sentence)
        .unwrap_or_default();
    match documented.is_empty() {
        true => reason(error.status).to_owned(),
        false => documented,
    }
}

/// Returns the first sentence that the document has for an error response.
pub fn error_meaning(response: &Response) -> Option<String> {
    let description = response.docs.description.as_deref();
    let sentence = description.map(prose::first_sentence);
    sentence.filter(|sentence| !sentence.is_empty())
}

/// Describes how pages are found, in a sentence or two.
pub fn pagination(paging: &Pagination) -> String {
    let member = |at: &[String]| code(&at.join("."));
    let of = |place: &PageParameter| match place {
        PageParameter::Query(name) => code(name),
        PageParameter::Body(members) => format!("{} of the body", member(members)),
    };
    let next = match &paging.next {
        NextPage::Cursor { parameter, at } => format!(
            "The cursor is {1} of each page, and is sent as {0}.",
            of(parameter),
            member(at)
        ),
        NextPage::LastItem { parameter, at } => format!(
            "The cursor is {1} of the last item of each page, and is sent as {0}.",
            of(parameter),
            member(at)
        ),
        NextPage::Page { parameter, .. } => {
            format!("The page number is sent as {}.", of(parameter))
        }
        NextPage::Offset { parameter } => {
            format!(
                "The number of items before the page is sent as {}.",
                of(parameter)
            )
        }
        NextPage::Link => {
            "The URL of the next page is in the header `Link` of each page.".to_owned()
        }
        NextPage::Url { at } => format!("The URL of the next page is {} of each page.", member(at)),
    };
    match &paging.end {
        PageEnd::Unstated => next,
        PageEnd::More(at) => format!("{next} The stream ends when {} is false.", member(at)),
        PageEnd::Total(at) => format!("{next} The stream ends at the total in {}.", member(at)),
    }
}

/// Describes what a method waits for, in a sentence.
pub fn polling(polling: &Polling) -> String {
    let Some(until) = &polling.done_when else {
        return "Polls until `is_done` returns true for the response.".to_owned();
    };
    let values: Vec<String> = until.values.iter().map(json).collect();
    let values = match &values[..] {
        [all @ .., last] if !all.is_empty() => format!("{} or {last}", all.join(", ")),
        all => all.concat(),
    };
    let property = code(&until.member.join("."));
    format!("Polls until {property} is {values}.")
}

/// Returns the sentence about an envelope that is not documented.
pub fn envelope(schema: &Schema) -> Option<String> {
    let SchemaKind::Envelope(keys, _) = &schema.kind else {
        return None;
    };
    let keys: Vec<String> = keys.iter().map(|key| code(key)).collect();
    let keys = match &keys[..] {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => keys.concat(),
    };
    Some(format!(
        "The documentation does not state whether the body is the value itself or an object that contains it \
         under {keys}. The client accepts both."
    ))
}
