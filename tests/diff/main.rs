//! Changes of descriptions and their effects on callers. Each file in `diff/pairs/` has the document before and after
//! a change, and the expected report; what every document has is omitted.

mod commands;
mod edits;
mod history;
mod pair;
mod random;
mod signatures;
#[path = "semver/table.rs"]
mod table;

use pair::{Pair, package, surface, surface_of, whole};
use sdkgen::diff::{ChangeSeverity, Diff, VersionStep, report};
use serde_yaml::Mapping;
use std::collections::BTreeSet;

fn declared(document: &Mapping) -> BTreeSet<String> {
    signatures::of(&package(&whole(document)).unwrap())
}

fn every() -> impl Iterator<Item = Pair> {
    pair::all().into_iter().chain(pair::on_the_wire())
}

#[test]
fn each_change_has_its_verdict() {
    let mut wrong = String::new();
    for pair in every() {
        let told = report::short(&pair.diff());
        let told: Vec<&str> = told.lines().collect();
        if told != pair.changes {
            let told: Vec<String> = told.iter().map(|line| format!("- {line:?}\n")).collect();
            let name = &pair.name;
            wrong += &format!("{name}: {}\n{}", pair.about, told.concat());
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Checks that the suggested configuration keeps the old names.
#[test]
fn suggested_names_keep_the_old_names() {
    let mut wrong = String::new();
    for pair in pair::all() {
        let names = report::names(&pair.diff());
        let left = (!names.is_empty()).then(|| {
            let new = surface_of(&whole(&pair.new), &names).unwrap();
            let left = report::short(&Diff::of(&surface(&pair.old), &new));
            left.lines().map(str::to_owned).collect::<Vec<String>>()
        });
        if left != pair.kept {
            let name = &pair.name;
            wrong += &format!("{name}: {left:?} with\n{names}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_document_does_not_differ_from_itself() {
    for pair in every() {
        for document in [&pair.old, &pair.new] {
            let same = Diff::of(&surface(document), &surface(document));
            assert_eq!(same, Diff::default(), "{}", pair.name);
        }
    }
}

#[test]
fn reports_say_the_same_in_every_form() {
    let folder = pair::beside("formats");
    let side =
        |name: &str| surface_of(&std::fs::read_to_string(folder.join(name)).unwrap(), "").unwrap();
    let (old, new) = (side("old.yaml"), side("new.yaml"));
    let diff = Diff::of(&old, &new);
    insta::assert_snapshot!("human", report::human(&diff));
    insta::assert_snapshot!("json", report::json(&diff));
    insta::assert_snapshot!("markdown", report::markdown(&diff));
    insta::assert_snapshot!("github", report::github(&diff));
    let none = Diff::of(&new, &new);
    let all = [
        report::human,
        report::json,
        report::markdown,
        report::github,
    ];
    let texts = all.map(|print| print(&none));
    insta::assert_snapshot!("none", texts.join("\n"));
}

/// Checks that an argument that becomes a setting of the client is reported.
#[test]
fn an_argument_that_the_client_sets_is_breaking() {
    let surface = |operations: &[(&str, &str)]| {
        let mut text =
            "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /pets:\n".to_owned();
        for (method, id) in operations {
            text += &format!(
                "    {method}: {{operationId: {id}, tags: [pets], parameters: [{{name: Pets-Version, in: header, \
                 required: true, schema: {{type: string}}}}], responses: {{'204': {{description: Done}}}}}}\n"
            );
        }
        surface_of(&text, "").unwrap()
    };
    let operations = [
        ("get", "listPets"),
        ("post", "createPet"),
        ("delete", "deletePets"),
    ];
    let diff = Diff::of(&surface(&operations[..2]), &surface(&operations));
    let expected = [
        "breaking: pets().list().pets_version is now optional",
        "breaking: pets().create().pets_version is now optional",
        "compatible: ClientBuilder::pets_version was added",
        "compatible: pets().delete was added",
    ];
    let report = report::short(&diff);
    assert_eq!(report.lines().collect::<Vec<_>>(), expected);
}

/// Checks that a change that compiles but behaves differently is never reported as "no change".
#[test]
fn changes_on_the_wire_are_reported_although_declarations_agree() {
    let pairs = pair::on_the_wire();
    assert!(pairs.len() >= 10);
    for pair in pairs {
        let diff = pair.diff();
        assert!(diff.count(ChangeSeverity::Silent) > 0, "{}", pair.name);
        assert!(!diff.is_breaking(), "{}", pair.name);
    }
}

/// Checks that the version step follows from the worst change, for a crate of version 0.x and for later versions.
#[test]
fn the_step_of_the_version_follows_the_worst_change() {
    for pair in pair::all() {
        let words: Vec<&str> = pair
            .changes
            .iter()
            .filter_map(|change| Some(change.split_once(':')?.0))
            .collect();
        let expected = match () {
            () if words.is_empty() => (VersionStep::None, VersionStep::None),
            () if words.contains(&"breaking") => (VersionStep::Minor, VersionStep::Major),
            () => (VersionStep::Patch, VersionStep::Minor),
        };
        assert_eq!(pair.diff().steps(), expected, "{}", pair.name);
    }
}

/// Checks verdicts against declarations: if a declaration of the generated crate is removed or changed, callers no
/// longer compile. The verdict is computed without the text of the crates.
#[test]
fn verdicts_agree_with_the_declarations_of_the_crates() {
    for pair in every() {
        let (old, new) = (declared(&pair.old), declared(&pair.new));
        assert!(old.len() > 10, "{old:?}");
        let gone: Vec<&String> = old.difference(&new).collect();
        let breaks = !gone.is_empty() && pair.compiles.is_none();
        let name = &pair.name;
        assert_eq!(pair.diff().is_breaking(), breaks, "{name}: {gone:#?}");
        assert!(pair.compiles.is_none() || !gone.is_empty(), "{name}");
    }
}

/// Checks verdicts against those of `cargo semver-checks` on the two crates of each pair
/// (`tests/diff/semver/command.rs`).
#[test]
fn verdicts_agree_with_cargo_semver_checks() {
    let verdicts = table::read();
    let pairs = pair::all();
    assert!(pairs.len() >= 80);
    assert_eq!(verdicts.len(), pairs.len(), "pairs have come or gone");
    for pair in pairs {
        let verdict = &verdicts[&pair.name];
        assert_eq!(verdict.step == "none", verdict.lints.is_empty());
        let agrees = pair.diff().is_breaking() == verdict.is_breaking();
        let why = pair.differs.as_deref();
        assert_eq!(agrees, why.is_none(), "{}: {verdict:?}", pair.name);
        let is_sentence = |why: &str| why.contains(' ') && why.ends_with('.');
        assert!(why.is_none_or(is_sentence), "{}: {why:?}", pair.name);
    }
}
