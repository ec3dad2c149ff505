//! Links between pages resolve to existing files and headings.

use super::page::pages;
use super::{repository, source};
use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// Returns the text without code blocks.
fn prose(text: &str) -> String {
    let mut is_code = false;
    let lines = text.lines().filter(|line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the link targets of a page.
fn targets(text: &str) -> Vec<&str> {
    let after = text.split("](").skip(1);
    after
        .filter_map(|rest| Some(rest.split_once(')')?.0))
        .collect()
}

/// Returns the IDs that mdBook and GitHub give to headings.
fn ids(text: &str) -> HashSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let id = |line: &str| {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let kept = title
            .chars()
            .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(id).collect()
}

fn check(page: &Path, root: &Path, faults: &mut Vec<String>) {
    let text = prose(&fs::read_to_string(page).unwrap());
    for target in targets(&text) {
        if target.starts_with("https://") {
            continue;
        }
        let (file, id) = target.split_once('#').unwrap_or((target, ""));
        let path = match file {
            "" => page.to_owned(),
            file => page.parent().unwrap().join(file),
        };
        let found = path
            .canonicalize()
            .ok()
            .filter(|path| path.starts_with(root));
        let is_there = match found.as_ref().map(fs::read_to_string) {
            Some(Ok(text)) => id.is_empty() || ids(&prose(&text)).contains(id),
            Some(Err(_)) => id.is_empty(),
            None => false,
        };
        if !is_there {
            faults.push(format!("{}: {target}", page.display()));
        }
    }
}

#[test]
fn links_of_the_guide_and_the_readme_lead_to_pages() {
    let mut faults = Vec::new();
    // A page of the book can only link to pages of the book.
    let book = source().canonicalize().unwrap();
    pages(&book)
        .iter()
        .for_each(|page| check(page, &book, &mut faults));
    let root = repository().canonicalize().unwrap();
    for name in ["README.md", "CONTRIBUTING.md", "docs/architecture.md"] {
        check(&root.join(name), &root, &mut faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_summary_lists_every_page() {
    let summary = fs::read_to_string(source().join("SUMMARY.md")).unwrap();
    let listed: HashSet<&str> = targets(&summary).into_iter().collect();
    let book = source();
    let found = pages(&book);
    let names = found
        .iter()
        .map(|page| page.strip_prefix(&book).unwrap().to_str().unwrap());
    let missing: Vec<&str> = names
        .filter(|name| *name != "SUMMARY.md" && !listed.contains(name))
        .collect();
    assert!(missing.is_empty(), "SUMMARY.md does not list {missing:?}");
}
