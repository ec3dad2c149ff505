//! Finds the items of a file, and the members of its `impl` blocks.

use super::lexer::{Token, generics_end, group_end};
use std::ops::Range;

/// An item at the top level of a file, or a member of an `impl` block.
#[derive(Debug)]
pub struct Item<'s> {
    pub kind: ItemKind<'s>,
    /// Empty for `use`, `impl` and macro calls.
    pub name: &'s str,
    pub visibility: Visibility,
    /// Bytes, with comments and attributes before the item, up to the start of the next one.
    pub bytes: Range<usize>,
    /// Indices of tokens, with attributes.
    pub tokens: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    Private,
    /// `pub(crate)` and the like.
    Restricted,
    Public,
}

#[derive(Debug)]
pub enum ItemKind<'s> {
    /// An inner attribute: `#![…]`.
    Attribute,
    /// The index of the token after `use`.
    Use(usize),
    Mod,
    /// A function, constant or static.
    Value,
    /// A struct, an enum or a type alias.
    Type,
    Trait,
    Macro,
    MacroCall,
    Impl(Impl<'s>),
}

#[derive(Debug)]
pub struct Impl<'s> {
    /// The tokens of the path of the trait.
    pub of: Option<Range<usize>>,
    /// The tokens of the type.
    pub ty: Range<usize>,
    /// The tokens before `{`, from the keyword on.
    pub head_tokens: Range<usize>,
    /// The members, if the block is of no trait.
    pub members: Vec<Item<'s>>,
    /// The bytes up to `{` and from `}`.
    pub head: usize,
    pub tail: usize,
}

/// Returns the items of a file, in order.
pub fn items<'s>(text: &'s str, tokens: &[Token<'s>]) -> Vec<Item<'s>> {
    let parser = Parser { text, tokens };
    parser.items(0..tokens.len(), documentation_end(text))
}

/// Returns the offset after the documentation of the module.
fn documentation_end(text: &str) -> usize {
    let lines = text.split_inclusive('\n');
    let lines = lines.take_while(|line| line.starts_with("//!"));
    let end: usize = lines.map(str::len).sum();
    match text[end..].starts_with('\n') && end > 0 {
        true => end + 1,
        false => end,
    }
}

#[derive(Clone, Copy)]
struct Parser<'s, 't> {
    text: &'s str,
    tokens: &'t [Token<'s>],
}

