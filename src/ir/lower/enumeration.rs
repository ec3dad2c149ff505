//! `enum` and `const`: the values that a scalar may have.

use super::Lowering;
use crate::diag::codes;
use crate::ir::{Enum, EnumKind, EnumValue};
use crate::openapi;
use crate::tree::{Kind, Node};
use serde_json::Value as Json;

impl<'t> Lowering<'t, '_> {
    /// The enumeration that a schema declares; `None` when it has no values or they are of a kind
    /// for which the plain type serves better.
    pub(super) fn enumeration(&mut self, schema: &openapi::Schema<'t>) -> Option<Enum> {
        let values = &schema.values;
        if values.is_empty() || schema.types.len() > 1 || schema.types.array || schema.types.object
        {
            return None;
        }
        let scalar =
            |node: &Node<'_>| matches!(node.kind(), Kind::String | Kind::Number | Kind::Bool);
        let strings = values.iter().all(|value| value.kind() == Kind::String);
        let kind = if (schema.types.is_empty() && strings)
            || (schema.types.string && values.iter().all(scalar))
        {
            EnumKind::String
        } else if !schema.types.boolean
            && !schema.types.number
            && values
                .iter()
                .all(|value| value.as_number().is_some_and(|number| number.is_i64()))
        {
            EnumKind::Integer
        } else {
            if !schema.types.boolean {
                self.diagnostics().push(codes::enum_as_plain(schema.node));
            }
            return None;
        };
        let mut kept: Vec<EnumValue> = Vec::new();
        let names = strings_of(
            schema.node,
            &["x-enum-varnames", "x-enumNames", "x-enum-names"],
        );
        let descriptions = strings_of(schema.node, &["x-enum-descriptions", "x-enumDescriptions"]);
        for (index, node) in values.iter().enumerate() {
            let value = match (kind, node.to_json()) {
                (EnumKind::String, Json::String(text)) => Json::String(text),
                (EnumKind::String, other) => Json::String(other.to_string()),
                (EnumKind::Integer, number) => number,
            };
            if kept.iter().any(|kept| kept.value == value) {
                self.diagnostics().push(codes::duplicate_enum_value(*node));
                continue;
            }
            let at = |list: &[String]| list.get(index).cloned();
            kept.push(EnumValue {
                value,
                name: at(&names),
                description: at(&descriptions),
            });
        }
        Some(Enum { kind, values: kept })
    }
}

/// The strings of the first of these extensions that is there.
fn strings_of(node: Node<'_>, keys: &[&str]) -> Vec<String> {
    let list = keys.iter().find_map(|key| node.get(key));
    let items = list.into_iter().flat_map(Node::items);
    items
        .map(|item| item.as_str().unwrap_or_default().to_owned())
        .collect()
}
