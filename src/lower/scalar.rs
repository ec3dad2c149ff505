//! Maps the formats of numbers and strings to scalars.
//!
//! The formats are those of the OpenAPI Format Registry and some common others. A format has its own type if
//! every value survives decoding and encoding; any other is only documented.

use crate::ir::{FormatFacts, IntegerFormat, NumberFormat, Schema, SchemaKind, StringFormat};
use crate::openapi;
use crate::tree::{Kind, Node};
use serde_json::Value as Json;

/// Returns the scalar that `type` names.
pub(super) fn typed(schema: &openapi::Schema<'_>) -> Option<SchemaKind> {
    let types = schema.types;
    if types.boolean {
        Some(SchemaKind::Boolean)
    } else if types.integer {
        Some(SchemaKind::Integer(integer(schema)))
    } else if types.number {
        Some(number(schema))
    } else if types.string {
        Some(SchemaKind::String(string(schema)))
    } else {
        None
    }
}

/// Returns the scalar of a schema without a type: that of its `enum` values, else any value.
pub(super) fn untyped(schema: &openapi::Schema<'_>) -> SchemaKind {
    let all = |kind: Kind| {
        !schema.values.is_empty() && schema.values.iter().all(|value| value.kind() == kind)
    };
    let format = schema.format.and_then(FormatFacts::named);
    if all(Kind::Bool) {
        SchemaKind::Boolean
    } else if all(Kind::Number) {
        SchemaKind::Number(NumberFormat::Double)
    } else if all(Kind::String) || format.is_some_and(FormatFacts::is_bytes) {
        SchemaKind::String(string(schema))
    } else {
        SchemaKind::Any
    }
}

fn integer(schema: &openapi::Schema<'_>) -> IntegerFormat {
    match schema.format.and_then(integer_format) {
        Some(format) => widened(format, schema),
        None => within_limits(schema),
    }
}

/// Returns the integer that a format names, or a wider one if the limits exceed it.
///
/// Frameworks for languages with unsigned integers write `u32` as `int32` with a minimum of 0 and no maximum,
/// and `u64` as `int64`.
fn widened(format: IntegerFormat, schema: &openapi::Schema<'_>) -> IntegerFormat {
    use IntegerFormat::{I8, I16, I32, I64, U8, U16, U32, U64};
    let (unsigned, most) = match format {
        I8 => (U8, f64::from(i8::MAX)),
        I16 => (U16, f64::from(i16::MAX)),
        I32 => (U32, f64::from(i32::MAX)),
        // As a float, the largest 64-bit integer is rounded up.
        I64 => (U64, i64::MAX as f64),
        other => return other,
    };
    let limits = Limits::of(schema);
    let is_beyond = |most: f64| limits.high.is_some_and(|high| high > most);
    let reaches_beyond = limits.high.is_none() || is_beyond(most);
    if limits.is_unsigned() && reaches_beyond && !is_beyond(most * 2.0 + 1.0) {
        unsigned
    } else if is_beyond(most) || limits.low.is_some_and(|low| low < -most - 1.0) {
        within_limits(schema)
    } else {
        format
    }
}

/// Makes the integers of a parameter unsigned if no valid value is negative. Properties with a maximum in the signed
/// range stay signed: a server that sends `-1` for "none" must not make a response an error.
pub(super) fn make_unsigned(schema: &mut Schema, examples: &[Json]) {
    if let SchemaKind::Array(items) = &mut schema.kind {
        return make_unsigned(items, &[]);
    }
    let SchemaKind::Integer(format) = schema.kind else {
        return;
    };
    let unsigned = match format {
        IntegerFormat::I8 => IntegerFormat::U8,
        IntegerFormat::I16 => IntegerFormat::U16,
        IntegerFormat::I32 => IntegerFormat::U32,
        IntegerFormat::I64 => IntegerFormat::U64,
        _ => return,
    };
    let Some(facts) = &schema.facts else { return };
    let is_negative = |value: &Json| value.as_f64().is_some_and(|value| value < 0.0);
    let is_bound = |(keyword, value): &(String, Json)| {
        let is_least = matches!(keyword.as_str(), "minimum" | "exclusiveMinimum");
        is_least && value.is_number() && !is_negative(value)
    };
    let mut given = facts.default.iter().chain(&facts.examples).chain(examples);
    if facts.limits.iter().any(is_bound) && !given.any(is_negative) {
        schema.kind = SchemaKind::Integer(unsigned);
    }
}

/// The limits of a number, as floats.
struct Limits {
    low: Option<f64>,
    high: Option<f64>,
    /// Whether an example or default is negative.
    has_negative: bool,
}

impl Limits {
    fn of(schema: &openapi::Schema<'_>) -> Self {
        let limit = |inclusive: &str, exclusive: &str| {
            let node = schema.node.get(inclusive);
            let number = node.and_then(|node| node.as_number());
            let node = schema.node.get(exclusive);
            number.or(node.and_then(|node| node.as_number()))?.as_f64()
        };
        let mut numbers = given(schema.node).chain(schema.values.iter().copied());
        Limits {
            low: limit("minimum", "exclusiveMinimum"),
            high: limit("maximum", "exclusiveMaximum"),
            has_negative: numbers.any(|node| {
                let number = node.as_number().and_then(serde_json::Number::as_f64);
                number.is_some_and(|number| number < 0.0)
            }),
        }
    }

