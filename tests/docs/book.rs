//! A generated book, parsed as mdBook parses it.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use sdkgen::config::{Overrides, Settings};
use sdkgen::diag::Diagnostics;
use sdkgen::load::{self, Loaded};
use sdkgen::pipeline;
use std::collections::{BTreeMap, BTreeSet};

/// Pages by path below `src`, without `SUMMARY.md`.
pub struct Book {
    pub pages: BTreeMap<String, String>,
    /// Files that mdBook copies, by path below `src`.
    pub others: BTreeMap<String, String>,
    summary: String,
}

/// Returns fixtures whose books differ in content.
pub fn fixtures() -> Vec<String> {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut paths: Vec<String> = ["schemas", "operations"]
        .iter()
        .flat_map(|area| std::fs::read_dir(format!("{root}/tests/fixtures/{area}")).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .map(|path| path.to_str().unwrap().to_owned())
        .collect();
    paths.sort();
    assert!(paths.iter().any(|path| path.ends_with("schemas/docs.yaml")));
    paths
}

/// Returns the paths of corpus documents, or `None` without a corpus.
pub fn corpus(names: &[&str]) -> Option<Vec<String>> {
    let folder = std::env::var("SDKGEN_CORPUS").ok()?;
    Some(
        names
            .iter()
            .map(|name| format!("{folder}/{name}"))
            .collect(),
    )
}

impl Book {
    /// Generates the book of a document. A relative path starts at the repository's root.
    pub fn of_spec(path: &str, package: &str) -> Self {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let mut diagnostics = Diagnostics::default();
        let loaded =
            load::load(&load::Inputs::of(&path), &mut diagnostics).expect("the document loads");
        Book::of(loaded, package, &mut diagnostics)
    }

    pub fn of_text(text: &str) -> Self {
        let mut diagnostics = Diagnostics::default();
        let loaded =
            load::from_texts(&[("api.yaml", text)], &mut diagnostics).expect("the text loads");
        Book::of(loaded, "client", &mut diagnostics)
    }

    fn of(loaded: Loaded, package: &str, diagnostics: &mut Diagnostics) -> Self {
        let given = Overrides {
            spec: Some("api.yaml".into()),
            out: Some("out".into()),
            docs: Some("book".into()),
            package: Some(package.to_owned()),
            ..Overrides::default()
        };
        let job = Settings::from_arguments(given).unwrap().settle(&loaded);
        let generated = pipeline::Compilation::new(&job, &loaded)
            .generate(diagnostics)
            .expect("the document is sound");
        let files = generated.docs.expect("the book was requested").0;
        assert!(files.contains_key("book.toml"));
        let sources = files
            .into_iter()
            .filter_map(|(path, text)| Some((path.strip_prefix("src/")?.to_owned(), text)));
        let (mut pages, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
            sources.partition(|(path, _)| path.ends_with(".md"));
        let summary = pages.remove("SUMMARY.md").expect("a table of contents");
        Book {
            pages,
            others,
            summary,
        }
    }

    /// Returns links that do not resolve, from pages and from other files.
    pub fn broken_links(&self) -> Vec<String> {
        let anchors: BTreeMap<&str, BTreeSet<String>> = self
            .pages
            .iter()
            .chain(&self.others)
            .map(|(path, text)| (path.as_str(), anchors(text)))
            .collect();
        let mut broken = Vec::new();
        for (path, text) in self.pages.iter().chain(&self.others) {
            for link in links(text)
                .iter()
                .filter(|link| !link.contains("://") && !link.starts_with("mailto:"))
            {
                let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
                let target = if file.is_empty() {
                    path.clone()
                } else {
                    resolved(path, file).replace(".html", ".md")
                };
                let found = anchors.get(target.as_str());
                if !found.is_some_and(|found| anchor.is_empty() || found.contains(anchor)) {
                    broken.push(format!("{path}: {link}"));
                }
            }
        }
        broken
    }

    /// Returns errors in the table of contents: missing, repeated and nonexistent pages.
    pub fn contents_faults(&self) -> Vec<String> {
        let listed = links(&self.summary);
        let lacks = self
            .pages
            .keys()
            .filter(|page| !listed.contains(page))
            .map(|page| format!("lacks {page}"));
        let dangling = listed
            .iter()
            .filter(|page| !self.pages.contains_key(*page))
            .map(|page| format!("dangling {page}"));
        let distinct: BTreeSet<&String> = listed.iter().collect();
        let twice = (distinct.len() < listed.len()).then(|| "a page is listed twice".to_owned());
        lacks.chain(dangling).chain(twice).collect()
    }

    /// Returns HTML on the pages, except for the line breaks that `prose` writes into table cells and the boxes of
    /// the templates.
    pub fn html(&self) -> Vec<String> {
        let contents = "SUMMARY.md".to_owned();
        let pages = self
            .pages
            .iter()
            .chain([(&contents, &self.summary)])
            .flat_map(|(path, text)| {
                parse(text)
                    .into_iter()
                    .filter_map(|event| match event {
                        Event::InlineHtml(html) if &*html == "<br>" => None,
                        Event::Html(html) if BOXES.contains(&html.trim()) => None,
                        Event::Html(html) | Event::InlineHtml(html) => {
                            Some(format!("{path}: {html}"))
                        }
                        _ => None,
                    })
                    .collect::<Vec<_>>()
            });
        pages.collect()
    }
}

const BOXES: [&str; 9] = [
    "</div>",
    "<div class=\"rows\">",
    "<div class=\"operation\">",
    "<div class=\"example\">",
    "<div class=\"reference\">",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
];

/// Parses a page with the extensions that mdBook enables.
pub fn parse(text: &str) -> Vec<Event<'static>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    Parser::new_ext(text, options)
        .map(Event::into_static)
        .collect()
}

fn links(text: &str) -> Vec<String> {
    let events = parse(text).into_iter();
    events
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.to_string())
            }
            _ => None,
        })
        .collect()
}

