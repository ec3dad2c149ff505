//! Characters: which are removed, which are escaped, where addresses begin and end.

use super::inline::GLUE;
use super::tree::Inline;
use std::borrow::Cow;
use std::ops::Range;

/// The text without what no description needs and rustc denies: control and bidi characters,
/// invisible ones; tabs and odd line ends and spaces in their plain form.
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

/// Controls, bidi marks, zero-width and tag characters, odd spaces, private use, non-characters,
/// combining marks: what a reader cannot see, or cannot tell from what stands beside it.
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

/// Whether a link may point there: to the web or to a mailbox.
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

/// An address as the destination of a link: nothing in it can end it early.
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

/// Escapes text so that Markdown shows it as it is. What counts at the begin of a line only is left
/// to [`guard`].
pub(super) fn escape_text(text: &str, in_link: bool) -> String {
    if !text.bytes().any(|byte| b"`[]~|\\*_<&-{\n".contains(&byte)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    // What stands before is not known; it may be a mark.
    let mut before = '\0';
    let trimmed = text.trim_end();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        // White space at either end may be trimmed away, and a mark then stand there.
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
            // Two hyphens become a dash in rustdoc; two braces are a template in other tools.
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

/// Whether `&` and this text are a character reference.
fn is_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let len = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    len > 0 && len <= 32 && name[len..].starts_with(';')
}

/// Any text on one line.
pub(super) fn one_line(text: &str) -> String {
    guard(within_line(text))
}

/// Any text as a part of a line.
pub(super) fn within_line(text: &str) -> String {
    escape_text(
        &text.split_whitespace().collect::<Vec<_>>().join(" "),
        false,
    )
}

/// A line of a paragraph, its begin escaped where Markdown would read a list, a heading or a quote.
pub(super) fn guard(line: String) -> String {
    match mark_at(&line) {
        Some(at) => format!("{}\\{}", &line[..at], &line[at..]),
        None => line,
    }
}

/// Where the mark stands with which a line would begin something else than text.
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

/// A code span whose fence is longer than any run of backticks in it; it is never broken over lines.
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

/// The code spans of one line of Markdown, fences included, as ranges of bytes.
pub(super) fn code_spans(markdown: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(found) = markdown[at..].find('`') {
        let start = at + found;
        let fence = run_of_backticks(&markdown[start..]);
        let inner = start + fence;
        // A backslash makes the first backtick text, unless it is text itself.
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

/// Where the run of exactly so many backticks begins that ends a code span.
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

/// One line of Markdown with every code span put through a function.
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

/// The length of the longest run of a character.
pub(super) fn longest_run(text: &str, wanted: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Cuts a text at the web addresses in it.
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

/// The length of the address that the text begins with, without the punctuation that ends the
/// sentence around it; 0 for none.
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
    // How many more brackets are closed than opened, of each kind.
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

/// The brackets that an address may have in pairs.
const BRACKETS: [[u8; 2]; 3] = [*b"()", *b"[]", *b"{}"];

fn count(text: &[u8], wanted: u8) -> isize {
    memchr::memchr_iter(wanted, text).count() as isize
}

/// Disarms what mdBook replaces in its pages before it reads Markdown, code included: `{{#include`.
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
