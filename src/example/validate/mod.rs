//! Validates JSON values against schemas of the model, to find invalid examples in the document.
//!
//! Keywords that the model does not represent are not checked, so a value counts as valid unless a known
//! keyword forbids it.

mod limits;
#[cfg(test)]
mod tests;

pub use limits::holds;

use crate::ir::{
    Api, Branch, Extra, IntegerFormat, Object, Schema, SchemaKind, Shape, TypeId, Union,
};
use serde_json::{Map, Value as Json};
use std::collections::{HashMap, HashSet};

/// The direction of a value: requests have no read-only properties, responses no write-only ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Request,
    Response,
}

/// The maximum number of steps; unchecked parts count as valid.
const MOST_STEPS: usize = 50_000;
/// The number of list values that are compared in one step.
const COMPARED: usize = 16;
/// The number of pattern matching steps that count as one.
const MATCHED: usize = 1_000;

/// Returns whether a value is valid as far as the model knows.
pub fn is_valid(api: &Api, way: Direction, schema: &Schema, value: &Json) -> bool {
    Validator::new(api, way).is_valid(schema, value)
}

/// Returns the branches of a union that a value is valid for.
pub fn branches(api: &Api, way: Direction, union: &Union, value: &Json) -> Vec<usize> {
    Validator::new(api, way).branches(union, value)
}

/// Returns whether the tag allows a branch.
fn is_tagged(union: &Union, index: usize, value: &Json) -> bool {
    let tag = union.tag.as_ref().and_then(|tag| value.get(tag));
    let tags = &union.branches[index].tags;
    match tag {
        Some(tag) if !tags.is_empty() => tags.contains(tag),
        _ => true,
    }
}

/// Validates values within a limit of steps, and caches results by type and value.
pub struct Validator<'a> {
    api: &'a Api,
    way: Direction,
    /// The number of steps that are left.
    left: usize,
    /// Results by type and address of the value. `false` while the check is running, so that a cycle of types
    /// ends.
    known: HashMap<(TypeId, *const Json), bool>,
    /// Types that were tried for the current value.
    tried: Vec<TypeId>,
    is_first: bool,
}

impl<'a> Validator<'a> {
    pub fn new(api: &'a Api, way: Direction) -> Self {
        Validator {
            api,
            way,
            left: MOST_STEPS,
            known: HashMap::new(),
            tried: Vec::new(),
            is_first: true,
        }
    }

    /// Sets the limit for a validator of many values.
    pub fn with_steps(self, steps: usize) -> Self {
        Validator {
            left: steps,
            ..self
        }
    }

    /// Returns the number of steps that are left.
    #[cfg(test)]
    pub fn left(&self) -> usize {
        self.left
    }

    /// Returns whether a value is valid. It outlives the validator, so that addresses stay unique.
    pub fn is_valid(&mut self, schema: &Schema, value: &'a Json) -> bool {
        self.schema(schema, value)
    }

    /// Returns the branches of a union that a value is valid for.
    pub fn branches(&mut self, union: &Union, value: &'a Json) -> Vec<usize> {
        let takes = |index: &usize| {
            is_tagged(union, *index, value) && self.schema(&union.branches[*index].schema, value)
        };
        (0..union.branches.len()).filter(takes).collect()
    }

    /// Returns whether a temporary value is valid.
    pub fn is_valid_now(&mut self, schema: &Schema, value: &Json) -> bool {
        self.with_temporary(|validator| validator.schema(schema, value))
    }

    /// Returns whether a temporary value is valid for exactly one branch, whatever its tag.
    pub fn is_of_one_branch(&mut self, union: &Union, value: &Json) -> bool {
        self.with_temporary(|validator| {
            let mut fitting = union.branches.iter();
            let mut fits = |branch: &Branch| validator.schema(&branch.schema, value);
            fitting.any(&mut fits) && !fitting.any(fits)
        })
    }

    fn with_temporary(&mut self, judged: impl FnOnce(&mut Self) -> bool) -> bool {
        let known = std::mem::take(&mut self.known);
        let valid = judged(self);
        self.known = known;
        valid
    }

    /// Spends steps. Returns whether none are left.
    fn is_spent(&mut self, steps: usize) -> bool {
        self.left = self.left.saturating_sub(steps);
        self.left == 0
    }

    fn schema(&mut self, schema: &Schema, value: &Json) -> bool {
        if self.is_spent(1) || value.is_null() && schema.nullable {
            return true;
        }
        let facts = schema.facts.as_deref();
        let format = facts.and_then(|facts| facts.format.as_deref());
        // Checks limits first, because a failed type is cached as invalid for the value.
        self.holds(facts.map_or(&[], |facts| &facts.limits), value)
            && self.kind(&schema.kind, format, value)
    }

    fn holds(&mut self, limits: &[(String, Json)], value: &Json) -> bool {
        limits
            .iter()
            .all(|limit| self.is_spent(limits::cost(limit, value)) || limits::holds(limit, value))
    }

