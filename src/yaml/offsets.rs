//! The parser's markers turned into byte offsets.

use super::repair::{Shifts, unshift};
use saphyr_parser::Marker;

/// Byte offsets of lines, with the place where the last search ended.
///
/// The parser counts characters. Line and column are used instead of its running index: the way from
/// the line's start to the column is short, and free where the text is ASCII.
#[derive(Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    ascii: bool,
    lines: Vec<usize>,
    shifts: Shifts,
    /// Line, column and byte of the last answer: the next one is mostly a little further on.
    last: (usize, usize, usize),
}

impl<'t> Offsets<'t> {
    pub fn new(text: &'t str, shifts: Shifts) -> Self {
        Offsets {
            text,
            ascii: text.is_ascii(),
            lines: lines(text),
            shifts,
            last: (0, 0, 0),
        }
    }

    pub fn of(&mut self, marker: Marker) -> usize {
        let marker = unshift(marker, &self.shifts);
        let (line, column) = (marker.line().saturating_sub(1), marker.col());
        let Some(start) = self.lines.get(line).copied() else {
            return self.text.len();
        };
        if self.ascii {
            return (start + column).min(self.text.len());
        }
        let (last_line, last_column, last_byte) = self.last;
        let (from, steps) = match line == last_line && column >= last_column {
            true => (last_byte.max(start), column - last_column),
            false => (start, column),
        };
        let rest = &self.text[from..];
        let byte = rest
            .char_indices()
            .nth(steps)
            .map_or(self.text.len(), |(offset, _)| from + offset);
        self.last = (line, column, byte);
        byte
    }
}

/// Where lines start, as YAML counts them: after `\n`, `\r\n` or a lone `\r`.
fn lines(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for (offset, byte) in bytes.iter().enumerate() {
        let ends = match byte {
            b'\n' => true,
            b'\r' => bytes.get(offset + 1) != Some(&b'\n'),
            _ => false,
        };
        if ends {
            starts.push(offset + 1);
        }
    }
    starts
}
