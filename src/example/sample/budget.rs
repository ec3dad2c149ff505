//! What a sample may cost. Required fields, `minItems` and unions multiply at each level of a type, so
//! samples have limits that hold whatever a description asks for; past them, lists and objects end early.

use crate::ir::Api;
use serde_json::Value as Json;

/// How much is left for one sample.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Of the sample, in bytes of its JSON.
    pub bytes: usize,
    /// Of values that are made, those of branches that are not taken among them.
    pub values: usize,
    /// Of the judge of values.
    pub steps: usize,
}

impl Budget {
    /// The budget of a sample: each operation has an equal share, up to a limit.
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

/// Whether an example is small enough to be shown for each operation that has it.
pub fn is_small(api: &Api, value: &Json) -> bool {
    fits(value, Budget::of(api).bytes)
}

/// Whether the JSON of a value takes no more than some bytes. Looks no further than that.
pub fn fits(value: &Json, bytes: usize) -> bool {
    remaining(value, bytes).is_some()
}

/// What is left of some bytes after a value, if it fits.
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

/// What the name of a member takes.
pub fn member(name: &str) -> usize {
    name.len() + 4
}
