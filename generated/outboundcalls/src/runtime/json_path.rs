//! Finds the JSON path of an offset in a text, such as `$.calls[3].duration`.
//!
//! serde_json reports the line and column of an error. Finding the path from them costs nothing unless there
//! is an error.

use std::fmt::Write as _;

/// Returns the offset of a line and a column, both starting at 1, the column in bytes, as serde_json counts
/// them.
pub(super) fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match text[start..].iter().position(|byte| *byte == b'\n') {
            Some(end) => start += end + 1,
            None => break,
        }
    }
    (start + column).min(text.len())
}

/// Returns the line and column of an offset, as serde_json counts them.
pub(super) fn position(text: &[u8], offset: usize) -> (usize, usize) {
    let before = &text[..offset.min(text.len())];
    let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
    let start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    (line, before.len() - start)
}

/// The position of the scan within an array or an object.
enum Level<'a> {
    /// In the item with this index.
    Item(usize),
    /// Before or in the key of a property.
    Key,
    /// In the value of the property with this key, including its quotes.
    Member(&'a [u8]),
}

/// Returns the path of the innermost value that contains `offset`.
///
/// The text need not be valid JSON: it is scanned as far as possible.
pub(super) fn path(text: &[u8], offset: usize) -> String {
    let text = &text[..offset.min(text.len())];
    let mut levels = Vec::new();
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let end = match byte {
            b'"' => end_of_string(text, at),
            _ => at + 1,
        };
        match byte {
            b'{' => levels.push(Level::Key),
            b'[' => levels.push(Level::Item(0)),
            b'}' | b']' => {
                levels.pop();
            }
            b'"' => {
                // A key counts after its closing quote. A colon follows only then.
                if let Some(level @ Level::Key) = levels.last_mut() {
                    let rest = &text[end..];
                    let next = rest.iter().find(|byte| !byte.is_ascii_whitespace());
                    if next == Some(&b':') {
                        *level = Level::Member(&text[at..end]);
                    }
                }
            }
            b',' => match levels.last_mut() {
                Some(Level::Item(index)) => *index += 1,
                Some(level) => *level = Level::Key,
                None => {}
            },
            _ => {}
        }
        at = end;
    }
    print(&levels)
}

/// Returns the offset after the string that begins at `start`, or the end of the text.
fn end_of_string(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

fn print(levels: &[Level<'_>]) -> String {
    let mut path = String::from("$");
    for level in levels {
        match level {
            Level::Key => {}
            Level::Item(index) => {
                // Writing to a `String` cannot fail.
                let _ = write!(path, "[{index}]");
            }
            Level::Member(key) => print_key(&mut path, key),
        }
    }
    path
}

/// Appends `.key` if the key is an identifier, else `["key"]`.
pub(super) fn print_key(path: &mut String, quoted: &[u8]) {
    let inner = &quoted[1..quoted.len() - 1];
    let plain = inner
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$'));
    if plain && !inner.is_empty() {
        path.push('.');
        path.push_str(&String::from_utf8_lossy(inner));
    } else {
        path.push('[');
        path.push_str(&String::from_utf8_lossy(quoted));
        path.push(']');
    }
}
