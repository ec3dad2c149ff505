//! Lists that are given page by page: two methods beside `send`, and the constant that says how pages
//! follow each other.

use crate::describe;
use crate::ir::{NextPage, Operation, PageEnd, PageParameter, Pagination};
use crate::rust::{Plan, Scope, layout, literal};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PagesView {
    /// Lines of the constant: `items`, `next`, `end`.
    pub fields: Vec<String>,
    pub docs: Vec<String>,
    pub pages: Method,
    pub items: Method,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Method {
    pub signature: String,
    pub statement: String,
}

/// Both methods, where `ty` is what the call gives, and `decoder` reads it.
pub fn view(
    plan: Plan<'_>,
    operation: &Operation,
    ty: &str,
    decoder: &str,
    scope: &Scope<'_>,
) -> Option<PagesView> {
    let paging = operation.paging.as_ref()?;
    let item = scope.ty(&plan.ty(&paging.item));
    let has_link = paging.next == NextPage::Link;
    let has_patch = matches!(paging.next.parameter(), Some(PageParameter::Body(_)));
    let used = [("link", has_link), ("patch", has_patch)];
    let used = used.into_iter().filter(|(_, is_used)| *is_used);
    for module in ["pages", "paging"]
        .into_iter()
        .chain(used.map(|(module, _)| module))
    {
        scope.import(module);
    }
    Some(PagesView {
        fields: fields(paging),
        docs: super::docs::Text::new()
            .paragraph(&describe::pagination(paging))
            .finish(),
        pages: method("pages", "Pages", ty, &format!("{decoder}, ")),
        items: method("items", "Items", &item, ""),
    })
}

/// Lines of the constant that says how pages follow each other.
pub fn fields(paging: &Pagination) -> Vec<String> {
    let field =
        |name: &str, value: &str| layout::expression("        ", &format!("{name}: "), value, ",");
    vec![
        field("items", &path(&paging.items)),
        field("next", &next(&paging.next)),
        field("end", &end(&paging.end)),
    ]
}

fn method(name: &str, of: &str, ty: &str, decoder: &str) -> Method {
    let returns = format!("pages::{of}<{ty}>");
    let call = format!("pages::{of}::new(self.request, {decoder}&Self::PAGING)");
    Method {
        signature: layout::signature(
            "    ",
            &format!("pub fn {name}"),
            &["self".to_owned()],
            Some(&returns),
        ),
        statement: layout::expression("        ", "", &call, ""),
    }
}

fn path(members: &[String]) -> String {
    let members: Vec<String> = members.iter().map(|name| literal::string(name)).collect();
    format!("&[{}]", members.join(", "))
}

fn next(next: &NextPage) -> String {
    let of = |kind: &str, parameter: &PageParameter, more: &str| {
        format!("paging::Next::{kind}({}{more})", place(parameter))
    };
    match next {
        NextPage::Cursor { parameter, at } => of("Cursor", parameter, &format!(", {}", path(at))),
        NextPage::LastItem { parameter, at } => {
            of("LastItem", parameter, &format!(", {}", path(at)))
        }
        NextPage::Page { parameter, first } => of("Page", parameter, &format!(", {first}")),
        NextPage::Offset { parameter } => of("Offset", parameter, ""),
        NextPage::Link => "paging::Next::Link(link::next)".to_owned(),
        NextPage::Url { at } => format!("paging::Next::Url({})", path(at)),
    }
}

fn place(place: &PageParameter) -> String {
    match place {
        PageParameter::Query(name) => format!("paging::Place::Query({})", literal::string(name)),
        PageParameter::Body(members) => {
            format!("paging::Place::Body({}, patch::put)", path(members))
        }
    }
}

fn end(end: &PageEnd) -> String {
    match end {
        PageEnd::Unstated => "paging::End::Untold".to_owned(),
        PageEnd::More(at) => format!("paging::End::More({})", path(at)),
        PageEnd::Total(at) => format!("paging::End::Total({})", path(at)),
    }
}
