//! Builds nodes from the parser's events.

use super::{
    alias, offsets::Offsets, repair::Missing, repair::Shifts, scalar, scalar::ScalarValue, tag,
};
use crate::diag::{Diagnostic, Diagnostics, Location, codes};
use crate::tree::duplicates::{duplicates, shadow_duplicates};
use crate::tree::{FileId, InsertAt, Kind, MAX_DEPTH, NodeId, Span, TOO_DEEP, Tree};
use saphyr_parser::{Event, Marker, ScalarStyle, Tag};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

pub type YamlFault = Box<Diagnostic>;

/// An open container.
struct OpenContainer {
    id: NodeId,
    anchor: usize,
    start: usize,
    object: Option<OpenMapping>,
}

/// The state of an open mapping.
#[derive(Default)]
struct OpenMapping {
    key: Option<(Box<str>, Span)>,
    /// Whether the next value belongs to `<<`.
    merging: bool,
    /// Entries from `<<`. An explicit key replaces them without a diagnostic.
    merged: HashSet<NodeId>,
    /// The keys so far. Only filled if there is a `<<`.
    keys: alias::KnownKeys,
}

/// The target of an anchor.
#[derive(Clone)]
enum Anchored {
    Node(NodeId),
    /// The text of a key, which is not a node.
    Key(Box<str>),
}

/// Builds the nodes of one file.
pub struct NodeBuilder<'b> {
    text: &'b str,
    file: FileId,
    pub(super) tree: &'b mut Tree,
    diagnostics: &'b mut Diagnostics,
    offsets: Offsets<'b>,
    open: Vec<OpenContainer>,
    anchors: HashMap<usize, Anchored>,
    /// The end of the last token with text. A block collection ends there.
    last_end: usize,
    /// The remaining budget for copies.
    pub(super) budget: usize,
}

impl<'b> NodeBuilder<'b> {
    /// Creates a builder. `shifts` are the differences between the parsed text and `text`.
    pub fn new(
        text: &'b str,
        shifts: Shifts,
        file: FileId,
        tree: &'b mut Tree,
        diagnostics: &'b mut Diagnostics,
    ) -> Self {
        NodeBuilder {
            text,
            file,
            tree,
            diagnostics,
            offsets: Offsets::new(text, shifts),
            open: Vec::new(),
            anchors: HashMap::new(),
            last_end: 0,
            budget: alias::BUDGET,
        }
    }

    pub fn offset(&self, marker: Marker) -> usize {
        self.offsets.of(marker)
    }

    /// Creates a fault at one character.
    pub fn fault(&self, start: usize, code: impl FnOnce(Location) -> Diagnostic) -> YamlFault {
        let end = self.text[start..]
            .chars()
            .next()
            .map_or(start, |char| start + char.len_utf8());
        Box::new(code(bytes(self.file, start, end)))
    }

    /// Reports a position where blanks were missing.
    pub fn repaired(&mut self, marker: Marker, missing: Missing) {
        let start = self.offset(marker);
        let fault = self.fault(start, |place| match missing {
            Missing::Indentation => codes::missing_white_space(
                place,
                "insufficient indentation: YAML requires this to be indented deeper",
                "indent each line of a quoted string, and within brackets, deeper than the key",
            ),
            Missing::BlankBeforeComment => codes::missing_white_space(
                place,
                "missing space: YAML requires a space before a comment",
                "add a space before the `#`",
            ),
        });
        self.diagnostics.push(*fault);
    }

    pub fn second_document(&mut self, span: saphyr_parser::Span) {
        let (start, end) = (self.offset(span.start), self.offset(span.end));
        self.diagnostics
            .push(codes::several_documents(bytes(self.file, start, end)));
    }

