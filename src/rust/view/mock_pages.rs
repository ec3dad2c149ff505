//! Pages of the mock's paginated responses: each list ends, so that iterating it in a test terminates.

use crate::example::validate::{Direction, is_valid};
use crate::ir::{Api, Content, NextPage, PageEnd, PageParameter, Pagination};
use serde_json::{Value as Json, json};

/// The response to requests for a page after the first.
pub struct Rest {
    /// The query parameter that requests a page, and its value for the first page.
    pub parameter: String,
    pub first: String,
    pub page: Json,
}

/// Marks a page as the last one, if one of its properties does that.
pub fn close(api: &Api, content: &Content, paging: &Pagination, page: &mut Json) -> Option<Rest> {
    if let PageEnd::More(at) = &paging.end {
        set(page, at, Some(json!(false)));
        return None;
    }
    let (place, first) = match &paging.next {
        NextPage::Link => return None,
        NextPage::Cursor { at, .. } | NextPage::Url { at } => {
            let ends = [Some(Json::Null), None, Some(json!(""))];
            let closed = ends.into_iter().map(|end| {
                let mut closed = page.clone();
                set(&mut closed, at, end);
                closed
            });
            let mut closed =
                closed.filter(|page| is_valid(api, Direction::Response, &content.schema, page));
            *page = closed.next()?;
            return None;
        }
        NextPage::LastItem { parameter, .. } => (parameter, String::new()),
        NextPage::Page { parameter, first } => (parameter, first.to_string()),
        NextPage::Offset { parameter } => (parameter, "0".to_owned()),
    };
    if let PageEnd::Total(at) = &paging.end {
        let count = find(page, &paging.items)
            .and_then(Json::as_array)
            .map_or(0, Vec::len);
        let total = match &paging.next {
            NextPage::Page { .. } => 1,
            _ => count,
        };
        set(page, at, Some(json!(total)));
        return None;
    }
    let mut empty = page.clone();
    set(&mut empty, &paging.items, Some(json!([])));
    match place {
        PageParameter::Query(parameter) => Some(Rest {
            parameter: parameter.clone(),
            first,
            page: empty,
        }),
        // The mock does not inspect request bodies, so its only page is empty.
        PageParameter::Body(_) => {
            *page = empty;
            None
        }
    }
}

fn find<'v>(value: &'v Json, at: &[String]) -> Option<&'v Json> {
    at.iter().try_fold(value, |value, name| value.get(name))
}

/// Sets or removes a property whose parent exists.
fn set(value: &mut Json, at: &[String], new: Option<Json>) {
    let Some((name, owners)) = at.split_last() else {
        if let Some(new) = new {
            *value = new;
        }
        return;
    };
    let owner = owners
        .iter()
        .try_fold(value, |value, name| value.get_mut(name));
    let Some(members) = owner.and_then(Json::as_object_mut) else {
        return;
    };
    match new {
        Some(new) => members.insert(name.clone(), new),
        None => members.remove(name),
    };
}
