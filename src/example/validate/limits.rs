//! Checks limits and rules of values (JSON Schema 2020-12, validation, sections 6.2 to 6.5), stored as keyword
//! and value.

use super::{COMPARED, MATCHED};
use crate::pattern::pattern;
use serde_json::{Map, Value as Json};
use std::collections::HashSet;

/// Returns whether a value satisfies a limit. Limits of other types do not apply.
pub fn holds((keyword, limit): &(String, Json), value: &Json) -> bool {
    if match value {
        Json::Number(number) => match (number.as_f64(), limit.as_f64()) {
            (Some(value), Some(limit)) => number_holds(keyword, limit, value),
            _ => true,
        },
        Json::String(text) => text_holds(keyword, limit, text),
        Json::Array(items) => list_holds(keyword, limit, items),
        Json::Object(members) => object_holds(keyword, limit, members),
        Json::Null | Json::Bool(_) => true,
    } {
        anything_holds(keyword, limit, value)
    } else {
        false
    }
}

/// Returns the additional steps for checking a limit.
pub fn cost((keyword, limit): &(String, Json), value: &Json) -> usize {
    match (keyword.as_str(), limit, value) {
        ("pattern", Json::String(limit), Json::String(text)) => {
            pattern(limit).map_or(0, |pattern| pattern.steps(text) / MATCHED)
        }
        (_, Json::Array(values), _) => values.len() / COMPARED,
        _ => 0,
    }
}

fn anything_holds(keyword: &str, limit: &Json, value: &Json) -> bool {
    match keyword {
        "enum" => limit.as_array().is_none_or(|values| values.contains(value)),
        "not" => fits(limit, value) != Some(true),
        _ => true,
    }
}

/// Returns whether a value is valid for an unlowered schema, or `None` if the schema has unsupported keywords.
fn fits(schema: &Json, value: &Json) -> Option<bool> {
    if let Json::Bool(all) = schema {
        return Some(*all);
    }
    let mut all = Some(true);
    for (keyword, limit_value) in schema.as_object()? {
        let holds = match keyword.as_str() {
            "type" => Some(is_of_type(limit_value, value)),
            "const" => Some(limit_value == value),
            "required" => Some(value.as_object().is_none_or(|members| {
                let mut names = limit_value
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Json::as_str);
                names.all(|name| members.contains_key(name))
            })),
            "properties" => {
                limit_value
                    .as_object()?
                    .iter()
                    .try_fold(true, |all, (name, schema)| {
                        let member = value.get(name);
                        Some(all & member.map_or(Some(true), |member| fits(schema, member))?)
                    })
            }
            "description" | "title" | "example" | "examples" => Some(true),
            "enum" | "minimum" | "maximum" | "minLength" | "maxLength" | "pattern" | "minItems"
            | "maxItems" | "minProperties" | "maxProperties" => {
                Some(holds(&(keyword.clone(), limit_value.clone()), value))
            }
            _ => None,
        };
        match holds {
            Some(true) => {}
            Some(false) => return Some(false),
            None => all = None,
        }
    }
    all
}

fn is_of_type(limit_value: &Json, value: &Json) -> bool {
    let is = |name: &Json| match name.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        Some("number") => value.is_number(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => false,
    };
    limit_value
        .as_array()
        .map_or_else(|| is(limit_value), |names| names.iter().any(is))
}

fn number_holds(keyword: &str, limit: f64, value: f64) -> bool {
    match keyword {
        "minimum" => value >= limit,
        "maximum" => value <= limit,
        "exclusiveMinimum" => value > limit,
        "exclusiveMaximum" => value < limit,
        "multipleOf" if limit > 0.0 => {
            let steps = value / limit;
            (steps - steps.round()).abs() < 1e-9 * steps.abs().max(1.0)
        }
        _ => true,
    }
}

fn text_holds(keyword: &str, limit: &Json, text: &str) -> bool {
    let count = || {
        limit
            .as_u64()
            .map(|limit| (text.chars().count() as u64, limit))
    };
    match keyword {
        "minLength" => count().is_none_or(|(count, least)| count >= least),
        "maxLength" => count().is_none_or(|(count, most)| count <= most),
        "pattern" => limit
            .as_str()
            .and_then(pattern)
            .is_none_or(|pattern| pattern.is_match(text)),
        _ => true,
    }
}

