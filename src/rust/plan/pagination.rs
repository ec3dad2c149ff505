//! How pages follow each other, as the runtime has it.

use crate::ir::{End, Next, Paging, Place};
use crate::rust::Expr;

/// Returns the fields of the constant that says how pages follow each other.
pub fn fields(paging: &Paging) -> [(&'static str, Expr); 3] {
    [
        ("items", Expr::strings(&paging.items)),
        ("next", next(&paging.next)),
        ("end", end(&paging.end)),
    ]
}

fn next(next: &Next) -> Expr {
    match next {
        Next::Cursor { parameter, at } => {
            let at = Expr::strings(at);
            Expr::call("paging::Next::Cursor", [place(parameter), at])
        }
        Next::LastItem { parameter, at } => {
            let at = Expr::strings(at);
            Expr::call("paging::Next::LastItem", [place(parameter), at])
        }
        Next::Page { parameter, first } => {
            let first = Expr::literal(first);
            Expr::call("paging::Next::Page", [place(parameter), first])
        }
        Next::Offset { parameter } => Expr::call("paging::Next::Offset", [place(parameter)]),
        Next::Link => Expr::call("paging::Next::Link", [Expr::item("link", "next")]),
        Next::Url { at } => Expr::call("paging::Next::Url", [Expr::strings(at)]),
    }
}

fn place(place: &Place) -> Expr {
    match place {
        Place::Query(name) => Expr::call("paging::Place::Query", [Expr::string(name)]),
        Place::Body(members) => {
            let put = Expr::item("patch", "put");
            Expr::call("paging::Place::Body", [Expr::strings(members), put])
        }
    }
}

fn end(end: &End) -> Expr {
    match end {
        End::Untold => Expr::item("paging::End", "Untold"),
        End::More(at) => Expr::call("paging::End::More", [Expr::strings(at)]),
        End::Total(at) => Expr::call("paging::End::Total", [Expr::strings(at)]),
    }
}
