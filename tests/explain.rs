//! The pages of `sdkgen explain`: each has all parts, and its examples cause and fix the finding.
//!
//! An example is an excerpt of a document. If it begins with a path, it belongs to `paths`; with a capital letter, to
//! `components/schemas`; otherwise it has properties of the document itself. A version, a title and a server are
//! added if it has none. A fence of `yaml whole` is a complete document, and `yaml overlay` holds the actions of an
//! overlay for the document [`PETS`].

#[path = "support/job.rs"]
mod job;

use sdkgen::diag::{Diagnostics, explain};
use sdkgen::report;
use sdkgen::{load, pipeline};
use std::path::Path;

/// Codes that no short document can cause; their examples are `text`.
const NO_DOCUMENT: [&str; 22] = [
    "E0001", "E0003", "E0118", "W0142", "E0144", "W0208", "W0210", "W0211", "W0329", "W0338",
    "E0441", "E0442", "E0443", "E0447", "E0470", "N0445", "E0503", "E0504", "E0601", "E0602",
    "E0603", "W0604",
];

/// The parts of a page, in order.
const HEADINGS: [&str; 4] = [
    "## What it means",
    "## Why it matters",
    "## Example",
    "## How to fix it",
];

/// Returns the fences of a page, each with its info string: `yaml`, `yaml fixed`, …
fn fences(page: &str) -> Vec<(&str, &str)> {
    let pieces: Vec<&str> = page.split("```").collect();
    let inner = pieces.iter().skip(1).step_by(2);
    inner.filter_map(|text| text.split_once('\n')).collect()
}

/// Completes an excerpt to a document.
fn completed(info: &str, excerpt: &str) -> String {
    if info.contains("whole") || info.contains("overlay") {
        return excerpt.to_owned();
    }
    let (before, indent) = match excerpt.chars().next() {
        Some('/') => ("paths:\n", "  "),
        Some(first) if first.is_uppercase() => ("components:\n  schemas:\n", "    "),
        _ => ("", ""),
    };
    let mut text = String::new();
    for line in [
        "openapi: 3.1.0",
        "info: {title: Pets, version: '1'}",
        "servers: [{url: https://api.example.com}]",
    ] {
        let key = line.split(' ').next().unwrap_or_default();
        if !excerpt.lines().any(|line| line.starts_with(key)) {
            text.push_str(&format!("{line}\n"));
        }
    }
    text.push_str(before);
    for line in excerpt.lines() {
        text.push_str(&format!("{indent}{line}\n"));
    }
    text
}

/// The document that the overlays of pages change.
const PETS: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: https://api.example.com}]
paths:
  /pets:
    get:
      operationId: listPets
      responses: {'200': {description: All pets.}}
";

/// Returns the findings of a document or of an overlay's actions, one a line.
fn findings(info: &str, text: &str) -> String {
    let mut found = Diagnostics::default();
    let loaded = match info.contains("overlay") {
        false => load::from_texts(&[("api.yaml", text)], &mut found),
        true => {
            let folder = tempfile::tempdir().unwrap();
            let [document, overlay] =
                ["api.yaml", "overlay.yaml"].map(|name| folder.path().join(name));
            let head = "overlay: 1.1.0\ninfo: {title: Fixes, version: '1'}\nactions:\n";
            std::fs::write(&document, PETS).unwrap();
            std::fs::write(&overlay, format!("{head}{text}")).unwrap();
            let inputs = load::Inputs {
                overlays: vec![overlay],
                ..load::Inputs::of(document)
            };
            load::load(&inputs, &mut found)
        }
    };
    let Some(loaded) = loaded else {
        let lines = found.iter().map(|found| format!("[{}]\n", found.code));
        return lines.collect();
    };
    let job = job::job(Path::new("api.yaml"), None);
    pipeline::Compilation::new(&job, &loaded).generate(&mut found);
    report::short(&found, &loaded.sources, &loaded.tree)
}

#[test]
fn examples_cause_their_code_and_fixed_ones_do_not() {
    let mut wrong = String::new();
    for code in explain::codes().filter(|code| !NO_DOCUMENT.contains(code)) {
        let fences = fences(explain::page(code).unwrap());
        let examples: Vec<bool> = fences
            .iter()
            .filter(|(info, _)| info.starts_with("yaml"))
            .map(|(info, excerpt)| {
                let is_fixed = info.ends_with("fixed");
                let text = completed(info, excerpt);
                let findings = findings(info, &text);
                let is_reported = findings.contains(&format!("[{code}]"));
                if is_reported == is_fixed || (is_fixed && findings.contains("error[")) {
                    wrong.push_str(&format!("{code}, {info}:\n{text}{findings}\n"));
                }
                is_fixed
            })
            .collect();
        let has_both = examples.contains(&false) && examples.contains(&true);
        assert!(has_both, "{code} needs an example, and its fix");
    }
    assert_eq!(wrong, "");
}

#[test]
fn pages_are_made_alike() {
    for code in explain::codes() {
        let page = explain::page(code).unwrap();
        let first = page.lines().next().unwrap();
        let title = explain::title(code).unwrap();
        assert_eq!(first, format!("# {code}: {title}"));
        assert!(
            title.len() <= 64 && !title.ends_with('.'),
            "{code}: {title}"
        );
        let headings = page.lines().filter(|line| line.starts_with("## "));
        assert_eq!(headings.collect::<Vec<_>>(), HEADINGS, "{code}");
        let longest = page.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(100), "{code} has a line of {longest:?}");
    }
}
