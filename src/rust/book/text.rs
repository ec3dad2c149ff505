//! Text of the description on a page: sanitized by [`prose`], and escaped for its position.

use crate::ir::Docs;
use crate::prose;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::BTreeMap;

/// Returns prose as lines of Markdown, with headings at least one level below `level`. Their anchors
/// start with `anchor`, because mdBook's own anchors depend on the rest of the page.
pub fn blocks(markdown: &str, level: usize, anchor: &str) -> Vec<String> {
    let shallowest = Parser::new(markdown).filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level as usize),
        _ => None,
    });
    let offset = (level + 1).saturating_sub(shallowest.min().unwrap_or(1));
    lines(&with_anchors(
        &prose::book_markdown(markdown, offset),
        anchor,
    ))
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// Gives each heading an anchor: the prefix and its own words, with a number if they occurred before.
fn with_anchors(markdown: &str, anchor: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut from = 0;
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let events = Parser::new(markdown).into_offset_iter();
    let headings = events.filter(|(event, _)| matches!(event, Event::Start(Tag::Heading { .. })));
    for (_, range) in headings {
        let line = markdown[range.clone()].trim_end();
        let slug = slug(line);
        let count = taken.entry(slug.clone()).or_default();
        *count += 1;
        let number = match *count {
            1 => String::new(),
            count => format!("-{count}"),
        };
        let end = range.start + line.len();
        out.push_str(&markdown[from..end]);
        out.push_str(&format!(" {{#{anchor}.{slug}{number}}}"));
        from = end;
    }
    out + &markdown[from..]
}

/// Returns the words of a heading as mdBook and GitHub write them in anchors.
fn slug(heading: &str) -> String {
    let words = heading.trim_start_matches(['#', ' ']).chars();
    let words = words.filter_map(|c| match c {
        c if c.is_alphanumeric() || matches!(c, '_' | '-') => Some(c.to_ascii_lowercase()),
        ' ' => Some('-'),
        _ => None,
    });
    words.collect()
}

/// Returns the description and the link to external documentation, without the summary.
pub fn description(docs: &Docs, level: usize, anchor: &str) -> Vec<String> {
    let mut lines = docs
        .description
        .as_deref()
        .map(|text| blocks(text, level, anchor))
        .unwrap_or_default();
    if let Some((url, text)) = &docs.external {
        let text = text.as_deref().unwrap_or("More in the API's documentation");
        paragraph(
            &mut lines,
            &prose::book_markdown(&format!("{}: <{url}>", text.trim_end_matches('.')), 0),
        );
    }
    lines
}

/// Adds a paragraph, preceded by an empty line.
pub fn paragraph(lines: &mut Vec<String>, text: &str) {
    if !text.is_empty() {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(text.lines().map(str::to_owned));
    }
}

/// Escapes one line of text for a heading.
pub fn heading(text: &str) -> String {
    let text = prose::escaped(&prose::plain(text));
    match text.strip_suffix(['}', '#']) {
        Some(rest) => format!("{rest}\\{}", &text[rest.len()..]),
        None => text,
    }
}

/// Escapes a heading's text for a link label: its brackets must not end the label.
pub fn link_text(heading: &str) -> String {
    heading.replace(']', "\\]")
}

/// Returns the summary or a short form of the description.
pub fn brief(docs: &Docs) -> String {
    let text = docs
        .summary
        .as_deref()
        .or(docs.description.as_deref())
        .unwrap_or_default();
    prose::first_sentence(text)
}

/// The most characters in a cell. A longer row is hard to read, and hard to review in a diff.
const LONGEST_CELL: usize = 400;

/// Returns a description for a table cell, and the full text for the section below the table if the cell
/// holds only the first sentence.
pub fn cell_and_detail(markdown: &str) -> (String, Vec<String>) {
    let (cell, fits) = cell(markdown);
    if fits && cell.chars().count() <= LONGEST_CELL {
        return (cell, Vec::new());
    }
    let whole = lines(&prose::book_paragraphs(markdown));
    (prose::first_sentence(markdown), whole)
}

