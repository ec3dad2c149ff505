//! Whether a JSON value is valid for a schema of the IR: the judge of the description's own examples,
//! many of which are not.
//!
//! What the IR does not keep of a schema (a rule that no sentence can tell, say) is not judged: a
//! value is taken to be valid unless something is known against it.

mod format;
mod limits;
mod pattern;

pub use limits::holds;
pub use pattern::{pattern, translated, without_looks};

use super::{
    Api, Branch, Extra, IntegerFormat, Object, Schema, SchemaKind, Shape, StringFormat, TypeId,
    Union,
};
use serde_json::Value as Json;

/// Which way a value travels: a request has no read-only members, a response no write-only ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Request,
    Response,
}

/// A value that takes more steps than this is not looked at to its end.
const MOST_STEPS: usize = 50_000;

/// Whether a value is valid, as far as the IR knows.
pub fn is_valid(api: &Api, way: Way, schema: &Schema, value: &Json) -> bool {
    let mut judge = Judge {
        api,
        way,
        steps: 0,
        unions: Vec::new(),
    };
    judge.schema(schema, value)
}

/// The branches of a union that a value is valid for.
pub fn branches(api: &Api, way: Way, union: &Union, value: &Json) -> Vec<usize> {
    let takes = |index: &usize| {
        let branch = &union.branches[*index];
        is_valid(api, way, &branch.schema, value) && is_tagged(union, *index, value)
    };
    (0..union.branches.len()).filter(takes).collect()
}

/// The same, where nobody looks at the tag.
pub fn untagged_branches(api: &Api, way: Way, union: &Union, value: &Json) -> usize {
    let takes = |branch: &&Branch| is_valid(api, way, &branch.schema, value);
    union.branches.iter().filter(takes).count()
}

/// Whether the tag does not speak against a branch.
fn is_tagged(union: &Union, index: usize, value: &Json) -> bool {
    let tag = union.tag.as_ref().and_then(|tag| value.get(tag));
    let tags = &union.branches[index].tags;
    match tag {
        Some(tag) if !tags.is_empty() => tags.contains(tag),
        _ => true,
    }
}

struct Judge<'a> {
    api: &'a Api,
    way: Way,
    steps: usize,
    /// The unions around the value in hand, none of whose values has been taken apart since: one that
    /// is a branch of itself takes what its other branches take.
    unions: Vec<TypeId>,
}

impl Judge<'_> {
    fn schema(&mut self, schema: &Schema, value: &Json) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS || value.is_null() && schema.nullable {
            return true;
        }
        let facts = schema.facts.as_deref();
        let format = facts.and_then(|facts| facts.format.as_deref());
        let limits = facts.map_or(&[][..], |facts| &facts.limits);
        self.kind(&schema.kind, format, value)
            && limits.iter().all(|limit| limits::holds(limit, value))
    }

    fn kind(&mut self, kind: &SchemaKind, format: Option<&str>, value: &Json) -> bool {
        match kind {
            SchemaKind::Any => true,
            SchemaKind::Null => value.is_null(),
            SchemaKind::Constant(only) => only.value == *value,
            SchemaKind::Boolean => value.is_boolean(),
            SchemaKind::Integer(size) => is_integer(*size, value),
            SchemaKind::Number(_) => value.is_number(),
            SchemaKind::String(kind) => value
                .as_str()
                .is_some_and(|text| is_text(*kind, format, text)),
            SchemaKind::Array(items) => match value {
                Json::Array(values) => self.inside(|judge| {
                    let mut values = values.iter();
                    values.all(|value| judge.schema(items, value))
                }),
                _ => false,
            },
            SchemaKind::Tuple(parts) => match value {
                Json::Array(values) if values.len() == parts.len() => self.inside(|judge| {
                    let mut pairs = parts.iter().zip(values);
                    pairs.all(|(part, value)| judge.schema(part, value))
                }),
                _ => false,
            },
            SchemaKind::Map(schema) => match value {
                Json::Object(map) => self.inside(|judge| {
                    let mut values = map.values();
                    values.all(|value| judge.schema(schema, value))
                }),
                _ => false,
            },
            SchemaKind::Declared(id) => self.declared(*id, value),
            SchemaKind::Envelope(_, inner) => self.schema(inner, value),
        }
    }

    /// Judges the parts of a value, which are smaller than it is.
    fn inside(&mut self, parts: impl FnOnce(&mut Self) -> bool) -> bool {
        let around = std::mem::take(&mut self.unions);
        let valid = parts(self);
        self.unions = around;
        valid
    }

    fn declared(&mut self, id: TypeId, value: &Json) -> bool {
        let api = self.api;
        let def = api.ty(id);
        let fits = match &def.shape {
            Shape::Object(object) => self.object(object, value),
            Shape::Enum(shape) => shape.values.iter().any(|known| known.value == *value),
            Shape::Union(union) => self.union(id, union, value),
            Shape::Alias(target) => self.schema(target, value),
        };
        fits && def.limits.iter().all(|limit| limits::holds(limit, value))
    }

    fn object(&mut self, object: &Object, value: &Json) -> bool {
        let Json::Object(map) = value else {
            return false;
        };
        self.inside(|judge| {
            let members = object.members.iter().all(|member| {
                let one_way = match judge.way {
                    Way::Request => member.read_only,
                    Way::Response => member.write_only,
                };
                match map.get(&member.name) {
                    Some(value) => judge.schema(&member.schema, value),
                    None => !member.required || one_way,
                }
            });
            let declared = |name: &str| object.members.iter().any(|member| member.name == name);
            let mut others = map.iter().filter(|(name, _)| !declared(name));
            members
                && match &object.extra {
                    Extra::Open => true,
                    Extra::Closed => others.next().is_none(),
                    Extra::Typed(schema) => others.all(|(_, value)| judge.schema(schema, value)),
                }
        })
    }

    fn union(&mut self, id: TypeId, union: &Union, value: &Json) -> bool {
        if self.unions.contains(&id) {
            return false;
        }
        self.unions.push(id);
        let valid = union.branches.iter().enumerate().any(|(index, branch)| {
            is_tagged(union, index, value) && self.schema(&branch.schema, value)
        });
        self.unions.pop();
        valid
    }
}

/// Whether a value is a whole number that the format has room for. Numbers past 64 bits have been read
/// as floats.
fn is_integer(size: IntegerFormat, value: &Json) -> bool {
    let Some(number) = value.as_f64().filter(|number| number.fract() == 0.0) else {
        return false;
    };
    let (least, most) = bounds(size);
    (least..=most).contains(&number)
}

/// The least and the greatest value of a format, as floats.
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

fn is_text(kind: StringFormat, format: Option<&str>, text: &str) -> bool {
    match kind {
        StringFormat::Date => format::is_date(text),
        StringFormat::DateTime => format::is_date_time(text),
        StringFormat::Uuid => format::is_uuid(text),
        StringFormat::Base64 => format::is_base64(text),
        StringFormat::Binary | StringFormat::Password => true,
        StringFormat::Plain => format.is_none_or(|format| format::is_of(format, text)),
    }
}