    fn is_unsigned(&self) -> bool {
        self.low.is_some_and(|low| low >= 0.0) && !self.has_negative
    }
}

/// Returns the integer that a format names.
fn integer_format(format: &str) -> Option<IntegerFormat> {
    Some(match format {
        "int8" => IntegerFormat::I8,
        "int16" => IntegerFormat::I16,
        "int32" => IntegerFormat::I32,
        "int64" | "long" => IntegerFormat::I64,
        "uint8" | "u-int8" => IntegerFormat::U8,
        "uint16" | "u-int16" => IntegerFormat::U16,
        "uint32" | "u-int32" => IntegerFormat::U32,
        "uint64" | "u-int64" | "uint" => IntegerFormat::U64,
        "int128" => IntegerFormat::I128,
        "uint128" => IntegerFormat::U128,
        "bigint" | "biginteger" | "int256" | "uint256" => IntegerFormat::Big,
        _ => return None,
    })
}

/// Returns the smallest integer of at least 64 bits for the limits and values of a schema.
///
/// Limits are compared as floats, because authors copy 64-bit limits from languages whose numbers are floats,
/// as in `maximum: 9223372036854776000`. The type has to hold such a value, because the server may send it.
fn within_limits(schema: &openapi::Schema<'_>) -> IntegerFormat {
    let limits = Limits::of(schema);
    let (mut least, mut most) = (limits.low.unwrap_or(0.0), limits.high.unwrap_or(0.0));
    // Integers beyond 64 bits were parsed as floats.
    let given = || given(schema.node).chain(schema.values.iter().copied());
    let beyond = given().filter_map(|node| node.as_number()?.as_f64());
    for value in beyond.filter(|value| value.fract() == 0.0 && value.abs() > u64::MAX as f64) {
        (least, most) = (least.min(value), most.max(value));
    }
    let mut numbers = given().filter_map(Node::as_number);
    let is_large = numbers.any(|value| value.is_u64() && !value.is_i64());
    let is_unbounded = limits.is_unsigned() && limits.high.is_none();
    if (is_large || is_unbounded) && least >= i128::MIN as f64 {
        match limits.is_unsigned() && most <= u64::MAX as f64 {
            true => IntegerFormat::U64,
            false => IntegerFormat::I128,
        }
    } else if least >= i64::MIN as f64 && most <= i64::MAX as f64 {
        IntegerFormat::I64
    } else if limits.is_unsigned() && most <= u64::MAX as f64 {
        IntegerFormat::U64
    } else if least >= i128::MIN as f64 && most <= i128::MAX as f64 {
        IntegerFormat::I128
    } else {
        IntegerFormat::Big
    }
}

/// Returns a number, or an integer if the format or `multipleOf` requires one.
fn number(schema: &openapi::Schema<'_>) -> SchemaKind {
    let format = schema.format.unwrap_or_default();
    if let Some(integer) = integer_format(format) {
        return SchemaKind::Integer(integer);
    }
    let step = schema.node.get("multipleOf");
    let step = step.and_then(|step| step.as_number()?.as_f64());
    let whole = step.is_some_and(|step| step >= 1.0 && step.fract() == 0.0);
    match format {
        "decimal" | "decimal128" => SchemaKind::Number(NumberFormat::Decimal),
        "float" | "double" => SchemaKind::Number(NumberFormat::Double),
        "double-int" => SchemaKind::Integer(IntegerFormat::I64),
        _ if whole => SchemaKind::Integer(within_limits(schema)),
        _ => SchemaKind::Number(NumberFormat::Double),
    }
}

/// Returns the examples and the default of a schema.
pub(super) fn given(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let listed = node.get("examples").into_iter().flat_map(Node::items);
    let one = ["example", "default"].into_iter();
    one.filter_map(move |keyword| node.get(keyword))
        .chain(listed)
}

fn string(schema: &openapi::Schema<'_>) -> StringFormat {
    let is_typed = |format: &&FormatFacts| {
        format.kind != StringFormat::Plain && !(schema.doubted && format.yields_to_values)
    };
    let named = schema.format.and_then(FormatFacts::named).filter(is_typed);
    let encoded = || FormatFacts::encoded(schema.node.text("contentEncoding")?);
    if let Some(format) = named.or_else(encoded) {
        return format.kind;
    }
    let integer = schema.format.filter(|_| !schema.doubted);
    let integer = integer.and_then(integer_in_text);
    integer.map_or(StringFormat::Plain, StringFormat::Integer)
}

/// Returns the integer in a string of this format. Protocol Buffers write 64-bit integers as JSON strings.
pub(super) fn integer_in_text(format: &str) -> Option<IntegerFormat> {
    let is_long = |format: &IntegerFormat| {
        matches!(
            format,
            IntegerFormat::I128 | IntegerFormat::U128 | IntegerFormat::Big
        )
    };
    integer_format(format).filter(|format| !is_long(format))
}
