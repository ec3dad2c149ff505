//! Text of a description never becomes code, and every name becomes an identifier.
//!
//! Each attack and each unusual name occurs at least once at every position of a description that takes text. The
//! output is parsed as rustc, rustdoc, cargo and mdBook parse it, and a part of it is compiled with warnings denied.
//! `SDKGEN_HOSTILE` sets how many parts are compiled.

mod attacks;
#[path = "../docs/book.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod book;
mod config;
mod crates;
mod document;
#[path = "../support/job.rs"]
mod job;
mod names;
mod random;
mod stability;
#[path = "../support/mod.rs"]
mod support;
mod words;

use crates::{Tokens, attempt, faults, generated};
use document::{Document, Texts};
use pulldown_cmark::{Event, Tag};
use sdkgen::pipeline::Generated;
use serde_json::Value;
use std::collections::BTreeSet;
use support::cargo::{Found, report};
use support::{Workshop, in_parallel};

/// Supplies harmless names that contain their position.
struct Plain(usize);

impl Texts for Plain {
    fn text(&mut self, place: &str) -> String {
        self.name(place)
    }

    fn name(&mut self, place: &str) -> String {
        self.0 += 1;
        format!("{place} {}", self.0)
    }
}

/// Supplies attacks in turn, starting at another one in each document, so that each reaches every position.
struct Attacks<'a> {
    list: &'a [String],
    from: usize,
    next: usize,
    /// Supplies harmless names if names are not attacked.
    names: Option<Plain>,
    /// Whether the crate's examples are run.
    runs: bool,
}

impl<'a> Attacks<'a> {
    fn new(list: &'a [String], from: usize) -> Self {
        Attacks {
            list,
            from,
            next: from,
            names: None,
            runs: false,
        }
    }
}

impl Texts for Attacks<'_> {
    fn begin(&mut self, part: usize) {
        self.next = self.from + part * 17;
    }

    fn text(&mut self, _: &str) -> String {
        self.next += 1;
        self.list[self.next % self.list.len()].clone()
    }

    fn setting(&mut self, place: &str) -> String {
        match self.runs {
            true => "X-Key".to_owned(),
            // Braces in a URL name a variable.
            false if self.names.is_some() => self.name(place),
            false => self.text(place),
        }
    }

    fn name(&mut self, place: &str) -> String {
        self.next += 1;
        match &mut self.names {
            Some(plain) => plain.name(place),
            None => self.list[self.next % self.list.len()].clone(),
        }
    }
}

fn document(parts: usize, texts: &mut impl Texts) -> Value {
    let mut document = Document::new(texts);
    for number in 0..parts {
        texts.begin(number);
        document.part(number, texts);
    }
    document.0
}

fn plain() -> Generated {
    generated(&document(1, &mut Plain(0)), "hostile")
}

fn owned(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

/// Returns the differences between a manifest and that of a harmless crate.
fn manifest_faults(generated: &Generated, plain: &Generated) -> Vec<String> {
    let read = |generated: &Generated| -> toml::Table {
        let text = &generated.package.0["Cargo.toml"];
        text.parse()
            .unwrap_or_else(|error| panic!("{error}\n{text}"))
    };
    let (mut own, mut usual) = (read(generated), read(plain));
    let mut faults = Vec::new();
    let about = |table: &mut toml::Table| {
        table["package"]
            .as_table_mut()
            .and_then(|package| package.remove("description"))
    };
    let description = about(&mut own);
    about(&mut usual);
    if own != usual {
        faults.push(format!("Cargo.toml has\n{own:#?}"));
    }
    if description.is_none_or(|text| text.as_str().is_none_or(|text| text.contains('\n'))) {
        faults.push("the manifest's description is no line".to_owned());
    }
    faults
}

/// Returns texts of the description that became code.
fn code_faults(generated: &Generated, plain: &Tokens) -> Vec<String> {
    let tokens = Tokens::of(generated);
    let bare = tokens
        .without_variables
        .iter()
        .filter(|ident| ident.eq_ignore_ascii_case("pwned"));
    let mut faults = tokens.faults.clone();
    faults.extend(bare.map(|ident| format!("`{ident}` is code in {}", tokens.places[ident])));
    let macros = tokens.macros.difference(&plain.macros);
    faults.extend(macros.map(|name| format!("`{name}!` is called")));
    faults
}

#[test]
fn attacks_stay_text_at_every_place() {
    let (usual, list) = (plain(), owned(attacks::ATTACKS));
    let tokens = Tokens::of(&usual);
    let turns: Vec<usize> = (0..list.len()).collect();
    let found = in_parallel(&turns, |turn| {
        let generated = generated(&document(1, &mut Attacks::new(&list, *turn)), "hostile");
        let faults = [
            faults(&generated),
            code_faults(&generated, &tokens),
            manifest_faults(&generated, &usual),
        ];
        faults.concat()
    });
    let found: BTreeSet<String> = found.into_iter().flatten().collect();
    assert!(found.is_empty(), "{}", Vec::from_iter(found).join("\n"));
}

/// Returns texts of the description that became markup, and broken links.
fn book_faults(document: &Value) -> Vec<String> {
    let book = book::Book::of_text(&document::print(document));
    let mut faults = [book.html(), book.broken_links(), book.contents_faults()].concat();
    for (path, text) in &book.pages {
        for event in book::parse(text) {
            match event {
                Event::Start(Tag::Heading { classes, attrs, .. })
                    if !(classes.is_empty() && attrs.is_empty()) =>
                {
                    faults.push(format!("{path}: a heading with {classes:?} {attrs:?}"));
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })
                    if dest_url.contains("script:") && !dest_url.starts_with("http") =>
                {
                    faults.push(format!("{path}: {dest_url}"));
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    faults.push(format!("{path}: the image {dest_url}"));
                }
                _ => {}
            }
        }
        for (at, _) in text.match_indices("{{#") {
            if !text[..at].ends_with('\\') {
                faults.push(format!("{path}: an include"));
            }
        }
        let commands = book::code_blocks(text, "sh");
        for command in commands
            .iter()
            .filter(|command| command.starts_with("curl"))
        {
            let fault = book::shell_faults(command);
            faults.extend(fault.map(|fault| format!("{path}: {fault}: {command}")));
        }
    }
    faults
}

