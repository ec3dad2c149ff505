//! `enum` and `const`: the values that a scalar may have.

use super::Lowering;
use crate::diag::codes;
use crate::ir::{Enum, EnumKind, EnumValue};
use crate::openapi::hints;
use crate::openapi::{self, TypeSet};
use crate::tree::{Kind, Node};
use indexmap::IndexMap;
use serde_json::Value as Json;

impl<'t> Lowering<'t, '_> {
    /// The enumeration that a schema declares; `None` when it has no values or they are of a kind
    /// for which the plain type serves better.
    pub(super) fn enumeration(&mut self, schema: &openapi::Schema<'t>) -> Option<Enum> {
        let types = schema.types;
        if schema.values.is_empty() || types.array || types.object {
            return None;
        }
        let kind = kind(schema);
        match kind {
            Ok(Kinds { against_type, .. }) if against_type => {
                self.diagnostics()
                    .push(codes::enum_against_type(schema.node));
            }
            Err(Plain::Odd) => self.diagnostics().push(codes::enum_as_plain(schema.node)),
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

/// What the values of a schema are.
#[derive(Debug, Clone, Copy)]
struct Kinds {
    kind: EnumKind,
    /// The schema's `type` says something else than its values are.
    against_type: bool,
}

/// Why there is no enumeration.
#[derive(Debug, Clone, Copy)]
enum Plain {
    /// A boolean with values is a boolean.
    Boolean,
    /// Values of several kinds, fractions, lists and objects.
    Odd,
}

/// What an enumeration's values are. Where the schema's `type` is another, no value could be valid:
/// the values are what the API's author has seen, so they count.
fn kind(schema: &openapi::Schema<'_>) -> Result<Kinds, Plain> {
    let values = &schema.values;
    // Of several types, each value says which is its own.
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
        Ok(Kinds {
            kind,
            against_type: false,
        })
    };
    if types.string && scalars {
        // Numbers and booleans that YAML made of unquoted text.
        agreed(EnumKind::String)
    } else if booleans {
        Err(Plain::Boolean)
    } else if !types.boolean && integers && (all(Kind::Number) || !types.is_empty()) {
        agreed(EnumKind::Integer)
    } else if all(Kind::String) {
        Ok(Kinds {
            kind: EnumKind::String,
            against_type: !types.is_empty(),
        })
    } else if types.is_empty() && scalars && !all(Kind::Number) {
        agreed(EnumKind::Scalar)
    } else {
        Err(Plain::Odd)
    }
}

/// The integer that a value is, or that it is the text of.
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

/// The strings of the first of these extensions that is there.
fn strings_of(node: Node<'_>, keys: &[&str]) -> Vec<String> {
    let list = keys.iter().find_map(|key| node.get(key));
    let items = list.into_iter().flat_map(Node::items);
    items
        .map(|item| item.as_str().unwrap_or_default().to_owned())
        .collect()
}
