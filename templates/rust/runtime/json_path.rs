//! Where in a JSON text an offset is, as a path such as `$.calls[3].duration`.
//!
//! serde_json tells the line and column of an error. The path is found again from them, which costs
//! nothing as long as there is no error.

use std::fmt::Write as _;

/// The offset of a line and column, both from 1, the column in bytes, as serde_json counts them.
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

/// The line and column of an offset, as serde_json counts them.
pub(super) fn position(text: &[u8], offset: usize) -> (usize, usize) {
    let before = &text[..offset.min(text.len())];
    let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
    let start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    (line, before.len() - start)
}

/// Where the scan is within an array or an object.
enum Level<'a> {
    /// In the item with this index.
    Item(usize),
    /// Before the key of a member, or in it.
    Key,
    /// In the value of the member with this key, which is kept as it is written, with its quotes.
    Member(&'a [u8]),
}

/// The path of the innermost value that the text before `offset` leads into.
///
/// The text need not be valid: it is read as far as it makes sense.
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
                // A key counts once its closing quote is there; a colon follows only then.
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

/// The offset after the string that begins at `start`, or the end of the text.
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

/// `.key` where that reads well, and `["key"]` where not.
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
