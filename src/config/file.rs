//! The form of `sdkgen.yaml`.

use super::pagination::RuleFile;
use super::retry::RetryFile;
use super::webhooks::WebhooksFile;
use super::{Dates, Features};
use crate::nearest;
use serde::Deserialize;
use std::path::PathBuf;

/// The file as it is written; whatever is absent has a default.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigFile {
    pub spec: Option<PathBuf>,
    pub out: Option<PathBuf>,
    pub docs: Option<PathBuf>,
    /// Documents of the Overlay Specification.
    #[serde(default)]
    pub overlays: Vec<PathBuf>,
    /// Folders that stand for the beginnings of URLs.
    #[serde(default)]
    pub remote: indexmap::IndexMap<String, PathBuf>,
    #[serde(default)]
    pub package: PackageFile,
    #[serde(default)]
    pub auth: AuthFile,
    #[serde(default)]
    pub dates: Dates,
    #[serde(default)]
    pub wire_tests: bool,
    #[serde(default)]
    pub features: Features,
    #[serde(default)]
    pub webhooks: WebhooksFile,
    #[serde(default)]
    pub retry: RetryFile,
    /// By operation.
    #[serde(default)]
    pub pagination: indexmap::IndexMap<String, RuleFile>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageFile {
    pub name: Option<String>,
    pub version: Option<String>,
    pub license: Option<String>,
    pub description: Option<String>,
    pub repository: Option<String>,
    pub homepage: Option<String>,
    pub documentation: Option<String>,
    #[serde(default)]
    pub authors: Vec<String>,
    #[serde(default)]
    pub keywords: Vec<String>,
    #[serde(default)]
    pub categories: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthFile {
    pub env: Option<String>,
}

/// A fault of the file's form, with its line and column (from 1) where they are known.
#[derive(Debug)]
pub struct FormFault {
    pub message: String,
    pub at: Option<(usize, usize)>,
}

impl ConfigFile {
    pub fn parse(text: &str) -> Result<Self, FormFault> {
        // An empty file is a file with every default.
        let parsed: Result<Option<ConfigFile>, _> = serde_yaml::from_str(text);
        parsed.map(Option::unwrap_or_default).map_err(|fault| {
            let at = fault.location().map(|at| (at.line(), at.column()));
            FormFault {
                message: message(&fault.to_string()),
                at,
            }
        })
    }
}

/// The parser's message without its position, and with the nearest known key for an unknown one.
fn message(text: &str) -> String {
    let text = text.split(" at line ").next().unwrap_or(text);
    match text.split_once("unknown field `") {
        None => text.to_owned(),
        Some((place, rest)) => {
            let mut quoted = rest.split('`').step_by(2);
            let unknown = quoted.next().unwrap_or_default();
            // What stands between the quotes after it are the known keys.
            let known: Vec<&str> = rest.split('`').skip(2).step_by(2).collect();
            let place = place.trim_end_matches(": ");
            let within = if place.is_empty() {
                String::new()
            } else {
                format!(" in `{place}`")
            };
            let hint = nearest::hint(unknown, known.iter().copied());
            format!(
                "unknown key `{unknown}`{within}{hint} (known: {})",
                known.join(", ")
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ConfigFile;

    fn fault(text: &str) -> String {
        let fault = ConfigFile::parse(text).unwrap_err();
        format!("{:?} {}", fault.at, fault.message)
    }

    #[test]
    fn unknown_keys_are_named_with_the_nearest_known_one() {
        assert_eq!(
            fault("spec: a.yaml\nouts: b\n"),
            "Some((2, 1)) unknown key `outs`; did you mean `out`? (known: spec, out, docs, overlays, remote, package, auth, dates, wire_tests, features, webhooks, retry, pagination)"
        );
        assert_eq!(
            fault("package:\n  nmae: x\n"),
            "Some((2, 3)) unknown key `nmae` in `package`; did you mean `name`? (known: name, version, license, \
             description, repository, homepage, documentation, authors, keywords, categories)"
        );
        assert_eq!(
            fault("auth: {token: x}\n"),
            "Some((1, 8)) unknown key `token` in `auth` (known: env)"
        );
    }

    #[test]
    fn wrong_types_are_placed() {
        assert_eq!(
            fault("dates: chrono\n"),
            "Some((1, 8)) dates: unknown variant `chrono`, expected `jiff` or `string`"
        );
        assert_eq!(
            fault("features: all\n"),
            "Some((1, 11)) features: unknown variant `all`, expected one of `auto`, `per-resource`, `none`"
        );
        assert_eq!(
            fault("package:\n  keywords: voice\n"),
            "Some((2, 13)) package.keywords: invalid type: string \"voice\", expected a sequence"
        );
        assert_eq!(
            fault("spec: {\n"),
            "Some((1, 7)) spec: invalid type: map, expected path string"
        );
    }

    #[test]
    fn an_empty_file_has_every_default() {
        assert!(ConfigFile::parse("# nothing\n").unwrap().spec.is_none());
    }
}
