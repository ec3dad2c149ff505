//! `use` items as trees, which can lose leaves.

use super::lexer::{Token, TokenKind};
use crate::rust::layout;

/// A part of a `use` item: a path, and a name for it or a list of parts below it.
#[derive(Debug)]
pub struct UseTree<'s> {
    path: Vec<&'s str>,
    alias: Option<&'s str>,
    list: Option<Vec<UseTree<'s>>>,
}

/// A name that a `use` item brings into scope.
#[derive(Debug, Clone)]
pub struct Leaf<'s> {
    pub path: Vec<&'s str>,
    /// `_` for a trait without a name.
    pub alias: &'s str,
}

impl<'s> UseTree<'s> {
    /// Parses the tokens after `use`.
    pub fn parse(tokens: &[Token<'s>]) -> Self {
        Self::part(tokens, &mut 0)
    }

    fn part(tokens: &[Token<'s>], at: &mut usize) -> Self {
        let mut tree = UseTree {
            path: Vec::new(),
            alias: None,
            list: None,
        };
        while let Some(token) = tokens.get(*at) {
            match token.text {
                "as" => {
                    tree.alias = tokens.get(*at + 1).map(|token| token.text);
                    *at += 2;
                }
                "{" => {
                    *at += 1;
                    tree.list = Some(Self::parts(tokens, at));
                }
                _ if token.is_ident() || token.is("*") => {
                    tree.path.push(token.text);
                    *at += 1;
                }
                _ if token.kind == TokenKind::PathSeparator => *at += 1,
                _ => break,
            }
        }
        tree
    }

    /// Parses a list up to its `}`.
    fn parts(tokens: &[Token<'s>], at: &mut usize) -> Vec<Self> {
        let mut parts = Vec::new();
        while let Some(token) = tokens.get(*at) {
            match token.text {
                "}" => {
                    *at += 1;
                    break;
                }
                "," => *at += 1,
                "as" | "{" => parts.push(Self::part(tokens, at)),
                _ if token.is_ident() || token.is("*") => parts.push(Self::part(tokens, at)),
                _ if token.kind == TokenKind::PathSeparator => *at += 1,
                // No list of a `use` item has such a token.
                _ => break,
            }
        }
        parts
    }

    /// Returns the leaves, in order.
    pub fn leaves(&self) -> Vec<Leaf<'s>> {
        let mut leaves = Vec::new();
        self.collect(&[], &mut leaves);
        leaves
    }

    fn collect(&self, above: &[&'s str], leaves: &mut Vec<Leaf<'s>>) {
        let mut path = [above, &self.path[..]].concat();
        if let Some(list) = &self.list {
            list.iter().for_each(|part| part.collect(&path, leaves));
            return;
        }
        // `fmt::{self}` is `fmt`.
        if path.len() > 1 && path.last() == Some(&"self") {
            path.pop();
        }
        let alias = self
            .alias
            .or_else(|| path.last().copied())
            .unwrap_or_default();
        leaves.push(Leaf { path, alias });
    }

    /// Keeps the leaves of these flags, which are in the order of [`UseTree::leaves`].
    pub fn retain(self, keep: &mut impl Iterator<Item = bool>) -> Option<Self> {
        let Some(list) = self.list else {
            return keep.next().unwrap_or(true).then_some(self);
        };
        let parts = list.into_iter().map(|part| part.retain(keep));
        let mut list: Vec<Self> = parts.collect::<Vec<_>>().into_iter().flatten().collect();
        match list.len() {
            0 => None,
            1 => {
                let only = list.remove(0);
                let mut path = [self.path, only.path].concat();
                if only.list.is_none() && path.len() > 1 && path.last() == Some(&"self") {
                    path.pop();
                }
                Some(UseTree { path, ..only })
            }
            _ => Some(UseTree {
                list: Some(list),
                ..self
            }),
        }
    }

    /// Prints the item after its visibility, as rustfmt does.
    pub fn print(&self, visibility: &str) -> String {
        let Some(list) = &self.list else {
            return format!("{visibility}use {};", self.inline());
        };
        let parts: Vec<String> = list.iter().map(UseTree::inline).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        if self.path.is_empty() {
            return format!("{visibility}use {{{}}};", parts.join(", "));
        }
        let head = format!("{visibility}use {}", self.path.join("::"));
        match list.iter().any(|part| part.list.is_some()) {
            true => lists_in_list(&head, &parts),
            false => layout::import(&head, &parts),
        }
    }

    fn inline(&self) -> String {
        let path = self.path.join("::");
        let alias = self.alias.map(|alias| format!(" as {alias}"));
        let list = self.list.as_ref().map(|list| {
            let parts: Vec<String> = list.iter().map(UseTree::inline).collect();
            format!("::{{{}}}", parts.join(", "))
        });
        format!(
            "{path}{}{}",
            alias.unwrap_or_default(),
            list.unwrap_or_default()
        )
    }
}

/// Prints a list that contains another list. rustfmt breaks the line around every part with a path.
fn lists_in_list(head: &str, parts: &[&str]) -> String {
    let mut text = format!("{head}::{{");
    let mut after_path = true;
    for part in parts {
        let is_path = part.contains("::");
        text.push_str(match is_path || after_path {
            true => "\n    ",
            false => " ",
        });
        text.push_str(part);
        text.push(',');
        after_path = is_path;
    }
    text.push_str("\n};");
    text
}
