//! Names that somebody has asked for.

use super::ConfigPosition;
use indexmap::IndexMap;
use serde::{Serialize, Serializer};

/// The name that one item is to have. Two are the same wherever they are given.
#[derive(Debug, Clone)]
pub enum NameOverride {
    /// Exactly this one. `at` is its place in the configuration; without it, the description has it.
    Exact {
        name: String,
        at: Option<ConfigPosition>,
    },
    /// One that is made of this text, as of any name in the description.
    Preferred(String),
}

impl NameOverride {
    /// A name that the description gives.
    pub fn described(name: String) -> Self {
        NameOverride::Exact { name, at: None }
    }

    /// The name, as it was asked for.
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

/// A name that the user gives.
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

/// Names that the user gives, by what they are for.
pub type ConfiguredNames = IndexMap<String, ConfiguredName>;

/// All names that the user gives.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct NameOverrides {
    /// By tag, or by the name of the group that operations without one are in.
    pub groups: ConfiguredNames,
    /// Ids that names are made of, by the `operationId`, or by `METHOD /path`.
    pub ids: ConfiguredNames,
    /// By the `operationId`, or by `METHOD /path`.
    pub operations: ConfiguredNames,
    /// As `OPERATION.parameter`.
    pub parameters: ConfiguredNames,
    /// By the name of the component, or by the JSON Pointer of the schema as in `#/components/…`.
    pub types: ConfiguredNames,
    /// As `TYPE.member`, or `TYPE.value` of an enumeration.
    pub members: ConfiguredNames,
}
