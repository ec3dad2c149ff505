//! `derives`, `types` and `dependencies`: traits and types of the user's own in generated code.

use super::check::Fault;
use super::settings::place::Places;
use crate::ir::{ConfigPosition, ConfiguredName, ConfiguredNames, DeriveConfig, TypeDerives};
use crate::naming::ident::{is_ident, is_keyword};
use indexmap::IndexMap;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use std::fmt;

/// Traits that generated types derive, as written in the file.
#[derive(Debug)]
pub enum DerivesFile {
    /// For every type.
    All(Vec<String>),
    /// By component name or JSON Pointer.
    ByType(IndexMap<String, Vec<String>>),
}

impl Default for DerivesFile {
    fn default() -> Self {
        DerivesFile::All(Vec::new())
    }
}

impl<'de> Deserialize<'de> for DerivesFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DerivesVisitor)
    }
}

struct DerivesVisitor;

impl<'de> Visitor<'de> for DerivesVisitor {
    type Value = DerivesFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of traits, or a map from types to lists of traits")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<DerivesFile, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(DerivesFile::All)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DerivesFile, A::Error> {
        IndexMap::deserialize(MapAccessDeserializer::new(map)).map(DerivesFile::ByType)
    }
}

/// Returns the configured traits.
pub fn derives(file: DerivesFile, places: &Places<'_>) -> Result<DeriveConfig, Fault> {
    let mut config = DeriveConfig::default();
    match file {
        DerivesFile::All(traits) => {
            check_paths(&["derives".to_owned()], &traits)?;
            config.of_all = traits;
        }
        DerivesFile::ByType(types) => {
            for (name, traits) in types {
                let steps = ["derives".to_owned(), name.clone()];
                check_paths(&steps, &traits)?;
                let key = ConfigPosition(places.key(&steps));
                config.by_type.insert(name, TypeDerives { key, traits });
            }
        }
    }
    Ok(config)
}

fn check_paths(steps: &[String], paths: &[String]) -> Result<(), Fault> {
    for (index, path) in paths.iter().enumerate() {
        if !is_path(path) {
            let fault =
                format!("`{path}` is not the path of a trait, such as `Hash` or `garde::Validate`");
            return Err(([steps, &[index.to_string()]].concat(), fault));
        }
    }
    Ok(())
}

/// Returns the configured types.
pub fn types(
    file: IndexMap<String, String>,
    places: &Places<'_>,
) -> Result<ConfiguredNames, Fault> {
    let mut types = ConfiguredNames::default();
    for (of, name) in file {
        let steps = vec!["types".to_owned(), of.clone()];
        if !name.contains("::") || !is_path(&name) {
            let fault = format!(
                "`{name}` is not the path of a type, such as `my_money::Money` or `crate::money::Money`"
            );
            return Err((steps, fault));
        }
        let at = ConfigPosition(places.value(&steps));
        let key = ConfigPosition(places.key(&steps));
        types.insert(of, ConfiguredName { at, key, name });
    }
    Ok(types)
}

/// Returns whether a text is a path without generic arguments.
fn is_path(text: &str) -> bool {
    let path = text.strip_prefix("crate::").unwrap_or(text);
    path.split("::")
        .all(|part| part.is_ascii() && is_ident(part) && !is_keyword(part))
}

/// Dependencies that features of every crate turn on.
const TAKEN: [&str; 12] = [
    "brotli-decompressor",
    "flate2",
    "gloo-timers",
    "http-body",
    "reqwest",
    "rustls",
    "send_wrapper",
    "tokio",
    "tower-service",
    "tracing",
    "web-time",
    "zstd-safe",
];

/// Checks the configured dependencies. A requirement is a version, or a map with Cargo's keys.
pub fn dependencies(file: IndexMap<String, Json>) -> Result<IndexMap<String, Json>, Fault> {
    for (name, value) in &file {
        let steps = || vec!["dependencies".to_owned(), name.clone()];
        super::check::name(name).map_err(|fault| (steps(), fault))?;
        if TAKEN.contains(&name.as_str()) {
            let fault = format!("`{name}` is already a dependency of the crate, behind a feature");
            return Err((steps(), fault));
        }
        if !(value.is_string() || value.is_object()) || !is_requirement(value) {
            let fault = format!(
                "`{name}` must be a version, or a map with keys of Cargo such as `version` and `features`"
            );
            return Err((steps(), fault));
        }
    }
    Ok(file)
}

/// Returns whether a value can be written as TOML on one line.
fn is_requirement(value: &Json) -> bool {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    match value {
        Json::String(_) | Json::Bool(_) => true,
        Json::Array(items) => items.iter().all(is_requirement),
        Json::Object(map) => {
            let is_key = |key: &str| !key.is_empty() && key.chars().all(is_bare);
            map.iter()
                .all(|(key, value)| is_key(key) && is_requirement(value))
        }
        Json::Number(_) | Json::Null => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{dependencies, is_path};
    use indexmap::IndexMap;
    use serde_json::{Value as Json, json};

    #[test]
    fn paths_have_no_generic_arguments() {
        for path in [
            "Hash",
            "garde::Validate",
            "crate::money::Money",
            "crate::Money",
        ] {
            assert!(is_path(path), "{path}");
        }
        for path in [
            "",
            "a::",
            "Vec<u8>",
            "crate",
            "a b",
            "fn",
            "::a",
            "x)] struct X;",
        ] {
            assert!(!is_path(path), "{path}");
        }
    }

    #[test]
    fn dependencies_are_requirements_of_cargo() {
        let of = |name: &str, value: Json| dependencies(IndexMap::from([(name.to_owned(), value)]));
        let map = json!({"version": "1", "features": ["a", "b"], "default-features": false});
        assert!(of("my_money", map).is_ok() && of("garde", json!("0.22")).is_ok());
        for (name, value) in [
            ("a b", json!("1")),
            ("reqwest", json!("1")),
            ("garde", json!(1)),
            ("garde", json!({"version": null})),
            ("garde", json!({"a = 1 }\nx": "1"})),
        ] {
            assert!(of(name, value.clone()).is_err(), "{name}: {value}");
        }
    }
}