impl<'s> Parser<'s, '_> {
    fn items(self, range: Range<usize>, first_byte: usize) -> Vec<Item<'s>> {
        let mut found: Vec<Item<'s>> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let mut item = self.item(at, range.end);
            item.bytes.start = found.last().map_or(first_byte, |item| item.bytes.end);
            item.bytes.end = self.next_line(self.tokens[item.tokens.end - 1].end());
            at = item.tokens.end;
            found.push(item);
        }
        found
    }

    /// Returns the offset after the end of the line and the empty line that follows it.
    fn next_line(self, at: usize) -> usize {
        let end = self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |line| at + line + 1);
        match self.text[end..].starts_with('\n') {
            true => end + 1,
            false => end,
        }
    }

    /// Parses the item at a token.
    fn item(self, start: usize, end: usize) -> Item<'s> {
        let is = |at: usize, text: &str| at < end && self.tokens[at].is(text);
        let mut at = start;
        while is(at, "#") {
            let inner = is(at + 1, "!");
            at = group_end(&self.tokens[..end], at + 1 + usize::from(inner));
            if inner {
                return self.made(ItemKind::Attribute, "", Visibility::Private, start..at);
            }
        }
        let mut visibility = Visibility::Private;
        if is(at, "pub") {
            (at, visibility) = match is(at + 1, "(") {
                true => (
                    group_end(&self.tokens[..end], at + 1),
                    Visibility::Restricted,
                ),
                false => (at + 1, Visibility::Public),
            };
        }
        while ["async", "unsafe", "extern"]
            .iter()
            .any(|word| is(at, word))
            || is(at, "const") && (is(at + 1, "fn") || is(at + 1, "unsafe"))
        {
            at += 1;
        }
        let name = self.tokens.get(at + 1).map_or("", |token| token.text);
        let keyword = self.tokens.get(at).map_or("", |token| token.text);
        let after = at + 1;
        let (kind, name, item_end) = match keyword {
            "use" => (ItemKind::Use(after), "", self.semicolon(after, end)),
            "const" | "static" => (ItemKind::Value, name, self.semicolon(after, end)),
            "type" => (ItemKind::Type, name, self.semicolon(after, end)),
            "fn" => (ItemKind::Value, name, self.body_end(after, end)),
            "mod" => (ItemKind::Mod, name, self.body_end(after, end)),
            "struct" | "enum" | "union" => (ItemKind::Type, name, self.body_end(after, end)),
            "trait" => (ItemKind::Trait, name, self.body_end(after, end)),
            "impl" => {
                let item_end = self.body_end(after, end);
                let block = self.block(after, item_end);
                (
                    block.map_or(ItemKind::MacroCall, ItemKind::Impl),
                    "",
                    item_end,
                )
            }
            "macro_rules" => {
                let name = self.tokens.get(at + 2).map_or("", |token| token.text);
                (ItemKind::Macro, name, self.body_end(after, end))
            }
            _ => (ItemKind::MacroCall, "", self.body_end(after, end)),
        };
        self.made(kind, name, visibility, start..item_end)
    }

    fn made(
        self,
        kind: ItemKind<'s>,
        name: &'s str,
        visibility: Visibility,
        tokens: Range<usize>,
    ) -> Item<'s> {
        Item {
            kind,
            name,
            visibility,
            bytes: 0..0,
            tokens,
        }
    }

    /// Splits the head of an `impl` block, whose tokens begin after the keyword.
    /// Returns `None` for code that does not compile, which a custom template may have.
    fn block(self, start: usize, end: usize) -> Option<Impl<'s>> {
        let open = self.find(start, end, |token| token.is("{"));
        let brace = self.tokens[..end].get(open)?;
        let mut at = start;
        if self.tokens[at].is("<") {
            at = generics_end(self.tokens, at).min(open);
        }
        let head_end = self.find(at, open, |token| token.is("where"));
        let split = self.find(at, head_end, |token| token.is("for"));
        let (of, ty) = match split < head_end {
            true => (Some(at..split), split + 1..head_end),
            false => (None, at..head_end),
        };
        let close = end - 1;
        let head = self.next_line(brace.at);
        let tail = self.line_start(self.tokens[close].at);
        // The members of a block on one line stay together, as those of a trait's.
        let of = match tail < head {
            true => of.or(Some(at..at)),
            false => of,
        };
        let members = match of {
            None => self.items(open + 1..close, head),
            Some(_) => Vec::new(),
        };
        Some(Impl {
            of,
            ty,
            head_tokens: start..open,
            members,
            head,
            tail,
        })
    }

    fn line_start(self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |line| line + 1)
    }

    /// Returns the first token outside of brackets that satisfies a condition, or the end.
    fn find(self, start: usize, end: usize, found: impl Fn(&Token<'_>) -> bool) -> usize {
        let mut at = start;
        while at < end && !found(&self.tokens[at]) {
            at = match self.tokens[at].text {
                "(" | "[" => group_end(&self.tokens[..end], at),
                "<" => generics_end(self.tokens, at),
                _ => at + 1,
            };
        }
        at.min(end)
    }

    /// Returns the token after the next `;` outside of brackets.
    fn semicolon(self, start: usize, end: usize) -> usize {
        let mut at = start;
        while at < end {
            at = match self.tokens[at].text {
                ";" => return at + 1,
                "(" | "[" | "{" => group_end(&self.tokens[..end], at),
                _ => at + 1,
            };
        }
        end
    }

    /// Returns the token after the body in braces, or after `;`.
    fn body_end(self, start: usize, end: usize) -> usize {
        let mut at = start;
        while at < end {
            at = match self.tokens[at].text {
                ";" => return at + 1,
                "{" => return group_end(&self.tokens[..end], at),
                "(" | "[" => group_end(&self.tokens[..end], at),
                _ => at + 1,
            };
        }
        end
    }
}
