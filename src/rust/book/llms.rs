//! Files for programs that read the book: `llms.txt` as specified by <https://llmstxt.org>, and the whole
//! book in one file. Their names do not end in `.md`, so mdBook publishes both unchanged.

use super::page::{Book, PageLink, START, title};
use super::resource;
use crate::prose;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// The path of the short file.
pub const INDEX: &str = "llms.txt";

/// The path of the whole book in one file.
pub const WHOLE: &str = "llms-full.txt";

/// The book's table of contents with short descriptions.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Llms {
    pub title: String,
    pub summary: String,
    pub facts: Vec<String>,
    /// Links with descriptions, like the fields below.
    pub guides: Vec<String>,
    pub resources: Vec<String>,
    pub types: Vec<String>,
}

/// Returns the table of contents. `guides` are the pages of the book after the start page, and `types` is the page or
/// the index of the types.
pub fn index(book: &Book<'_>, guides: &[PageLink], types: Option<&PageLink>) -> Llms {
    let plan = book.plan;
    let info = &plan.api.info;
    let package = &plan.options.package;
    let name = prose::code_span(&package.name);
    let add = prose::code_span(&format!("cargo add {}", package.name));
    let version = prose::code_span(&plan.minor_version());
    let env = plan.main_env();
    let credential = env.map(|env| format!("Credential: in the environment variable `{env}`"));
    let about = super::text::brief(&info.docs);
    let rows = resource::rows(book);
    let resources = rows.iter();
    let resources = resources.map(|(link, row)| format!("{}: {}", link.published(), row.about));
    Llms {
        title: prose::escaped(&title(&info.title, &package.name)),
        summary: format!("The Rust client crate {name}. {about}")
            .trim_end()
            .to_owned(),
        facts: [format!("Crate: {name} {version}, added by {add}")]
            .into_iter()
            .chain(credential)
            .collect(),
        guides: [PageLink::new("Start", START)]
            .iter()
            .chain(guides)
            .map(PageLink::published)
            .collect(),
        resources: resources.collect(),
        types: types.into_iter().map(PageLink::published).collect(),
    }
}

/// Joins all pages, given as paths and texts. Headings move one level deeper, and links between pages
/// become links between sections.
pub fn join_pages(title: &str, pages: &[(String, String)]) -> String {
    let anchors: BTreeMap<&str, String> = pages
        .iter()
        .map(|(path, text)| {
            (
                path.as_str(),
                heading_anchor(text).unwrap_or_else(|| anchor(path)),
            )
        })
        .collect();
    let mut out = format!("# {title}\n");
    for (path, text) in pages {
        out.push('\n');
        out.push_str(relinked(path, text, &anchors).trim_end());
        out.push('\n');
    }
    out
}

/// Returns the anchor of a page. No other anchor contains both a capital letter and full stops.
fn anchor(path: &str) -> String {
    format!("Page.{}", path.trim_end_matches(".md").replace('/', "."))
}

/// Returns the explicit anchor of a page's first heading.
fn heading_anchor(text: &str) -> Option<String> {
    let heading = text.lines().next()?;
    let (_, anchor) = heading.strip_suffix('}')?.rsplit_once(" {#")?;
    Some(anchor.to_owned())
}

fn relinked(path: &str, text: &str, anchors: &BTreeMap<&str, String>) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut from = 0;
    for (range, new) in edits(path, text, anchors) {
        out.push_str(&text[from..range.start]);
        out.push_str(&new);
        from = range.end;
    }
    out + &text[from..]
}

/// Returns the replacements in a page's text, in order.
fn edits(path: &str, text: &str, anchors: &BTreeMap<&str, String>) -> Vec<(Range<usize>, String)> {
    let mut edits = Vec::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let mark = if level == HeadingLevel::H6 { "" } else { "#" };
                edits.push((range.start..range.start, mark.to_owned()));
                if range.start == 0 && id.is_none() {
                    let end = text[range.clone()].trim_end().len();
                    edits.push((end..end, format!(" {{#{}}}", anchors[path])));
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let new = resolve_link(path, &dest_url, anchors);
                let at = text[range.clone()].rfind("](");
                if let (Some(new), Some(at)) = (new, at) {
                    edits.push((range.start + at + 2..range.end - 1, new));
                }
            }
            // HTML only arranges boxes side by side, which has no meaning in plain text.
            Event::Html(_) => edits.push((range.start..blank_end(text, range.end), String::new())),
            _ => {}
        }
    }
    edits.sort_by_key(|(range, _)| range.start);
    edits
}

/// Returns the end of the empty lines after a position.
fn blank_end(text: &str, end: usize) -> usize {
    text.len() - text[end..].trim_start_matches('\n').len()
}

/// Resolves a page's link to an anchor in the joined file; `None` for an external link.
fn resolve_link(path: &str, link: &str, anchors: &BTreeMap<&str, String>) -> Option<String> {
    let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
    if !fragment.is_empty() && (file.is_empty() || file.ends_with(".md")) {
        return Some(format!("#{fragment}"));
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let target = match file.strip_prefix("../") {
        Some(above) => above.to_owned(),
        None if folder.is_empty() => file.to_owned(),
        None => format!("{folder}/{file}"),
    };
    anchors
        .get(target.as_str())
        .map(|anchor| format!("#{anchor}"))
}

#[cfg(test)]
mod tests {
    use super::join_pages;

    #[test]
    fn links_lead_to_sections() {
        let pages = [
            (
                "index.md",
                "# A\n\n[b](r/b.md) [i](r/b.md#b.i) [f](llms-full.txt) <https://x.io>\n",
            ),
            (
                "r/b.md",
                "# B\n\n<div>\n\n## I {#b.i}\n\n</div>\n\n[s](../index.md#S) [a](../index.md) [c](c.md)\n",
            ),
            ("r/c.md", "# C {#c}\n\n```\n# [x](index.md)\n```\n"),
        ];
        let pages = pages.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let expected = "# T\n\n\
            ## A {#Page.index}\n\n[b](#Page.r.b) [i](#b.i) [f](llms-full.txt) <https://x.io>\n\n\
            ## B {#Page.r.b}\n\n### I {#b.i}\n\n[s](#S) [a](#Page.index) [c](#c)\n\n\
            ## C {#c}\n\n```\n# [x](index.md)\n```\n";
        assert_eq!(join_pages("T", &pages), expected);
    }
}
