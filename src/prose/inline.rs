//! Normalizes inlines after parsing, and prints them.

use super::escape::{code_span, destination, escape_text, split_urls};
use super::tree::{Inline, text_of};

/// Replaces a space where a line must not be wrapped. `clean` removes control characters, so a description contains
/// none.
pub(super) const GLUE: char = '\u{1}';

/// Replaces a hard line break.
pub(super) const HARD: char = '\u{2}';

/// Splits inlines into paragraphs at two consecutive hard breaks.
pub(super) fn paragraphs(inlines: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut all = vec![Vec::new()];
    let mut breaks = 0;
    for inline in inlines {
        match &inline {
            Inline::Hard => breaks += 1,
            Inline::Soft => {}
            Inline::Text(text) if text.trim().is_empty() => {}
            _ => {
                if breaks > 1 {
                    all.push(Vec::new());
                }
                breaks = 0;
            }
        }
        if let Some(last) = all.last_mut() {
            last.push(inline);
        }
    }
    all.into_iter()
        .map(|inlines| tidy(inlines, false))
        .filter(|inlines| !inlines.is_empty())
        .collect()
}

/// Joins adjacent texts, finds bare URLs, and drops empty inlines and whitespace at both ends.
pub(super) fn tidy(inlines: Vec<Inline>, in_link: bool) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for inline in inlines {
        match (inline, out.last_mut()) {
            (Inline::Text(text), Some(Inline::Text(before))) => before.push_str(&text),
            (Inline::Code(code), Some(Inline::Code(before))) => before.push_str(&code),
            (Inline::Soft | Inline::Hard, None) => {}
            (Inline::Soft, Some(Inline::Soft | Inline::Hard)) => {}
            (Inline::Hard, Some(last @ Inline::Soft)) => *last = Inline::Hard,
            (inline, _) => out.push(inline),
        }
    }
    while matches!(out.last(), Some(Inline::Soft | Inline::Hard)) {
        out.pop();
    }
    let out: Vec<Inline> = out
        .into_iter()
        .flat_map(|inline| tidy_one(inline, in_link))
        .collect();
    let blank = text_of(&out).trim().is_empty();
    if blank { Vec::new() } else { out }
}

fn tidy_one(inline: Inline, in_link: bool) -> Vec<Inline> {
    let kept = match inline {
        Inline::Text(text) if in_link => Inline::Text(text),
        Inline::Text(text) => return split_urls(&text),
        Inline::Code(code) if code.trim().is_empty() => return Vec::new(),
        Inline::Emphasis(inner) => return marked(Inline::Emphasis, inner, in_link),
        Inline::Strong(inner) => return marked(Inline::Strong, inner, in_link),
        Inline::Strike(inner) => return marked(Inline::Strike, inner, in_link),
        Inline::Link { text, .. } if in_link => return tidy(text, true),
        Inline::Link { url, text } => {
            let text = tidy(text, true);
            if text.is_empty() || text_of(&text) == url {
                Inline::Url(url)
            } else {
                Inline::Link { url, text }
            }
        }
        other => other,
    };
    vec![kept]
}

fn marked(mark: fn(Vec<Inline>) -> Inline, inner: Vec<Inline>, in_link: bool) -> Vec<Inline> {
    let inner = tidy(inner, in_link);
    if inner.is_empty() {
        vec![Inline::Soft]
    } else {
        vec![mark(inner)]
    }
}

/// The context in which inlines are printed.
#[derive(Clone, Copy, Default)]
pub(super) struct InlineContext {
    pub(super) in_link: bool,
    pub(super) in_cell: bool,
    /// The open marks. Nested ones of the same kind are dropped, because they can be parsed differently.
    marks: OpenMarks,
}

#[derive(Clone, Copy, Default)]
struct OpenMarks {
    emphasis: bool,
    strong: bool,
    strike: bool,
}

impl InlineContext {
    /// Creates the context of a line, which may be in a table cell, where `|` ends the cell.
    pub(super) fn cell(in_cell: bool) -> Self {
        InlineContext {
            in_cell,
            ..InlineContext::default()
        }
    }
}

/// Returns the inlines as Markdown that still contains [`GLUE`], [`HARD`] and `\n` (for [`Inline::Soft`]).
pub(super) fn markdown(inlines: &[Inline], context: InlineContext) -> String {
    let mut out = String::new();
    push_all(&mut out, inlines, context, None);
    out
}

