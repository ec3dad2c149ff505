//! Adds blanks that YAML requires but most other readers do not: indentation of continuation lines, and a blank
//! before a comment.
//!
//! Leading blanks inside of quoted scalars and flow collections have no meaning, so adding some changes no value.
//! The parser gets the repaired text, and its markers are mapped back to the original.

use saphyr_parser::{Marker, Parser, ScanError};
use std::collections::BTreeMap;

/// The limit of repairs. A document with more of them is reported as it is.
const MOST: usize = 100;
/// The number of blanks to add, more than any indentation.
const BLANKS: usize = 256;
/// The parser's message for a comment directly after another token.
const COMMENT: &str = "comments must be separated from other tokens by whitespace";

/// Blanks that were added to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The number of original characters before the gap.
    column: usize,
    blanks: usize,
}

/// The gaps of each line (from 1), sorted by column.
pub type Shifts = BTreeMap<usize, Vec<Gap>>;

/// The kind of a repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Indentation,
    BlankBeforeComment,
}

/// A repaired text, with its differences from the original.
pub struct Repaired {
    pub text: String,
    pub shifts: Shifts,
    /// The positions of the repairs in the original.
    pub faults: Vec<(Marker, Missing)>,
}

/// Adds missing blanks. Returns `None` if the text still does not parse.
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
                // The same repair failed before.
                Ok(_) => return None,
                Err(place) => gaps.insert(place, gap),
            }
        }
        repaired.faults.push((marker, missing));
        repaired.text = shifted(text, &repaired.shifts);
    }
    None
}

/// Returns whether `repair` may fix a fault.
pub fn is_repairable(fault: &ScanError) -> bool {
    fault.info() == COMMENT || is_indentation(fault)
}

fn is_indentation(fault: &ScanError) -> bool {
    fault.info().starts_with("invalid indentation") && !fault.info().ends_with("anchor")
}

/// Returns the lines that need more indentation.
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

/// Returns the number of line breaks before the closing quote.
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

/// Maps a marker of the repaired text to the original.
pub fn unshift(marker: Marker, shifts: &Shifts) -> Marker {
    let mut column = marker.col();
    for gap in shifts.get(&marker.line()).into_iter().flatten() {
        // A position inside of the gap maps to its start.
        column = match column > gap.column {
            true => column.saturating_sub(gap.blanks).max(gap.column),
            false => break,
        };
    }
    Marker::new(marker.index(), marker.line(), column)
}
