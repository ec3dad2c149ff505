//! The paths and methods that code refers to.

use super::bindings::bindings;
use super::lexer::{Token, TokenKind, generics_end, group_end};
use foldhash::fast::RandomState;
use std::collections::HashSet;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reference<'s> {
    /// A path of names: `json::read`, or a single name that no variable has.
    Path(Vec<&'s str>),
    /// A name after `.`, after a path that is no name, such as `<T as Trait>`, or of a call among the arguments of a
    /// macro, which may put a value and a dot before it.
    Method(&'s str),
    /// The name of a called macro, or the last name of a path, which may be a method of a trait.
    Called(&'s str),
}

/// The keywords before a name that is defined.
const DEFINE: [&str; 7] = ["enum", "fn", "mod", "static", "struct", "trait", "type"];

/// A set of names.
pub type NameSet<'s> = HashSet<&'s str, RandomState>;

/// Returns what an item refers to. Something can occur several times.
pub fn references<'s>(tokens: &[Token<'s>]) -> Vec<Reference<'s>> {
    // A macro's names are bound where it is called.
    let is_macro = tokens.iter().any(|token| token.is("macro_rules"));
    let bound = match is_macro {
        true => NameSet::default(),
        false => bindings(tokens),
    };
    let mut found = Vec::new();
    collect(
        tokens,
        &|name| !bound.contains(name),
        &|_| true,
        &mut |one| found.push(one),
    );
    found
}

/// Returns what a whole file refers to: paths that begin with one of these names, and methods.
pub fn references_of_file<'s>(
    tokens: &[Token<'s>],
    starts: &NameSet<'_>,
) -> HashSet<Reference<'s>, RandomState> {
    let mut methods = NameSet::default();
    let mut found = HashSet::default();
    let starts = |name: &str| starts.contains(name);
    collect(tokens, &starts, &starts, &mut |one| match one {
        Reference::Path(_) => {
            found.insert(one);
        }
        Reference::Method(name) | Reference::Called(name) => {
            methods.insert(name);
        }
    });
    found.extend(methods.into_iter().map(Reference::Method));
    found
}

/// Passes on what tokens refer to: single names that `is_item` accepts, and paths whose first name `is_start` accepts.
fn collect<'s>(
    tokens: &[Token<'s>],
    is_item: &impl Fn(&str) -> bool,
    is_start: &impl Fn(&str) -> bool,
    found: &mut impl FnMut(Reference<'s>),
) {
    let mut at = 0;
    let mut macro_end = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        let is_defined = before.is_some_and(|before| DEFINE.contains(&before.text));
        if !token.is_ident() || token.is("_") || is_defined {
            at += 1;
            continue;
        }
        let is_field = before.is_some_and(|before| before.is("."));
        if is_field || before.is_some_and(|before| before.kind == TokenKind::PathSeparator) {
            let next = tokens.get(at + 1);
            let calls = |next: &Token<'_>| next.is("(") || next.kind == TokenKind::PathSeparator;
            if !is_field || next.is_some_and(calls) {
                found(Reference::Method(token.text));
            }
            at += 1;
            continue;
        }
        let next = tokens.get(at + 1);
        let is_macro = next.is_some_and(|next| next.is("!"));
        let is_single = next.is_none_or(|next| next.kind != TokenKind::PathSeparator);
        if is_single {
            let is_called = is_macro || next.is_some_and(|next| next.is("("));
            if is_macro {
                found(Reference::Called(token.text));
                macro_end = macro_end.max(group_end(tokens, at + 2));
            } else if is_called && at < macro_end {
                found(Reference::Method(token.text));
            }
            if is_item(token.text) || is_called && is_start(token.text) {
                found(Reference::Path(vec![token.text]));
            }
            at += 1;
            continue;
        }
        let (path, end) = path_at(tokens, at);
        if let Some(last) = path.last() {
            found(Reference::Called(last));
        }
        if tokens.get(end).is_some_and(|next| next.is("!")) {
            macro_end = macro_end.max(group_end(tokens, end + 1));
        }
        // The generic arguments inside the path.
        let generics = tokens[at..end].iter().position(|token| token.is("<"));
        if is_start(token.text) {
            found(Reference::Path(path));
        }
        if let Some(generics) = generics {
            collect(&tokens[at + generics + 1..end], is_item, is_start, found);
        }
        at = end;
    }
}

/// Returns the path at a token, without generic arguments, and the index after it.
pub fn path_at<'s>(tokens: &[Token<'s>], start: usize) -> (Vec<&'s str>, usize) {
    let mut path = vec![tokens[start].text];
    let mut at = start + 1;
    let is_separator = |at: usize| {
        let token = tokens.get(at);
        token.is_some_and(|token| token.kind == TokenKind::PathSeparator)
    };
    loop {
        // `Text::<24>::new`.
        let has_generics = is_separator(at) && tokens.get(at + 1).is_some_and(|next| next.is("<"));
        let separator = match has_generics {
            true => generics_end(tokens, at + 1),
            false => at,
        };
        match tokens.get(separator + 1) {
            Some(next) if is_separator(separator) && next.is_ident() => {
                path.push(next.text);
                at = separator + 2;
            }
            _ => return (path, at),
        }
    }
}
