//! Names do not change if a description grows, and do not depend on its order.

use super::document::{Document, Texts, add, entries};
use super::names::named;
use super::random::{Dice, Random};
use super::{Plain, document};
use serde_json::{Value, json};

fn rounds() -> u64 {
    let given = std::env::var("SDKGEN_HOSTILE_ROUNDS")
        .ok()
        .and_then(|count| count.parse().ok());
    given.unwrap_or(60)
}

/// Returns the names of `before` that differ in `after`.
fn renamed(before: &Value, after: &Value, may: &[&str]) -> Vec<String> {
    let (before, after) = (named(before), named(after));
    let mut found = before.faults;
    found.extend(after.faults);
    for (place, name) in &before.places {
        let now = after.places.get(place);
        if now != Some(name) && !may.iter().any(|kind| place.starts_with(kind)) {
            found.push(format!("{place}: {name} became {now:?}"));
        }
    }
    found
}

#[test]
fn a_schema_added_at_the_end_renames_nothing() {
    for seed in 0..rounds() {
        let mut texts = Random::new(seed);
        let before = document(2, &mut texts);
        let mut after = before.clone();
        for shape in [
            json!({"type": "object", "properties": {"foo": {"type": "object", "properties": {"bar": {"type": "string"}}}}}),
            json!({"type": "string", "enum": ["foo", "Foo"]}),
            json!({"type": "array", "items": {"type": "object", "properties": {"x": {"type": "string"}}}}),
        ] {
            add(
                &mut after["components"]["schemas"],
                &texts.name("added"),
                shape,
            );
        }
        let found = renamed(&before, &after, &[]);
        assert!(found.is_empty(), "seed {seed}:\n{}", found.join("\n"));
    }
}

#[test]
fn an_operation_added_at_the_end_renames_nothing() {
    for seed in 0..rounds() {
        let mut texts = Random::new(seed);
        let mut made = Document::new(&mut texts);
        made.part(0, &mut texts);
        made.part(1, &mut texts);
        let before = made.0.clone();
        made.part(2, &mut texts);
        // A credential has the usual name only if it is the only one of its kind.
        let found = renamed(&before, &made.0, &["credential"]);
        assert!(found.is_empty(), "seed {seed}:\n{}", found.join("\n"));
    }
}

#[test]
fn a_property_added_at_the_end_renames_nothing() {
    for seed in 0..rounds() {
        let mut texts = Random::new(seed);
        let before = document(2, &mut texts);
        let mut after = before.clone();
        for entry in entries(&mut after["components"]["schemas"]).unwrap() {
            let Some(members) = entry[1].get_mut("properties") else {
                continue;
            };
            if entries(members).is_some() {
                add(
                    members,
                    &texts.name("added"),
                    json!({"type": ["integer", "null"]}),
                );
            }
        }
        let found = renamed(&before, &after, &[]);
        assert!(found.is_empty(), "seed {seed}:\n{}", found.join("\n"));
    }
}

/// Checks that equal inline schemas share a type, which is not named after any single operation.
#[test]
fn inline_schemas_equal_to_existing_ones_rename_nothing() {
    let state = json!({"type": "string", "enum": ["on", "off"]});
    let owner =
        json!({"type": "object", "properties": {"name": {"type": "string"}, "state": state}});
    let mode = json!({"type": "string", "enum": ["slow", "fast"]});
    let body = json!({"type": "object", "required": ["owner"], "properties": {
        "owner": owner, "state": state, "owners": {"type": "array", "items": owner},
    }});
    let operation = |id: &str| {
        let mut body = body.clone();
        body["properties"]["mode"] = mode.clone();
        let content = json!({"application/json": {"schema": body}});
        json!({"operationId": id, "requestBody": {"content": content}, "responses": {"200": {"description": "", "content": content}}})
    };
    let before = json!({
        "openapi": "3.1.0", "info": {"title": "Shared", "version": "1"},
        "paths": {"/a": {"post": operation("makeA")}, "/c": {"post": operation("changeC")}},
        "components": {"schemas": {"A": body, "B": {"type": "object", "properties": {"state": state}}}},
    });
    let mut after = before.clone();
    after["components"]["schemas"]["C"] = body.clone();
    after["components"]["schemas"]["D"] = owner.clone();
    after["components"]["schemas"]["E"] = json!({"type": "object", "properties": {"mode": mode}});
    // Equal properties of one object share a type.
    after["components"]["schemas"]["F"] = json!({"type": "object", "properties": {
        "state": state, "lamp": state, "heater": state, "door": state,
    }});
    let found = renamed(&before, &after, &[]);
    assert!(found.is_empty(), "schemas:\n{}", found.join("\n"));
    after["paths"]["/b"] = json!({"post": operation("makeB"), "put": operation("replaceB")});
    let found = renamed(&before, &after, &[]);
    assert!(found.is_empty(), "operations:\n{}", found.join("\n"));
}

#[test]
fn a_value_added_at_the_end_renames_nothing() {
    for added in ["other", "unknown", "Unknown Value", "a"] {
        let schemas = |values: &[&str]| {
            json!({
                "openapi": "3.1.0", "info": {"title": "Values", "version": "1"},
                "components": {"schemas": {"Level": {"type": "string", "enum": values}}},
            })
        };
        let (before, after) = (["a", "A", "unknown"], ["a", "A", "unknown", added]);
        let found = renamed(&schemas(&before), &schemas(&after), &[]);
        assert!(found.is_empty(), "{added}:\n{}", found.join("\n"));
    }
}

/// Checks that the order of a description matters only for colliding names.
#[test]
fn the_order_of_a_description_renames_nothing() {
    let before = document(6, &mut Plain(0));
    let faults = named(&before).faults;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for seed in 0..rounds() / 4 {
        let mut after = before.clone();
        let mut dice = Dice::new(seed);
        for pointer in [
            "/paths",
            "/webhooks",
            "/components/schemas",
            "/components/responses",
        ] {
            shuffle(
                after.pointer_mut(pointer).and_then(entries).unwrap(),
                &mut dice,
            );
        }
        let found = renamed(&before, &after, &["error", "reader"]);
        assert!(found.is_empty(), "seed {seed}:\n{}", found.join("\n"));
    }
}

fn shuffle(entries: &mut [Value], dice: &mut Dice) {
    for last in (1..entries.len()).rev() {
        entries.swap(last, dice.roll(last + 1));
    }
}

#[test]
fn names_are_valid_and_distinct() {
    for seed in 0..rounds() {
        let made = named(&document(4, &mut Random::new(seed)));
        assert!(
            made.faults.is_empty(),
            "seed {seed}:\n{}",
            made.faults.join("\n")
        );
    }
}
