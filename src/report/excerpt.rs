//! Extracts the source lines around a diagnostic, so that the renderer never gets a whole file.

use crate::diag::{Diagnostic, Label};
use crate::source::{SourceFile, SourceLocation, Sources};
use crate::text::floor_char_boundary;
use crate::tree::{FileId, Tree};
use annotate_snippets::{Annotation, AnnotationKind, Snippet};
use std::ops::Range;

/// The distance in lines up to which labels share an excerpt.
const NEAR: usize = 12;
/// The limit of a line's length. The renderer trims shorter lines to its width.
const LONGEST: usize = 400;
/// The length to keep before and after the start of a mark in a line that is cut.
const AROUND: usize = 160;
/// The width to which the renderer trims lines.
const WIDTH: usize = 140;
/// The limit of a mark's length. Its start matters most, and a long mark would make the line long again.
const LONGEST_MARK: usize = 80;

/// Some lines of a file with marks.
pub struct Excerpt {
    path: String,
    line: usize,
    column: usize,
    /// The column within the excerpt.
    shown_column: usize,
    first_line: usize,
    text: String,
    marks: Vec<Mark>,
}

struct Mark {
    range: Range<usize>,
    text: String,
    primary: bool,
}

impl Excerpt {
    /// Corrects the position in a rendered report. The renderer counts columns in the text that it got, which is
    /// wrong if a long line was cut.
    pub fn correct_column(&self, report: String) -> String {
        if self.shown_column == self.column {
            return report;
        }
        let arrow = |column: usize| format!("{}:{}:{column}", self.path, self.line);
        report.replacen(&arrow(self.shown_column), &arrow(self.column), 1)
    }

    pub fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        let annotations = self.marks.iter().map(|mark| {
            let kind = if mark.primary {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let text = (!mark.text.is_empty()).then_some(mark.text.as_str());
            kind.span(mark.range.clone()).label(text)
        });
        Snippet::source(self.text.as_str())
            .path(self.path.as_str())
            .line_start(self.first_line)
            .annotations(annotations)
    }
}

/// A label with its location.
struct LabelLocation<'a> {
    at: SourceLocation<'a>,
    text: &'a str,
    primary: bool,
}

/// Returns the excerpts of a diagnostic, the primary one first. Labels that are close share one.
pub fn excerpts(diagnostic: &Diagnostic, sources: &Sources, tree: &Tree) -> Vec<Excerpt> {
    let mut groups: Vec<Vec<LabelLocation<'_>>> = Vec::new();
    let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
    for (index, Label { place, text }) in labels.enumerate() {
        let whole = matches!(place, crate::diag::Location::File(_));
        let Some(at) = sources.place(tree, place).filter(|_| !whole) else {
            continue;
        };
        let location = LabelLocation {
            at,
            text,
            primary: index == 0,
        };
        let near = |group: &&mut Vec<LabelLocation<'_>>| {
            let first = &group[0].at;
            first.file == location.at.file
                && first.line.abs_diff(location.at.line) <= NEAR
                && group
                    .iter()
                    .all(|other| share_line(sources, &other.at, &location.at))
        };
        match groups.iter_mut().find(near) {
            Some(group) => group.push(location),
            None => groups.push(vec![location]),
        }
    }
    let excerpt = |group: Vec<LabelLocation<'_>>| {
        let file = group.first()?.at.file;
        Some(excerpt(sources, file, &group))
    };
    groups.into_iter().filter_map(excerpt).flatten().collect()
}

/// Returns whether the shown part of a line contains both positions, if they are on the same line.
fn share_line(sources: &Sources, one: &SourceLocation<'_>, other: &SourceLocation<'_>) -> bool {
    let length = sources
        .file(one.file)
        .map_or(0, |file| file.line_range(one.line).len());
    one.line != other.line
        || length <= WIDTH
        || one.range.start.abs_diff(other.range.start) < WIDTH / 2
}

fn excerpt(sources: &Sources, file: FileId, locations: &[LabelLocation<'_>]) -> Option<Excerpt> {
    let source = sources.file(file)?;
    let lead = &locations.first()?.at;
    let first_line = locations.iter().map(|location| location.at.line).min()?;
    let last_line = locations.iter().map(|location| location.at.line).max()?;
    let mut text = String::new();
    let mut marks = Vec::new();
    for line in first_line..=last_line {
        let here: Vec<&LabelLocation<'_>> = locations
            .iter()
            .filter(|location| location.at.line == line)
            .collect();
        let shown_part = shown_part(
            source,
            line,
            here.first().map(|location| location.at.range.start),
        );
        for location in here {
            let mark = within(&source.text, &location.at.range, &shown_part, text.len());
            marks.push(Mark {
                range: mark,
                text: location.text.to_owned(),
                primary: location.primary,
            });
        }
        text.push_str(&source.text[shown_part]);
        text.push('\n');
    }
    let path = lead.path.display().to_string();
    let start = marks
        .iter()
        .find(|mark| mark.primary)
        .or(marks.first())?
        .range
        .start;
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let shown_column = text[line_start..start].chars().count() + 1;
    let (line, column) = (lead.line, lead.column);
    Some(Excerpt {
        path,
        line,
        column,
        shown_column,
        first_line,
        text,
        marks,
    })
}

/// Returns the part of a line to show: all of it, or the part around the mark.
fn shown_part(source: &SourceFile, line: usize, mark: Option<usize>) -> Range<usize> {
    let whole = source.line_range(line);
    if whole.len() <= LONGEST {
        return whole;
    }
    let mark = mark.unwrap_or(whole.start);
    let start = floor_char_boundary(&source.text, mark.saturating_sub(AROUND).max(whole.start));
    let end = floor_char_boundary(&source.text, (mark + AROUND).min(whole.end));
    start..end
}

/// Returns the range of a mark in the excerpt: its first line only, and at least one character if possible.
fn within(
    text: &str,
    range: &Range<usize>,
    shown_part: &Range<usize>,
    offset: usize,
) -> Range<usize> {
    let clamp = |at: usize| at.clamp(shown_part.start, shown_part.end);
    let start = clamp(range.start);
    let end = clamp(range.end)
        .max(start)
        .min(floor_char_boundary(text, start + LONGEST_MARK));
    let end = start + text[start..end].trim_end().len();
    offset + start - shown_part.start..offset + end - shown_part.start
}
