//! Fallback values, and checks whether an invalid example is of use.

use super::label::SampleLabel;
use super::scalar;
use crate::ir::{Api, Enum, Schema, SchemaKind, Shape};
use serde_json::{Map, Value as Json};

/// Returns whether a value has the schema's JSON type, so that parts of it may be valid.
pub fn resembles(api: &Api, schema: &Schema, value: &Json) -> bool {
    match api.resolved(schema) {
        SchemaKind::Array(_) | SchemaKind::Tuple(_) => value.is_array(),
        SchemaKind::Map(_) => value.is_object(),
        SchemaKind::Declared(id) => match &api.ty(*id).shape {
            Shape::Object(_) => value.is_object(),
            Shape::Union(_) => true,
            Shape::Enum(_) | Shape::Alias(_) => false,
        },
        SchemaKind::Envelope(_, inner) => resembles(api, inner, value),
        _ => false,
    }
}

/// Returns a value without nested properties, for the maximum depth.
pub fn shallow(api: &Api, schema: &Schema) -> Json {
    if schema.nullable {
        return Json::Null;
    }
    match &schema.kind {
        SchemaKind::Null => Json::Null,
        SchemaKind::Constant(only) => only.value.clone(),
        SchemaKind::External(external) => external.sample.clone(),
        SchemaKind::Boolean => Json::Bool(true),
        SchemaKind::Integer(format) => scalar::integer(schema, *format),
        SchemaKind::Number(_) => scalar::number(schema),
        SchemaKind::String(format) => {
            Json::String(scalar::text(schema, *format, SampleLabel::default()))
        }
        SchemaKind::Array(_) => Json::Array(Vec::new()),
        SchemaKind::Tuple(parts) => parts.iter().map(|part| shallow(api, part)).collect(),
        SchemaKind::Declared(id) => match &api.ty(*id).shape {
            Shape::Enum(shape) => first_value(shape),
            _ => Json::Object(Map::new()),
        },
        SchemaKind::Any | SchemaKind::Map(_) | SchemaKind::Envelope(..) => Json::Object(Map::new()),
    }
}

pub fn first_value(shape: &Enum) -> Json {
    shape.values.first().map_or_else(
        || Json::String("value".to_owned()),
        |value| value.value.clone(),
    )
}
