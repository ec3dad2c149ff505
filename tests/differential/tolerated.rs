//! Intentional differences between generated types and the validator.

use super::verdict::{Doubt, Kind, same};
use serde_json::Value;

pub struct Excuse {
    pub name: &'static str,
    pub reason: &'static str,
    pub matches: fn(&Doubt) -> bool,
}

pub const TOLERATED: &[Excuse] = &[
    Excuse {
        name: "unknown properties of closed objects",
        reason: "a server adds properties before its description does; where no other branch of a union \
                 takes the object, it is read without them",
        matches: |doubt| {
            let drift = doubt.drift();
            doubt.kind == Kind::Lost && drift.is_all && drift.dropped && is_closed(doubt.schema)
        },
    },
    Excuse {
        name: "null for an optional property",
        reason: "servers write null for what is absent, also where the schema does not allow it",
        matches: |doubt| {
            let drift = doubt.drift();
            doubt.kind == Kind::Lost && drift.is_all && !drift.dropped && drift.dropped_null
        },
    },
    Excuse {
        name: "required properties that may be null",
        reason: "one that is absent is read as null, and written so",
        matches: |doubt| {
            let drift = doubt.drift();
            let is_only = drift.is_all && !drift.dropped && !drift.dropped_null;
            doubt.kind == Kind::Lost && is_only && drift.added_null
        },
    },
    Excuse {
        name: "null in closed types that are only received",
        reason: "null and absent are two things only in types that are sent, and in open ones",
        matches: |doubt| {
            let drift = doubt.drift();
            let is_null = drift.is_all && !drift.dropped && drift.dropped_null;
            let may_drop = doubt.schema.contains("additionalProperties") || is_closed(doubt.schema);
            doubt.kind == Kind::Changed && doubt.is_received && is_null && may_drop
        },
    },
    Excuse {
        name: "shorter tuples",
        reason: "`items: false` without `minItems` is how most emitters write a tuple; responses are read \
                 leniently, with blank items in the missing places",
        matches: |doubt| {
            doubt.kind == Kind::Refused
                && doubt.schema.contains("\"prefixItems\"")
                && doubt.error.contains("invalid length")
        },
    },
    Excuse {
        name: "items beyond the described places",
        reason: "a list of open length is a `Vec` of what its places are",
        matches: |doubt| doubt.kind == Kind::Refused && doubt.schema.contains("\"title\":\"open\""),
    },
    Excuse {
        name: "integers in strings",
        reason: "`type: string` with `format: int64` is how 64-bit integers travel in JSON: another text \
                 is an error",
        matches: |doubt| {
            doubt.kind == Kind::Refused && doubt.error.contains("expected an integer in a string")
        },
    },
];

fn is_closed(schema: &str) -> bool {
    ["additionalProperties", "unevaluatedProperties"]
        .iter()
        .any(|keyword| schema.contains(&format!("\"{keyword}\":false")))
}

/// How an encoded value differs from the original.
#[derive(Default)]
pub struct Drift {
    /// There are no other differences.
    is_all: bool,
    dropped: bool,
    dropped_null: bool,
    added_null: bool,
}

impl Doubt<'_> {
    fn drift(&self) -> Drift {
        let mut drift = Drift::default();
        drift.is_all = drift.compare(self.value, self.encoded);
        drift
    }
}

impl Drift {
    /// Compares two values. Returns false if they differ by more than properties.
    fn compare(&mut self, before: &Value, after: &Value) -> bool {
        match (before, after) {
            (Value::Object(before), Value::Object(after)) => {
                for (name, value) in before {
                    let is_missing = !after.contains_key(name);
                    self.dropped |= is_missing && !value.is_null();
                    self.dropped_null |= is_missing && value.is_null();
                }
                after.iter().all(|(name, value)| match before.get(name) {
                    Some(before) => self.compare(before, value),
                    None => {
                        self.added_null = true;
                        value.is_null()
                    }
                })
            }
            (Value::Array(before), Value::Array(after)) => {
                before.len() == after.len()
                    && before
                        .iter()
                        .zip(after)
                        .all(|(before, after)| self.compare(before, after))
            }
            _ => same(before, after),
        }
    }
}