    pub fn event(&mut self, event: Event<'_>, span: saphyr_parser::Span) -> Result<(), YamlFault> {
        let start = self.offset(span.start);
        // The end marker of a block is at the start of the next line.
        let end = self.offset(span.end).max(start);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), start..end)
            }
            Event::SequenceStart(anchor, tag) => {
                self.container_tag(tag.as_deref(), "seq", &(start..end));
                self.open(anchor, start, false)
            }
            Event::MappingStart(anchor, tag) => {
                self.container_tag(tag.as_deref(), "map", &(start..end));
                self.open(anchor, start, true)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(start, end),
            Event::Alias(anchor) => self.alias(anchor, start..end),
            _ => Ok(()),
        }
    }

    /// Returns the position of the next value in the tree, and takes the pending key.
    fn place(&mut self) -> InsertAt {
        let Some(frame) = self.open.last_mut() else {
            return InsertAt::Root(self.file);
        };
        match &mut frame.object {
            None => InsertAt::Item(frame.id),
            Some(object) => {
                let (key, span) = object.key.take().unwrap_or_else(|| ("".into(), EMPTY));
                InsertAt::Member(frame.id, key, Some(span))
            }
        }
    }

    fn remember(&mut self, anchor: usize, anchored: Anchored) {
        // The parser numbers anchors from 1; 0 means none.
        if anchor > 0 {
            self.anchors.insert(anchor, anchored);
        }
    }

    /// Returns the open mapping, if a key comes next.
    fn waiting(&mut self) -> Option<&mut OpenMapping> {
        self.open
            .last_mut()?
            .object
            .as_mut()
            .filter(|object| object.key.is_none())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        range: Range<usize>,
    ) -> Result<(), YamlFault> {
        // An omitted value has the marker of the next token, but belongs directly after its key.
        let empty = text.is_empty() && style == ScalarStyle::Plain && anchor == 0 && tag.is_none();
        let range = if empty {
            self.last_end..self.last_end
        } else {
            trim(self.text, &range)
        };
        let span = span(range.start, range.end);
        self.last_end = self.last_end.max(range.end);
        if let Some(object) = self.waiting() {
            object.merging = text == "<<" && style == ScalarStyle::Plain && tag.is_none();
            object.key = Some((text.into(), span));
            self.remember(anchor, Anchored::Key(text.into()));
            return Ok(());
        }
        let value = self.typed(text, style, tag, &range);
        let at = self.place();
        let id = match value {
            ScalarValue::Null => self.tree.add_null(at, Some(span)),
            ScalarValue::Bool(value) => self.tree.add_bool(at, Some(span), value),
            ScalarValue::Number(value) => self.tree.add_number(at, Some(span), value),
            ScalarValue::String | ScalarValue::NoJsonNumber => {
                self.tree.add_string(at, Some(span), text.into())
            }
        };
        if matches!(self.tree.node(id).kind(), Kind::Number | Kind::Bool) {
            self.tree.spell(id, text);
        }
        self.remember(anchor, Anchored::Node(id));
        self.value_done(id)
    }

    /// Returns the type of a scalar, from its tag or its text.
    fn typed(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        range: &Range<usize>,
    ) -> ScalarValue {
        let untagged = || match style {
            ScalarStyle::Plain => scalar::plain(text),
            _ => ScalarValue::String,
        };
        let place = bytes(self.file, range.start, range.end);
        let value = match tag {
            None => untagged(),
            Some(tag) => tag::scalar(text, tag).unwrap_or_else(|what| {
                self.diagnostics.push(codes::tag(place.clone(), &what));
                untagged()
            }),
        };
        if value == ScalarValue::NoJsonNumber {
            self.diagnostics.push(codes::non_json_number(place, text));
        }
        value
    }

    fn container_tag(&mut self, tag: Option<&Tag>, expected: &str, range: &Range<usize>) {
        let Some(tag) = tag else { return };
        if let Err(what) = tag::container(tag, expected) {
            let place = bytes(self.file, range.start, range.end);
            self.diagnostics.push(codes::tag(place, &what));
        }
    }

    fn open(&mut self, anchor: usize, start: usize, object: bool) -> Result<(), YamlFault> {
        if self.waiting().is_some() {
            return Err(self.fault(start, codes::complex_key));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(self.fault(start, |place| codes::too_large(place, TOO_DEEP)));
        }
        let at = self.place();
        let id = match object {
            true => self.tree.add_object(at, None),
            false => self.tree.add_array(at, None),
        };
        self.remember(anchor, Anchored::Node(id));
        self.open.push(OpenContainer {
            id,
            anchor,
            start,
            object: object.then(OpenMapping::default),
        });
        Ok(())
    }

    fn close(&mut self, start: usize, end: usize) -> Result<(), YamlFault> {
        let Some(frame) = self.open.pop() else {
            return Ok(());
        };
        // A flow collection ends with its bracket, a block collection with its last token.
        let flow = self.text[start..end].starts_with([']', '}']);
        let end = if flow { end } else { self.last_end };
        self.last_end = self.last_end.max(end);
        self.tree
            .set_span(frame.id, span(frame.start, end.max(frame.start)));
        if let Some(object) = &frame.object {
            self.settle_duplicates(frame.id, &object.merged);
        }
        self.value_done(frame.id)
    }

    fn settle_duplicates(&mut self, object: NodeId, merged: &HashSet<NodeId>) {
        let mut explicit = duplicates(self.tree, object);
        explicit.retain(|(earlier, _)| {
            let came_by_merge = merged.contains(earlier);
            if came_by_merge {
                self.tree.shadow(*earlier);
            }
            !came_by_merge
        });
        for duplicate in shadow_duplicates(self.tree, &explicit) {
            let (first, last) = (
                self.tree.node(duplicate.first),
                self.tree.node(duplicate.last),
            );
            let found = codes::duplicate_key(first, last, duplicate.count);
            self.diagnostics.push(found);
        }
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) -> Result<(), YamlFault> {
        let span = span(range.start, range.end);
        self.last_end = self.last_end.max(range.end);
        if self.open.iter().any(|frame| frame.anchor == anchor) {
            return Err(self.fault(range.start, codes::recursive_alias));
        }
        // The parser has already refused unknown anchors.
        let Some(anchored) = self.anchors.get(&anchor).cloned() else {
            return Ok(());
        };
        if self.waiting().is_some() {
            return self.alias_as_key(&anchored, span);
        }
        let at = self.place();
        let copy = match anchored {
            Anchored::Key(text) => self.tree.add_string(at, Some(span), text),
            Anchored::Node(target) => alias::copy(self, target, at, self.open.len())
                .map_err(|what| self.fault(range.start, |place| codes::too_large(place, what)))?,
        };
        self.tree.set_span(copy, span);
        self.value_done(copy)
    }

    fn alias_as_key(&mut self, anchored: &Anchored, span: Span) -> Result<(), YamlFault> {
        let text = match anchored {
            Anchored::Key(text) => text.clone(),
            Anchored::Node(id) => {
                match (self.tree.node(*id).kind(), self.tree.node(*id).as_str()) {
                    (Kind::Array | Kind::Object, _) => {
                        return Err(self.fault(span.start as usize, codes::complex_key));
                    }
                    (_, Some(text)) => text.into(),
                    _ => self.tree.node(*id).to_json().to_string().into(),
                }
            }
        };
        if let Some(object) = self.waiting() {
            object.key = Some((text, span));
        }
        Ok(())
    }

    /// Merges the value that was just completed, if it belongs to `<<`.
    fn value_done(&mut self, value: NodeId) -> Result<(), YamlFault> {
        let depth = self.open.len();
        let Some(OpenContainer {
            id,
            object: Some(object),
            ..
        }) = self.open.last_mut()
        else {
            return Ok(());
        };
        if !std::mem::take(&mut object.merging) {
            return Ok(());
        }
        let target = *id;
        let Some(sources) = alias::merge_sources(self.tree.node(value)) else {
            self.diagnostics
                .push(codes::merge_key(Location::Value(value)));
            return Ok(());
        };
        self.tree.shadow(value);
        let start = self
            .tree
            .node(value)
            .span()
            .map_or(0, |span| span.start as usize);
        let mut keys = match self.filled() {
            Some(object) => std::mem::take(&mut object.keys),
            None => alias::KnownKeys::default(),
        };
        let added = alias::merge(self, &sources, target, &mut keys, depth)
            .map_err(|what| self.fault(start, |place| codes::too_large(place, what)))?;
        if let Some(object) = self.filled() {
            object.merged.extend(added);
            object.keys = keys;
        }
        Ok(())
    }

    /// Returns the open mapping.
    fn filled(&mut self) -> Option<&mut OpenMapping> {
        self.open.last_mut()?.object.as_mut()
    }
}

const EMPTY: Span = Span { start: 0, end: 0 };

/// Returns the range of a scalar without the line breaks at the end of a block scalar.
fn trim(text: &str, range: &Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    range.start..range.start + quoted(part).unwrap_or(part.trim_end()).len()
}

/// Returns the quoted string at the start of a text. The parser includes a comment after it in the scalar.
fn quoted(text: &str) -> Option<&str> {
    let quote = text
        .chars()
        .next()
        .filter(|char| matches!(char, '\'' | '"'))?;
    let mut bytes = text.bytes().enumerate().skip(1).peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' if quote == '"' => drop(bytes.next()),
            b'\'' if quote == '\'' && bytes.next_if(|(_, next)| *next == b'\'').is_some() => {}
            _ if char::from(byte) == quote => return Some(&text[..=at]),
            _ => {}
        }
    }
    None
}

/// Returns the position of a byte range, for faults without a node.
fn bytes(file: FileId, start: usize, end: usize) -> Location {
    Location::Bytes(file, start..end)
}

fn span(start: usize, end: usize) -> Span {
    Span {
        start: start as u32,
        end: end as u32,
    }
}
