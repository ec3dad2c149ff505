//! Rust expressions of sample values: with the description's own values where it gives some, else
//! with the smallest that says what belongs there.

use super::example::Example;
use crate::ir::{
    IntegerFormat, NumberFormat, Object, Parameter, Schema, SchemaKind, Shape, StringFormat, TypeId,
};
use crate::rust::plan::tuple;
use crate::rust::{Plan, literal};
use serde_json::Value as Json;

/// Writes expressions, and notes what they need.
pub struct Writer<'a> {
    pub plan: Plan<'a>,
    pub example: Example,
    /// How many values have been written.
    pub values: usize,
}

/// Values lie no deeper than this: a type may require itself.
const MAX_DEPTH: usize = 12;
/// An expression has no more values than this (and those that finish what was begun), since types that
/// fan out at each level would make one that nobody can read.
const MAX_VALUES: usize = 200;

impl Writer<'_> {
    /// The argument for a parameter.
    pub fn parameter(&mut self, parameter: &Parameter) -> String {
        self.taken(
            &parameter.schema,
            parameter.examples.first(),
            &parameter.name,
        )
    }

    /// The argument for a value of a parameter or of a part of a body.
    pub fn taken(&mut self, schema: &Schema, sample: Option<&Json>, name: &str) -> String {
        let plan = self.plan;
        match plan.kind(schema) {
            SchemaKind::String(StringFormat::Plain | StringFormat::Binary) => {
                self.text(schema, sample, name)
            }
            _ if plan.is_string(schema) => self.text(schema, sample, name),
            SchemaKind::Array(items) => {
                let first = sample
                    .and_then(|sample| sample.get(0))
                    .or(sample.filter(|sample| !sample.is_array()));
                let item = match plan.is_string(items) {
                    true => self.text(items, first, name),
                    false => self.owned(items, first, name, 1),
                };
                format!("[{item}]")
            }
            SchemaKind::Any
            | SchemaKind::Tuple(_)
            | SchemaKind::Map(_)
            | SchemaKind::Envelope(..) => {
                format!("&{}", self.owned(schema, sample, name, 0))
            }
            SchemaKind::Declared(id) if !matches!(plan.api.ty(*id).shape, Shape::Enum(_)) => {
                format!("&{}", self.owned(schema, sample, name, 0))
            }
            _ => self.owned(
                &Schema {
                    nullable: false,
                    ..schema.clone()
                },
                sample,
                name,
                0,
            ),
        }
    }

    /// A string literal: the sample, else a placeholder that says what belongs there.
    fn text(&mut self, schema: &Schema, sample: Option<&Json>, name: &str) -> String {
        let own = schema
            .facts
            .as_ref()
            .and_then(|facts| facts.examples.first());
        let text = sample.or(own).and_then(Json::as_str);
        let format = schema
            .facts
            .as_ref()
            .and_then(|facts| facts.format.as_deref());
        let placeholder = match format {
            Some("email") => "jane@example.com",
            Some("uri" | "url") => "https://example.com",
            _ => name,
        };
        literal::string(
            text.filter(|text| text.len() <= 60 && !text.contains('\n'))
                .unwrap_or(placeholder),
        )
    }

    /// An expression of the schema's own type, for an argument that converts where it can.
    fn argument(
        &mut self,
        schema: &Schema,
        sample: Option<&Json>,
        name: &str,
        depth: usize,
    ) -> String {
        let plan = self.plan;
        if let Some(items) = plan.converted_items(schema) {
            let first = sample.and_then(|sample| sample.get(0));
            return format!("[{}]", self.argument(items, first, name, depth + 1));
        }
        match self.plan.kind(schema) {
            _ if self.plan.is_string(schema) => self.text(schema, sample, name),
            SchemaKind::String(StringFormat::Base64) => "\"bytes\"".to_owned(),
            SchemaKind::String(StringFormat::Password) => "\"password\"".to_owned(),
            _ => self.owned(
                &Schema {
                    nullable: false,
                    ..schema.clone()
                },
                sample,
                name,
                depth,
            ),
        }
    }

    /// An expression of exactly the schema's type.
    pub fn owned(
        &mut self,
        schema: &Schema,
        sample: Option<&Json>,
        name: &str,
        depth: usize,
    ) -> String {
        let own = schema
            .facts
            .as_ref()
            .and_then(|facts| facts.examples.first().or(facts.default.as_ref()));
        let sample = sample.or(own).filter(|sample| !sample.is_null());
        let value = self.value(schema, sample, name, depth);
        if schema.nullable {
            format!("Some({value})")
        } else {
            value
        }
    }

    fn value(
        &mut self,
        schema: &Schema,
        sample: Option<&Json>,
        name: &str,
        depth: usize,
    ) -> String {
        let plan = self.plan;
        match plan.kind(schema) {
            SchemaKind::Any => json(sample),
            SchemaKind::Null | SchemaKind::Constant(_) => "()".to_owned(),
            SchemaKind::Boolean => sample.and_then(Json::as_bool).unwrap_or(true).to_string(),
            SchemaKind::Integer(IntegerFormat::Big) => {
                self.example.parses = true;
                let text = integer(schema, sample, IntegerFormat::I64);
                format!("{}.parse()?", literal::string(&text))
            }
            SchemaKind::Integer(format) => integer(schema, sample, *format),
            SchemaKind::Number(NumberFormat::Decimal) => {
                self.example.parses = true;
                format!("{}.parse()?", literal::string(&number(schema, sample)))
            }
            SchemaKind::Number(NumberFormat::Double) => number(schema, sample),
            SchemaKind::String(StringFormat::Base64) => "\"bytes\".into()".to_owned(),
            SchemaKind::String(StringFormat::Password) => "\"password\".into()".to_owned(),
            SchemaKind::String(_) if plan.is_string(schema) => {
                format!("{}.to_owned()", self.text(schema, sample, name))
            }
            SchemaKind::String(format) => self.parsed(*format, sample),
            SchemaKind::Array(items) => {
                let first = sample.and_then(|sample| sample.get(0));
                match depth > 4 {
                    true => "Vec::new()".to_owned(),
                    false => format!("vec![{}]", self.owned(items, first, name, depth + 1)),
                }
            }
            SchemaKind::Tuple(parts) => {
                let part = |(index, part): (usize, &Schema)| {
                    let given = sample.and_then(|sample| sample.get(index));
                    self.owned(part, given, name, depth + 1)
                };
                tuple(parts.iter().enumerate().map(part))
            }
            SchemaKind::Map(_) => "Default::default()".to_owned(),
            SchemaKind::Declared(id) => self.declared(*id, sample, depth),
            SchemaKind::Envelope(_, inner) => self.owned(inner, sample, name, depth),
        }
    }

    fn parsed(&mut self, format: StringFormat, sample: Option<&Json>) -> String {
        if self.plan.options.dates == crate::config::Dates::String && format != StringFormat::Uuid {
            return "\"2026-01-31\".to_owned()".to_owned();
        }
        self.example.parses = true;
        let fallback = match format {
            StringFormat::Date => "2026-01-31",
            StringFormat::DateTime => "2026-01-31T09:30:00Z",
            _ => "4b0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90",
        };
        format!(
            "{}.parse()?",
            literal::string(sample.and_then(Json::as_str).unwrap_or(fallback))
        )
    }

    fn declared(&mut self, id: TypeId, sample: Option<&Json>, depth: usize) -> String {
        let plan = self.plan;
        let def = plan.api.ty(id);
        let ident = &plan.names.ty(id).ident;
        self.example.types.insert(ident.clone());
        let sample = sample.or(def.examples.first());
        self.values += 1;
        if depth > MAX_DEPTH || self.values > MAX_VALUES {
            self.example.parses = true;
            return format!("serde_json::from_str::<{ident}>(\"{{}}\")?");
        }
        match &def.shape {
            Shape::Enum(shape) => {
                let listed = shape
                    .values
                    .iter()
                    .position(|value| Some(&value.value) == sample);
                match plan.names.ty(id).parts.get(listed.unwrap_or(0)) {
                    Some(variant) => format!("{ident}::{variant}"),
                    None => format!("{ident}::from(\"value\")"),
                }
            }
            Shape::Object(object) => self.object(id, object, sample, depth),
            Shape::Union(union) => {
                match (union.branches.first(), plan.names.ty(id).parts.first()) {
                    (Some(branch), Some(variant)) if super::union::is_constant(branch) => {
                        format!("{ident}::{variant}")
                    }
                    (Some(branch), Some(variant)) if depth < 4 => {
                        let value = self.owned(&branch.schema, None, "value", depth + 1);
                        let boxed = super::union::is_boxed(plan, branch);
                        let value = if boxed {
                            format!("Box::new({value})")
                        } else {
                            value
                        };
                        format!("{ident}::{variant}({value})")
                    }
                    _ => format!("{ident}::{}(Default::default())", plan.names.ty(id).rest),
                }
            }
            Shape::Alias(schema) => self.owned(schema, sample, "value", depth + 1),
        }
    }

    fn object(
        &mut self,
        id: TypeId,
        object: &Object,
        sample: Option<&Json>,
        depth: usize,
    ) -> String {
        let plan = self.plan;
        let def = plan.api.ty(id);
        let ident = &plan.names.ty(id).ident;
        let mut arguments = Vec::new();
        for member in &object.members {
            if plan.is_asked_for(def, member) {
                let value = sample.and_then(|sample| sample.get(&member.name));
                arguments.push(self.argument(&member.schema, value, &member.name, depth + 1));
            }
        }
        format!("{ident}::new({})", arguments.join(", "))
    }
}

