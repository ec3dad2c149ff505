//! Traits and types of the user's own, from the configuration.

use super::ConfigPosition;
use indexmap::IndexMap;
use serde::Serialize;

/// Traits that generated types derive beyond those of sdkgen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct DeriveConfig {
    /// Paths of the traits of every type.
    pub of_all: Vec<String>,
    /// By component name, or by JSON Pointer such as `#/components/…`.
    pub by_type: IndexMap<String, TypeDerives>,
}

/// The traits of one type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TypeDerives {
    /// The position of the type's name.
    #[serde(skip)]
    pub key: ConfigPosition,
    /// Paths of the traits.
    pub traits: Vec<String>,
}
