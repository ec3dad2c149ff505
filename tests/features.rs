//! Crates with a cargo feature for each resource: every choice of features compiles without warnings and enables the
//! right items.

mod support;

use sdkgen::pipeline::Generated;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use support::cargo::report;
use support::generate::{Attempt, Outcome, generate_with};
use support::{Workshop, repository, target};

const PER_RESOURCE: &str = "features: per-resource";

/// The features that do not belong to a resource.
const OF_EVERY_CRATE: [&str; 15] = [
    "blocking",
    "brotli",
    "default",
    "deflate",
    "gzip",
    "native-tls",
    "recorder",
    "reqwest",
    "reqwest-0-13",
    "rustls",
    "rustls-no-provider",
    "rustls-ring",
    "tower",
    "tracing",
    "zstd",
];

/// The limit of crates.io.
const MOST_FEATURES: usize = 300;

fn attempt(config: &str, spec: &Path, package: &str) -> Attempt {
    generate_with(config, spec, package, Duration::from_secs(60))
}

fn generated(config: &str, spec: &Path) -> Box<Generated> {
    match attempt(config, spec, "resources").outcome {
        Outcome::Generated(generated) => generated,
        _ => panic!("{}: nothing was generated", spec.display()),
    }
}

fn fixture() -> PathBuf {
    repository().join("tests/fixtures/features/resources.yaml")
}

