//! Prints the tree as lines of Markdown.

use super::escape::{guard, longest_run};
use super::inline::{self, GLUE, HARD, InlineContext};
use super::sentences::sentences;
use super::tree::{Block, Inline};

/// How headings are printed.
#[derive(Clone, Copy)]
pub(super) enum Headings {
    /// With this offset added to their level.
    Deeper(usize),
    /// As bold paragraphs, where a heading would become one of the page.
    Bold,
}

/// How paragraphs are broken into lines.
#[derive(Clone, Copy)]
pub(super) enum LineBreaks {
    /// Keeps the author's lines, or wraps all of them if one exceeds this width.
    Within(usize),
    Sentences,
}

/// The printing options.
pub(super) struct PrintOptions {
    pub(super) headings: Headings,
    /// Whether code blocks keep their language. Otherwise it is `text`, which rustdoc never runs.
    pub(super) languages: bool,
    pub(super) lines: LineBreaks,
}

impl PrintOptions {
    /// Returns the lines of blocks, separated by empty lines.
    pub(super) fn blocks(&self, blocks: &[Block]) -> Vec<String> {
        self.spaced_blocks(blocks, false)
    }

    /// Returns the lines of blocks. If `tight`, a list follows a paragraph without an empty line.
    fn spaced_blocks(&self, blocks: &[Block], tight: bool) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut other_marker = false;
        for (at, block) in blocks.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &blocks[before]);
            // Alternates the markers of consecutive lists, which would be merged otherwise.
            let follows_list =
                matches!(before, Some(Block::List { .. })) && matches!(block, Block::List { .. });
            other_marker = follows_list && !other_marker;
            let joined = tight
                && matches!(
                    (before, block),
                    (
                        Some(Block::Paragraph(_)),
                        Block::List {
                            start: None | Some(1),
                            ..
                        }
                    )
                );
            if before.is_some() && !joined {
                lines.push(String::new());
            }
            lines.extend(self.block(block, other_marker));
        }
        lines
    }

    fn block(&self, block: &Block, other_marker: bool) -> Vec<String> {
        match block {
            Block::Heading(level, inlines) => self.heading(*level, inlines),
            Block::Paragraph(inlines) => self.paragraph(inlines),
            Block::Code { language, text } => self.code(language, text),
            Block::Quote(blocks) => {
                let prefix = |line: String| {
                    if line.is_empty() {
                        ">".to_owned()
                    } else {
                        format!("> {line}")
                    }
                };
                self.blocks(blocks).into_iter().map(prefix).collect()
            }
            Block::List {
                start,
                loose,
                items,
            } => self.list(*start, *loose, items, other_marker),
            Block::Table(rows) => table(rows),
            Block::Rule => vec!["---".to_owned()],
        }
    }

    fn heading(&self, level: usize, inlines: &[Inline]) -> Vec<String> {
        let Headings::Deeper(offset) = self.headings else {
            return self.paragraph(&[Inline::Strong(inlines.to_vec())]);
        };
        let marks = "#".repeat((level + offset).min(6));
        let mut text = one_line(inlines, false);
        // Escapes what could be parsed at the end of a heading: closing marks, and mdBook's attributes
        // (`{onclick=…}`).
        if text.ends_with(['#', '}']) {
            text.insert(text.len() - 1, '\\');
        }
        vec![format!("{marks} {text}")]
    }

    fn paragraph(&self, inlines: &[Inline]) -> Vec<String> {
        let text = inline::markdown(inlines, InlineContext::default());
        let mut lines: Vec<String> = Vec::new();
        for part in text.split(HARD).filter(|part| !part.trim().is_empty()) {
            if let Some(line) = lines.last_mut() {
                line.push('\\');
            }
            lines.extend(guarded(part, self.lines));
        }
        lines
    }

    fn code(&self, language: &str, text: &str) -> Vec<String> {
        let fence = "`".repeat((longest_run(text, '`') + 1).max(3));
        let language = if self.languages {
            known_language(language)
        } else {
            "text".to_owned()
        };
        let mut lines = vec![format!("{fence}{language}")];
        lines.extend(text.lines().map(|line| line.trim_end().to_owned()));
        lines.push(fence);
        lines
    }

    fn list(
        &self,
        start: Option<u64>,
        loose: bool,
        items: &[Vec<Block>],
        other_marker: bool,
    ) -> Vec<String> {
        let mut lines = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let marker = match (start, other_marker) {
                (None, false) => "- ".to_owned(),
                (None, true) => "* ".to_owned(),
                // CommonMark allows nine digits.
                (Some(start), false) => format!("{}. ", (start + at as u64).min(999_999_999)),
                (Some(start), true) => format!("{}) ", (start + at as u64).min(999_999_999)),
            };
            if loose && at > 0 {
                lines.push(String::new());
            }
            let indent = " ".repeat(marker.len());
            for (line_at, line) in self.spaced_blocks(item, !loose).into_iter().enumerate() {
                let prefix = if line_at == 0 { &marker } else { &indent };
                lines.push(format!("{prefix}{line}").trim_end().to_owned());
            }
        }
        lines
    }
}

