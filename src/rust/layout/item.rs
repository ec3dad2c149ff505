//! The parts of an expression that the layout works on.

use super::width;
use crate::rust::code::{Expr, Link, Root, Tried};
use std::fmt;

/// A root or a link.
#[derive(Clone, Copy)]
pub(super) struct ChainItem<'e> {
    pub(super) head: Head<'e>,
    pub(super) list: Option<List<'e>>,
    pub(super) tries: usize,
    /// A root that rustfmt never breaks.
    pub(super) unbroken: Option<&'e Root>,
}

/// The text before the brackets, in pieces.
#[derive(Clone, Copy)]
pub(super) struct Head<'e>([&'e str; 3]);

/// The content of the brackets.
#[derive(Clone, Copy)]
pub(super) enum List<'e> {
    Round(&'e [Expr]),
    Square(&'e [Expr]),
}

impl<'e> ChainItem<'e> {
    pub(super) fn root(root: &'e Tried<Root>) -> Self {
        let (head, list) = match &root.part {
            Root::Variable(name) | Root::Literal(name) => ([name, "", ""], None),
            Root::Item(owner, name) => ([&**owner, "::", name], None),
            Root::Call(name, arguments) => ([&**name, "", ""], Some(List::Round(arguments))),
            Root::New(ty, arguments) => ([&**ty, "::", "new"], Some(List::Round(arguments))),
            Root::Array(items) => ([""; 3], Some(List::Square(items))),
            Root::Vec(items) => (["vec", "!", ""], Some(List::Square(items))),
            Root::Tuple(parts) if parts.len() > 1 => ([""; 3], Some(List::Round(parts))),
            Root::Tuple(_) | Root::Closure(..) | Root::Macro(..) => {
                return ChainItem {
                    head: Head([""; 3]),
                    list: None,
                    tries: root.tries,
                    unbroken: Some(&root.part),
                };
            }
        };
        ChainItem {
            head: Head(head),
            list,
            tries: root.tries,
            unbroken: None,
        }
    }

    pub(super) fn link(link: &'e Tried<Link>) -> Self {
        let (name, list) = match &link.part {
            Link::Field(name) => (&**name, None),
            Link::Method(name, arguments) => (&**name, Some(List::Round(arguments))),
            Link::Await => ("await", None),
        };
        ChainItem {
            head: Head([".", name, ""]),
            list,
            tries: link.tries,
            unbroken: None,
        }
    }

    /// Returns the item that an expression ends with.
    pub(super) fn last(expr: &'e Expr) -> Self {
        let link = expr.links.last().map(ChainItem::link);
        link.unwrap_or_else(|| ChainItem::root(&expr.root))
    }
}

impl Head<'_> {
    pub(super) fn len(self) -> usize {
        self.0.iter().map(|piece| piece.len()).sum()
    }

    pub(super) fn width(self) -> usize {
        self.0.iter().map(|piece| width(piece)).sum()
    }
}

impl fmt::Display for Head<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| f.write_str(piece))
    }
}

impl<'e> List<'e> {
    pub(super) fn items(self) -> &'e [Expr] {
        match self {
            List::Round(items) | List::Square(items) => items,
        }
    }

    pub(super) fn brackets(self) -> (char, char) {
        match self {
            List::Round(_) => ('(', ')'),
            List::Square(_) => ('[', ']'),
        }
    }
}

/// Returns whether an expression ends with a bracketed list.
pub(super) fn ends_with_list(expr: &Expr) -> bool {
    ChainItem::last(expr).list.is_some()
}

/// Returns whether rustfmt puts several such items on a line: literals, names, fields, and references to
/// them.
pub(super) fn is_simple(expr: &Expr) -> bool {
    let is_root = matches!(expr.root.part, Root::Literal(_) | Root::Variable(_));
    let is_field = |link: &Tried<Link>| matches!(link.part, Link::Field(_));
    is_root && expr.links.iter().all(is_field)
}
