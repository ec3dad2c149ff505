//! Lines that are indented too little: YAML forbids them, most other readers take them.
//!
//! Both inside a quoted scalar and inside brackets the blanks at the start of a line mean nothing, so
//! putting more there changes no value. The parser is given the repaired text, and its markers are
//! turned back into places of the real one.

use saphyr_parser::{Marker, Parser, ScanError};
use std::collections::BTreeMap;

/// A document with more such places is reported as it is.
const MOST: usize = 100;
/// Deeper than any place that asks for it.
const BLANKS: usize = 256;

/// How many blanks were put before which line (numbers from 1).
pub type Shifts = BTreeMap<usize, usize>;

/// A text that parses, and where it differs.
pub struct Repaired {
    pub text: String,
    pub shifts: Shifts,
    /// Where the parser stumbled, as markers of the real text.
    pub faults: Vec<Marker>,
}

/// Indents what is indented too little; `None` when that does not make the text parse.
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
        let lines = lines(&repaired.text, &fault)?;
        if lines
            .clone()
            .any(|line| repaired.shifts.contains_key(&line))
        {
            return None;
        }
        let marker = *fault.marker();
        repaired.faults.push(unshift(marker, &repaired.shifts));
        repaired.shifts.extend(lines.map(|line| (line, BLANKS)));
        repaired.text = shifted(text, &repaired.shifts);
    }
    None
}

/// True for a fault that `repair` may mend.
pub fn mendable(fault: &ScanError) -> bool {
    fault.info().starts_with("invalid indentation") && !fault.info().ends_with("anchor")
}

/// The lines that must be indented more.
fn lines(text: &str, fault: &ScanError) -> Option<std::ops::RangeInclusive<usize>> {
    if !mendable(fault) {
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
        let blanks = shifts.get(&(index + 1)).copied().unwrap_or_default();
        result.extend(std::iter::repeat_n(' ', blanks));
        result.push_str(line);
    }
    result
}

/// A marker of the repaired text as one of the real text.
pub fn unshift(marker: Marker, shifts: &Shifts) -> Marker {
    let blanks = shifts.get(&marker.line()).copied().unwrap_or_default();
    Marker::new(
        marker.index(),
        marker.line(),
        marker.col().saturating_sub(blanks),
    )
}
