//! Names that the configuration or the document prescribes.

use super::ConfigPosition;
use indexmap::IndexMap;
use serde::{Serialize, Serializer};

/// A prescribed name. Equality ignores its position.
#[derive(Debug, Clone)]
pub enum NameOverride {
    /// Exactly this name. `at` is its position in the configuration, `None` if the document prescribes it.
    Exact {
        name: String,
        at: Option<ConfigPosition>,
    },
    /// A name generated from this text, as from any name in the document.
    Preferred(String),
}

impl NameOverride {
    /// Creates a name that the document prescribes.
    pub fn described(name: String) -> Self {
        NameOverride::Exact { name, at: None }
    }

    /// Returns the name as prescribed.
    pub fn text(&self) -> &str {
        match self {
            NameOverride::Exact { name, .. } | NameOverride::Preferred(name) => name,
        }
    }
}

impl Serialize for NameOverride {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

/// A name in the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConfiguredName {
    /// The position of the name.
    #[serde(skip)]
    pub at: ConfigPosition,
    /// The position of the key, which says what the name is for.
    #[serde(skip)]
    pub key: ConfigPosition,
    pub name: String,
}

impl ConfiguredName {
    pub fn pin(&self) -> NameOverride {
        NameOverride::Exact {
            name: self.name.clone(),
            at: Some(self.at.clone()),
        }
    }
}

/// Names by what they are for.
pub type ConfiguredNames = IndexMap<String, ConfiguredName>;

/// The section `names` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct NameOverrides {
    /// By tag, or by the group of operations without a tag.
    pub groups: ConfiguredNames,
    /// Ids that names are generated from, by `operationId` or `METHOD /path`.
    pub ids: ConfiguredNames,
    /// By `operationId` or `METHOD /path`.
    pub operations: ConfiguredNames,
    /// By `OPERATION.parameter`.
    pub parameters: ConfiguredNames,
    /// By component name, or by JSON Pointer such as `#/components/…`.
    pub types: ConfiguredNames,
    /// By `TYPE.property`, or `TYPE.value` for an enum.
    pub members: ConfiguredNames,
}
