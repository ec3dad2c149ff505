//! An operation on the page of its group.

use super::curl;
use super::page::{Page, PageLink, is_inferred};
use super::response::{ResponseSection, answer};
use super::schema_section::{self, ShapeView};
use super::table::{self, Table};
use super::text;
use crate::describe;
use crate::ir::{Content, ContentKind, Idempotency, OperationId, Response, preferred, reason};
use crate::naming::title::sentence;
use crate::naming::{method, words};
use crate::prose;
use crate::rust::plan::errors::ErrorPlan;
use crate::rust::snippets::call;
use serde::Serialize;

/// One operation.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OperationSection {
    pub heading: String,
    /// A link and the request line, for the table at the top of the page.
    pub link: String,
    pub call: String,
    /// The call without the accessor of its resource.
    pub method: String,
    pub line: String,
    pub deprecated: bool,
    pub description: Vec<String>,
    pub marks: Marks,
    /// Facts about the operation, as list items.
    pub facts: Vec<String>,
    /// At most one table.
    pub parameters: Vec<Table>,
    pub bodies: Vec<BodyView>,
    pub responses: Vec<ResponseRow>,
    /// Responses with more documentation than a table row holds.
    pub answers: Vec<ResponseSection>,
    pub errors: Vec<ErrorRow>,
    pub rust: Vec<String>,
    pub curl: Vec<String>,
}

/// The anchors of an operation's sections, as heading attributes.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Marks {
    pub parameters: String,
    pub body: String,
    pub responses: String,
    pub errors: String,
    pub examples: String,
}

impl Marks {
    fn below(anchor: &str) -> Self {
        let mark = |section: &str| format!("{{#{anchor}.{section}}}");
        Marks {
            parameters: mark("parameters"),
            body: mark("body"),
            responses: mark("responses"),
            errors: mark("errors"),
            examples: mark("examples"),
        }
    }
}

/// A request body in one media type.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BodyView {
    pub lead: String,
    pub description: Vec<String>,
    /// A list of one, because a template iterates it without naming it.
    pub shapes: Vec<ShapeView>,
}

/// A documented success response.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ResponseRow {
    pub status: String,
    pub meaning: String,
    pub ty: String,
}

/// A documented error response.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ErrorRow {
    pub status: String,
    pub meaning: String,
    /// The predicate that matches this error.
    pub predicate: String,
    pub ty: String,
}

/// Returns the anchor of an operation, built from its Rust path.
pub fn anchor(page: Page<'_>, id: OperationId) -> String {
    let plan = page.book.plan;
    let resource = &plan.names.resources[plan.api.operation(id).group];
    format!("{}.{}", resource.accessor, plan.names.operation(id).method)
}

/// Returns the name of an operation for a heading or a link: its summary, the first clause of a long one, or the
/// words of its method.
pub fn title(page: Page<'_>, id: OperationId) -> String {
    let plan = page.book.plan;
    let operation = plan.api.operation(id);
    let summary = describe::heading(&operation.docs).map(|text| text::heading(&text));
    summary
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| {
            let resource = &plan.names.resources[operation.group].accessor;
            let method = &plan.names.operation(id).method;
            let is_list = operation.paging.is_some();
            let words = method::heading(&words(method), &words(resource), is_list);
            text::heading(&sentence(&words))
        })
}

/// Returns a link to an operation's section.
pub fn link(page: Page<'_>, id: OperationId) -> String {
    let group = page.book.plan.api.operation(id).group;
    let url = page.to(&page.book.resource_page(group), &anchor(page, id));
    PageLink::new(text::link_text(&title(page, id)), url).markdown()
}

pub fn view(page: Page<'_>, id: OperationId) -> OperationSection {
    let plan = page.book.plan;
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let title = title(page, id);
    let anchor = anchor(page, id);
    let table = table::parameters(page, &plan.operation(id).arguments);
    OperationSection {
        heading: format!("## {title} {{#{anchor}}}"),
        link: link(page, id),
        method: prose::piped(&describe::code(&format!(".{}(…)", names.method))),
        call: prose::code_span(&format!(
            "client.{}().{}(…)",
            plan.names.resources[operation.group].accessor, names.method
        )),
        line: prose::piped(&describe::request_line(operation)),
        deprecated: operation.deprecated,
        description: text::description(&operation.docs, 3, &anchor),
        marks: Marks::below(&anchor),
        facts: facts(page, id),
        parameters: Some(table)
            .filter(|table| !table.rows.is_empty())
            .into_iter()
            .collect(),
        bodies: bodies(page, id, &anchor),
        responses: operation
            .successes()
            .map(|response| row(page, response))
            .collect(),
        answers: operation
            .successes()
            .filter_map(|response| answer(page, response))
            .collect(),
        errors: errors(page, id),
        rust: text::fenced("rust,ignore", &call::doctest(plan, id).visible().join("\n")),
        curl: text::fenced("sh", &curl::command(plan, id)),
    }
}

