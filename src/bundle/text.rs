//! Writes the bundle by editing the root's YAML text.

use super::plan::{AddedComponent, BundlePlan, Rewrite, is_alone};
use super::ranges::{after_colon, before, column, end_of_line, is_flow, range};
use super::value::Values;
use super::yaml;
use crate::resolve::reference;
use crate::source::{SourceFile, Syntax};
use crate::tree::{Node, NodeId};
use serde_json::Value;
use std::ops::Range;

/// Returns the root's text with changed references and added components, if it parses to the value.
///
/// The second attempt copies no text of other files, which may not be valid at the new position. Returns `None`
/// if that fails too.
pub fn edited(plan: &BundlePlan<'_>, root: Node<'_>, value: &Value) -> Option<String> {
    let root = plan.node(root.id());
    [true, false].into_iter().find_map(|copies| {
        let text = TextWriter { plan, copies }.document(root)?;

        yaml::parses_to(&text, value).then_some(text)
    })
}

/// A change to the text of a file.
#[derive(Debug, PartialEq, Eq)]
struct TextEdit {
    range: Range<usize>,
    text: String,
}

struct TextWriter<'p, 't> {
    plan: &'p BundlePlan<'t>,
    /// Whether to copy text of other files.
    copies: bool,
}

impl<'t> TextWriter<'_, 't> {
    fn document(&self, root: Node<'t>) -> Option<String> {
        let file = self.file(root)?;
        let mut edits = Vec::new();
        self.edits(root, &mut edits)?;
        let appended = self.components(root, &mut edits)?;
        let mut text = applied(&file.text, 0..file.text.len(), edits)?;
        if !appended.is_empty() {
            if !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(&appended);
        }
        match file.text.contains("\r\n") {
            true => Some(text.replace("\r\n", "\n").replace('\n', "\r\n")),
            false => Some(text),
        }
    }

    fn file(&self, node: Node<'_>) -> Option<&'t SourceFile> {
        self.plan.resolver.sources.file(node.file())
    }

    /// Collects the changes to the text of a node and of everything in it.
    fn edits(&self, node: Node<'t>, edits: &mut Vec<TextEdit>) -> Option<()> {
        let action = self.plan.action(node);
        match action {
            Some(Rewrite::Point(target)) => {
                let place = reference(node).map_or(node, |(place, _)| place);
                let text = yaml::quoted(&self.plan.reference(target));
                edits.extend(range(place).map(|range| TextEdit { range, text }));
            }
            Some(Rewrite::Inline(target)) => {
                let edit = self.inlined(node, self.plan.node(target))?;
                let is_whole =
                    edit.range.end >= range(node)?.end && edit.range.start <= range(node)?.start;
                edits.push(edit);
                if is_whole {
                    return Some(());
                }
            }
            None => {}
        }
        if let Some(address) = self.plan.moved.get(&node.id()) {
            let text = yaml::quoted(address);
            edits.extend(range(node).map(|range| TextEdit { range, text }));
        }
        if let Some(more) = self.plan.mapped.get(&node.id()) {
            let edit = self.mapped(node, more)?;
            // A flow mapping is rewritten as a whole.
            let is_whole = edit.range.start <= range(node)?.start;
            edits.push(edit);
            if is_whole {
                return Some(());
            }
        }
        for (_, scopes) in node.members() {
            if let Some((name, key)) = self.plan.scheme_name(scopes).zip(scopes.key_span()) {
                let (range, text) = (key.start as usize..key.end as usize, yaml::quoted(&name));
                edits.push(TextEdit { range, text });
            }
        }
        let parts = node.members().map(|(_, child)| child).chain(node.items());
        for part in parts {
            self.edits(part, edits)?;
        }
        Some(())
    }

    /// Returns the change that adds entries to the mapping of a discriminator.
    fn mapped(&self, discriminator: Node<'t>, more: &[(String, NodeId)]) -> Option<TextEdit> {
        let text = &self.file(discriminator)?.text;
        if is_flow(text, discriminator) {
            let text = yaml::flow(&Values::new(self.plan).of(discriminator)?);
            let range = range(discriminator)?;
            return Some(TextEdit { range, text });
        }
        let lines = |column: usize| {
            let line = |(value, target): &(String, NodeId)| {
                let (key, text) = (
                    yaml::key(value),
                    yaml::quoted(&self.plan.reference(*target)),
                );
                format!("{}{key}: {text}\n", " ".repeat(column))
            };
            more.iter().map(line).collect::<String>()
        };
        match discriminator.get("mapping") {
            Some(mapping) if is_open(text, mapping, self.plan) => {
                inserted(text, mapping, lines(key_column(text, mapping)?))
            }
            Some(mapping) => {
                let column = column(text, mapping.key_span()?.start as usize);
                let value = Values::new(self.plan).of(discriminator)?;
                let range =
                    after_colon(text, mapping.key_span()?.end as usize, range(mapping)?.end)?;
                let text = yaml::after_key(&value["mapping"], column + 2);
                Some(TextEdit { range, text })
            }
            None => {
                let column = key_column(text, discriminator)?;
                let head = format!("{}mapping:\n", " ".repeat(column));
                inserted(text, discriminator, head + &lines(column + 2))
            }
        }
    }

    /// Returns the change that replaces a reference with its target.
    fn inlined(&self, node: Node<'t>, target: Node<'t>) -> Option<TextEdit> {
        let text = &self.file(node)?.text;
        let whole = range(node)?;
        let value = Values::new(self.plan).of(node)?;
        let around = std::iter::successors(node.parent(), |node| node.parent());
        if around.into_iter().any(|node| is_flow(text, node)) {
            let text = yaml::flow(&value);
            return Some(TextEdit { range: whole, text });
        }
        let (place, _) = reference(node)?;
        let column = column(text, place.key_span()?.start as usize);
        if !is_flow(text, node)
            && let Some(lines) = self.copied(target, column).filter(|_| target.is_object())
            && !node.members().any(|(key, _)| target.get(key).is_some())
        {
            let range = place.key_span()?.start as usize..range(place)?.end;
            return Some(with_comment(
                text,
                range,
                lines.trim_start_matches(' '),
                column,
            ));
        }
        match node.key_span() {
            Some(key) => {
                let column = self::column(text, key.start as usize) + 2;
                let copied = self.behind_key(target, column).filter(|_| is_alone(node));
                let new = copied.unwrap_or_else(|| yaml::after_key(&value, column));
                let range = after_colon(text, key.end as usize, whole.end)?;
                Some(TextEdit { range, text: new })
            }
            None => {
                let column = self::column(text, whole.start);
                let lines = self.copied(target, column).filter(|_| is_alone(node));
                let lines = lines.unwrap_or_else(|| yaml::block(&value, column));
                let text = lines.trim_start_matches(' ').to_owned();
                Some(TextEdit { range: whole, text })
            }
        }
    }

    /// Returns the lines of a block mapping or sequence of another file, edited and indented to column `to`.
    ///
    /// Returns `None` if the lines parse to another value at the new position.
    fn copied(&self, target: Node<'t>, to: usize) -> Option<String> {
        let file = self
            .file(target)
            .filter(|file| self.copies && file.syntax == Syntax::Yaml)?;
        let text = &file.text;
        let is_block = range(target).is_some_and(|range| !range.is_empty());
        if !is_block || is_flow(text, target) || target.as_str().is_some() {
            return None;
        }
        let whole = range(target)?;
        let from = column(text, whole.start);
        let mut edits = Vec::new();
        self.edits(target, &mut edits)?;
        let line = whole.start - from;
        if !text[line..whole.start].trim_start_matches(' ').is_empty() {
            return None;
        }
        let lines = match target.parent() {
            None => before(text, line)..text.trim_end().len(),
            Some(_) => line..end_of_line(text, whole.end)?,
        };
        let lines = applied(text, lines, edits)?.replace("\r\n", "\n");
        let moved = yaml::shifted(&lines, from, to);
        let value = Values::new(self.plan).of(target)?;
        yaml::parses_to(&moved, &value).then_some(moved)
    }

    /// Returns the text of a target to print after a key and its colon: indented lines, or a flow value on one line.
    fn behind_key(&self, target: Node<'t>, column: usize) -> Option<String> {
        if let Some(lines) = self.copied(target, column) {
            return Some(format!("\n{lines}"));
        }
        let file = self
            .file(target)
            .filter(|file| self.copies && file.syntax == Syntax::Yaml)?;
        let mut edits = Vec::new();
        self.edits(target, &mut edits)?;
        let text = applied(&file.text, range(target)?, edits)?;
        let value = Values::new(self.plan).of(target)?;
        let is_line = is_flow(&file.text, target) && !text.contains('\n');
        (is_line && yaml::parses_to(&text, &value)).then(|| format!(" {text}"))
    }

    /// Returns the lines of an added component, with the comments above it.
    fn component(&self, added: &AddedComponent, column: usize) -> Option<String> {
        let node = self.plan.node(added.node);
        let blanks = " ".repeat(column);
        let body = match self.behind_key(node, column + 2) {
            Some(text) => text,
            None => yaml::after_key(&Values::new(self.plan).of(node)?, column + 2),
        };
        let comments = self.comments(node, column).unwrap_or_default();
        let key = yaml::key(&added.name);
        Some(format!("{comments}{blanks}{key}:{body}\n"))
    }

    /// Returns the comment lines above the key of a node.
    fn comments(&self, node: Node<'t>, column: usize) -> Option<String> {
        let text = &self.file(node).filter(|_| self.copies)?.text;
        let key = node.key_span()?.start as usize;
        let line = key - self::column(text, key);
        let above = before(text, line);
        let from = self::column(text, key);
        let comments = text[above..line].replace("\r\n", "\n");
        Some(yaml::shifted(&comments, from, column))
    }

    /// Adds the components. Returns the text to append to the document.
    fn components(&self, root: Node<'t>, edits: &mut Vec<TextEdit>) -> Option<String> {
        let text = &self.file(root)?.text;
        let components = self.plan.layout.holder(root);
        let known = components.filter(|node| is_open(text, *node, self.plan));
        let mut new = Vec::new();
        for (section, added) in &self.plan.added {
            let map = known.and_then(|known| known.get(section));
            match map {
                Some(map) if is_open(text, map, self.plan) => {
                    let lines = self.lines(added, key_column(text, map)?)?;
                    edits.push(inserted(text, map, lines)?);
                }
                Some(map) => self.open(map, edits, |column| self.lines(added, column))?,
                None => new.push((section, added)),
            }
        }
        let sections = |column: usize| {
            let sections = new.iter().map(|(section, added)| {
                let lines = self.lines(added, column + 2)?;
                Some(format!("{}{section}:\n{lines}", " ".repeat(column)))
            });
            sections.collect::<Option<String>>()
        };
        match (components, known) {
            _ if new.is_empty() => {}
            (_, Some(known)) => {
                let lines = sections(key_column(text, known)?)?;
                edits.push(inserted(text, known, lines)?);
            }
            (Some(components), None) => self.open(components, edits, sections)?,
            (None, None) => return Some(format!("components:\n{}", sections(2)?)),
        }
        Some(String::new())
    }

    /// Rewrites a map that is empty or in flow style in block style, and adds the lines.
    fn open(
        &self,
        map: Node<'t>,
        edits: &mut Vec<TextEdit>,
        lines: impl Fn(usize) -> Option<String>,
    ) -> Option<()> {
        let text = &self.file(map)?.text;
        let key = map.key_span()?;
        let column = column(text, key.start as usize) + 2;
        let range = after_colon(text, key.end as usize, range(map)?.end)?;
        let mut new = match Values::new(self.plan).of(map)? {
            value if value.as_object().is_some_and(|map| !map.is_empty()) => {
                yaml::after_key(&value, column)
            }
            _ => String::new(),
        };
        new.push('\n');
        new.push_str(lines(column)?.trim_end_matches('\n'));
        edits.retain(|inner| inner.range.start < range.start || inner.range.end > range.end);
        edits.push(TextEdit { range, text: new });
        Some(())
    }

    fn lines(&self, added: &[AddedComponent], column: usize) -> Option<String> {
        added
            .iter()
            .map(|added| self.component(added, column))
            .collect()
    }
}

