//! Removes terminal escape sequences (ECMA-48) from text, so that no name has their parameters as a word.

use std::borrow::Cow;

/// Returns a text without complete escape sequences. A lone escape character remains.
pub fn without(text: &str) -> Cow<'_, str> {
    if !text.contains(['\u{1b}', '\u{9b}', '\u{9d}']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let tail = &rest[c.len_utf8()..];
        let after = match c {
            '\u{1b}' => sequence(tail),
            '\u{9b}' => control(tail),
            '\u{9d}' => command(tail),
            _ => None,
        };
        if after.is_none() {
            out.push(c);
        }
        rest = after.unwrap_or(tail);
    }
    Cow::Owned(out)
}

/// Returns the text after a sequence, without its escape character.
fn sequence(text: &str) -> Option<&str> {
    match text.chars().next()? {
        '[' => control(&text[1..]),
        ']' => command(&text[1..]),
        _ => None,
    }
}

/// Returns the text after a control sequence: parameters, and a final character.
fn control(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(' '..='?').contains(&c))?;
    let last = text[end..].chars().next()?;
    ('@'..='~').contains(&last).then(|| &text[end + 1..])
}

/// Returns the text after a command of the operating system, which a bell or a string terminator ends.
fn command(text: &str) -> Option<&str> {
    let end = text.find(['\u{7}', '\u{9c}', '\u{1b}'])?;
    let rest = &text[end..];
    let after = ["\u{7}", "\u{9c}", "\u{1b}\\"];
    after.iter().find_map(|end| rest.strip_prefix(end))
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn sequences_leave_no_trace() {
        for (text, expected) in [
            ("plain", "plain"),
            ("a\u{1b}[31mb\u{1b}[0m", "ab"),
            ("a\u{9b}1;2Hb", "ab"),
            ("a\u{1b}]0;title\u{7}b\u{1b}]8;;u\u{1b}\\c", "abc"),
            ("a\u{1b}", "a\u{1b}"),
            ("a\u{1b}[31é", "a\u{1b}[31é"),
            ("a\u{1b}]0;open", "a\u{1b}]0;open"),
        ] {
            assert_eq!(without(text), expected, "{text:?}");
        }
    }
}
