//! Finds byte ranges in the text of a YAML file.

use crate::tree::Node;
use std::ops::Range;

/// Returns the byte range of a value.
pub fn range(node: Node<'_>) -> Option<Range<usize>> {
    let span = node.span()?;
    Some(span.start as usize..span.end as usize)
}

/// Returns whether a value is in flow style, between brackets.
pub fn is_flow(text: &str, node: Node<'_>) -> bool {
    let start = node.span().and_then(|span| text.get(span.start as usize..));
    (node.is_object() || node.items().len() > 0)
        && start.is_none_or(|text| text.starts_with(['{', '[']))
}

/// Returns the range from the colon after a key to the end of its value. `key_end` is after the closing quote.
pub fn after_colon(text: &str, key_end: usize, end: usize) -> Option<Range<usize>> {
    let colon = key_end + text.get(key_end..)?.find(':')? + 1;
    Some(colon..end.max(colon))
}

/// Returns the column of an offset in its line, in bytes.
pub fn column(text: &str, offset: usize) -> usize {
    offset - text[..offset].rfind('\n').map_or(0, |at| at + 1)
}

/// Returns the end of the line, if the rest of it is blank or a comment.
pub fn end_of_line(text: &str, from: usize) -> Option<usize> {
    let rest = text[from..]
        .split('\n')
        .next()
        .unwrap_or_default()
        .trim_end_matches('\r');
    let blank = rest.trim_start();
    let is_comment = blank.starts_with('#') && blank.len() < rest.len();
    (blank.is_empty() || is_comment).then(|| from + rest.len())
}

/// Returns the start of the comment lines directly above a line.
pub fn before(text: &str, line: usize) -> usize {
    let mut start = line;
    while let Some(above) = text[..start].strip_suffix('\n') {
        let from = above.rfind('\n').map_or(0, |at| at + 1);
        if !above[from..].trim_start().starts_with('#') {
            break;
        }
        start = from;
    }
    start
}