/// Returns whether lines can be added at the end of a mapping.
fn is_open(text: &str, node: Node<'_>, plan: &BundlePlan<'_>) -> bool {
    let is_filled = node.members().next().is_some();
    let is_copied = plan.action(node).is_none() || is_alone(node);
    is_filled && !is_flow(text, node) && is_copied
}

fn key_column(text: &str, map: Node<'_>) -> Option<usize> {
    let (_, first) = map.members().next()?;
    Some(column(text, first.key_span()?.start as usize))
}

/// Returns the edit that adds lines after the last one of a mapping.
fn inserted(text: &str, map: Node<'_>, lines: String) -> Option<TextEdit> {
    let end = end_of_line(text, range(map)?.end)?;
    let text = format!("\n{}", lines.trim_end_matches('\n'));
    Some(TextEdit {
        range: end..end,
        text,
    })
}

/// Returns an edit that replaces whole lines. A comment after the old text moves above the new text.
fn with_comment(text: &str, range: Range<usize>, lines: &str, column: usize) -> TextEdit {
    let end = end_of_line(text, range.end).unwrap_or(range.end);
    let comment = text[range.end..end].trim();
    match comment.is_empty() {
        true => TextEdit {
            range,
            text: lines.to_owned(),
        },
        false => TextEdit {
            range: range.start..end,
            text: format!("{comment}\n{}{lines}", " ".repeat(column)),
        },
    }
}

/// Applies edits to a part of a text. Returns `None` if edits overlap.
fn applied(text: &str, part: Range<usize>, mut edits: Vec<TextEdit>) -> Option<String> {
    edits.sort_by_key(|edit| edit.range.start);
    // A node that an alias repeats was visited twice, but is written once.
    edits.dedup();
    let mut result = String::new();
    let mut at = part.start;
    for edit in edits {
        result.push_str(text.get(at..edit.range.start)?);
        result.push_str(&edit.text);
        at = edit.range.end;
    }
    result.push_str(text.get(at..part.end)?);
    Some(result)
}
