//! Generated crates, parsed as rustc, rustdoc, cargo and mdBook parse them.

use super::document::print;
use super::support::generate::{Attempt, Outcome};
use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use sdkgen::config::{Overrides, Settings};
use sdkgen::diag::Diagnostics;
use sdkgen::load;
use sdkgen::pipeline::{Compilation, Generated};
use sdkgen::report;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Generates the crate and the book of a description.
pub fn generated(document: &Value, package: &str) -> Generated {
    let text = print(document);
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("api.json", &text)], &mut diagnostics).expect("a document");
    let given = Overrides {
        spec: Some("api.json".into()),
        out: Some("out".into()),
        docs: Some("book".into()),
        package: Some(package.to_owned()),
        wire_tests: true,
        ..Overrides::default()
    };
    let mut job = Settings::from_arguments(given)
        .expect("settings")
        .settle(&loaded);
    job.options.package.workspace_member = true;
    let generated = Compilation::new(&job, &loaded).generate(&mut diagnostics);
    generated.unwrap_or_else(|| {
        panic!(
            "{}",
            report::short(&diagnostics, &loaded.sources, &loaded.tree)
        )
    })
}

/// Generates an [`Attempt`], which a workshop accepts.
pub fn attempt(document: &Value, package: &str) -> Attempt {
    Attempt {
        package: package.to_owned(),
        outcome: Outcome::Generated(Box::new(generated(document, package))),
        time: Duration::ZERO,
    }
}

/// The tokens of a crate: code of its files and of its documentation examples.
#[derive(Default)]
pub struct Tokens {
    /// Identifiers. Those of the library's own code come first.
    pub idents: Vec<String>,
    /// The number of identifiers in the library's own code.
    pub steady: usize,
    /// The first position of each identifier.
    pub places: BTreeMap<String, String>,
    /// The identifiers without the variables of the text that has them.
    pub without_variables: BTreeSet<String>,
    /// Names before a `!`.
    pub macros: BTreeSet<String>,
    /// Texts that do not parse as Rust.
    pub faults: Vec<String>,
    /// The texts of doc comments, one for each item.
    docs: Vec<String>,
}

impl Tokens {
    pub fn of(generated: &Generated) -> Self {
        let mut tokens = Tokens::default();
        // The runtime is copied unchanged.
        let is_made = |path: &&String| path.ends_with(".rs") && !path.starts_with("src/runtime/");
        let files = generated.package.0.iter().filter(|(path, _)| is_made(path));
        let (library, others): (Vec<_>, Vec<_>) =
            files.partition(|(path, _)| path.starts_with("src/"));
        for (path, text) in library {
            tokens.read(path, text);
        }
        tokens.steady = tokens.idents.len();
        for (path, text) in others {
            tokens.read(path, text);
        }
        for text in std::mem::take(&mut tokens.docs) {
            for code in examples(&text) {
                tokens.read("an example", &code);
            }
        }
        tokens
    }

    fn read(&mut self, place_name: &str, text: &str) {
        self.docs.push(String::new());
        match text.parse() {
            Ok(stream) => {
                let before = self.idents.len();
                self.walk(stream);
                let variables = bindings(text);
                let own = self.idents[before..].iter();
                let own = own.filter(|ident| !variables.contains(*ident)).cloned();
                self.without_variables.extend(own);
                for ident in &self.idents[before..] {
                    let place = self.places.entry(ident.clone());
                    place.or_insert_with(|| place_of(place_name, text, ident));
                }
            }
            Err(_) => self
                .faults
                .push(format!("{place_name} is no Rust:\n{}", unread(text))),
        }
    }

