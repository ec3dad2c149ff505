//! The body of a success response on the page of its operation.

use super::page::{Page, is_inferred};
use super::schema_section::{self, ShapeView};
use super::text;
use super::types::pretty;
use crate::describe;
use crate::example::sample;
use crate::ir::{Content, ContentKind, Response, preferred};
use crate::prose;
use serde::Serialize;

/// The body of a success response.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ResponseSection {
    /// Empty if there is nothing but a sample.
    pub lead: String,
    /// A list of one, because a template iterates it without naming it.
    pub shapes: Vec<ShapeView>,
    pub headers: Vec<HeaderRow>,
    /// A sentence that introduces the sample, and the sample as a code block.
    pub sample_lead: String,
    pub sample: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HeaderRow {
    pub name: String,
    pub ty: String,
    pub meaning: String,
}

pub fn answer(page: Page<'_>, response: &Response) -> Option<ResponseSection> {
    let content = preferred(&response.contents);
    let json = content.filter(|content| content.kind == ContentKind::Json);
    let shape = json
        .map(|content| schema_section::of_response(page, &content.schema))
        .unwrap_or_default();
    let headers: Vec<HeaderRow> = response
        .headers
        .iter()
        .map(|header| HeaderRow {
            name: prose::code_span(&header.name),
            ty: page.type_words(&header.schema),
            meaning: header
                .docs
                .description
                .as_deref()
                .map(|text| text::cell(text).0)
                .unwrap_or_default(),
        })
        .collect();
    let (sample_lead, sample) = json
        .map(|content| example_or_sample(page, content, response))
        .unwrap_or_default();
    let is_plain = shape.lead.is_empty()
        && shape.tables.is_empty()
        && shape.items.is_empty()
        && shape.values.is_empty();
    if is_plain && headers.is_empty() && sample.is_empty() {
        return None;
    }
    let status = response.status;
    // The table of responses says as much about a body without properties and headers.
    let is_in_table = is_plain && headers.is_empty();
    let lead = match json {
        _ if is_in_table => String::new(),
        Some(content) => format!(
            "{status}, {}: {}.",
            describe::code(&content.media_type),
            page.type_words(&content.schema)
        ),
        None => format!("{status}:"),
    };
    Some(ResponseSection {
        lead,
        shapes: vec![shape],
        headers,
        sample_lead,
        sample,
    })
}

/// Prints a value that is no longer than a screen. Longer ones would be most of a page, and of the search index.
pub fn short(value: &serde_json::Value) -> Option<String> {
    const LINES: usize = 60;
    const BYTES: usize = 6000;
    let text = sample::fits(value, BYTES).then(|| pretty(value))?;
    (text.lines().count() <= LINES && text.len() <= BYTES).then_some(text)
}

/// Returns an example from the description, or a generated sample that is marked as one. Omits an example
/// that is longer than a screen.
fn example_or_sample(
    page: Page<'_>,
    content: &Content,
    response: &Response,
) -> (String, Vec<String>) {
    if let Some(text) = content.examples.first().and_then(short) {
        return (
            "Response, as in the API's description:".to_owned(),
            text::fenced("json", &text),
        );
    }
    let value = sample::full(
        page.book.plan.api,
        &content.schema,
        sample::Direction::Response,
    );
    let is_small = matches!(&value, serde_json::Value::Object(map) if map.is_empty());
    match short(&value).filter(|_| !is_small) {
        Some(text) => {
            let lead = match is_inferred(page.book.plan.api, response) {
                true => format!(
                    "Response, generated from the [inferred]({}) schema; the API's own response may differ:",
                    page.inferred_link()
                ),
                false => "Response, generated from the schema:".to_owned(),
            };
            (lead, text::fenced("json", &text))
        }
        None => Default::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::short;
    use serde_json::json;

    #[test]
    fn values_longer_than_a_screen_are_left_out() {
        assert_eq!(short(&json!({"id": 1})).unwrap(), "{\n  \"id\": 1\n}");
        assert_eq!(short(&json!(vec![1; 100])), None);
        assert_eq!(short(&json!("x".repeat(10_000))), None);
    }
}
