//! Descriptions: CommonMark and HTML of any quality in, text that is safe to print out.
//!
//! A description is read into a small tree (`tree`) by the CommonMark parser, with the simple HTML
//! tags understood and everything else kept as text, and printed anew. What is printed holds no
//! HTML of the author's, no bare address, no bracket that rustdoc could take for a link, and no code
//! that rustdoc would run.

mod build;
mod escape;
mod html;
mod inline;
mod print;
mod sentences;
mod summary;
mod tree;

#[cfg(test)]
mod tests;

pub(crate) use escape::is_unseen;
use print::{Headings, Lines};

/// The columns of a doc comment's text: with its marks it fits into 100 inside an `impl`.
const DOC_WIDTH: usize = 92;

/// The lines of a doc comment for a description; none for a blank one.
///
/// Print each after `/// ` or `//! `, an empty one after `///` alone. Lines stay within 92 columns
/// where the text has spaces, so that they fit into 100 columns inside an `impl`. Headings begin at
/// `###`, below those that rustdoc gives the sections of an item. Every code block is `text`.
pub fn doc_lines(markdown: &str) -> Vec<String> {
    let printer = print::Printer {
        headings: Headings::Deeper(2),
        languages: false,
        lines: Lines::Within(DOC_WIDTH),
    };
    printer.blocks(&build::parse(markdown))
}

/// A description for a page of an mdBook, without a trailing newline; empty for a blank one.
///
/// Each sentence of a paragraph has a line. A heading of level 1 becomes one of level
/// `1 + heading_offset`. Code blocks keep their language.
pub fn book_markdown(markdown: &str, heading_offset: usize) -> String {
    for_book(markdown, Headings::Deeper(heading_offset))
}

/// The same for a place that has no headings: they are paragraphs in bold.
pub fn book_paragraphs(markdown: &str) -> String {
    for_book(markdown, Headings::Bold)
}

fn for_book(markdown: &str, headings: Headings) -> String {
    let printer = print::Printer {
        headings,
        languages: true,
        lines: Lines::Sentences,
    };
    escape::for_book(&printer.blocks(&build::parse(markdown)).join("\n"))
}

/// The first sentence of a description on one line: Markdown with code spans only, fit for a table
/// cell, a list of modules, a doc comment. Empty for a blank description.
pub fn first_sentence(markdown: &str) -> String {
    summary::first_sentence(&build::parse(markdown))
}

/// The text of a description on one line and without any Markdown, as for `Cargo.toml`.
pub fn plain(markdown: &str) -> String {
    summary::plain(&build::parse(markdown))
}

/// A paragraph of Markdown as lines of a doc comment. A code span is never broken, and no line begins
/// as a list or a heading would.
pub fn filled(paragraph: &str) -> Vec<String> {
    let glued = escape::map_code_spans(paragraph, |span| {
        span.replace(' ', &inline::GLUE.to_string())
    });
    print::guarded(&glued, Lines::Within(DOC_WIDTH))
}

/// One line of Markdown for a table's cell: the bars in its code spans are escaped, as those in text
/// are already.
pub fn piped(markdown: &str) -> String {
    escape::map_code_spans(markdown, |span| span.replace('|', "\\|"))
}

/// Any text as Markdown that shows it unchanged on one line, in a paragraph or a table cell.
pub fn escaped(text: &str) -> String {
    // An address is no link here, as the text may be that of a link itself.
    escape::one_line(&escape::clean(text))
        .replace("http://", "http\\://")
        .replace("https://", "https\\://")
}

/// Any text as a code span of Markdown, in a table cell too; empty for an empty one.
pub fn code_span(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    escape::code_span(&escape::clean(text), true).replace(inline::GLUE, " ")
}