    fn walk(&mut self, stream: TokenStream) {
        let trees: Vec<TokenTree> = stream.into_iter().collect();
        for (at, tree) in trees.iter().enumerate() {
            let next = trees.get(at + 1);
            match tree {
                TokenTree::Ident(ident) => {
                    self.idents.push(ident.to_string());
                    if matches!(next, Some(TokenTree::Punct(punct)) if punct.as_char() == '!')
                        && matches!(trees.get(at + 2), Some(TokenTree::Group(_)))
                    {
                        self.macros.insert(ident.to_string());
                    }
                }
                TokenTree::Group(group) => match doc(group.stream()) {
                    Some(line) => self.push_doc(&line),
                    None => self.walk(group.stream()),
                },
                TokenTree::Punct(punct) if matches!(punct.as_char(), '#' | '!') => {}
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            // The documentation of an item is a sequence of attributes.
            let attribute = matches!(tree, TokenTree::Punct(_))
                || matches!(tree, TokenTree::Group(group) if doc(group.stream()).is_some());
            if !attribute {
                self.docs.push(String::new());
            }
        }
        self.docs.push(String::new());
    }

    fn push_doc(&mut self, line: &str) {
        if let Some(block) = self.docs.last_mut() {
            block.push_str(line);
            block.push('\n');
        }
    }
}

/// Returns the variables of an example. They are named after the words of an operation, and no attack declares one.
fn bindings(text: &str) -> BTreeSet<String> {
    let names = text.split("let ").skip(1).filter_map(|rest| {
        let rest = rest.strip_prefix("mut ").unwrap_or(rest);
        rest.split_once(" = ").map(|(name, _)| name.to_owned())
    });
    names.collect()
}

fn place_of(place: &str, text: &str, ident: &str) -> String {
    let code = |line: &&str| line.contains(ident) && !line.trim_start().starts_with("//");
    let line = text.lines().find(code).unwrap_or_default();
    format!("{place}: {line}")
}

/// Returns the first line that cannot be parsed alone in a text that cannot be parsed.
fn unread(text: &str) -> String {
    let bare = |line: &&str| {
        let line: String = line.chars().filter(|c| !"(){}[]".contains(*c)).collect();
        line.parse::<TokenStream>().is_err()
    };
    text.lines().find(bare).unwrap_or(text).to_owned()
}

/// Returns the line of a doc comment, which the lexer represents as `doc = "…"`.
fn doc(stream: TokenStream) -> Option<String> {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    match &trees[..] {
        [
            TokenTree::Ident(name),
            TokenTree::Punct(_),
            TokenTree::Literal(text),
        ] if name == "doc" => {
            let text = syn_text(&text.to_string());
            Some(text.strip_prefix(' ').unwrap_or(&text).to_owned())
        }
        _ => None,
    }
}

/// Returns the value of a string literal, for the kinds of literals that the lexer makes from comments.
fn syn_text(literal: &str) -> String {
    let mut text = String::new();
    let inner = literal.trim_start_matches('r').trim_matches('#');
    let mut chars = inner[1..inner.len() - 1].chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('u') => {
                let number: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                text.extend(
                    u32::from_str_radix(&number, 16)
                        .ok()
                        .and_then(char::from_u32),
                );
            }
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}

/// Returns the code that rustdoc would compile.
fn examples(docs: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut current: Option<String> = None;
    for event in Parser::new(docs) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let runs = match &kind {
                    CodeBlockKind::Indented => true,
                    CodeBlockKind::Fenced(info) => {
                        matches!(&**info, "" | "no_run" | "rust" | "rust,no_run")
                    }
                };
                current = runs.then(String::new);
            }
            Event::Text(text) => {
                if let Some(code) = &mut current {
                    code.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => found.extend(current.take()),
            _ => {}
        }
    }
    let shown = |code: String| {
        code.lines()
            .map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(line)))
            .collect()
    };
    found.into_iter().map(shown).collect()
}

/// Returns the faults in the files of a crate and a book, independent of their content.
pub fn faults(generated: &Generated) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    let book = generated.docs.iter().flat_map(|files| &files.0);
    for (which, (path, text)) in generated
        .package
        .0
        .iter()
        .map(|file| ("crate", file))
        .chain(book.map(|file| ("book", file)))
    {
        if !seen.insert(format!("{which}/{}", path.to_lowercase())) {
            faults.push(format!(
                "{path}: a file system may not tell it from another"
            ));
        }
        faults.extend(path_fault(path));
        let odd = |c: &char| {
            c.is_control() && *c != '\n' && !(*c == '\t' && path.ends_with(".md"))
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        if let Some(found) = text.chars().find(odd) {
            let line = text
                .lines()
                .find(|line| line.contains(found))
                .unwrap_or_default();
            faults.push(format!("{path}: {found:?} in {line:?}"));
        }
    }
    faults
}

/// Returns why a path is not valid on every system.
fn path_fault(path: &str) -> Option<String> {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let known = [
        "Cargo.toml",
        "README.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "src/SUMMARY.md",
        "src/llms-full.txt",
        "book.toml",
    ];
    if known.contains(&path) {
        return None;
    }
    for step in path.split('/') {
        let stem = step.split('.').next().unwrap_or_default();
        let device = DEVICES.contains(&stem)
            || stem.len() == 4
                && (stem.starts_with("com") || stem.starts_with("lpt"))
                && stem.ends_with(|c: char| c.is_ascii_digit());
        let plain = step
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.');
        if device || !plain || stem.is_empty() || step.matches('.').count() > 1 || step.len() > 200
        {
            return Some(format!("{path:?} is no path for everyone"));
        }
    }
    None
}
