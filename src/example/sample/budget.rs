//! Limits on the size of a sample. Required properties, `minItems` and unions multiply at each level, so lists
//! and objects end early once a limit is exceeded.

use crate::ir::Api;
use serde_json::Value as Json;

/// The remaining budget of one sample.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Bytes of JSON.
    pub bytes: usize,
    /// Values, including those of discarded branches.
    pub values: usize,
    /// Steps of the validator.
    pub steps: usize,
}

impl Budget {
    /// Returns the budget of a sample: an equal share for each operation, up to a limit.
    pub fn of(api: &Api) -> Self {
        let operations = api.operations.len().max(1);
        let share = |all: usize, least: usize, most: usize| (all / operations).clamp(least, most);
        Budget {
            bytes: share(32 << 20, 1 << 10, 24 << 10),
            values: share(4 << 20, 200, 10_000),
            steps: share(16 << 20, 2_000, 100_000),
        }
    }
}

/// Returns whether an example is small enough to be shown in every operation that uses it.
pub fn is_small(api: &Api, value: &Json) -> bool {
    fits(value, Budget::of(api).bytes)
}

/// Returns whether the JSON of a value fits into `bytes`, without visiting more than that.
pub fn fits(value: &Json, bytes: usize) -> bool {
    remaining(value, bytes).is_some()
}

/// Returns the bytes that remain after a value, if it fits.
pub fn remaining(value: &Json, bytes: usize) -> Option<usize> {
    match value {
        Json::Null | Json::Bool(_) | Json::Number(_) => bytes.checked_sub(4),
        Json::String(text) => bytes.checked_sub(text.len() + 2),
        Json::Array(items) => {
            let left = bytes.checked_sub(2 + items.len());
            items
                .iter()
                .try_fold(left?, |left, item| remaining(item, left))
        }
        Json::Object(members) => {
            let mut members = members.iter();
            members.try_fold(bytes.checked_sub(2)?, |left, (name, value)| {
                remaining(value, left.checked_sub(member(name))?)
            })
        }
    }
}

/// Returns the bytes of a property name.
pub fn member(name: &str) -> usize {
    name.len() + 4
}
