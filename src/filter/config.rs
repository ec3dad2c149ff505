//! `filter`: which operations of the document are generated.

use serde::{Deserialize, Serialize};

/// The operations to generate. Types that only other operations use are not generated.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// The operations and webhooks to generate; all by default.
    #[serde(default)]
    pub include: Selection,
    /// Operations and webhooks to remove from those.
    #[serde(default)]
    pub exclude: Selection,
}

/// Operations and webhooks that match any of these.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// Tags, as written in the document.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Paths, as written in the document. `*` matches one segment, `**` any number of segments.
    #[serde(default)]
    pub paths: Vec<String>,
    /// `operationId`s, or `METHOD /path`.
    #[serde(default)]
    pub operations: Vec<String>,
    /// Names of webhooks. `*` matches any name.
    #[serde(default)]
    pub webhooks: Vec<String>,
}

impl Filter {
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }
}

impl Selection {
    pub fn is_empty(&self) -> bool {
        let lists = [&self.tags, &self.paths, &self.operations, &self.webhooks];
        lists.iter().all(|list| list.is_empty())
    }
}
