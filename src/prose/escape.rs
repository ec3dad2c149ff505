//! Escapes and removes characters, and finds URLs in text.

use super::inline::GLUE;
use super::tree::Inline;
use std::borrow::Cow;
use std::ops::Range;

/// Removes characters that rustc denies or that are invisible: controls and bidi characters. Normalizes tabs, line
/// ends and spaces.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let is_clean = |byte: &u8| matches!(byte, b'\n' | b' '..=b'~');
    if text.as_bytes().iter().all(is_clean) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' | '\u{85}' => out.push('\n'),
            '\t' => out.push_str("    "),
            '\u{a0}' | '\u{202f}' | '\u{2007}' => out.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            '\u{200b}' | '\u{2060}' | '\u{ad}' | '\u{feff}' => {}
            c if c.is_control() && c != '\n' => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Returns whether a character is invisible or easily overlooked: controls, bidi marks, zero-width and tag
/// characters, unusual spaces, private use, non-characters and combining marks.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{a0}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{3000}'
        )
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' | '\u{fff0}'..='\u{fffb}')
        || matches!(c, '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}')
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{10ffff}')
        || c as u32 & 0xfffe == 0xfffe
}

/// Returns whether a link may have this destination: a web or mail address.
pub(super) fn is_absolute(url: &str) -> bool {
    let rest = ["https://", "http://", "mailto:"]
        .iter()
        .find_map(|scheme| {
            let found = url
                .get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme));
            found.then(|| &url[scheme.len()..])
        });
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()))
}

/// Escapes a URL as the destination of a link.
pub(super) fn destination(url: &str, in_cell: bool) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.trim().chars() {
        match c {
            ' ' | '\n' | '<' | '>' | '"' | '\\' | '^' | '`' | '(' | ')' | '*' => {
                out.push_str(&format!("%{:02X}", c as u32))
            }
            '|' if in_cell => out.push_str("%7C"),
            c => out.push(c),
        }
    }
    out
}

/// Escapes text so that Markdown shows it unchanged. [`guard`] escapes what is special only at the start of a line.
pub(super) fn escape_text(text: &str, in_link: bool) -> String {
    if !text.bytes().any(|byte| b"`[]~|\\*_<&-{\n".contains(&byte)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    // The text before is unknown and may be markup.
    let mut before = '\0';
    let trimmed = text.trim_end();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        // Whitespace at the end may be trimmed, so the next character counts as missing there.
        let after = rest.as_str().chars().next();
        let after = after.filter(|_| text.len() - rest.as_str().len() < trimmed.len());
        let special = match c {
            '`' | '[' | '~' | '|' => true,
            ']' => in_link,
            '\\' => after.is_none_or(|c| c.is_ascii_punctuation()),
            '*' => before != ' ' || after != Some(' '),
            '_' => !(before.is_alphanumeric() && after.is_some_and(char::is_alphanumeric)),
            '<' => after.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '&' => is_entity(rest.as_str()),
            // rustdoc turns two hyphens into a dash; two braces are a template for other tools.
            '-' | '{' => before == c,
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
        before = if before == '\0' && c.is_whitespace() {
            before
        } else {
            c
        };
    }
    out
}

/// Returns whether `&` and this text form a character reference.
fn is_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let len = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    len > 0 && len <= 32 && name[len..].starts_with(';')
}

/// Escapes a text as one line.
pub(super) fn one_line(text: &str) -> String {
    guard(within_line(text))
}

/// Escapes a text as part of a line.
pub(super) fn within_line(text: &str) -> String {
    escape_text(
        &text.split_whitespace().collect::<Vec<_>>().join(" "),
        false,
    )
}

/// Escapes the start of a line if Markdown would read it as a list, heading or quote.
pub(super) fn guard(line: String) -> String {
    match mark_at(&line) {
        Some(at) => format!("{}\\{}", &line[..at], &line[at..]),
        None => line,
    }
}

/// Returns the offset of the character that makes a line more than text.
fn mark_at(line: &str) -> Option<usize> {
    let ends_word = |rest: &str| rest.is_empty() || rest.starts_with([' ', GLUE]);
    let marker = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - marker.len();
    if digits > 0 {
        let numbered = digits <= 9 && marker.starts_with(['.', ')']) && ends_word(&marker[1..]);
        return numbered.then_some(digits);
    }
    let escape = match line.chars().next() {
        Some('#') => ends_word(line.trim_start_matches('#')) && !line.starts_with("#######"),
        Some('-' | '+' | '*') => {
            ends_word(&line[1..]) || line.chars().all(|c| c == ' ' || line.starts_with(c))
        }
        Some('=') => line.chars().all(|c| matches!(c, '=' | ' ')),
        Some(':') => line.starts_with(":-"),
        Some('>') => true,
        _ => false,
    };
    escape.then_some(0)
}

