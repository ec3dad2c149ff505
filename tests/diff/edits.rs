//! Random single edits of broad documents: if the generated code differs, `sdkgen diff` must report a change.

use crate::pair::{beside, package, surface_of};
use crate::random::{Random, edited};
use sdkgen::diff::{Diff, report};
use sdkgen::render::Files;
use serde_yaml::Mapping;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The number of edits without `SDKGEN_EDITS`. CI makes ten times as many.
const EDITS: u64 = 200;

/// Returns documents that use many features, and how many of five edits each receives. `SDKGEN_EDITED` names other
/// documents, separated by colons.
fn documents() -> Vec<(PathBuf, u64)> {
    if let Some(given) = std::env::var_os("SDKGEN_EDITED") {
        return std::env::split_paths(&given)
            .map(|path| (path, 5))
            .collect();
    }
    let flagship = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/openapi.yaml");
    vec![
        (beside("broad/exchange.yaml"), 2),
        (beside("broad/types.yaml"), 2),
        (flagship, 1),
    ]
}

/// Returns the pieces of the code that depend on the description, without docs, formatting and order.
fn code(files: &Files) -> BTreeSet<String> {
    let is_own = |path: &str| {
        let file = path.strip_prefix("src/").unwrap_or_default();
        let files = ["client.rs", "error.rs", "servers.rs", "webhooks.rs"];
        file.starts_with("types/") || file.starts_with("resources/") || files.contains(&file)
    };
    let mut pieces = BTreeSet::new();
    for (_, text) in files.0.iter().filter(|(path, _)| is_own(path)) {
        let mut open = String::new();
        for line in text.lines() {
            let word = line.trim();
            // The operation ID names spans in traces and is not sent.
            let is_said = word.starts_with("//") || word.starts_with("id: \"");
            let is_attribute = word.starts_with("#[deprecated") || word.starts_with("#[allow");
            if word.is_empty() || is_said || is_attribute {
                continue;
            }
            open.push_str(word);
            if !line.starts_with([' ', '#']) && word.ends_with(['}', ';']) {
                pieces.extend(pieces_of(&std::mem::take(&mut open)));
            }
        }
        assert!(open.is_empty(), "{open}");
    }
    pieces
}

/// Splits a declaration. A function stays whole, as the order of arguments matters; so does the order of union
/// branches, which are tried in order.
fn pieces_of(declaration: &str) -> Vec<String> {
    let is_index = ["use ", "pub use ", "mod ", "pub mod "];
    if is_index.iter().any(|start| declaration.starts_with(start)) {
        return Vec::new();
    }
    let (head, body) = declaration.split_once('{').unwrap_or((declaration, ""));
    let body = body.replace(",)", ")");
    let ends: &[char] = match () {
        () if head.starts_with("union::union!") => &[],
        () if head.starts_with("impl") => &['}'],
        () => &['{', ',', ';'],
    };
    let parts = body.split(|char| ends.contains(&char)).map(|part| {
        // The fields of a value that `new` creates.
        match part.rsplit_once("Self {") {
            Some((before, fields)) => {
                let mut fields: Vec<&str> = fields.split(',').collect();
                fields.sort_unstable();
                format!("{before}Self {{{}", fields.join(","))
            }
            None if part.contains("::optional! {") => {
                let mut lines: Vec<&str> = part.split(['{', ',', ';']).collect();
                lines.sort_unstable();
                lines.join(";")
            }
            None => part.to_owned(),
        }
    });
    parts.map(|part| format!("{head}: {part}")).collect()
}

/// Returns the code that an edit removes and adds.
fn difference(old: &BTreeSet<String>, new: &BTreeSet<String>) -> String {
    let gone = old.difference(new).map(|line| format!("  - {line}\n"));
    let come = new.difference(old).map(|line| format!("  + {line}\n"));
    gone.chain(come).collect()
}

#[test]
fn no_edit_that_changes_the_code_goes_unreported() {
    let edits = std::env::var("SDKGEN_EDITS").ok();
    let edits = edits.map_or(EDITS, |text| text.parse().unwrap());
    let documents = documents();
    let mut wrong = String::new();
    let (mut made, mut reported, mut judged) = (0, 0, 0);
    for (place, (path, fifths)) in (0..).zip(&documents) {
        let text = std::fs::read_to_string(path).unwrap();
        let document: Mapping = serde_yaml::from_str(&text).unwrap();
        let old = surface_of(&text, "").unwrap();
        let old_code = code(&package(&text).unwrap());
        assert!(old_code.len() > 10);
        let share = (edits * fifths).div_ceil(5);
        for number in 0..share {
            let mut random = Random::of(place * 1_000_000 + number);
            let (new, edit) = edited(&document, &mut random);
            let text = serde_yaml::to_string(&new).unwrap();
            // A document with errors has no code to compare.
            let Some(new) = surface_of(&text, "") else {
                continue;
            };
            made += 1;
            let diff = Diff::of(&old, &new);
            reported += u64::from(!diff.changes.is_empty());
            // If something is reported, some of the edits are still checked for differences in code.
            let is_silent = diff.changes.is_empty();
            if !is_silent && number % 16 != 0 {
                continue;
            }
            let Some(files) = package(&text) else {
                continue;
            };
            judged += 1;
            let difference = difference(&old_code, &code(&files));
            if is_silent != difference.is_empty() && (is_silent || diff.is_breaking()) {
                let name = path.file_stem().unwrap().display();
                wrong += &format!(
                    "{name} {number}, {edit}:\n{}{difference}",
                    report::short(&diff)
                );
            }
        }
    }
    println!("{made} edits: {reported} are reported, the code of {judged} is compared");
    assert!(wrong.is_empty(), "\n{wrong}");
    let edits = made.max(edits);
    // Most edits must leave a valid document, and most must change something.
    assert!(made >= edits * 3 / 4, "{made} of {edits}");
    assert!(reported >= edits / 3, "{reported} of {edits}");
}