fn list_holds(keyword: &str, limit: &Json, items: &[Json]) -> bool {
    let count = || limit.as_u64().map(|limit| (items.len() as u64, limit));
    match keyword {
        "minItems" => count().is_none_or(|(count, least)| count >= least),
        "maxItems" => count().is_none_or(|(count, most)| count <= most),
        "uniqueItems" if limit == &Json::Bool(true) => {
            let mut known = HashSet::new();
            items.iter().all(|item| known.insert(item))
        }
        _ => true,
    }
}

fn object_holds(keyword: &str, limit: &Json, members: &Map<String, Json>) -> bool {
    let count = || limit.as_u64().map(|limit| (members.len() as u64, limit));
    let has_all = |names: Option<&Json>| {
        let names = names.and_then(Json::as_array);
        let mut names = names.into_iter().flatten().filter_map(Json::as_str);
        names.all(|name| members.contains_key(name))
    };
    match keyword {
        "minProperties" => count().is_none_or(|(count, least)| count >= least),
        "maxProperties" => count().is_none_or(|(count, most)| count <= most),
        "dependentRequired" | "dependencies" => limit.as_object().is_none_or(|rules| {
            let mut rules = rules.iter();
            rules.all(|(name, names)| !members.contains_key(name) || has_all(Some(names)))
        }),
        "anyOf" | "oneOf" => limit.as_array().is_none_or(|branches| {
            let held = branches
                .iter()
                .filter(|branch| has_all(branch.get("required")));
            match (keyword, held.count()) {
                (_, 0) => false,
                ("oneOf", count) => count == 1,
                _ => true,
            }
        }),
        "propertyNames" => members.keys().all(|name| name_holds(limit, name)),
        _ => true,
    }
}

fn name_holds(rules: &Json, name: &str) -> bool {
    let rules = rules.as_object().into_iter().flatten();
    let name = Json::from(name);
    rules
        .map(|(keyword, limit)| (keyword.clone(), limit.clone()))
        .all(|limit| holds(&limit, &name))
}

#[cfg(test)]
mod tests {
    use super::holds;
    use serde_json::json;

    #[test]
    fn limits_reject_invalid_values() {
        let cases = [
            ("minimum", json!(3), json!(3), json!(2.9)),
            ("exclusiveMaximum", json!(3), json!(2), json!(3)),
            ("multipleOf", json!(0.01), json!(4.35), json!(4.355)),
            ("minLength", json!(2), json!("äö"), json!("ä")),
            ("pattern", json!("^a+$"), json!("aa"), json!("ab")),
            ("maxItems", json!(1), json!([1]), json!([1, 2])),
            ("uniqueItems", json!(true), json!([1, 2]), json!([1, 1])),
            ("minProperties", json!(1), json!({"a": 1}), json!({})),
            ("enum", json!(["a"]), json!("a"), json!("b")),
            ("not", json!({"const": "root"}), json!("a"), json!("root")),
            (
                "not",
                json!({"required": ["a", "b"]}),
                json!({"a": 1}),
                json!({"a": 1, "b": 1}),
            ),
            (
                "dependentRequired",
                json!({"a": ["b"]}),
                json!({"a": 1, "b": 1}),
                json!({"a": 1}),
            ),
            (
                "oneOf",
                json!([{"required": ["a"]}, {"required": ["b"]}]),
                json!({"a": 1}),
                json!({"a": 1, "b": 1}),
            ),
            (
                "anyOf",
                json!([{"required": ["a"]}]),
                json!({"a": 1}),
                json!({}),
            ),
            (
                "propertyNames",
                json!({"pattern": "^x"}),
                json!({"xy": 1}),
                json!({"y": 1}),
            ),
            ("minimum", json!(3), json!("any text"), json!(1)),
        ];
        for (keyword, limit, good, bad) in cases {
            let limit = (keyword.to_owned(), limit);
            assert!(holds(&limit, &good), "{limit:?} {good}");
            assert!(!holds(&limit, &bad), "{limit:?} {bad}");
        }
    }
}
