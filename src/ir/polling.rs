//! Operations that clients poll until some work is done.

use super::ConfigPosition;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value as Json;

/// A generated method that polls the operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Polling {
    pub name: String,
    /// `None` if the caller passes the condition.
    #[serde(rename = "until")]
    pub done_when: Option<DoneWhen>,
}

/// The condition that ends polling: a property of the response has one of these values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoneWhen {
    /// Keys of an envelope around the response.
    pub within: Vec<String>,
    /// The path of properties to the value.
    pub member: Vec<String>,
    pub values: Vec<Json>,
}

/// Rules by operation.
pub type PollingConfig = IndexMap<String, PollingRule>;

/// The configured polling of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PollingRule {
    /// The position of the rule in the configuration.
    #[serde(skip)]
    pub at: ConfigPosition,
    pub name: String,
    /// A path with dots between properties, and the values that end polling.
    pub until: Option<(String, Vec<Json>)>,
}
