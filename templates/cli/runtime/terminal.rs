//! What is safe to print on a terminal.

use std::io::{IsTerminal, stderr, stdin, stdout};

use unicode_width::UnicodeWidthStr;

/// Returns a text on one line, with every character that a terminal would act on as a number.
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_unsafe(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// Returns a text of several lines with the same characters replaced.
pub fn printable_lines(text: &str) -> String {
    let lines = text.lines().map(printable);
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns whether a terminal may act on a character, or show others in its place: controls and bidi marks.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Replaces a space in a help at which no line may be broken. The character is for private use, so that no text has it.
const GLUE: char = '\u{e000}';

/// Returns a text whose lines the help does not break.
pub fn glued(text: &str) -> String {
    text.replace(' ', &GLUE.to_string())
}

/// Returns a help with spaces where lines were not to be broken.
pub fn unglued(text: &str) -> String {
    text.replace(GLUE, " ")
}

/// Escapes the characters of JSON text that `serde_json` leaves unescaped although terminals act on them.
pub fn safe_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\n' => out.push(c),
            c if is_unsafe(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Returns the number of columns of the terminal.
pub fn columns() -> usize {
    let set = std::env::var("COLUMNS")
        .ok()
        .and_then(|text| text.parse().ok());
    let found = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    set.or_else(found).unwrap_or(100)
}

/// Returns whether a person sees what is printed.
pub fn shows_output() -> bool {
    stdout().is_terminal()
}

/// Returns whether a person sees messages.
pub fn shows_messages() -> bool {
    stderr().is_terminal()
}

/// Returns whether a person can be asked.
pub fn can_ask() -> bool {
    stdin().is_terminal() && stderr().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::{printable, safe_json};

    #[test]
    fn terminals_are_sent_no_escapes() {
        assert_eq!(
            printable("a\u{1b}[2Jb\u{9b}1m\nc"),
            "a\\u{1b}[2Jb\\u{9b}1m c"
        );
        assert_eq!(safe_json("\"\u{9b}\u{7f}é\""), "\"\\u009b\\u007fé\"");
    }
}
