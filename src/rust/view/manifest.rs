//! `Cargo.toml`, and the licence files that it names.

use crate::prose::is_unseen;
use crate::rust::Plan;
use crate::rust::dependencies::Dependency;
use crate::rust::feature_table::FeaturesView;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Manifest {
    /// A TOML string, like all fields below.
    pub name: String,
    /// The unquoted name, for the licence text.
    pub plain_name: String,
    pub version: String,
    pub license: String,
    pub description: String,
    /// `key = "value"` lines for the configured links.
    pub links: Vec<String>,
    pub keywords: Option<String>,
    pub categories: Option<String>,
    pub authors: Option<String>,
    pub own_workspace: bool,
    pub is_mit: bool,
    /// The lines of `[dependencies]` without features.
    pub dependencies: Vec<String>,
    /// Whether the client generates idempotency keys.
    pub getrandom: bool,
    pub has_example: bool,
    pub has_workflow: bool,
    /// Whether the crate has a mock for every operation.
    pub has_mock: bool,
    pub has_tests: bool,
    pub features: Option<FeaturesView>,
}

pub fn manifest(plan: Plan<'_>, dependencies: &[Dependency]) -> Manifest {
    let package = &plan.options.package;
    let title = plan.api.info.title.trim();
    let description = package
        .description
        .clone()
        .unwrap_or_else(|| format!("Client for the {title}"));
    let links = [
        ("repository", &package.repository),
        ("homepage", &package.homepage),
        ("documentation", &package.documentation),
    ];
    let link = |(key, value): (&str, &Option<String>)| {
        value
            .as_ref()
            .map(|value| format!("{key} = {}", toml(value)))
    };
    Manifest {
        name: toml(&package.name),
        plain_name: package.name.clone(),
        version: toml(&package.version),
        license: toml(&package.license),
        description: toml(&crate::prose::plain(&description)),
        links: links.into_iter().filter_map(link).collect(),
        keywords: list(&package.keywords),
        categories: list(&package.categories),
        authors: list(&package.authors),
        own_workspace: !package.workspace_member,
        is_mit: package.license.split_whitespace().any(|word| word == "MIT"),
        dependencies: requirements(plan, dependencies),
        getrandom: plan.api.makes_keys(),
        has_example: plan.client.showcase.is_some(),
        has_workflow: plan.client.workflow.is_some(),
        has_mock: plan.options.keys.mock && !plan.api.operations.is_empty(),
        has_tests: plan.options.keys.wire_tests && !plan.api.operations.is_empty(),
        features: crate::rust::feature_table::view(plan),
    }
}

/// Returns the lines of all dependencies, sorted. Those of the configuration replace others of the same name.
fn requirements(plan: Plan<'_>, dependencies: &[Dependency]) -> Vec<String> {
    let own = plan.options.dependencies.iter();
    let own = own.map(|(name, value)| (name.as_str(), inline(value)));
    let of = |dependency: &Dependency| (dependency.name, dependency.requirement.to_owned());
    let all = dependencies.iter().map(of).chain(own);
    let all: BTreeMap<&str, String> = all.collect();
    let line = |(name, requirement): (&str, String)| format!("{name} = {requirement}");
    all.into_iter().map(line).collect()
}

/// Returns a value as TOML on one line.
fn inline(value: &Json) -> String {
    match value {
        Json::String(text) => toml(text),
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(map) => {
            let pair = |(key, value): (&String, &Json)| format!("{key} = {}", inline(value));
            let pairs: Vec<String> = map.iter().map(pair).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        other => other.to_string(),
    }
}

fn list(items: &[String]) -> Option<String> {
    let items: Vec<String> = items.iter().map(|item| toml(item)).collect();
    (!items.is_empty()).then(|| format!("[{}]", items.join(", ")))
}

/// Returns a TOML basic string. TOML has all escapes of a Rust literal except `\u{…}`.
pub fn toml(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if is_unseen(c) => quoted.push_str(&format!("\\U{:08X}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{inline, toml};
    use serde_json::json;

    #[test]
    fn requirements_are_one_line() {
        let map = json!({"version": "1", "features": ["a", "b"], "default-features": false});
        assert_eq!(
            inline(&map),
            r#"{ version = "1", features = ["a", "b"], default-features = false }"#
        );
    }

    #[test]
    fn toml_strings_are_escaped() {
        assert_eq!(
            toml("a \"b\" \\ \n \u{1f600}"),
            "\"a \\\"b\\\" \\\\ \\U0000000A \u{1f600}\""
        );
    }
}