    fn kind(&mut self, kind: &SchemaKind, format: Option<&str>, value: &Json) -> bool {
        match kind {
            SchemaKind::Any | SchemaKind::External(_) => true,
            SchemaKind::Null => value.is_null(),
            SchemaKind::Constant(only) => only.value == *value,
            SchemaKind::Boolean => value.is_boolean(),
            SchemaKind::Integer(size) => is_integer(*size, value),
            SchemaKind::Number(_) => value.is_number(),
            SchemaKind::String(kind) => value
                .as_str()
                .is_some_and(|text| kind.is_valid(format, text)),
            SchemaKind::Array(items) => match value {
                Json::Array(values) => self.inside(|validator| {
                    let mut values = values.iter();
                    values.all(|value| validator.schema(items, value))
                }),
                _ => false,
            },
            SchemaKind::Tuple(parts) => match value {
                Json::Array(values) if values.len() == parts.len() => self.inside(|validator| {
                    let mut pairs = parts.iter().zip(values);
                    pairs.all(|(part, value)| validator.schema(part, value))
                }),
                _ => false,
            },
            SchemaKind::Map(schema) => match value {
                Json::Object(map) => self.inside(|validator| {
                    let mut values = map.values();
                    values.all(|value| validator.schema(schema, value))
                }),
                _ => false,
            },
            SchemaKind::Declared(id) => self.declared(*id, value),
            SchemaKind::Envelope(_, inner) => self.schema(inner, value),
        }
    }

    /// Validates the parts of a value, which are smaller than the value.
    fn inside(&mut self, parts: impl FnOnce(&mut Self) -> bool) -> bool {
        let tried = std::mem::take(&mut self.tried);
        let is_first = std::mem::replace(&mut self.is_first, true);
        let valid = parts(self);
        (self.tried, self.is_first) = (tried, is_first);
        valid
    }

    /// Validates a value against a type. The search through unions and aliases keeps the value and stops at the
    /// first match, so a type is tried only once in a search. If there is no match, the value is invalid for
    /// all visited types.
    fn declared(&mut self, id: TypeId, value: &Json) -> bool {
        let key = (id, std::ptr::from_ref(value));
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let is_first = std::mem::replace(&mut self.is_first, false);
        self.tried.push(id);
        self.known.insert(key, false);
        let api = self.api;
        let def = api.ty(id);
        let valid = self.holds(&def.limits, value)
            && match &def.shape {
                Shape::Object(object) => self.object(object, value),
                Shape::Enum(shape) => {
                    self.is_spent(shape.values.len() / COMPARED)
                        || shape.values.iter().any(|known| known.value == *value)
                }
                Shape::Union(union) => self.union(union, value),
                Shape::Alias(target) => self.schema(target, value),
            };
        if valid {
            self.known.insert(key, true);
        }
        if is_first {
            for id in std::mem::take(&mut self.tried) {
                let key = (id, key.1);
                // The search stopped early, so visited types have no result.
                if valid && self.known.get(&key) == Some(&false) {
                    self.known.remove(&key);
                }
            }
        }
        self.is_first = is_first;
        valid
    }

    fn object(&mut self, object: &Object, value: &Json) -> bool {
        let Json::Object(map) = value else {
            return false;
        };
        if self.is_spent(object.members.len() / COMPARED) {
            return true;
        }
        self.inside(|validator| {
            let members = object.members.iter().all(|member| {
                let one_way = match validator.way {
                    Direction::Request => member.read_only,
                    Direction::Response => member.write_only,
                };
                match map.get(&member.name) {
                    Some(value) => validator.schema(&member.schema, value),
                    None => !member.required || one_way,
                }
            });
            members
                && match &object.extra {
                    Extra::Open => true,
                    Extra::Closed => others(object, map).next().is_none(),
                    Extra::Typed(schema) => {
                        others(object, map).all(|value| validator.schema(schema, value))
                    }
                }
        })
    }

    fn union(&mut self, union: &Union, value: &Json) -> bool {
        union.branches.iter().enumerate().any(|(index, branch)| {
            is_tagged(union, index, value) && self.schema(&branch.schema, value)
        })
    }
}

/// Returns the values of undeclared properties.
fn others<'v>(object: &Object, map: &'v Map<String, Json>) -> impl Iterator<Item = &'v Json> {
    let members = object.members.iter();
    let declared: HashSet<&str> = members.map(|member| member.name.as_str()).collect();
    let others = map
        .iter()
        .filter(move |(name, _)| !declared.contains(name.as_str()));
    others.map(|(_, value)| value)
}

/// Returns whether a value is an integer in range. Numbers beyond 64 bits were parsed as floats.
fn is_integer(size: IntegerFormat, value: &Json) -> bool {
    let Some(number) = value.as_f64().filter(|number| number.fract() == 0.0) else {
        return false;
    };
    let (least, most) = bounds(size);
    (least..=most).contains(&number)
}

/// Returns the smallest and the largest value of a format, as floats.
pub fn bounds(size: IntegerFormat) -> (f64, f64) {
    let power = |bits: i32| 2_f64.powi(bits);
    match size {
        IntegerFormat::I8 => (f64::from(i8::MIN), f64::from(i8::MAX)),
        IntegerFormat::I16 => (f64::from(i16::MIN), f64::from(i16::MAX)),
        IntegerFormat::I32 => (f64::from(i32::MIN), f64::from(i32::MAX)),
        IntegerFormat::I64 => (-power(63), power(63)),
        IntegerFormat::U8 => (0.0, f64::from(u8::MAX)),
        IntegerFormat::U16 => (0.0, f64::from(u16::MAX)),
        IntegerFormat::U32 => (0.0, f64::from(u32::MAX)),
        IntegerFormat::U64 => (0.0, power(64)),
        IntegerFormat::I128 => (-power(127), power(127)),
        IntegerFormat::U128 => (0.0, power(128)),
        IntegerFormat::Big => (f64::MIN, f64::MAX),
    }
}