/// Returns a description for a table cell. Returns `false` with its first sentence if the rest contains
/// blocks that a cell cannot hold, such as lists or code blocks.
pub fn cell(markdown: &str) -> (String, bool) {
    let printed = prose::book_markdown(markdown, 0);
    let fits = Parser::new_ext(&printed, Options::ENABLE_TABLES).all(|event| match event {
        Event::Start(tag) => {
            matches!(
                tag,
                Tag::Paragraph | Tag::Emphasis | Tag::Strong | Tag::Link { .. }
            )
        }
        event => !matches!(event, Event::Rule | Event::Html(_)),
    });
    if !fits {
        return (prose::first_sentence(markdown), false);
    }
    let one_line = printed
        .replace("\\\n", "<br>")
        .replace("\n\n", "<br>")
        .replace('\n', " ");
    (prose::piped(&one_line), true)
}

/// Returns a code block with a fence that the code does not contain.
pub fn fenced(language: &str, code: &str) -> Vec<String> {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    let mut lines = vec![format!("{fence}{language}")];
    lines.extend(code.lines().map(str::to_owned));
    lines.push(fence);
    lines
}

/// Finishes every page: escapes mdBook's own syntax (`{{#include …}}`, which mdBook also expands in
/// code), and removes control characters and bidi marks.
pub fn finish(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page.trim_start_matches('\n');
    while let Some(at) = rest.find("{{") {
        let inner = rest[at + 2..].trim_start();
        out.push_str(&rest[..at]);
        let is_directive = inner.starts_with('#');
        if is_directive && !out.ends_with('\\') {
            out.push('\\');
        }
        out.push_str("{{");
        rest = if is_directive { inner } else { &rest[at + 2..] };
    }
    out.push_str(rest);
    let shown = |c: char| match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        c if c.is_control() && !matches!(c, '\n' | '\t') => Some('\u{fffd}'),
        c => Some(c),
    };
    out.chars().filter_map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::{blocks, cell, cell_and_detail, fenced, finish, heading, link_text};

    #[test]
    fn headings_set_no_attributes() {
        assert_eq!(
            blocks("# a {#id onclick=x}", 1, "p"),
            ["## a {#id onclick=x\\} {#p.a-id-onclickx}"]
        );
        assert_eq!(blocks("- # a {.x}", 1, "p"), ["- ## a {.x\\} {#p.a-x}"]);
        assert_eq!(
            blocks("## a\n\n```\n# b\n```\n\n## A", 1, "p"),
            [
                "## a {#p.a}",
                "",
                "```text",
                "# b",
                "```",
                "",
                "## A {#p.a-2}"
            ]
        );
        assert_eq!(heading("a {.b}"), "a {.b\\}");
        assert_eq!(heading("C#"), "C\\#");
        assert_eq!(link_text(&heading("](x)")), "\\](x)");
    }

    #[test]
    fn cells_hold_paragraphs_only() {
        assert_eq!(
            cell("One `a|b`.\n\nTwo."),
            ("One `a\\|b`.<br>Two.".to_owned(), true)
        );
        assert_eq!(cell("One.\n\n- item"), ("One.".to_owned(), false));
        assert_eq!(cell(""), (String::new(), true));
    }

    #[test]
    fn long_cells_have_details_below() {
        let long = "Short. And long".to_owned() + &" words".repeat(70);
        let expected = (
            "Short.".to_owned(),
            vec!["Short.".to_owned(), long[7..].to_owned()],
        );
        assert_eq!(cell_and_detail(&long), expected);
        assert_eq!(cell_and_detail("# a\n\nB.").1, ["**a**", "", "B."]);
        assert_eq!(cell_and_detail("Short.").1, [""; 0]);
    }

    #[test]
    fn includes_are_escaped_once() {
        let once = finish("`{{ #include /etc/passwd}}` {{x}}");
        assert_eq!(once, "`\\{{#include /etc/passwd}}` {{x}}");
        assert_eq!(finish(&once), once);
    }

    #[test]
    fn fences_are_longer_than_fences_in_code() {
        assert_eq!(fenced("sh", "a\n```\n"), ["````sh", "a", "```", "````"]);
    }
}
