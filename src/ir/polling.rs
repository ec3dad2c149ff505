//! Operations that tell how far some work has come.

use super::ConfigPosition;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value as Json;

/// A method that waits until the work is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Polling {
    pub name: String,
    /// `None` where the caller says what "done" is.
    #[serde(rename = "until")]
    pub done_when: Option<DoneWhen>,
}

/// What says that the work is done: a member of the answer that has one of some values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoneWhen {
    /// The names under which the answer may stand in an object around it.
    pub within: Vec<String>,
    /// The names that lead to the member, one in the other.
    pub member: Vec<String>,
    pub values: Vec<Json>,
}

/// What the user says, by operation.
pub type PollingConfig = IndexMap<String, PollingRule>;

/// What the user says of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PollingRule {
    /// Where.
    #[serde(skip)]
    pub at: ConfigPosition,
    pub name: String,
    /// A path with dots between its names, and the values.
    pub until: Option<(String, Vec<Json>)>,
}