fn facts(page: Page<'_>, id: OperationId) -> Vec<String> {
    let operation = page.book.plan.api.operation(id);
    let planned = page.book.plan.operation(id);
    let method = describe::code(&operation.method);
    let retries = page.to("errors.md", super::errors::RETRIES);
    let mut facts = vec![match &operation.idempotency {
        Idempotency::Method => format!(
            "Retries: {method} is idempotent, so the client [retries]({retries}) failed attempts."
        ),
        Idempotency::Declared => format!(
            "Retries: the operation is idempotent, so the client [retries]({retries}) failed attempts."
        ),
        Idempotency::Key(header) => format!(
            "Retries: the request has an idempotency key in {}, so the client [retries]({retries}) failed attempts \
             with the same key. It generates a key unless you set one.",
            describe::code(header)
        ),
        Idempotency::Never => format!(
            "Retries: {method} is not idempotent, so the request reaches the server at most once. \
             The client [retries]({retries}) it only if no connection could be made."
        ),
    }];
    facts.push(format!(
        "Credential: {}.",
        super::authentication::required_credentials(page, operation)
    ));
    if let Some(server) = &planned.server {
        let url = describe::code(server);
        facts.push(format!("Server: {url}, unless a base URL is set."));
    }
    for stream in &planned.streams {
        facts.push(format!(
            "Streaming: {} requests {} and returns the values as they arrive.",
            describe::code(&format!(".{}()", stream.method)),
            describe::code(&stream.content.media_type)
        ));
    }
    if let Some(polling) = &operation.polling {
        facts.push(format!(
            "Polling: {} waits until the work is done. {}",
            describe::code(&format!(".{}()", polling.name)),
            describe::polling(polling)
        ));
    }
    if let Some(paging) = &operation.paging {
        facts.push(format!(
            "Pagination: {} returns a stream of pages, and {} a stream of the items of all pages. {}",
            describe::code(".pages()"),
            describe::code(".items()"),
            describe::pagination(paging)
        ));
    }
    facts
}

fn bodies(page: Page<'_>, id: OperationId, anchor: &str) -> Vec<BodyView> {
    let Some(body) = &page.book.plan.operation(id).body else {
        return Vec::new();
    };
    let [content, others @ ..] = &body.contents[..] else {
        return Vec::new();
    };
    let required = match body.is_positional {
        true => "Required",
        false => "Optional",
    };
    let mut lead = format!(
        "{required}, {}: {}.",
        describe::code(&content.media_type),
        content_words(page, content)
    );
    let others: Vec<String> = others
        .iter()
        .map(|other| describe::code(&other.media_type))
        .collect();
    if !others.is_empty() {
        lead.push_str(&format!(" Or as {}.", others.join(", ")));
    }
    let description = text::description(&body.described.docs, 4, &format!("{anchor}.body"));
    vec![BodyView {
        lead,
        description,
        shapes: vec![match &content.parts {
            Some(parts) => schema_section::of_parts(page, parts),
            None => schema_section::of_request(page, &content.schema),
        }],
    }]
}

fn row(page: Page<'_>, response: &Response) -> ResponseRow {
    let meaning = response
        .docs
        .description
        .as_deref()
        .or(response.docs.summary.as_deref());
    ResponseRow {
        status: response.status.to_string(),
        meaning: meaning.map(|text| text::cell(text).0).unwrap_or_default(),
        ty: match response.choices() {
            choices if choices.len() > 1 => choice_words(page, &choices),
            _ => body_words(page, response).unwrap_or_else(|| "no body".to_owned()),
        },
    }
}

/// Returns the description of a body, for each media type.
fn choice_words(page: Page<'_>, choices: &[&Content]) -> String {
    let words = |content: &&Content| {
        let media_type = prose::code_span(&content.media_type);
        format!("{} as {media_type}", content_words(page, content))
    };
    choices.iter().map(words).collect::<Vec<_>>().join(", or ")
}

/// Returns the description of a response's body, with a dagger if it is inferred; `None` without a body.
fn body_words(page: Page<'_>, response: &Response) -> Option<String> {
    let content = preferred(&response.contents)?;
    let words = content_words(page, content);
    Some(if is_inferred(page.book.plan.api, response) {
        format!("{words} †")
    } else {
        words
    })
}

/// Returns the description of a body from the client's point of view.
pub fn content_words(page: Page<'_>, content: &Content) -> String {
    match content.kind {
        ContentKind::Json | ContentKind::Form => page.type_words(&content.schema),
        ContentKind::Multipart => "parts".to_owned(),
        ContentKind::Text => "text".to_owned(),
        ContentKind::Bytes => "bytes".to_owned(),
    }
}

fn errors(page: Page<'_>, id: OperationId) -> Vec<ErrorRow> {
    let row = |error: &ErrorPlan<'_>| {
        let description = error.response.docs.description.as_deref();
        let documented = description.map(|text| text::cell(text).0);
        let usual = || error.status.map(|status| prose::escaped(reason(status)));
        ErrorRow {
            status: error.response.status.to_string(),
            meaning: documented
                .filter(|text| !text.is_empty())
                .or_else(usual)
                .unwrap_or_default(),
            predicate: prose::code_span(error.predicate.unwrap_or("is_api")),
            ty: body_words(page, error.response).unwrap_or_default(),
        }
    };
    let errors = &page.book.plan.operation(id).errors;
    errors.iter().map(row).collect()
}
