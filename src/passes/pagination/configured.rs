//! Validates configured pagination against the operation.

use super::page::ListResponse;
use crate::ir::{
    Api, NextPage, OperationId, PageEnd, PageParameter, Pagination, PaginationHint, Schema,
    SchemaKind,
};

/// Resolves a hint. The error is why the operation does not match it.
pub fn paging(api: &Api, id: OperationId, hint: &PaginationHint) -> Result<Pagination, String> {
    let page = ListResponse::of(api, id).ok_or("it has no single JSON success response")?;
    let (items, item) = match &hint.items {
        None => page
            .items()
            .map(|(path, item)| (path, item.clone()))
            .ok_or("its response has no list, or more than one; set `items`")?,
        Some(text) => {
            let (path, schema) = member(&page, text)?;
            match page.kind(schema.unwrap_or(&ANY)) {
                SchemaKind::Array(item) => (path, (**item).clone()),
                SchemaKind::Any => (path, Schema::any()),
                _ => return Err(format!("`{text}` is not a list")),
            }
        }
    };
    Ok(Pagination {
        next: next(&page, &hint.next, &item)?,
        end: match &hint.end {
            PageEnd::Unstated => PageEnd::Unstated,
            PageEnd::More(at) => PageEnd::More(path(&page, at)?),
            PageEnd::Total(at) => PageEnd::Total(path(&page, at)?),
        },
        items,
        item,
    })
}

static ANY: Schema = Schema {
    kind: SchemaKind::Any,
    nullable: false,
    facts: None,
};

fn next(
    page: &ListResponse<'_>,
    wished: &NextPage<String>,
    item: &Schema,
) -> Result<NextPage, String> {
    Ok(match wished {
        NextPage::Cursor { parameter, at } => NextPage::Cursor {
            parameter: parameter_of(page, parameter)?,
            at: path(page, at)?,
        },
        NextPage::LastItem { parameter, at } => NextPage::LastItem {
            parameter: parameter_of(page, parameter)?,
            at: split(page, item, &at.concat())
                .map(|(path, _)| path)
                .ok_or_else(|| format!("its items have no property `{}`", at.concat()))?,
        },
        NextPage::Page { parameter, first } => NextPage::Page {
            parameter: parameter_of(page, parameter)?,
            first: *first,
        },
        NextPage::Offset { parameter } => NextPage::Offset {
            parameter: parameter_of(page, parameter)?,
        },
        NextPage::Link => NextPage::Link,
        NextPage::Url { at } => NextPage::Url {
            at: path(page, at)?,
        },
    })
}

/// Returns a query parameter, or else a property of the JSON body.
fn parameter_of(page: &ListResponse<'_>, text: &str) -> Result<PageParameter, String> {
    if page.parameters().any(|parameter| parameter.name == text) {
        return Ok(PageParameter::Query(text.to_owned()));
    }
    let Some(schema) = page.body() else {
        return Err(format!("it has no query parameter `{text}`"));
    };
    split(page, schema, text)
        .map(|(path, _)| PageParameter::Body(path))
        .ok_or_else(|| format!("neither its query nor its body has a parameter `{text}`"))
}

fn path(page: &ListResponse<'_>, at: &[String]) -> Result<Vec<String>, String> {
    member(page, &at.concat()).map(|(path, _)| path)
}

/// Returns a property of the response by its dotted path; the schema is unknown below undocumented values.
fn member<'a>(
    page: &ListResponse<'a>,
    text: &str,
) -> Result<(Vec<String>, Option<&'a Schema>), String> {
    split(page, page.schema, text).ok_or_else(|| format!("its response has no property `{text}`"))
}

/// Names may contain dots, so the longest documented name takes precedence.
fn split<'a>(
    page: &ListResponse<'a>,
    schema: &'a Schema,
    text: &str,
) -> Option<(Vec<String>, Option<&'a Schema>)> {
    let is_open = matches!(page.kind(schema), SchemaKind::Any | SchemaKind::Map(_));
    if is_open {
        return Some((text.split('.').map(str::to_owned).collect(), None));
    }
    let members = page.members(schema);
    let named = |name: &str| members.iter().find(|member| member.name == name);
    if let Some(member) = named(text) {
        return Some((vec![text.to_owned()], Some(&member.schema)));
    }
    let dots = text.rmatch_indices('.').map(|(at, _)| at);
    dots.filter_map(|at| {
        let member = named(&text[..at])?;
        let (rest, schema) = split(page, &member.schema, &text[at + 1..])?;
        let path = std::iter::once(member.name.clone()).chain(rest).collect();
        Some((path, schema))
    })
    .next()
}
