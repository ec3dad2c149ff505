//! The lines around a diagnostic: the renderer is handed these, never a whole file.

use crate::diag::{Diagnostic, Label};
use crate::source::{Located, SourceFile, Sources};
use crate::text::floor_char_boundary;
use crate::tree::{FileId, Tree};
use annotate_snippets::{Annotation, AnnotationKind, Snippet};
use std::ops::Range;

/// Labels within so many lines share an excerpt.
const NEAR: usize = 12;
/// A longer line is cut; the renderer then trims what is left to its width.
const LONGEST: usize = 400;
/// How much of a cut line stays before the mark and after its start.
const AROUND: usize = 160;
/// The renderer shows so much of a line.
const WIDTH: usize = 140;
/// A longer mark is cut: its start is what matters, and it would make the line long again.
const LONGEST_MARK: usize = 80;

/// A few lines of a file with their marks.
pub struct Excerpt {
    path: String,
    line: usize,
    column: usize,
    /// The column in the excerpt.
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
    /// Mends the arrow line of a rendered report: the renderer counts columns in the text that it
    /// was given, which is wrong where a long line was cut.
    pub fn mend(&self, report: String) -> String {
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

/// A label with its place.
struct Spot<'a> {
    at: Located<'a>,
    text: &'a str,
    primary: bool,
}

/// The excerpts of a diagnostic: the main place's first; labels near each other share one.
pub fn excerpts(diagnostic: &Diagnostic, sources: &Sources, tree: &Tree) -> Vec<Excerpt> {
    let mut groups: Vec<Vec<Spot<'_>>> = Vec::new();
    let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
    for (index, Label { place, text }) in labels.enumerate() {
        let whole = matches!(place, crate::diag::Place::File(_));
        let Some(at) = sources.place(tree, place).filter(|_| !whole) else {
            continue;
        };
        let spot = Spot {
            at,
            text,
            primary: index == 0,
        };
        let near = |group: &&mut Vec<Spot<'_>>| {
            let first = &group[0].at;
            first.file == spot.at.file
                && first.line.abs_diff(spot.at.line) <= NEAR
                && group
                    .iter()
                    .all(|other| share_line(sources, &other.at, &spot.at))
        };
        match groups.iter_mut().find(near) {
            Some(group) => group.push(spot),
            None => groups.push(vec![spot]),
        }
    }
    let excerpt = |group: Vec<Spot<'_>>| {
        let file = group.first()?.at.file;
        Some(excerpt(sources, file, &group))
    };
    groups.into_iter().filter_map(excerpt).flatten().collect()
}

/// Whether the part of a line that is shown for one place has the other, where they are in one line.
fn share_line(sources: &Sources, one: &Located<'_>, other: &Located<'_>) -> bool {
    let length = sources
        .file(one.file)
        .map_or(0, |file| file.line_range(one.line).len());
    one.line != other.line
        || length <= WIDTH
        || one.range.start.abs_diff(other.range.start) < WIDTH / 2
}

fn excerpt(sources: &Sources, file: FileId, spots: &[Spot<'_>]) -> Option<Excerpt> {
    let source = sources.file(file)?;
    let lead = &spots.first()?.at;
    let first_line = spots.iter().map(|spot| spot.at.line).min()?;
    let last_line = spots.iter().map(|spot| spot.at.line).max()?;
    let mut text = String::new();
    let mut marks = Vec::new();
    for line in first_line..=last_line {
        let here: Vec<&Spot<'_>> = spots.iter().filter(|spot| spot.at.line == line).collect();
        let kept = kept(source, line, here.first().map(|spot| spot.at.range.start));
        for spot in here {
            let mark = within(&source.text, &spot.at.range, &kept, text.len());
            marks.push(Mark {
                range: mark,
                text: spot.text.to_owned(),
                primary: spot.primary,
            });
        }
        text.push_str(&source.text[kept]);
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

/// The part of a line that is shown: all of it, or what stands around the mark.
fn kept(source: &SourceFile, line: usize, mark: Option<usize>) -> Range<usize> {
    let whole = source.line_range(line);
    if whole.len() <= LONGEST {
        return whole;
    }
    let mark = mark.unwrap_or(whole.start);
    let start = floor_char_boundary(&source.text, mark.saturating_sub(AROUND).max(whole.start));
    let end = floor_char_boundary(&source.text, (mark + AROUND).min(whole.end));
    start..end
}

/// The mark within the excerpt: only its first line, and at least one character where there is one.
fn within(text: &str, range: &Range<usize>, kept: &Range<usize>, offset: usize) -> Range<usize> {
    let clamp = |at: usize| at.clamp(kept.start, kept.end);
    let start = clamp(range.start);
    let end = clamp(range.end)
        .max(start)
        .min(floor_char_boundary(text, start + LONGEST_MARK));
    let end = start + text[start..end].trim_end().len();
    offset + start - kept.start..offset + end - kept.start
}
