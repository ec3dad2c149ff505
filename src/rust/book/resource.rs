//! The pages of groups of operations, and the groups in the start page's table.

use super::operation::{self, OperationSection};
use super::page::{Book, PageLink, is_inferred, title};
use super::text;
use crate::describe;
use crate::ir::Group;
use crate::naming;
use crate::prose;
use crate::rust::names::ResourceNames;
use serde::Serialize;

/// The page of a group of operations.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ResourcePage {
    #[serde(skip)]
    pub path: String,
    #[serde(skip)]
    pub title: String,
    pub heading: String,
    pub accessor: String,
    pub description: Vec<String>,
    pub operations: Vec<OperationSection>,
    /// The URL that the dagger links to, if a response has one.
    pub inferred: Option<String>,
}

/// A row of the table of groups.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ResourceRow {
    pub link: String,
    pub accessor: String,
    pub about: String,
}

/// Returns the groups of operations with their indexes and names.
fn groups<'a>(book: &Book<'a>) -> impl Iterator<Item = (usize, (&'a Group, &'a ResourceNames))> {
    let plan = book.plan;
    let groups = plan.api.groups.iter().zip(&plan.names.resources);
    groups.enumerate()
}

/// Returns all pages of operations, in the order of the description.
pub fn pages(book: &Book<'_>) -> Vec<ResourcePage> {
    groups(book)
        .map(|(index, (group, names))| {
            let path = book.resource_page(index);
            let page = book.page(&path);
            let operations: Vec<OperationSection> = group
                .operations
                .iter()
                .map(|id| operation::view(page, *id))
                .collect();
            let responses = group
                .operations
                .iter()
                .flat_map(|id| &book.plan.api.operation(*id).responses);
            let any_inferred = responses
                .into_iter()
                .any(|response| is_inferred(book.plan.api, response));
            ResourcePage {
                title: page_title(group, names),
                heading: format!(
                    "# {}",
                    heading(&naming::title::title(&group.name), &names.accessor)
                ),
                accessor: prose::code_span(&format!("client.{}()", names.accessor)),
                description: text::description(&group.docs, 1, "resource"),
                operations,
                inferred: any_inferred.then(|| page.inferred_link()),
                path: path.clone(),
            }
        })
        .collect()
}

fn page_title(group: &Group, names: &ResourceNames) -> String {
    title(&naming::title::title(&group.name), &names.module)
}

fn heading(name: &str, otherwise: &str) -> String {
    let heading = text::heading(name);
    if heading.is_empty() {
        prose::escaped(otherwise)
    } else {
        heading
    }
}

/// Returns the table of groups, with the link to the page of each.
pub fn rows(book: &Book<'_>) -> Vec<(PageLink, ResourceRow)> {
    groups(book)
        .map(|(index, (group, names))| {
            let title = page_title(group, names);
            let link = PageLink::new(title, book.resource_page(index));
            let about = text::brief(&group.docs);
            let count = group.operations.len();
            let calls = if count == 1 {
                "1 operation".to_owned()
            } else {
                format!("{count} operations")
            };
            let row = ResourceRow {
                link: link.markdown(),
                accessor: prose::piped(&describe::code(&format!("client.{}()", names.accessor))),
                about: if about.is_empty() {
                    format!("{calls}.")
                } else {
                    format!("{about} {calls}.")
                },
            };
            (link, row)
        })
        .collect()
}
