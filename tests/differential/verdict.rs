//! Compares the results of decoding with the validator's verdicts.

use super::plan::{Case, Document};
use super::tolerated::{Excuse, TOLERATED};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A valid value does not decode.
    Refused,
    /// A valid value is encoded to a different value.
    Changed,
    /// An invalid value decodes and is encoded to a different value.
    Lost,
    /// A value that only one branch accepts decodes to another branch.
    Branch,
}

pub struct Fault {
    pub kind: Kind,
    pub key: String,
    pub schema: String,
    text: String,
    outcome: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault {
            kind,
            key,
            schema,
            text,
            outcome,
        } = self;
        write!(f, "{kind:?} {key}: {schema}\n  {text}\n  {outcome}")
    }
}

#[derive(Default)]
pub struct Verdict {
    pub faults: Vec<Fault>,
    counts: BTreeMap<String, usize>,
    excused: BTreeMap<&'static str, usize>,
}

/// A value whose result differs from the validator's verdict.
pub struct Doubt<'a> {
    pub kind: Kind,
    pub schema: &'a str,
    /// The type occurs in responses only.
    pub is_received: bool,
    pub value: &'a Value,
    /// The encoded value, or null.
    pub encoded: &'a Value,
    /// The error, if it does not decode.
    pub error: &'a str,
}

impl Verdict {
    pub fn add(&mut self, documents: &[Document], cases: &[Case], outcomes: &[String]) {
        assert_eq!(cases.len(), outcomes.len(), "a line for each value");
        let schemas: Vec<String> = documents
            .iter()
            .flat_map(|document| (0..document.schemas.len()).map(|it| document.explained(it)))
            .collect();
        let mut variants: BTreeMap<(usize, usize), BTreeMap<String, usize>> = BTreeMap::new();
        for (case, outcome) in cases.iter().zip(outcomes) {
            *self
                .counts
                .entry(format!("valid: {}", case.is_valid))
                .or_default() += 1;
            let parts: Vec<&str> = outcome.splitn(3, '\t').collect();
            let (kind, encoded, error) = match parts[..] {
                ["ok", debug, text] => {
                    if let (Some(branch), true) = (case.branch, case.is_valid) {
                        let all = variants.entry((case.schema, branch)).or_default();
                        *all.entry(variant(debug)).or_default() += 1;
                    }
                    let encoded: Value = serde_json::from_str(text).expect("JSON");
                    let encoded = encoded["v"].clone();
                    let kind = if case.is_valid {
                        Kind::Changed
                    } else {
                        Kind::Lost
                    };
                    ((!same(&encoded, &case.value)).then_some(kind), encoded, "")
                }
                _ => (
                    case.is_valid.then_some(Kind::Refused),
                    Value::Null,
                    *parts.last().unwrap_or(&""),
                ),
            };
            let Some(kind) = kind else { continue };
            let schema = &schemas[case.schema];
            let doubt = Doubt {
                kind,
                schema,
                is_received: case.is_received,
                value: &case.value,
                encoded: &encoded,
                error,
            };
            self.judge(&doubt, case, outcome);
        }
        for (case, outcome) in cases.iter().zip(outcomes) {
            let Some(found) = case.branch.and_then(|it| variants.get(&(case.schema, it))) else {
                continue;
            };
            let Some(debug) = outcome.strip_prefix("ok\t").filter(|_| case.is_valid) else {
                continue;
            };
            let name = variant(debug);
            let usual = found.iter().max_by_key(|(_, count)| **count);
            if usual.is_some_and(|(usual, _)| *usual != name) {
                let schema = &schemas[case.schema];
                let doubt = Doubt {
                    kind: Kind::Branch,
                    schema,
                    is_received: case.is_received,
                    value: &case.value,
                    encoded: &Value::Null,
                    error: debug,
                };
                self.judge(&doubt, case, &format!("{outcome}  {found:?}"));
            }
        }
    }

    fn judge(&mut self, doubt: &Doubt, case: &Case, outcome: &str) {
        if let Some(excuse) = TOLERATED.iter().find(|it| (it.matches)(doubt)) {
            *self.excused.entry(excuse.name).or_default() += 1;
            return;
        }
        self.faults.push(Fault {
            kind: doubt.kind,
            key: case.key.clone(),
            schema: doubt.schema.to_owned(),
            text: case.value.to_string(),
            outcome: outcome.to_owned(),
        });
    }

    /// Returns the accepted differences that no longer occur.
    pub fn stale(&self) -> Vec<&'static str> {
        let names = TOLERATED.iter().map(|it| it.name);
        names
            .filter(|name| !self.excused.contains_key(name))
            .collect()
    }

    pub fn used(&self) -> impl Iterator<Item = &'static Excuse> {
        TOLERATED
            .iter()
            .filter(|it| self.excused.contains_key(it.name))
    }

    pub fn summary(&self) -> String {
        let mut kinds: BTreeMap<Kind, (usize, BTreeSet<&str>)> = BTreeMap::new();
        for fault in &self.faults {
            let of_kind = kinds.entry(fault.kind).or_default();
            of_kind.0 += 1;
            of_kind.1.insert(&fault.key);
        }
        let kinds: Vec<String> = kinds
            .iter()
            .map(|(kind, (count, keys))| format!("{kind:?}: {count} in {}", keys.len()))
            .collect();
        format!("{:?}; excused {:?}; {kinds:?}", self.counts, self.excused)
    }
}

/// Returns the name of the variant that the value was decoded to: `Circle` for `H1 { v: Some(Circle(…)) }`.
fn variant(debug: &str) -> String {
    let inner = debug.split_once("v: ").map_or(debug, |(_, inner)| inner);
    let inner = inner.strip_prefix("Some(").unwrap_or(inner);
    inner
        .chars()
        .take_while(|it| it.is_alphanumeric() || *it == '_')
        .collect()
}

/// Returns whether two values are equal in JSON Schema: `5.0` is `5`.
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => match (a.as_i128(), b.as_i128()) {
            (Some(a), Some(b)) => a == b,
            _ => a.as_f64() == b.as_f64(),
        },
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            let has = |(name, value)| b.get(name).is_some_and(|other| same(value, other));
            a.len() == b.len() && a.iter().all(has)
        }
        _ => a == b,
    }
}