/// Returns the features that a manifest declares, with what each enables.
fn features(generated: &Generated) -> BTreeMap<String, Vec<String>> {
    let manifest: toml::Table = generated.package.0["Cargo.toml"].parse().unwrap();
    let table = manifest["features"].as_table().unwrap();
    let texts = |list: &toml::Value| {
        let list = list.as_array().unwrap().iter();
        list.map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let features = table.iter();
    features
        .map(|(name, list)| (name.clone(), texts(list)))
        .collect()
}

#[test]
fn items_by_feature() {
    let generated = generated(PER_RESOURCE, &fixture());
    let files = [
        "Cargo.toml",
        "README.md",
        "src/client.rs",
        "src/error.rs",
        "src/lib.rs",
        "src/resources/mod.rs",
        "src/types/mod.rs",
    ];
    let texts = files.map(|path| format!("//// {path}\n{}\n", generated.package.0[path]));
    insta::assert_snapshot!("features_rendered", texts.concat());
    let people = &generated.package.0["src/resources/people.rs"];
    assert!(people.contains("with the feature `people`"));
}

#[test]
fn every_choice_of_features_compiles_without_warnings() {
    let package = "features-resources";
    let attempt = attempt(PER_RESOURCE, &fixture(), package);
    let Outcome::Generated(generated) = &attempt.outcome else {
        panic!("nothing was generated");
    };
    let names = features(generated);
    let mut workshop = Workshop::new("features");
    workshop.add(&attempt);
    workshop.finish();
    let formatted = workshop.fmt();
    assert!(formatted.is_empty(), "{}", report(&formatted));
    let alone: Vec<[&str; 3]> = names
        .keys()
        .map(|name| ["--no-default-features", "--features", name])
        .collect();
    let mut choices: Vec<&[&str]> = alone.iter().map(|choice| &choice[..]).collect();
    choices.extend([&[][..], &["--no-default-features"], &["--all-features"]]);
    for choice in choices {
        let found = workshop.clippy_with(choice, &[package]);
        assert!(found.is_empty(), "{choice:?}{}", report(&found));
    }
    for choice in [&[][..], &["--all-features"]] {
        let found = workshop.doc_with(choice, &[package]);
        assert!(found.is_empty(), "{choice:?}{}", report(&found));
    }
    workshop.doctest(&[package]).unwrap();
}

#[test]
fn small_apis_have_no_features() {
    for config in ["", "features: none"] {
        let generated = generated(config, &fixture());
        let names = features(&generated);
        let names: Vec<&str> = names.keys().map(String::as_str).collect();
        assert_eq!(names, OF_EVERY_CRATE);
        for (path, text) in &generated.package.0 {
            let named = text.split("feature = \"").skip(1);
            let named: BTreeSet<&str> = named.filter_map(|rest| rest.split('"').next()).collect();
            let known = named.iter().all(|name| OF_EVERY_CRATE.contains(name));
            assert!(known, "{path}: {named:?}");
        }
    }
}

fn written(name: &str, text: &str) -> PathBuf {
    let path = target().join("tmp").join(format!("{name}.yaml"));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn features_are_called_as_modules_unless_the_name_is_taken() {
    let tags = [
        "default",
        "Native TLS",
        "reqwest",
        "http",
        "full",
        "2fa",
        "Über",
        "日本",
        "Pay-Outs",
    ];
    let mut text = String::from("openapi: 3.1.0\ninfo: {title: Tags, version: '1'}\npaths:\n");
    for (number, tag) in tags.iter().enumerate() {
        let answer = "responses: {'204': {description: OK}}";
        writeln!(text, "  /{number}: {{get: {{tags: ['{tag}'], {answer}}}}}").unwrap();
    }
    let generated = generated(PER_RESOURCE, &written("tags", &text));
    let features = features(&generated);
    let names = [
        "default_api",
        "native_tls_api",
        "reqwest_api",
        "http_api",
        "full_api",
        "n2fa",
        "ufc_b_e_r",
        "u65e5_u672c",
        "pay_outs",
    ];
    assert_eq!(features["full"], names);
    assert_eq!(features["default"], ["gzip", "rustls", "default_api"]);
}

/// Writes a document with so many resources, the first of which have more operations than the others.
fn many(name: &str, resources: usize, types: usize) -> PathBuf {
    let mut text = String::from("openapi: 3.1.0\ninfo: {title: Many, version: '1'}\npaths:\n");
    for number in 0..resources {
        writeln!(text, "  /r{number}:").unwrap();
        let methods: &[&str] = if number < 10 {
            &["get", "put"]
        } else {
            &["get"]
        };
        for method in methods {
            let answer = "responses: {'204': {description: OK}}";
            writeln!(text, "    {method}: {{tags: [r{number}], {answer}}}").unwrap();
        }
    }
    text.push_str("components:\n  schemas:\n");
    for number in 0..types {
        writeln!(
            text,
            "    T{number}: {{type: object, properties: {{a: {{}}}}}}"
        )
        .unwrap();
    }
    written(name, &text)
}

#[test]
fn there_are_no_more_features_than_crates_io_takes() {
    let generated = generated(PER_RESOURCE, &many("many-resources", 400, 1));
    let features = features(&generated);
    assert!(features.len() <= MOST_FEATURES, "{}", features.len());
    assert!(features.len() > MOST_FEATURES - 20, "{}", features.len());
    // The largest resources have their own features; all others share the last one.
    assert!(features.contains_key("r0") && features.contains_key("r9"));
    let all: BTreeSet<&String> = features["full"].iter().collect();
    assert!(all.contains(&"others".to_owned()));
    let resources = &generated.package.0["src/resources/mod.rs"];
    assert!(resources.contains("#[cfg(feature = \"r0\")]\npub mod r0;"));
    assert!(resources.contains("#[cfg(feature = \"others\")]\npub mod r399;"));
    assert_eq!(resources.matches("\npub mod ").count(), 400);
}

#[test]
fn large_apis_have_features_by_default() {
    let large = many("many-types", 2, 1_500);
    assert!(features(&generated("", &large)).contains_key("r1"));
    assert!(!features(&generated("features: none", &large)).contains_key("r1"));
    let smaller = many("fewer-types", 2, 1_400);
    assert!(!features(&generated("", &smaller)).contains_key("r1"));
}

#[test]
fn large_readmes_list_resources_in_place_of_operations() {
    let readme = |resources: usize| {
        let name = format!("readme-{resources}");
        let generated = generated("", &many(&name, resources, 1));
        generated.package.0["README.md"].clone()
    };
    // The first ten resources have two operations each.
    let small = readme(189);
    assert!(
        small.contains("| `client.r0().update()` | `PUT /r0` |"),
        "{small}"
    );
    assert!(!small.contains("| resource | operations |"));
    let large = readme(190);
    assert!(large.contains("| `client.r0()` | 2 |"), "{large}");
    assert!(large.contains("| `client.r189()` | 1 |"), "{large}");
    assert!(!large.contains("`PUT /r0`"));
}
