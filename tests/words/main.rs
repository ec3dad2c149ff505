//! Plain words: the idioms of this list do not occur in texts that users read.
//!
//! Some texts are not rewritten yet. `words/bounds.tsv` has the number of idioms in each, which may only decrease:
//! `SDKGEN_BLESS=1 cargo test --test words` lowers the numbers.

mod printed;
mod text;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// An idiom, and its replacement.
const IDIOMS: &[(&str, &str)] = &[
    ("again and again", "polls, retries"),
    ("answer", "response"),
    ("answered", "responded"),
    ("answers", "responses, returns"),
    ("are told", "are reported"),
    ("as it stands", "unchanged"),
    ("asked for", "requested, required"),
    ("by which", "that, with which"),
    ("can be told", "can be configured"),
    ("found out", "detected"),
    ("gives", "returns"),
    ("go before", "take precedence over"),
    ("goes before", "takes precedence over"),
    ("has to say", "reports"),
    ("is asked", "receives, requests"),
    ("is done by", "name the actor"),
    ("is followed", "is supported"),
    ("is given", "receives, is set"),
    ("is no", "is not a"),
    ("is to be", "must be, has to be"),
    ("is told", "is reported, receives"),
    ("leads nowhere", "is unresolved"),
    ("likeness", "fingerprint"),
    ("made of", "generated from"),
    ("member", "field, property"),
    ("members", "fields, properties"),
    ("mend", "fix"),
    ("mended", "fixed"),
    ("mends", "fixes"),
    ("not followed", "not supported"),
    ("nothing of all this", "nothing"),
    ("of its own", "separate, own"),
    ("of yours", "your"),
    ("says of", "name the fact"),
    ("sent again", "retried"),
    ("somebody who", "the caller"),
    ("stand in place of", "replace"),
    ("stands in place of", "replaces"),
    ("tell apart", "discriminate, distinguish"),
    ("telling", "reports"),
    ("tells apart", "discriminates"),
    ("tells of", "reports, documents"),
    ("that is no success", "error status"),
    ("told apart", "discriminated, distinguished"),
    ("undeclared", "unknown"),
    ("where it stands", "position"),
    ("where there is one", "if there is one"),
    ("where there is none", "if there is none"),
    ("whoever", "the caller, anyone who"),
    ("whose like", "name it"),
];

/// Phrases that begin like an idiom but are allowed.
const EXCEPTIONS: &[&str] = &["gives up", "is no longer", "is no other", "there is no "];

/// The texts without idioms.
const CLEAN: &[&str] = &[
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/architecture.md",
    "docs/configuration.md",
    "docs/suites.md",
    "docs/templates.md",
    "docs/guide",
    "src/cli",
    "src/cli.rs",
    "src/config",
    "src/diag",
    "src/filter",
    "src/generator",
    "src/generator.rs",
    "src/init",
    "src/init.rs",
    "src/load",
    "src/output",
    "src/overlay",
    "src/overlay.rs",
    "src/passes",
    "src/release",
    "src/report",
    "src/source",
    "src/validate",
    "src/yaml",
    "templates/init",
];

/// The texts that are still to be rewritten.
const OTHERS: &[&str] = &[
    "spec/openapi.yaml",
    "src/describe",
    "src/rust/book",
    "src/rust/view",
    "templates",
];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the files of a folder, or the file.
fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let mut found: Vec<PathBuf> = entries
        .flat_map(|entry| files(&entry.unwrap().path()))
        .collect();
    found.sort();
    found
}

/// Returns the idioms of a text, each with its line.
fn hits(text: &str) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let mut line = line.to_lowercase();
        for exception in EXCEPTIONS {
            line = line.replace(exception, "");
        }
        for (idiom, _) in IDIOMS {
            let ends = line.match_indices(idiom).filter(|(start, _)| {
                let before = line[..*start].chars().next_back();
                let after = line[start + idiom.len()..].chars().next();
                let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
                !is_word(before) && !is_word(after)
            });
            found.extend(ends.map(|_| (index + 1, *idiom)));
        }
    }
    found
}

/// Returns a line for every idiom in a text that sdkgen printed.
fn report_of_text(name: &str, text: &str) -> Vec<String> {
    let found = hits(&text::without_code(text)).into_iter();
    found
        .map(|(line, idiom)| format!("{name}:{line}: `{idiom}`"))
        .collect()
}

/// Returns a line for every idiom below a path, with its position and replacement.
fn report(name: &str) -> Vec<String> {
    let instead: BTreeMap<&str, &str> = IDIOMS.iter().copied().collect();
    let mut lines = Vec::new();
    for path in files(&repository().join(name)) {
        let shown = path
            .strip_prefix(repository())
            .unwrap()
            .display()
            .to_string();
        let is_test =
            path.ends_with("tests.rs") || path.components().any(|part| part.as_os_str() == "tests");
        let Some(text) = fs::read_to_string(&path).ok().filter(|_| !is_test) else {
            continue;
        };
        for (line, idiom) in hits(&text::prose(&shown, &text)) {
            lines.push(format!(
                "{shown}:{line}: `{idiom}`; write: {}",
                instead[idiom]
            ));
        }
    }
    lines
}

#[test]
fn the_first_texts_have_no_idiom() {
    let found: Vec<String> = CLEAN.iter().flat_map(|name| report(name)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn help_has_no_idiom() {
    let found: Vec<String> = printed::help()
        .iter()
        .flat_map(|(command, text)| report_of_text(command, text))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn diagnostics_have_no_idiom() {
    let texts = printed::diagnostics();
    assert!(texts.len() > 300, "{}", texts.len());
    let found: Vec<String> = texts
        .iter()
        .flat_map(|(document, text)| report_of_text(document, text))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn other_texts_have_no_more_idioms_than_before() {
    let path = repository().join("tests/words/bounds.tsv");
    let text = fs::read_to_string(&path).unwrap_or_default();
    let bounds: BTreeMap<&str, usize> = text
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, bound)| (name, bound.parse().expect("a number")))
        .collect();
    let found: Vec<(&str, Vec<String>)> = OTHERS.iter().map(|name| (*name, report(name))).collect();
    if std::env::var_os("SDKGEN_BLESS").is_some() {
        let lowered =
            |name: &str, count: usize| bounds.get(name).map_or(count, |bound| count.min(*bound));
        let lines = found
            .iter()
            .map(|(name, hits)| format!("{name}\t{}\n", lowered(name, hits.len())));
        return fs::write(path, lines.collect::<String>()).unwrap();
    }
    for (name, hits) in found {
        let bound = bounds.get(name).copied().unwrap_or_default();
        assert!(
            hits.len() <= bound,
            "{name} has {} idioms, more than the {bound} of tests/words/bounds.tsv:\n{}",
            hits.len(),
            hits.join("\n")
        );
    }
}

#[test]
fn idioms_are_whole_words() {
    assert_eq!(hits("It gives up.\nIt gives a page."), [(2, "gives")]);
    assert_eq!(hits("remembers, an amendment"), []);
    assert_eq!(hits("is told of it"), [(1, "is told")]);
}
