//! Expressions that describe pagination to the runtime.

use crate::ir::{NextPage, PageEnd, PageParameter, Pagination};
use crate::rust::Expr;

/// Returns the fields of the constant that describes an operation's pagination.
pub fn fields(paging: &Pagination) -> [(&'static str, Expr); 3] {
    [
        ("items", Expr::strings(&paging.items)),
        ("next", next(&paging.next)),
        ("end", end(&paging.end)),
    ]
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