#[test]
fn books_hold_no_markup_of_a_description() {
    let (attacked, named) = (owned(attacks::ATTACKS), owned(attacks::NAMES));
    let turns: Vec<usize> = (0..attacked.len().max(named.len() / 4)).collect();
    let found = in_parallel(&turns, |turn| {
        let attacks = document(1, &mut Attacks::new(&attacked, *turn));
        let names = document(1, &mut Attacks::new(&named, *turn * 4));
        [book_faults(&attacks), book_faults(&names)].concat()
    });
    let found: BTreeSet<String> = found.into_iter().flatten().collect();
    assert!(found.is_empty(), "{}", Vec::from_iter(found).join("\n"));
}

/// Checks that text from which no name is derived changes only literals.
#[test]
fn prose_and_values_change_no_token() {
    let list = owned(attacks::ATTACKS);
    // The layout of an example depends on its value, so that only the set of tokens is compared.
    let code = |generated: &Generated| {
        let tokens = Tokens::of(generated);
        let mut idents = tokens.idents[..tokens.steady].to_vec();
        idents.sort();
        idents.extend(BTreeSet::from_iter(tokens.idents));
        idents
    };
    let turns: Vec<usize> = (0..list.len()).collect();
    let all = in_parallel(&turns, |turn| {
        let mut texts = Attacks {
            names: Some(Plain(0)),
            ..Attacks::new(&list, *turn)
        };
        code(&generated(&document(1, &mut texts), "hostile"))
    });
    for (turn, idents) in all.iter().enumerate() {
        let (own, usual) = (BTreeSet::from_iter(idents), BTreeSet::from_iter(&all[0]));
        let odd: Vec<_> = own.symmetric_difference(&usual).collect();
        assert!(idents == &all[0], "{turn}: {odd:?}");
    }
}

#[test]
fn every_name_becomes_an_identifier() {
    let mut list = owned(attacks::NAMES);
    list.extend(attacks::very_long());
    let turns: Vec<usize> = (0..list.len()).collect();
    let found = in_parallel(&turns, |turn| {
        let generated = generated(&document(1, &mut Attacks::new(&list, *turn)), "hostile");
        [faults(&generated), Tokens::of(&generated).faults].concat()
    });
    let found: BTreeSet<String> = found.into_iter().flatten().collect();
    assert!(found.is_empty(), "{}", Vec::from_iter(found).join("\n"));
}

fn count(default: usize) -> usize {
    let given = std::env::var("SDKGEN_HOSTILE")
        .ok()
        .and_then(|count| count.parse().ok());
    given.unwrap_or(default)
}

#[test]
fn hostile_crates_compile_without_warnings() {
    let attacked = owned(attacks::ATTACKS);
    let mut named = owned(attacks::NAMES);
    named.extend(attacks::very_long());
    let mut workshop = Workshop::new("hostile");
    let hostile = |list: &[String], parts: usize| {
        let mut texts = Attacks {
            runs: true,
            ..Attacks::new(list, 0)
        };
        document(parts, &mut texts)
    };
    let long = [attacks::all_at_once()];
    workshop.add(&attempt(&hostile(&attacked, count(10)), "hostile-texts"));
    workshop.add(&attempt(&hostile(&named, count(5)), "hostile-names"));
    workshop.add(&attempt(&hostile(&long, 1), "hostile-long"));
    workshop.add(&attempt(&random(count(8)), "hostile-random"));
    let words = words::document(&words::of(&plain()));
    workshop.add(&attempt(&words, "hostile-words"));
    workshop.finish();
    let members: Vec<&str> = workshop.members().iter().map(String::as_str).collect();
    nothing("cargo fmt --check", &workshop.fmt());
    nothing("cargo clippy", &workshop.clippy(&members));
    nothing("cargo doc", &workshop.doc(&members));
    let examples = workshop.doctest(&members);
    assert!(examples.is_ok(), "{}", examples.unwrap_err());
}

/// Returns a description with random names at every position, with a few parts for each seed.
fn random(parts: usize) -> Value {
    let mut texts = random::Random::new(7);
    document(parts, &mut texts)
}

fn nothing(what: &str, found: &Found) {
    assert!(found.is_empty(), "{what}:{}", report(found));
}
