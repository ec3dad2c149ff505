//! `mock.rs`: example responses of every operation, for tests without a server.

use super::docs::spaced;
use super::mock_pages;
use super::samples::{self, SampleFunctions};
use crate::example::sample;
use crate::example::validate::{Direction, is_valid};
use crate::ir::{Content, ContentKind, Framing, Operation, PathPart, StatusPattern, preferred};
use crate::rust::snippets::program;
use crate::rust::{Plan, literal};
use serde::Serialize;
use serde_json::Value as Json;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Mock {
    /// Lines of an example program.
    pub example: Vec<String>,
    /// One response per operation.
    pub answers: Vec<MockResponse>,
    /// `rust/src/samples.rs.j2`: a sample of each type.
    pub samples: SampleFunctions,
}

/// The response of one operation.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MockResponse {
    /// The method, as a literal.
    pub method: String,
    /// The path with `{…}` for parameters, and `{*…}` for a parameter that spans several segments, as a
    /// literal.
    pub path: String,
    pub status: u16,
    /// The media type of the body, as a literal; empty without a body.
    pub content_type: String,
    /// The body, as a literal.
    pub body: String,
    /// Set for a list whose pages do not mark the last one: the query parameter that requests another
    /// page, its value for the first page, and the body of every other page, as literals.
    pub page: Option<MockPage>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MockPage {
    pub parameter: String,
    pub first: String,
    pub body: String,
}

/// The placeholder for bytes and text without an example.
const TEXT: &str = "text";

/// Returns the responses, if the configuration enables the mock.
pub fn mock(plan: Plan<'_>) -> Option<Mock> {
    let operations = &plan.api.operations;
    (plan.options.keys.mock && !operations.is_empty()).then(|| Mock {
        example: spaced(program::mocked_start(plan).source()),
        answers: operations.iter().map(|it| answer(plan, it)).collect(),
        samples: samples::samples(plan),
    })
}

fn answer(plan: Plan<'_>, operation: &Operation) -> MockResponse {
    let path = operation.path.parts.iter().map(|part| match part {
        PathPart::Literal(text) => text.clone(),
        PathPart::Parameter(name) => match is_catch_all(operation, name) {
            true => format!("{{*{name}}}"),
            false => format!("{{{name}}}"),
        },
    });
    let path: String = path.collect();
    let success = operation.successes().next();
    let content = success.and_then(|response| preferred(&response.contents));
    let content = content.filter(|_| operation.method != "HEAD");
    let status = match success.map(|response| response.status) {
        Some(StatusPattern::Exact(status)) => status,
        Some(StatusPattern::Range(hundreds)) => u16::from(hundreds) * 100,
        Some(StatusPattern::Default) | None => 200,
    };
    let media_type = content.map_or("", |content| content.media_type.as_str());
    let media_type = match media_type.contains('*') {
        true => "application/octet-stream",
        false => media_type,
    };
    let (body, page) = match content {
        Some(content) => body(plan, operation, content),
        None => (String::new(), None),
    };
    let is_plain = media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    MockResponse {
        method: literal::string(&operation.method),
        path: literal::string(&path),
        status,
        content_type: literal::string(if is_plain { media_type } else { "" }),
        body: literal::string(&body),
        page,
    }
}

/// Returns whether a path parameter spans several segments.
fn is_catch_all(operation: &Operation, name: &str) -> bool {
    let mut parameters = operation.parameters.iter();
    parameters.any(|parameter| parameter.catch_all && parameter.name == name)
}

/// Returns the body of the response, and the responses to later pages.
fn body(plan: Plan<'_>, operation: &Operation, content: &Content) -> (String, Option<MockPage>) {
    let is_json = content.kind == ContentKind::Json && content.items.is_none();
    let Some(paging) = operation.paging.as_ref().filter(|_| is_json) else {
        return (text(plan, content), None);
    };
    let Ok(mut value) = serde_json::from_str(&text(plan, content)) else {
        return (text(plan, content), None);
    };
    let rest = mock_pages::close(plan.api, content, paging, &mut value);
    let page = rest.map(|rest| MockPage {
        parameter: literal::string(&rest.parameter),
        first: literal::string(&rest.first),
        body: literal::string(&rest.page.to_string()),
    });
    (value.to_string(), page)
}

fn text(plan: Plan<'_>, content: &Content) -> String {
    let sampled = |schema| sample::full(plan.api, schema, Direction::Response);
    if let Some(items) = &content.items {
        let value = sampled(&items.schema);
        return match items.framing {
            Framing::Events => format!("data: {value}\n\n"),
            Framing::Lines => format!("{value}\n"),
        };
    }
    let is_fit = |value: &&Json| {
        sample::is_small(plan.api, value)
            && is_valid(plan.api, Direction::Response, &content.schema, value)
    };
    let shown = content.examples.iter().find(is_fit);
    match content.kind {
        ContentKind::Json => match shown {
            Some(value) => value.to_string(),
            None => sampled(&content.schema).to_string(),
        },
        _ => match shown.and_then(Json::as_str) {
            Some(text) => text.to_owned(),
            None => TEXT.to_owned(),
        },
    }
}
