//! Summarizes a description in one line.

use super::escape::{code_span, one_line, within_line};
use super::inline::GLUE;
use super::sentences::is_abbreviation;
use super::tree::{Block, Inline, text_of};

/// The limit of characters, where a longer sentence is cut.
const MAX_CHARS: usize = 240;

/// Returns the first sentence as Markdown with code spans only.
pub(super) fn first_sentence(blocks: &[Block]) -> String {
    let Some(inlines) = first_text(blocks) else {
        return String::new();
    };
    let mut pieces = Vec::new();
    flatten(inlines, &mut pieces);
    let whole: String = pieces.iter().map(|(text, _)| text.as_str()).collect();
    let end = sentence_end(&pieces, &whole);
    let mut out = String::new();
    let mut left = end;
    for (text, is_code) in &pieces {
        let text = if text.len() <= left {
            text
        } else {
            &text[..left]
        };
        left -= text.len();
        out.push_str(&piece(text, *is_code, out.is_empty()));
        if left == 0 {
            break;
        }
    }
    let cut = end < whole.trim_end().len()
        && !whole[..end].ends_with(['.', '!', '?', ':', ')', '"', '\'']);
    let out = out.trim();
    if cut {
        format!("{out}…")
    } else {
        out.to_owned()
    }
}

fn piece(text: &str, is_code: bool, begins_line: bool) -> String {
    if is_code {
        return code_span(text, true).replace(GLUE, " ");
    }
    let space = |yes: bool| if yes { " " } else { "" };
    let body = if begins_line {
        one_line(text)
    } else {
        within_line(text)
    };
    if body.is_empty() {
        return space(!text.is_empty()).to_owned();
    }
    format!(
        "{}{body}{}",
        space(text.starts_with(char::is_whitespace)),
        space(text.ends_with(char::is_whitespace))
    )
}

/// Returns the first paragraph, or the first heading if there is none.
fn first_text(blocks: &[Block]) -> Option<&[Inline]> {
    let paragraph = blocks.iter().find_map(|block| match block {
        Block::Paragraph(inlines) => Some(inlines.as_slice()),
        Block::Quote(blocks) => first_text(blocks),
        Block::List { items, .. } => items.iter().find_map(|item| first_text(item)),
        _ => None,
    });
    paragraph.or_else(|| {
        blocks.iter().find_map(|block| match block {
            Block::Heading(_, inlines) => Some(inlines.as_slice()),
            _ => None,
        })
    })
}

/// Splits inlines into pieces of text, each with whether it is code.
fn flatten(inlines: &[Inline], pieces: &mut Vec<(String, bool)>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => pieces.push((text.clone(), false)),
            Inline::Code(text) => pieces.push((text.clone(), true)),
            Inline::Url(url) => pieces.push((url.clone(), true)),
            Inline::Soft => pieces.push((" ".to_owned(), false)),
            Inline::Hard => pieces.push((" ".to_owned(), false)),
            other => flatten(other.children(), pieces),
        }
    }
}

/// Returns the byte offset of the end of the first sentence.
fn sentence_end(pieces: &[(String, bool)], whole: &str) -> usize {
    let longest = whole.char_indices().nth(MAX_CHARS);
    let longest = longest.map_or(whole.len(), |(limit, _)| limit);
    let mut start = 0;
    for (text, is_code) in pieces {
        // Text beyond the limit is cut anyway, and scanning it would be quadratic.
        if start >= longest {
            break;
        }
        let stops = text
            .match_indices(['.', '!', '?', '。'])
            .map(|(at, stop)| start + at + stop.len());
        let mut stops = stops.take_while(|&end| end <= longest);
        if let Some(end) = stops.find(|&end| !is_code && ends_sentence(whole, end)) {
            return end;
        }
        start += text.len();
    }
    if longest == whole.len() {
        return longest;
    }
    whole[..longest].rfind(' ').unwrap_or(longest)
}

fn ends_sentence(whole: &str, end: usize) -> bool {
    let after = whole[end..].trim_start_matches([')', '"', '\'', '”']);
    if whole[..end].ends_with('。') {
        return true;
    }
    if !after.is_empty() && !after.starts_with(char::is_whitespace) {
        return false;
    }
    let next = after.trim_start();
    let word = whole[..end].rsplit([' ', '(']).next().unwrap_or_default();
    next.is_empty() || !next.starts_with(char::is_lowercase) && !is_abbreviation(word)
}

/// Returns the text of all blocks on one line.
pub(super) fn plain(blocks: &[Block]) -> String {
    let mut out = String::new();
    push_plain(blocks, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn push_plain(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Heading(_, inlines) | Block::Paragraph(inlines) => {
                out.push_str(&text_of(inlines))
            }
            Block::Code { text, .. } => out.push_str(text),
            Block::Quote(blocks) => push_plain(blocks, out),
            Block::List { items, .. } => items.iter().for_each(|item| push_plain(item, out)),
            Block::Table(rows) => {
                for cell in rows.iter().flatten() {
                    out.push_str(&text_of(cell));
                    out.push(' ');
                }
            }
            Block::Rule => {}
        }
        out.push('\n');
    }
}
