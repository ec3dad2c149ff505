//! Converts descriptions, which are CommonMark and HTML of any quality, to text that is safe to print.
//!
//! The CommonMark parser reads a description into a small tree (`tree`). Simple HTML tags are interpreted, all others
//! become text. The printed text contains no HTML of the author, no bare URL, no bracket that rustdoc could take for
//! a link, and no code that rustdoc would run.

mod build;
mod escape;
mod html;
mod inline;
mod print;
mod repair;
mod sentences;
mod summary;
mod terminal;
mod tree;

#[cfg(test)]
mod tests;

pub(crate) use escape::is_unseen;
use print::{Headings, LineBreaks};

/// The width of a doc comment's text. With its prefix it fits into 100 columns inside of an `impl`.
const DOC_WIDTH: usize = 92;

/// Returns a description as lines of a doc comment, or no lines for a blank one.
///
/// Print each line after `/// ` or `//! `, and an empty one after `///`. Lines are wrapped at 92 columns, so that
/// they fit into 100 columns inside of an `impl`. Headings start at `###`, below rustdoc's sections of an item. Every
/// code block is `text`.
pub fn doc_lines(markdown: &str) -> Vec<String> {
    let printer = print::PrintOptions {
        headings: Headings::Deeper(2),
        languages: false,
        lines: LineBreaks::Within(DOC_WIDTH),
    };
    printer.blocks(&build::parse(markdown))
}

/// Returns a description for an mdBook page, without trailing newline. It is empty for a blank one.
///
/// Each sentence of a paragraph is on its own line. A heading of level 1 becomes level `1 + heading_offset`. Code
/// blocks keep their language.
pub fn book_markdown(markdown: &str, heading_offset: usize) -> String {
    for_book(markdown, Headings::Deeper(heading_offset))
}

/// Like [`book_markdown`], but headings become bold paragraphs.
pub fn book_paragraphs(markdown: &str) -> String {
    for_book(markdown, Headings::Bold)
}

fn for_book(markdown: &str, headings: Headings) -> String {
    let printer = print::PrintOptions {
        headings,
        languages: true,
        lines: LineBreaks::Sentences,
    };
    escape::for_book(&printer.blocks(&build::parse(markdown)).join("\n"))
}

/// Returns the first sentence of a description as one line of Markdown with code spans only, for table cells, lists
/// and doc comments. It is empty for a blank description.
pub fn first_sentence(markdown: &str) -> String {
    summary::first_sentence(&build::parse(markdown))
}

/// Returns the text of a description on one line without Markdown, as for `Cargo.toml`.
pub fn plain(markdown: &str) -> String {
    summary::plain(&build::parse(markdown))
}

/// Returns a description as plain text for a terminal: paragraphs separated by empty lines, without escapes.
pub fn help(markdown: &str) -> String {
    terminal::text(&build::parse(markdown))
}

/// Returns any text with its control and invisible characters as numbers.
pub fn visible(text: &str) -> String {
    terminal::visible(text)
}

/// Wraps a paragraph of Markdown into lines of a doc comment. Code spans are never wrapped, and no line starts like a
/// list or heading.
pub fn filled(paragraph: &str) -> Vec<String> {
    let glued = escape::map_code_spans(paragraph, |span| {
        span.replace(' ', &inline::GLUE.to_string())
    });
    print::guarded(&glued, LineBreaks::Within(DOC_WIDTH))
}

/// Escapes bars in the code spans of one line of Markdown, for a table cell. Bars in its text are already escaped.
pub fn piped(markdown: &str) -> String {
    escape::map_code_spans(markdown, |span| span.replace('|', "\\|"))
}

/// Escapes any text as one line of Markdown, for a paragraph or table cell.
pub fn escaped(text: &str) -> String {
    // URLs must not become links, because the text may be inside of a link.
    escape::one_line(&escape::clean(text))
        .replace("http://", "http\\://")
        .replace("https://", "https\\://")
}

/// Returns any text as a code span, also for table cells. It is empty for an empty text.
pub fn code_span(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    escape::code_span(&escape::clean(text), true).replace(inline::GLUE, " ")
}
