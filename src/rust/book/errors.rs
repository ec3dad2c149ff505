//! The page about errors, retries and redirects.

use super::page::{Book, Page};
use crate::describe;
use crate::ir::Response;
use crate::prose;
use indexmap::IndexSet;
use serde::Serialize;

/// The page's path.
pub const PATH: &str = "errors.md";

/// The anchor of the section about retries.
pub const RETRIES: &str = "Retries";

/// The page about errors.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ErrorsPage {
    pub statuses: Vec<StatusRow>,
    /// The variants of `ErrorBody`; empty if the description has no error bodies.
    pub bodies: Vec<String>,
    pub example: Vec<String>,
    /// The heading of the section about retries.
    pub retries: String,
    /// Whether some operation is retried although its method is not idempotent.
    pub repeats_more: bool,
    /// The statuses that are retried, as a phrase.
    pub retried_statuses: String,
}

/// A documented error status.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StatusRow {
    pub status: u16,
    pub meaning: String,
    pub predicate: String,
    pub ty: String,
}

pub fn page(book: &Book<'_>) -> ErrorsPage {
    let plan = book.plan;
    let page = book.page(PATH);
    let statuses = plan
        .api
        .errors
        .iter()
        .zip(&plan.names.predicates)
        .map(|(error, predicate)| StatusRow {
            status: error.status,
            meaning: crate::prose::piped(&describe::meaning(error)),
            predicate: prose::code_span(predicate),
            ty: body(page, error.status),
        });
    ErrorsPage {
        statuses: statuses.collect(),
        bodies: plan
            .names
            .error_bodies
            .iter()
            .map(|names| prose::code_span(&format!("ErrorBody::{}", names.variant)))
            .collect(),
        example: example(book),
        retries: format!("## Retries {{#{RETRIES}}}"),
        repeats_more: plan.api.retries_more_than_methods(),
        retried_statuses: plan.retried_statuses(),
    }
}

/// Returns the deduplicated body types of the responses with a status.
fn body(page: Page<'_>, status: u16) -> String {
    let operations = page.book.plan.api.operations.iter();
    let responses = operations.flat_map(|operation| &operation.responses);
    let exact =
        responses.filter(|response| response.status == crate::ir::StatusPattern::Exact(status));
    let mut found: IndexSet<String> = IndexSet::new();
    for words in exact
        .filter_map(Response::json)
        .map(|schema| page.type_words(schema))
    {
        found.insert(words);
    }
    // A long list would only show that the type depends on the operation.
    let found: Vec<String> = found.into_iter().collect();
    match found.len() {
        0 => "not described".to_owned(),
        1..=3 => found.join(", "),
        _ => "depends on the operation".to_owned(),
    }
}

/// Returns an example that matches on errors.
fn example(book: &Book<'_>) -> Vec<String> {
    let plan = book.plan;
    let mut code = format!(
        "use {}::Error;\n\nfn explain(error: &Error) -> &'static str {{\n",
        plan.crate_name()
    );
    for (error, predicate) in plan.api.errors.iter().zip(&plan.names.predicates).take(2) {
        let text = crate::rust::literal::string(&format!("status {}", error.status));
        code.push_str(&format!(
            "    if error.{predicate}() {{\n        return {text};\n    }}\n"
        ));
    }
    code.push_str("    match error {\n        Error::Api(_) => \"the API says no\",\n");
    code.push_str(
        "        _ if error.may_have_reached_server() => \"the outcome is not known\",\n",
    );
    code.push_str("        _ => \"nothing was sent\",\n    }\n}");
    super::text::fenced("rust,ignore", &code)
}
