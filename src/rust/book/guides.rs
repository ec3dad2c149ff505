//! The pages about pagination, streaming and testing, and the changelog.

use super::page::{Book, Page};
use super::{operation, text};
use crate::describe;
use crate::ir::OperationId;
use crate::prose;
use crate::rust::snippets::{call, program};
use serde::Serialize;

pub const PAGINATION: &str = "pagination.md";
pub const STREAMING: &str = "streaming.md";
pub const TESTING: &str = "testing.md";
pub const CHANGELOG: &str = "changelog.md";

/// `docs/pagination.md.j2`, for an API with paginated operations, and `docs/streaming.md.j2`, for an API whose responses
/// are streams of values.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OperationsPage {
    /// A code block.
    pub example: Vec<String>,
    pub operations: Vec<OperationRow>,
}

/// An operation in a table.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OperationRow {
    pub link: String,
    pub method: String,
    pub about: String,
}

/// `docs/testing.md.j2`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TestingPage {
    /// A test as a code block.
    pub example: Vec<String>,
    pub has_mock: bool,
    pub has_wire_tests: bool,
}

/// Returns `None` if no operation has pages.
pub fn pagination(book: &Book<'_>) -> Option<OperationsPage> {
    let plan = book.plan;
    let page = book.page(PAGINATION);
    let row = |id: OperationId| {
        let planned = plan.operation(id).pagination.as_ref()?;
        let method = describe::code(".items()");
        let about = describe::pagination(planned.pagination);
        Some(row(page, id, method, about))
    };
    let operations: Vec<OperationRow> = plan.api.operation_ids().filter_map(row).collect();
    (!operations.is_empty()).then(|| OperationsPage {
        example: rust(&call::pages_doctest(plan).visible()),
        operations,
    })
}

/// Returns `None` if no response is a stream of values.
pub fn streaming(book: &Book<'_>) -> Option<OperationsPage> {
    let plan = book.plan;
    let page = book.page(STREAMING);
    let streams = plan.api.operation_ids().flat_map(|id| {
        let streams = plan.operation(id).streams.iter();
        streams.map(move |stream| (id, stream))
    });
    let mut example = Vec::new();
    let mut operations = Vec::new();
    for (id, stream) in streams {
        if example.is_empty() {
            example = rust(&call::stream_doctest(plan, id, stream).visible());
        }
        let method = describe::code(&format!(".{}()", stream.method));
        let about = format!("Each value: {}.", page.type_words(&stream.items.schema));
        let media_type = describe::code(&stream.content.media_type);
        operations.push(row(page, id, method, format!("{media_type}. {about}")));
    }
    (!operations.is_empty()).then_some(OperationsPage {
        example,
        operations,
    })
}

/// Returns `None` without operations.
pub fn testing(book: &Book<'_>) -> Option<TestingPage> {
    let example = program::memory_test(book.plan).visible();
    (!example.is_empty()).then(|| TestingPage {
        example: rust(&example),
        has_mock: book.plan.options.keys.mock,
        has_wire_tests: book.plan.options.keys.wire_tests,
    })
}

/// Returns a page that includes the crate's changelog, so that edits of it do not make the book outdated.
pub fn changelog(book: &Book<'_>) -> Option<String> {
    let path = book.plan.options.changelog.as_deref()?;
    Some(format!("{{{{#include {path}}}}}\n"))
}

fn row(page: Page<'_>, id: OperationId, method: String, about: String) -> OperationRow {
    OperationRow {
        link: operation::link(page, id),
        method: prose::piped(&method),
        about: prose::piped(&about),
    }
}

fn rust(lines: &[String]) -> Vec<String> {
    match lines.is_empty() {
        true => Vec::new(),
        false => text::fenced("rust,ignore", &lines.join("\n")),
    }
}
