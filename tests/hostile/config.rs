//! Hostile values in the configuration are rejected, or as harmless as in the description.

use super::attacks::ATTACKS;
use super::crates::{Tokens, faults};
use super::support::in_parallel;
use super::{Plain, document};
use sdkgen::config::{Overrides, Settings};
use sdkgen::diag::Diagnostics;
use sdkgen::load;
use sdkgen::pipeline::{Compilation, Generated};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Returns configurations with a text at one position each.
fn configs(text: &str) -> Vec<Value> {
    let sound =
        json!({"spec": "api.json", "out": "out", "docs": "book", "package": {"name": "hostile"}});
    let with = |pointer: &str, value: Value| {
        let mut config = sound.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        config.pointer_mut(parent).unwrap()[key] = value;
        config
    };
    let mut configs: Vec<Value> = [
        "name",
        "version",
        "license",
        "description",
        "repository",
        "homepage",
        "documentation",
    ]
    .iter()
    .map(|key| with(&format!("/package/{key}"), json!(text)))
    .collect();
    for key in ["authors", "keywords", "categories"] {
        configs.push(with(&format!("/package/{key}"), json!([text])));
    }
    configs.push(with(
        "/package/homepage",
        json!(format!("https://x.example/{text}")),
    ));
    configs.push(with("/auth", json!({"env": text})));
    configs
}

fn generated(config: &Value, document: &str) -> Option<Generated> {
    let settings = Settings::from_file(
        Path::new("sdkgen.yaml"),
        &config.to_string(),
        Overrides::default(),
    )
    .ok()?;
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("api.json", document)], &mut diagnostics)?;
    Compilation::new(&settings.settle(&loaded), &loaded).generate(&mut diagnostics)
}

#[test]
fn configured_values_stay_text() {
    let document = super::document::print(&document(1, &mut Plain(0)));
    let plain = generated(&configs("hostile")[0], &document).expect("a sound configuration");
    let keys = |generated: &Generated| -> BTreeSet<String> {
        let manifest: toml::Table = generated.package.0["Cargo.toml"]
            .parse()
            .expect("a manifest");
        let package = manifest["package"].as_table().expect("a package");
        manifest.keys().chain(package.keys()).cloned().collect()
    };
    let optional = [
        "repository",
        "homepage",
        "documentation",
        "authors",
        "keywords",
        "categories",
    ];
    let (usual, code) = (keys(&plain), Tokens::of(&plain).macros);
    let check = |text: &&str| {
        let mut taken = 0;
        for config in configs(text) {
            let Some(generated) = generated(&config, &document) else {
                continue;
            };
            taken += 1;
            let tokens = Tokens::of(&generated);
            let bare = tokens.idents.iter().any(|ident| ident == "pwned");
            assert!(!bare && tokens.faults.is_empty(), "{config}");
            assert!(tokens.macros.is_subset(&code), "{config}");
            let more: Vec<_> = keys(&generated).difference(&usual).cloned().collect();
            let known = |key: &String| optional.contains(&key.as_str());
            assert!(more.iter().all(known), "{config}: {more:?}");
            assert_eq!(faults(&generated), [""; 0], "{config}");
        }
        taken
    };
    let taken: usize = in_parallel(ATTACKS, check).into_iter().sum();
    assert!(taken > 0, "nothing was taken");
}
