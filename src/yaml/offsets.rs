//! Converts the parser's markers to byte offsets.

use super::repair::{Shifts, unshift};
use crate::text::Characters;
use saphyr_parser::Marker;

/// The byte offsets of lines.
///
/// The parser counts characters. Converting line and column is cheaper than its running index: only the characters
/// of one line have to be counted, and none if the text is ASCII.
#[derive(Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    characters: Characters,
    lines: Vec<usize>,
    shifts: Shifts,
}

impl<'t> Offsets<'t> {
    pub fn new(text: &'t str, shifts: Shifts) -> Self {
        Offsets {
            text,
            characters: Characters::new(text),
            lines: lines(text),
            shifts,
        }
    }

    pub fn of(&self, marker: Marker) -> usize {
        let marker = unshift(marker, &self.shifts);
        match self.lines.get(marker.line().saturating_sub(1)) {
            Some(start) => self.characters.nth(self.text, *start, marker.col()),
            None => self.text.len(),
        }
    }
}

/// Returns the starts of lines as YAML counts them: after `\n`, `\r\n` or a single `\r`.
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