/// Returns the anchors of a page by mdBook's rules: the explicit ID of a heading, or one derived from its text, with
/// a number if it is already used.
pub fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut heading: Option<(Option<CowStr<'static>>, String)> = None;
    for event in parse(text) {
        match event {
            Event::Start(Tag::Heading { id, .. }) => heading = Some((id, String::new())),
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, content)) = &mut heading {
                    content.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let (id, content) = heading.take().unwrap_or_default();
                let wish = id.map_or_else(|| slug(&content), |id| id.to_string());
                let mut anchor = wish.clone();
                let mut number = 0;
                while !anchors.insert(anchor.clone()) {
                    number += 1;
                    anchor = format!("{wish}-{number}");
                }
            }
            _ => {}
        }
    }
    anchors
}

/// Implements mdBook's `normalize_id`.
fn slug(content: &str) -> String {
    content
        .trim()
        .chars()
        .filter_map(|c| match c {
            c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c.to_ascii_lowercase()),
            c if c.is_whitespace() => Some('-'),
            _ => None,
        })
        .collect()
}

/// Resolves a relative link of a page.
fn resolved(page: &str, link: &str) -> String {
    let mut steps: Vec<&str> = page.split('/').collect();
    steps.pop();
    for step in link.split('/') {
        match step {
            ".." => assert!(
                steps.pop().is_some(),
                "{page}: {link} leads out of the book"
            ),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Returns the code blocks of a language.
pub fn code_blocks(text: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut current: Option<String> = None;
    for event in parse(text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == language => {
                current = Some(String::new());
            }
            Event::Text(text) => {
                if let Some(block) = &mut current {
                    block.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(current.take()),
            _ => {}
        }
    }
    blocks
}

/// Returns why a command is more than one plain command in a POSIX shell. Allowed are plain words, escaped quotes and
/// escaped line ends; in double quotes, text and `$VARIABLE`.
pub fn shell_faults(command: &str) -> Option<String> {
    let mut chars = command.trim_end().chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\'' => {
                if !chars.any(|c| c == '\'') {
                    return Some("an open single quote".to_owned());
                }
            }
            '"' => loop {
                match chars.next() {
                    Some('"') => break,
                    Some('`' | '\\') => {
                        return Some("an escape or a command in double quotes".to_owned());
                    }
                    Some('$') if !chars.peek().is_some_and(char::is_ascii_uppercase) => {
                        return Some("no variable after `$`".to_owned());
                    }
                    Some(_) => {}
                    None => return Some("an open double quote".to_owned()),
                }
            },
            '\\' if !matches!(chars.next(), Some('\n' | '\'')) => {
                return Some("an odd escape".to_owned());
            }
            c if c.is_ascii_alphanumeric() || " -._/:@%+,=\\".contains(c) => {}
            c => return Some(format!("{c:?} outside of quotes")),
        }
    }
    None
}
