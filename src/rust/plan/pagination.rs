//! Pagination, and the expressions that describe it to the runtime.

use super::Plan;
use crate::ir::{NextPage, OperationId, PageEnd, PageParameter, Pagination};
use crate::rust::{Expr, Ty};

/// The pagination of an operation.
#[derive(Debug)]
pub struct PaginationPlan<'a> {
    pub pagination: &'a Pagination,
    /// The type of an item.
    pub item: Ty<'a>,
    /// The fields of the constant that describes the pagination.
    pub fields: [(&'static str, Expr); 3],
}

impl<'a> Plan<'a> {
    /// Plans the pagination of an operation.
    pub(super) fn plan_pagination(self, id: OperationId) -> Option<PaginationPlan<'a>> {
        let pagination = self.api.operation(id).paging.as_ref()?;
        Some(PaginationPlan {
            pagination,
            item: self.ty(&pagination.item),
            fields: [
                ("items", Expr::strings(&pagination.items)),
                ("next", next(&pagination.next)),
                ("end", end(&pagination.end)),
            ],
        })
    }
}

fn next(next: &NextPage) -> Expr {
    match next {
        NextPage::Cursor { parameter, at } => {
            let at = Expr::strings(at);
            Expr::call("paging::Next::Cursor", [place(parameter), at])
        }
        NextPage::LastItem { parameter, at } => {
            let at = Expr::strings(at);
            Expr::call("paging::Next::LastItem", [place(parameter), at])
        }
        NextPage::Page { parameter, first } => {
            let first = Expr::literal(first);
            Expr::call("paging::Next::Page", [place(parameter), first])
        }
        NextPage::Offset { parameter } => Expr::call("paging::Next::Offset", [place(parameter)]),
        NextPage::Link => Expr::call("paging::Next::Link", [Expr::item("link", "next")]),
        NextPage::Url { at } => Expr::call("paging::Next::Url", [Expr::strings(at)]),
    }
}

fn place(place: &PageParameter) -> Expr {
    match place {
        PageParameter::Query(name) => Expr::call("paging::Place::Query", [Expr::string(name)]),
        PageParameter::Body(members) => {
            let put = Expr::item("patch", "put");
            Expr::call("paging::Place::Body", [Expr::strings(members), put])
        }
    }
}

fn end(end: &PageEnd) -> Expr {
    match end {
        PageEnd::Unstated => Expr::item("paging::End", "Untold"),
        PageEnd::More(at) => Expr::call("paging::End::More", [Expr::strings(at)]),
        PageEnd::Total(at) => Expr::call("paging::End::Total", [Expr::strings(at)]),
    }
}
