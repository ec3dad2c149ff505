//! Names that somebody has asked for.

use super::At;
use indexmap::IndexMap;
use serde::{Serialize, Serializer};

/// The name that one item is to have. Two are the same wherever they are given.
#[derive(Debug, Clone)]
pub enum Pin {
    /// Exactly this one. `at` is its place in the configuration; without it, the description has it.
    Exact { name: String, at: Option<At> },
    /// One that is made of this text, as of any name in the description.
    Wish(String),
}

impl Pin {
    /// A name that the description gives.
    pub fn described(name: String) -> Self {
        Pin::Exact { name, at: None }
    }

    /// The name, as it was asked for.
    pub fn text(&self) -> &str {
        match self {
            Pin::Exact { name, .. } | Pin::Wish(name) => name,
        }
    }
}

impl Serialize for Pin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

/// A name that the user gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Given {
    /// The position of the name.
    #[serde(skip)]
    pub at: At,
    /// The position of the key, which says what the name is for.
    #[serde(skip)]
    pub key: At,
    pub name: String,
}

impl Given {
    pub fn pin(&self) -> Pin {
        Pin::Exact {
            name: self.name.clone(),
            at: Some(self.at.clone()),
        }
    }
}

/// Names that the user gives, by what they are for.
pub type Givens = IndexMap<String, Given>;

/// All names that the user gives.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Pins {
    /// By tag, or by the name of the group that operations without one are in.
    pub groups: Givens,
    /// Ids that names are made of, by the `operationId`, or by `METHOD /path`.
    pub ids: Givens,
    /// By the `operationId`, or by `METHOD /path`.
    pub operations: Givens,
    /// As `OPERATION.parameter`.
    pub parameters: Givens,
    /// By the name of the component, or by the JSON Pointer of the schema as in `#/components/…`.
    pub types: Givens,
    /// As `TYPE.member`, or `TYPE.value` of an enumeration.
    pub members: Givens,
}
