//! Resolves locations to path, line and column, only when a diagnostic is rendered.

use super::{SourceFile, Sources, Syntax};
use crate::diag::Location;
use crate::json::Positions;
use crate::text::{Characters, floor_char_boundary};
use crate::tree::{FileId, Node, Tree};
use std::ops::Range;
use std::path::Path;

/// A resolved location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLocation<'s> {
    pub file: FileId,
    /// The path as the user or a reference wrote it. Never made absolute.
    pub path: &'s Path,
    /// The byte range. For a JSON array or object, it is the opening bracket.
    pub range: Range<usize>,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// The start of each line.
#[derive(Debug)]
pub(super) struct LineIndex {
    starts: Vec<u32>,
    characters: Characters,
}

impl LineIndex {
    fn new(text: &str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = breaks.map(|offset| offset as u32 + 1);
        LineIndex {
            starts: std::iter::once(0).chain(starts).collect(),
            characters: Characters::new(text),
        }
    }

    /// Returns the index of an offset's line, and the start of the line.
    fn of(&self, offset: usize) -> (usize, usize) {
        let line = self
            .starts
            .partition_point(|start| *start as usize <= offset)
            .saturating_sub(1);
        (line, self.starts[line] as usize)
    }
}

impl SourceFile {
    /// Returns line and column of a byte offset, both from 1. The column counts characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = floor_char_boundary(&self.text, offset);
        let lines = self.lines.get_or_init(|| LineIndex::new(&self.text));
        let (line, start) = lines.of(offset);
        let before = |offset| lines.characters.before(&self.text, offset);
        (line + 1, before(offset) - before(start) + 1)
    }

    /// Returns the byte range of a line (from 1), without its end.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let LineIndex { starts, .. } = self.lines.get_or_init(|| LineIndex::new(&self.text));
        let bound = |index: usize| {
            starts
                .get(index)
                .map_or(self.text.len(), |start| *start as usize)
        };
        let (start, end) = (bound(line.saturating_sub(1)), bound(line));
        start..start + self.text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    fn positions(&self, root: Node<'_>) -> &Positions {
        self.positions
            .get_or_init(|| Positions::new(&self.text, root.id().index()))
    }
}

impl Sources {
    /// Indexes lines and JSON positions in advance, so that the first diagnostic does not wait for it.
    pub fn prepare(&self, tree: &Tree) {
        for (id, file) in self.files() {
            file.lines.get_or_init(|| LineIndex::new(&file.text));
            if let Some(root) = tree.root(id).filter(|_| file.syntax == Syntax::Json) {
                file.positions(root);
            }
        }
    }

    /// Resolves a location. Returns `None` if its file could not be read.
    pub fn place<'s>(&'s self, tree: &Tree, place: &Location) -> Option<SourceLocation<'s>> {
        let (file, range) = match place {
            Location::Value(id) => {
                let node = tree.node(tree.written(*id));
                (node.file(), self.value_range(node))
            }
            Location::Key(id) => {
                let node = tree.node(tree.written(*id));
                (
                    node.file(),
                    self.key_range(node).or_else(|| self.value_range(node)),
                )
            }
            Location::Bytes(file, range) => (*file, Some(range.clone())),
            Location::File(file) => (*file, Some(0..0)),
            Location::Line(_) | Location::Path(_) => return None,
        };
        let source = self.files.get(file.0 as usize)?;
        let range = range.unwrap_or(0..0);
        let start = floor_char_boundary(&source.text, range.start);
        let end = floor_char_boundary(&source.text, range.end).max(start);
        let (line, column) = source.line_column(start);
        Some(SourceLocation {
            file,
            path: &source.path,
            range: start..end,
            line,
            column,
        })
    }

    fn value_range(&self, node: Node<'_>) -> Option<Range<usize>> {
        if let Some(span) = node.span() {
            return Some(span.start as usize..span.end as usize);
        }
        let (source, root) = self.json(node)?;
        source
            .positions(root)
            .value(&source.text, node.id().index())
    }

    fn key_range(&self, node: Node<'_>) -> Option<Range<usize>> {
        if let Some(span) = node.key_span() {
            return Some(span.start as usize..span.end as usize);
        }
        let (source, root) = self.json(node)?;
        source.positions(root).key(&source.text, node.id().index())
    }

    /// Returns the JSON file of a node, and its root.
    fn json<'n>(&self, node: Node<'n>) -> Option<(&SourceFile, Node<'n>)> {
        let source = self.files.get(node.file().0 as usize)?;
        let root = node.tree().root(node.file())?;
        (source.syntax == Syntax::Json).then_some((source, root))
    }

    /// Returns the source text of a value. In YAML, `1.10` and `1.1` are the same number.
    pub fn raw(&self, node: Node<'_>) -> Option<&str> {
        let node = node.tree().node(node.tree().written(node.id()));
        let range = self.value_range(node)?;
        self.files.get(node.file().0 as usize)?.text.get(range)
    }
}
