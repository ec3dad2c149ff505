//! `filter`: which operations of the document are generated.

use serde::{Deserialize, Serialize};

/// What is generated of the document. Types that only left-out operations use are left out with them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// The operations and webhooks that are generated; without it, all are.
    #[serde(default)]
    pub include: Selection,
    /// Operations and webhooks that are left out, although they are included.
    #[serde(default)]
    pub exclude: Selection,
}

/// Operations and webhooks, by any of these.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// Tags, as the document writes them.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Paths, as the document writes them; `*` stands for one segment, and `**` for any number of them.
    #[serde(default)]
    pub paths: Vec<String>,
    /// `operationId`s, or methods and paths as in `GET /pets`.
    #[serde(default)]
    pub operations: Vec<String>,
    /// Names of webhooks; `*` stands for any.
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
