//! The table of a large crate's cargo features, for its manifest, docs and README.

use crate::rust::Plan;
use crate::rust::names::features::Feature;
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FeaturesView {
    /// All feature names, in the order of the API.
    pub names: Vec<String>,
    /// The default feature: that of the first example.
    pub default: String,
    /// Two features that demonstrate how to enable them, as a TOML list.
    pub shown: String,
    /// Rows of the table of all features.
    pub rows: Vec<String>,
}

/// Returns the features of a large crate, or `None` for a small one.
pub fn view(plan: Plan<'_>) -> Option<FeaturesView> {
    let list = &plan.names.features.list;
    let showcase = plan.client.showcase?;
    let group = plan.api.operation(showcase).group;
    let default = list
        .iter()
        .find(|feature| feature.groups.contains(&group))?;
    let others = list.iter().filter(|feature| feature.name != default.name);
    let shown: Vec<String> = others
        .take(2)
        .map(|feature| format!("\"{}\"", feature.name))
        .collect();
    Some(FeaturesView {
        names: list.iter().map(|feature| feature.name.clone()).collect(),
        default: default.name.clone(),
        shown: format!("[{}]", shown.join(", ")),
        rows: list.iter().map(|feature| row(plan, feature)).collect(),
    })
}

fn row(plan: Plan<'_>, feature: &Feature) -> String {
    let calls = feature.groups.iter().map(|group| {
        let accessor = &plan.names.resources[*group].accessor;
        let count = plan.api.groups[*group].operations.len();
        let noun = if count == 1 {
            "operation"
        } else {
            "operations"
        };
        format!("`client.{accessor}()`, {count} {noun}")
    });
    let calls: Vec<String> = calls.collect();
    let brings = match calls.is_empty() {
        true => "the module `webhooks`".to_owned(),
        false => calls.join("; "),
    };
    format!("| `{}` | {brings} |", feature.name)
}
