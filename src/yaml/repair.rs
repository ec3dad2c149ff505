//! Blanks that YAML requires and most other readers do not: before lines that are indented too little,
//! and before a comment that follows another token at once.
//!
//! Both inside a quoted scalar and inside brackets the blanks at the start of a line mean nothing, so
//! putting more there changes no value. Neither does a blank before a comment. The parser is given the
//! repaired text, and its markers are turned back into places of the real one.

use saphyr_parser::{Marker, Parser, ScanError};
use std::collections::BTreeMap;

/// A document with more such places is reported as it is.
const MOST: usize = 100;
/// Deeper than any place that asks for it.
const BLANKS: usize = 256;
/// What the parser says of a comment right after another token.
const COMMENT: &str = "comments must be separated from other tokens by whitespace";

/// Blanks that were put into a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// How many characters of the real line are before it.
    column: usize,
    blanks: usize,
}

/// What was put into which line (numbers from 1), in the order of the columns.
pub type Shifts = BTreeMap<usize, Vec<Gap>>;

/// What was wrong at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Indentation,
    BlankBeforeComment,
}

/// A text that parses, and where it differs.
pub struct Repaired {
    pub text: String,
    pub shifts: Shifts,
    /// Where the parser stumbled, as markers of the real text.
    pub faults: Vec<(Marker, Missing)>,
}

/// Adds the blanks that are missing; `None` when that does not make the text parse.
pub fn repair(text: &str) -> Option<Repaired> {
    let mut repaired = Repaired {
        text: text.to_owned(),
        shifts: Shifts::new(),
        faults: Vec::new(),
    };
    for _ in 0..MOST {
        let fault = match Parser::new_from_str(&repaired.text).find_map(Result::err) {
            None => return Some(repaired),
            Some(fault) => fault,
        };
        let marker = unshift(*fault.marker(), &repaired.shifts);
        let (lines, gap, missing) = match fault.info() {
            COMMENT => {
                let (line, column) = (marker.line(), marker.col());
                let gap = Gap { column, blanks: 1 };
                (line..=line, gap, Missing::BlankBeforeComment)
            }
            _ => {
                let lines = lines(&repaired.text, &fault)?;
                let gap = Gap {
                    column: 0,
                    blanks: BLANKS,
                };
                (lines, gap, Missing::Indentation)
            }
        };
        for line in lines {
            let gaps = repaired.shifts.entry(line).or_default();
            match gaps.binary_search_by_key(&gap.column, |known| known.column) {
                // It did not help.
                Ok(_) => return None,
                Err(place) => gaps.insert(place, gap),
            }
        }
        repaired.faults.push((marker, missing));
        repaired.text = shifted(text, &repaired.shifts);
    }
    None
}

/// True for a fault that `repair` may mend.
pub fn mendable(fault: &ScanError) -> bool {
    fault.info() == COMMENT || is_indentation(fault)
}

fn is_indentation(fault: &ScanError) -> bool {
    fault.info().starts_with("invalid indentation") && !fault.info().ends_with("anchor")
}

/// The lines that must be indented more.
fn lines(text: &str, fault: &ScanError) -> Option<std::ops::RangeInclusive<usize>> {
    if !is_indentation(fault) {
        return None;
    }
    let (line, column) = (fault.marker().line(), fault.marker().col());
    if fault.info() != "invalid indentation in quoted scalar" {
        return Some(line..=line);
    }
    let start: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let scalar = text.get(start..)?;
    let (offset, quote) = scalar.char_indices().nth(column)?;
    let breaks = scalar_breaks(&scalar[offset + quote.len_utf8()..], quote);
    (breaks > 0).then(|| line + 1..=line + breaks)
}

/// How many line breaks stand before the closing quote.
fn scalar_breaks(text: &str, quote: char) -> usize {
    let mut breaks = 0;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' if quote == '"' => breaks += usize::from(chars.next() == Some('\n')),
            '\n' => breaks += 1,
            '\'' if quote == '\'' && chars.peek() == Some(&'\'') => {
                chars.next();
            }
            _ if char == quote => break,
            _ => {}
        }
    }
    breaks
}

fn shifted(text: &str, shifts: &Shifts) -> String {
    let mut result = String::with_capacity(text.len() + shifts.len() * BLANKS);
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let mut rest = line;
        let mut column = 0;
        for gap in shifts.get(&(index + 1)).into_iter().flatten() {
            let mut chars = rest.char_indices();
            let end = chars
                .nth(gap.column - column)
                .map_or(rest.len(), |(at, _)| at);
            let before;
            (before, rest) = rest.split_at(end);
            column = gap.column;
            result.push_str(before);
            result.extend(std::iter::repeat_n(' ', gap.blanks));
        }
        result.push_str(rest);
    }
    result
}

/// A marker of the repaired text as one of the real text.
pub fn unshift(marker: Marker, shifts: &Shifts) -> Marker {
    let mut column = marker.col();
    for gap in shifts.get(&marker.line()).into_iter().flatten() {
        // What is within the blanks is where they begin.
        column = match column > gap.column {
            true => column.saturating_sub(gap.blanks).max(gap.column),
            false => break,
        };
    }
    Marker::new(marker.index(), marker.line(), column)
}
