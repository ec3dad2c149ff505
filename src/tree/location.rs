//! Locations in the files of a description and in the configuration, for diagnostics and the IR.

use super::{FileId, Node, NodeId};

/// A location in the sources, resolved to `file:line:col` only when it is rendered.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Location {
    /// A node's value.
    Value(NodeId),
    /// The key of a node.
    Key(NodeId),
    /// A byte range, for faults before there is a tree.
    Bytes(FileId, std::ops::Range<usize>),
    /// A file as a whole.
    File(FileId),
    /// A line of a file that is not part of the description.
    Line(Line),
    /// The path of a file that could not be read. It may be empty.
    Path(String),
}

/// A position in a file that is not part of the description, such as the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Line {
    pub path: String,
    /// From 1.
    pub number: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The text of the line, without its end.
    pub text: String,
}

impl Line {
    /// Returns a position with the text of its line.
    pub fn of(path: String, text: &str, (number, column): (usize, usize)) -> Self {
        let line = text.lines().nth(number.saturating_sub(1));
        Line {
            path,
            number,
            column,
            text: line.unwrap_or_default().to_owned(),
        }
    }

    /// Returns the byte range to underline: a word, a quoted string, or the bracket of a list or map.
    pub fn mark(&self) -> std::ops::Range<usize> {
        let before = self.text.char_indices().nth(self.column.saturating_sub(1));
        let start = before.map_or(self.text.len(), |(at, _)| at);
        let rest = &self.text[start..];
        let word = rest.find(|c: char| c.is_whitespace() || ",:]}".contains(c));
        let length = match rest.chars().next() {
            None => 0,
            Some('{' | '[') => 1,
            Some(quote @ ('"' | '\'')) => rest[1..].find(quote).map_or(rest.len(), |at| at + 2),
            Some(first) => word.unwrap_or(rest.len()).max(first.len_utf8()),
        };
        start..start + length
    }
}

impl Location {
    pub fn value(node: Node<'_>) -> Self {
        Location::Value(node.id())
    }

    pub fn key(node: Node<'_>) -> Self {
        Location::Key(node.id())
    }
}