/// Returns the language of a fence, if it is a single word. Rust code is never run.
fn known_language(info: &str) -> String {
    let word = info.split([' ', ',', '{']).next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+');
    match word {
        "rust" | "rs" => "rust,ignore".to_owned(),
        word if !word.is_empty() && word.chars().all(plain) => word.to_owned(),
        _ => "text".to_owned(),
    }
}

/// Returns inlines on one line, for headings and cells.
fn one_line(inlines: &[Inline], in_cell: bool) -> String {
    let text = inline::markdown(inlines, InlineContext::cell(in_cell));
    let shown = if in_cell { "<br>" } else { " " };
    let spaced = text.replace(HARD, shown);
    let words: Vec<&str> = spaced
        .split(['\n', ' '])
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").replace(GLUE, " ")
}

/// Breaks a paragraph into lines, and escapes their starts.
pub(super) fn guarded(text: &str, lines: LineBreaks) -> Vec<String> {
    let lines = match lines {
        LineBreaks::Within(width) => fill(text, width),
        LineBreaks::Sentences => sentences(text),
    };
    let finished = |line: String| {
        let line = guard(line);
        match line.contains(GLUE) {
            true => line.replace(GLUE, " "),
            false => line,
        }
    };
    lines.into_iter().map(finished).collect()
}

/// Keeps the author's lines if all fit, or wraps all of them. A word longer than a line gets its own.
fn fill(text: &str, width: usize) -> Vec<String> {
    let squeezed = |line: &str| match line.contains("  ") {
        true => {
            let words = line.split(' ').filter(|word| !word.is_empty());
            words.collect::<Vec<_>>().join(" ")
        }
        false => line.trim_matches(' ').to_owned(),
    };
    let lines = text.split('\n').map(squeezed);
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    if lines.iter().all(|line| fits(line, width)) {
        return lines;
    }
    let mut filled: Vec<String> = Vec::new();
    let mut used = 0;
    for word in lines.iter().flat_map(|line| line.split(' ')) {
        let len = word.chars().count();
        match filled.last_mut() {
            Some(line) if used + 1 + len <= width => {
                line.push(' ');
                line.push_str(word);
                used += 1 + len;
            }
            _ => {
                filled.push(word.to_owned());
                used = len;
            }
        }
    }
    filled
}

/// Returns whether a line fits into a width. A character has at least one byte, so the byte length is tried first.
fn fits(line: &str, width: usize) -> bool {
    line.len() <= width || line.chars().count() <= width
}

fn table(rows: &[Vec<Vec<Inline>>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut lines = Vec::with_capacity(rows.len() + 1);
    for (at, row) in rows.iter().enumerate() {
        let mut cells: Vec<String> = row.iter().map(|cell| one_line(cell, true)).collect();
        cells.resize(columns, String::new());
        lines.push(format!("| {} |", cells.join(" | ")));
        if at == 0 {
            lines.push(format!("|{}", " --- |".repeat(columns)));
        }
    }
    lines
}
