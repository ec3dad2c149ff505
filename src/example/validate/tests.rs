use super::{Direction, MOST_STEPS, Validator};
use crate::diag::Diagnostics;
use crate::ir::{Api, Schema, SchemaKind};
use crate::{load, pipeline};
use serde_json::{Value as Json, json};

/// Returns an API with these schemas.
fn api(schemas: &Json) -> Api {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    });
    let mut diagnostics = Diagnostics::default();
    let text = document.to_string();
    let loaded = load::from_texts(&[("api.json", &text)], &mut diagnostics).unwrap();
    pipeline::api(&loaded, &Default::default(), &mut diagnostics).unwrap()
}

/// Returns whether a value is valid for the first type, and the steps it took.
fn judged(api: &Api, value: &Json) -> (bool, usize) {
    let mut validator = Validator::new(api, Direction::Request);
    let schema = Schema::new(SchemaKind::Declared(api.type_ids().next().unwrap()));
    let valid = validator.is_valid(&schema, value);
    (valid, MOST_STEPS - validator.left())
}

fn reference(name: impl std::fmt::Display) -> Json {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// Returns a cycle of unions that each have the next two as branches; the last one also has a type.
fn ring(count: usize) -> Json {
    let mut schemas = serde_json::Map::new();
    for index in 0..count {
        let next = |step: usize| reference(format!("S{}", (index + step) % count));
        let mut branches = vec![next(1), next(2)];
        if index + 1 == count {
            branches.push(reference("End"));
        }
        schemas.insert(format!("S{index}"), json!({"oneOf": branches}));
    }
    let end = json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}});
    schemas.insert("End".to_owned(), end);
    Json::Object(schemas)
}

#[test]
fn cycles_of_unions_take_linear_steps() {
    for count in [5, 20, 80] {
        let api = api(&ring(count));
        for (value, expected) in [
            (json!({"a": "b"}), true),
            (json!({"a": 1}), false),
            (json!(1), false),
        ] {
            let (valid, steps) = judged(&api, &value);
            assert_eq!(valid, expected, "{count} {value}");
            assert!(steps <= 4 * count + 10, "{count} {value} {steps}");
        }
    }
}

#[test]
fn visited_types_of_a_search_are_not_cached_as_invalid() {
    // `First` is valid through `End`. The search visits `Other` first, which has no untried branch then and is
    // valid all the same.
    let api = api(&json!({
        "Pair": {"type": "object", "properties": {"x": reference("First")}},
        "First": {"oneOf": [reference("Other"), reference("End")]},
        "Other": {"oneOf": [reference("First"), {"type": "integer"}]},
        "End": {"type": "string", "enum": ["a", "b"]},
    }));
    let other = api.type_ids().nth(2).unwrap();
    let value = json!("a");
    let mut validator = Validator::new(&api, Direction::Request);
    for id in api.type_ids().skip(1) {
        assert!(validator.is_valid(&Schema::new(SchemaKind::Declared(id)), &value));
    }
    let wrong = json!("c");
    assert!(!validator.is_valid(&Schema::new(SchemaKind::Declared(other)), &wrong));
}

#[test]
fn branches_that_differ_late_take_linear_steps() {
    let branch = |kind: &str| {
        let properties = json!({"child": reference("Node"), "kind": {"const": kind}});
        json!({"type": "object", "required": ["kind"], "properties": properties})
    };
    let api = api(&json!({
        "Node": {"oneOf": [reference("A"), reference("B"), reference("C")]},
        "A": branch("a"),
        "B": branch("b"),
        "C": branch("c"),
    }));
    let deep = |levels: usize, inner: &str| {
        let leaf = json!({"kind": inner});
        (0..levels).fold(leaf, |child, _| json!({"child": child, "kind": "c"}))
    };
    for (inner, expected) in [("c", true), ("d", false)] {
        let (valid, steps) = judged(&api, &deep(30, inner));
        assert_eq!(valid, expected);
        assert!(steps < 30 * 20, "{steps}");
    }
}