/// Prints inlines. `after` is the character that follows them.
fn push_all(out: &mut String, inlines: &[Inline], context: InlineContext, after: Option<char>) {
    for (at, inline) in inlines.iter().enumerate() {
        let after = inlines.get(at + 1).map_or(after, first_char);
        match inline {
            Inline::Text(text) => out.push_str(&escape_text(text, context.in_link)),
            Inline::Code(code) => push_code(out, code, context),
            Inline::Emphasis(inner) => push_marked(out, "*", inner, context, after),
            Inline::Strong(inner) => push_marked(out, "**", inner, context, after),
            Inline::Strike(inner) => push_marked(out, "~~", inner, context, after),
            Inline::Link { url, text } => push_link(out, url, text, context),
            Inline::Url(url) => push_url(out, url, context),
            Inline::Soft => out.push('\n'),
            Inline::Hard => out.push(HARD),
        }
    }
}

fn push_link(out: &mut String, url: &str, text: &[Inline], context: InlineContext) {
    let in_link = InlineContext {
        in_link: true,
        ..context
    };
    let text = markdown(text, in_link).replace(HARD, "\n");
    // Escapes `!`, which would turn the link into an image.
    if out.ends_with('!') && !out.ends_with("\\!") {
        out.pop();
        out.push_str("\\!");
    }
    out.push_str(&format!(
        "[{}]({})",
        text.trim(),
        destination(url, context.in_cell)
    ));
}

/// Prints a code span. Adds a space after another one, whose fence would merge with this one.
fn push_code(out: &mut String, code: &str, context: InlineContext) {
    if out.ends_with('`') && !out.ends_with("\\`") {
        out.push(' ');
    }
    out.push_str(&code_span(code, context.in_cell));
}

/// Prints a URL in angle brackets, or as code if it has invalid characters (`{host}`).
fn push_url(out: &mut String, url: &str, context: InlineContext) {
    let odd = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '{' | '}' | '[' | ']' | '<' | '>' | '|' | '\\' | '`' | '"'
            )
    };
    if !url.contains(odd) {
        out.push_str(&format!("<{url}>"));
    } else {
        push_code(out, url, context);
    }
}

/// Prints emphasis if CommonMark would parse it as emphasis again, or else the text only.
fn push_marked(
    out: &mut String,
    mark: &str,
    inner: &[Inline],
    context: InlineContext,
    after: Option<char>,
) {
    let is_break = |c: char| c.is_whitespace() || c == HARD;
    let loose = |c: Option<char>| {
        c.is_none_or(|c| is_break(c) || c.is_ascii_punctuation() && !matches!(c, '*' | '~'))
    };
    let mut marks = context.marks;
    let open = match mark {
        "*" => &mut marks.emphasis,
        "**" => &mut marks.strong,
        _ => &mut marks.strike,
    };
    if std::mem::replace(open, true) {
        return push_all(out, inner, context, after);
    }
    let printed = markdown(inner, InlineContext { marks, ..context });
    let text = printed.trim_matches(is_break);
    let (lead, rest) = printed.split_at(printed.len() - printed.trim_start_matches(is_break).len());
    let tail = &rest[text.len()..];
    let before = if lead.is_empty() {
        out.chars().next_back()
    } else {
        None
    };
    let after_text = if tail.is_empty() { after } else { None };
    let opens = text.starts_with(char::is_alphanumeric) || loose(before);
    let closes = text.ends_with(char::is_alphanumeric) || loose(after_text);
    let is_mark = |c: Option<char>| matches!(c, Some('*' | '~'));
    let crowded =
        is_mark(before) || is_mark(after_text) || text.starts_with(mark) || text.ends_with(mark);
    if opens && closes && !crowded && !text.is_empty() {
        [lead, mark, text, mark, tail]
            .into_iter()
            .for_each(|part| out.push_str(part));
    } else {
        push_all(out, inner, context, after);
    }
}

/// Returns the first character that an inline prints, as far as emphasis before it depends on it.
fn first_char(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => text.chars().next(),
        Inline::Code(_) => Some('`'),
        Inline::Link { .. } => Some('['),
        Inline::Url(_) => Some('<'),
        Inline::Soft | Inline::Hard => Some(' '),
        Inline::Emphasis(_) | Inline::Strong(_) | Inline::Strike(_) => Some('*'),
    }
}
