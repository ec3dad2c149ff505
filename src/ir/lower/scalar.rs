//! Scalars: which of the formats of numbers and strings stands for a schema.

use crate::ir::{IntegerFormat, NumberFormat, SchemaKind, StringFormat};
use crate::openapi;
use crate::tree::Kind;

/// The scalar that a schema's `type` names; `None` when that is none.
pub(super) fn typed(schema: &openapi::Schema<'_>) -> Option<SchemaKind> {
    let types = schema.types;
    if types.boolean {
        Some(SchemaKind::Boolean)
    } else if types.integer {
        Some(SchemaKind::Integer(integer(schema.format)))
    } else if types.number {
        Some(SchemaKind::Number(number(schema.format)))
    } else if types.string {
        Some(SchemaKind::String(string(schema)))
    } else {
        None
    }
}

/// A schema without a type is what its `enum` holds, else anything.
pub(super) fn untyped(schema: &openapi::Schema<'_>) -> SchemaKind {
    let all = |kind: Kind| {
        !schema.values.is_empty() && schema.values.iter().all(|value| value.kind() == kind)
    };
    if all(Kind::Bool) {
        SchemaKind::Boolean
    } else if all(Kind::Number) {
        SchemaKind::Number(NumberFormat::Double)
    } else if all(Kind::String) || matches!(schema.format, Some("binary" | "byte")) {
        SchemaKind::String(string(schema))
    } else {
        SchemaKind::Any
    }
}

fn integer(format: Option<&str>) -> IntegerFormat {
    match format {
        Some("int8") => IntegerFormat::I8,
        Some("int16") => IntegerFormat::I16,
        Some("int32") => IntegerFormat::I32,
        Some("uint8") => IntegerFormat::U8,
        Some("uint16") => IntegerFormat::U16,
        Some("uint32") => IntegerFormat::U32,
        Some("uint64" | "uint") => IntegerFormat::U64,
        _ => IntegerFormat::I64,
    }
}

fn number(format: Option<&str>) -> NumberFormat {
    match format {
        Some("float") => NumberFormat::Float,
        _ => NumberFormat::Double,
    }
}

fn string(schema: &openapi::Schema<'_>) -> StringFormat {
    match schema.format {
        Some("date") => StringFormat::Date,
        Some("date-time") => StringFormat::DateTime,
        Some("uuid") => StringFormat::Uuid,
        Some("byte") => StringFormat::Base64,
        Some("binary") => StringFormat::Binary,
        _ if schema.node.text("contentEncoding") == Some("base64") => StringFormat::Base64,
        _ => StringFormat::Plain,
    }
}