/// Returns a code span. Its fence is longer than any run of backticks in it, and it is never wrapped.
pub(super) fn code_span(code: &str, in_cell: bool) -> String {
    let code = code.replace('\n', " ");
    let fence = "`".repeat(longest_run(&code, '`') + 1);
    let padded = code.starts_with('`')
        || code.ends_with('`')
        || code.starts_with(' ') && code.ends_with(' ');
    let pad = if padded { " " } else { "" };
    let code = if in_cell {
        code.replace('|', "\\|")
    } else {
        code
    };
    format!("{fence}{pad}{code}{pad}{fence}").replace(' ', &GLUE.to_string())
}

/// Returns the byte ranges of the code spans in a line of Markdown, including fences.
pub(super) fn code_spans(markdown: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(found) = markdown[at..].find('`') {
        let start = at + found;
        let fence = run_of_backticks(&markdown[start..]);
        let inner = start + fence;
        // An unescaped backslash escapes the first backtick.
        let before = &markdown[at..start];
        let slashes = before.len() - before.trim_end_matches('\\').len();
        let end = span_end(&markdown[inner..], fence).filter(|_| slashes.is_multiple_of(2));
        at = match end {
            Some(end) => inner + end + fence,
            None if slashes.is_multiple_of(2) => inner,
            None => start + 1,
        };
        if end.is_some() {
            spans.push(start..at);
        }
    }
    spans
}

/// Returns the offset of the next run of exactly `fence` backticks.
fn span_end(text: &str, fence: usize) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text[from..].find('`') {
        let start = from + at;
        let run = run_of_backticks(&text[start..]);
        if run == fence {
            return Some(start);
        }
        from = start + run;
    }
    None
}

fn run_of_backticks(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// Applies a function to each code span in a line of Markdown.
pub(super) fn map_code_spans(markdown: &str, change: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut from = 0;
    for span in code_spans(markdown) {
        out.push_str(&markdown[from..span.start]);
        out.push_str(&change(&markdown[span.clone()]));
        from = span.end;
    }
    out + &markdown[from..]
}

/// Returns the length of the longest run of a character.
pub(super) fn longest_run(text: &str, wanted: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Splits a text at its URLs.
pub(super) fn split_urls(text: &str) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut text_from = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find("http") {
        let start = at + found;
        let len = url_len(&text[start..]);
        at = start + len.max(4);
        if len > 0 {
            push_text(&mut out, &text[text_from..start]);
            out.push(Inline::Url(text[start..at].to_owned()));
            text_from = at;
        }
    }
    push_text(&mut out, &text[text_from..]);
    out
}

fn push_text(out: &mut Vec<Inline>, text: &str) {
    if !text.is_empty() {
        out.push(Inline::Text(text.to_owned()));
    }
}

/// Returns the length of the URL at the start of a text, without the punctuation of the sentence around it, or 0.
fn url_len(text: &str) -> usize {
    let Some(host) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return 0;
    };
    if !host.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '{' | '[')) {
        return 0;
    }
    let end = host.find(|c: char| {
        !c.is_ascii_graphic() || matches!(c, '<' | '>' | '"' | '`' | '\\' | '^' | '|')
    });
    let url = &host.as_bytes()[..end.unwrap_or(host.len())];
    // The number of unmatched closing brackets of each kind.
    let mut surplus = BRACKETS.map(|[open, close]| count(url, close) - count(url, open));
    let mut len = url.len();
    while let Some(last) = url[..len].last() {
        let closed = BRACKETS.iter().position(|[_, close]| close == last);
        match closed {
            Some(kind) if surplus[kind] > 0 => surplus[kind] -= 1,
            None if b".,;:!?'*_~".contains(last) => {}
            _ => break,
        }
        len -= 1;
    }
    text.len() - host.len() + len
}

/// The brackets that a URL may contain in pairs.
const BRACKETS: [[u8; 2]; 3] = [*b"()", *b"[]", *b"{}"];

fn count(text: &[u8], wanted: u8) -> isize {
    memchr::memchr_iter(wanted, text).count() as isize
}

/// Escapes mdBook's preprocessor syntax (`{{#include`), which applies in code too.
pub(super) fn for_book(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(at) = rest.find("{{") {
        let inner = rest[at + 2..].trim_start();
        out.push_str(&rest[..at]);
        if let Some(inner) = inner.strip_prefix('#') {
            out.push_str("\\{{#");
            rest = inner;
        } else {
            out.push_str("{{");
            rest = &rest[at + 2..];
        }
    }
    out + rest
}
