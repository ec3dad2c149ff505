//! What schemas say beyond their types: limits, defaults, examples.

use super::Lowering;
use crate::diag::codes;
use crate::ir::Facts;
use crate::openapi;
use crate::tree::Node;
use serde_json::Value as Json;

/// Keywords that say more of a value than its type can.
const UNEXPRESSED: [&str; 7] = [
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "if",
    "not",
    "propertyNames",
    "unevaluatedItems",
];

/// Keywords that limit a value, in the order in which docs list them.
const LIMITS: [&str; 12] = [
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];

impl<'t> Lowering<'t, '_> {
    /// What a schema says beyond its type, if it says anything.
    pub(super) fn facts(&mut self, schema: &openapi::Schema<'t>) -> Option<Facts> {
        let node = schema.node;
        for keyword in UNEXPRESSED {
            if let Some(found) = node.get(keyword) {
                self.diagnostics()
                    .push(codes::unexpressed_keyword(found, keyword));
            }
        }
        let mut limits = limits(node);
        if !schema.values.is_empty() && self.enumeration(schema).is_none() {
            let values = schema.values.iter().map(|value| value.to_json()).collect();
            limits.push(("enum".to_owned(), values));
        }
        let facts = Facts {
            default: node.get("default").map(Node::to_json),
            examples: examples(node),
            limits,
            format: schema.format.map(str::to_owned),
        };
        (facts != Facts::default()).then_some(facts)
    }
}

/// The examples of a schema: `example`, and the array `examples` of 3.1.
pub(super) fn examples(node: Node<'_>) -> Vec<Json> {
    let listed = node.get("examples").into_iter().flat_map(Node::items);
    node.get("example")
        .into_iter()
        .chain(listed)
        .map(Node::to_json)
        .collect()
}

fn limits(node: Node<'_>) -> Vec<(String, Json)> {
    let mut limits = Vec::new();
    for keyword in LIMITS {
        let Some(value) = node.get(keyword) else {
            continue;
        };
        match (keyword, value.as_bool()) {
            // 3.0 writes a flag beside the limit where 3.1 writes the limit itself.
            ("exclusiveMinimum", Some(exclusive)) => {
                exclude(&mut limits, "minimum", keyword, exclusive)
            }
            ("exclusiveMaximum", Some(exclusive)) => {
                exclude(&mut limits, "maximum", keyword, exclusive)
            }
            _ => limits.push((keyword.to_owned(), value.to_json())),
        }
    }
    limits
}

fn exclude(limits: &mut [(String, Json)], inclusive: &str, keyword: &str, exclusive: bool) {
    if let Some(limit) = limits
        .iter_mut()
        .find(|(name, _)| exclusive && name == inclusive)
    {
        limit.0 = keyword.to_owned();
    }
}