fn json(sample: Option<&Json>) -> String {
    match sample {
        Some(value) if value.to_string().len() <= 60 => format!("serde_json::json!({value})"),
        _ => "serde_json::json!({})".to_owned(),
    }
}

fn limit(schema: &Schema, keyword: &str) -> Option<f64> {
    let facts = schema.facts.as_ref()?;
    facts
        .limits
        .iter()
        .find(|(name, _)| name == keyword)?
        .1
        .as_f64()
}

fn integer(schema: &Schema, sample: Option<&Json>, format: IntegerFormat) -> String {
    use IntegerFormat::{Big, I8, I16, I32, I64, I128, U8, U16, U32, U64, U128};
    let (low, high) = match format {
        I8 => (i64::from(i8::MIN), i64::from(i8::MAX)),
        I16 => (i64::from(i16::MIN), i64::from(i16::MAX)),
        I32 => (i64::from(i32::MIN), i64::from(i32::MAX)),
        I64 | I128 | Big => (i64::MIN, i64::MAX),
        U8 => (0, i64::from(u8::MAX)),
        U16 => (0, i64::from(u16::MAX)),
        U32 => (0, i64::from(u32::MAX)),
        U64 | U128 => (0, i64::MAX),
    };
    let sampled = sample
        .and_then(Json::as_i64)
        .filter(|value| (low..=high).contains(value));
    let least = limit(schema, "minimum").map_or(1, |least| (least as i64).max(1));
    sampled.unwrap_or(least.min(high)).to_string()
}

fn number(schema: &Schema, sample: Option<&Json>) -> String {
    let value = sample
        .and_then(Json::as_f64)
        .or_else(|| limit(schema, "minimum"))
        .unwrap_or(1.5);
    format!("{value:?}")
}
