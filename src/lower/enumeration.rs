//! Lowers `enum` and `const`.

use super::Lowering;
use crate::diag::codes;
use crate::ir::{Enum, EnumKind, EnumValue};
use crate::openapi::hints;
use crate::openapi::{self, TypeSet};
use crate::tree::{Kind, Node};
use indexmap::IndexMap;
use serde_json::Value as Json;

impl<'t> Lowering<'t, '_> {
    /// Returns the enum that a schema declares, or `None` if it has no values or a plain type fits better.
    pub(super) fn enumeration(&mut self, schema: &openapi::Schema<'t>) -> Option<Enum> {
        let types = schema.types;
        if schema.values.is_empty() || types.array || types.object {
            return None;
        }
        let kind = kind(schema);
        match kind {
            Ok(ValueKind { against_type, .. }) if against_type => {
                self.diagnostics()
                    .push(codes::enum_without_type(schema.node));
            }
            Err(NotAnEnum::Odd) => self.diagnostics().push(codes::enum_as_plain(schema.node)),
            _ => {}
        }
        let values = self.values(schema, kind.ok()?.kind);
        Some(values)
    }

    fn values(&mut self, schema: &openapi::Schema<'t>, kind: EnumKind) -> Enum {
        let mut kept: IndexMap<Json, EnumValue> = IndexMap::new();
        let names = strings_of(
            schema.node,
            &["x-enum-varnames", "x-enumNames", "x-enum-names"],
        );
        let descriptions = strings_of(schema.node, &["x-enum-descriptions", "x-enumDescriptions"]);
        let hinted = hints::values(schema.node, &schema.values);
        for ((index, node), hinted) in schema.values.iter().enumerate().zip(hinted) {
            let value = match kind {
                EnumKind::String => Json::String(node.spelled()),
                EnumKind::Integer => integer(*node).map_or(Json::Null, Json::from),
                EnumKind::Scalar => node.to_json(),
            };
            if kept.contains_key(&value) {
                self.diagnostics().push(codes::duplicate_enum_value(*node));
                continue;
            }
            let at = |list: &[String]| list.get(index).cloned().filter(|text| !text.is_empty());
            let made = EnumValue {
                value: value.clone(),
                name: at(&names).or(hinted.0),
                pinned: None,
                description: at(&descriptions).or(hinted.1),
            };
            kept.insert(value, made);
        }
        Enum {
            kind,
            values: kept.into_values().collect(),
        }
    }
}

/// The kind of an enum's values.
#[derive(Debug, Clone, Copy)]
struct ValueKind {
    kind: EnumKind,
    /// Whether the values contradict the schema's `type`.
    against_type: bool,
}

/// Why a schema with values is not an enum.
#[derive(Debug, Clone, Copy)]
enum NotAnEnum {
    /// A boolean with values stays a boolean.
    Boolean,
    /// Values of several kinds, fractions, arrays and objects.
    Odd,
}

/// Returns the kind of the values. If `type` contradicts them, no value would be valid. The values take
/// precedence, because the author copied them from the API.
fn kind(schema: &openapi::Schema<'_>) -> Result<ValueKind, NotAnEnum> {
    let values = &schema.values;
    // With several types, each value determines its own.
    let types = match schema.types.len() {
        0 | 1 => schema.types,
        _ => TypeSet::default(),
    };
    let all = |kind: Kind| values.iter().all(|value| value.kind() == kind);
    let scalars = values
        .iter()
        .all(|value| matches!(value.kind(), Kind::String | Kind::Number | Kind::Bool));
    let booleans = match types.boolean {
        true => values.iter().all(|value| is_boolean(*value)),
        false => types.is_empty() && all(Kind::Bool),
    };
    let integers = values.iter().all(|value| integer(*value).is_some());
    let agreed = |kind| {
        Ok(ValueKind {
            kind,
            against_type: false,
        })
    };
    if types.string && scalars {
        // YAML parses unquoted strings as numbers and booleans.
        agreed(EnumKind::String)
    } else if booleans {
        Err(NotAnEnum::Boolean)
    } else if !types.boolean && integers && (all(Kind::Number) || !types.is_empty()) {
        agreed(EnumKind::Integer)
    } else if all(Kind::String) {
        Ok(ValueKind {
            kind: EnumKind::String,
            against_type: !types.is_empty(),
        })
    } else if types.is_empty() && scalars && !all(Kind::Number) {
        agreed(EnumKind::Scalar)
    } else {
        Err(NotAnEnum::Odd)
    }
}

/// Returns the integer that a value is, or that its text contains.
fn integer(value: Node<'_>) -> Option<i64> {
    if let Some(text) = value.as_str() {
        return text.parse().ok();
    }
    let number = value.as_number()?;
    let whole = |float: &f64| float.fract() == 0.0 && float.abs() < 9e15;
    number
        .as_i64()
        .or_else(|| number.as_f64().filter(whole).map(|float| float as i64))
}

fn is_boolean(value: Node<'_>) -> bool {
    value.kind() == Kind::Bool || matches!(value.as_str(), Some("true" | "false"))
}

/// Returns the strings of the first extension that is present.
fn strings_of(node: Node<'_>, keys: &[&str]) -> Vec<String> {
    let list = keys.iter().find_map(|key| node.get(key));
    let items = list.into_iter().flat_map(Node::items);
    items
        .map(|item| item.as_str().unwrap_or_default().to_owned())
        .collect()
}
