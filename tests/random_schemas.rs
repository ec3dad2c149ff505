//! Schemas with random keywords and values, often of the wrong type. All stages must terminate soon, with files or
//! with errors, and never panic.
//!
//! The seed is fixed, so that a failure can be reproduced. `SDKGEN_RANDOM` sets the number of documents.

#[path = "support/job.rs"]
mod job;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use sdkgen::diag::Diagnostics;
use sdkgen::report;
use sdkgen::{load, pipeline};
use serde_json::{Value as Json, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// Enough for an unoptimised build on a busy machine.
const LIMIT: Duration = Duration::from_secs(20);

const NAMES: [&str; 6] = ["a", "b", "kind", "type", "$id", "日本"];

const REFERENCES: [&str; 14] = [
    "#/components/schemas/A",
    "#/components/schemas/B",
    "#/components/schemas/C",
    "#/components/schemas/D",
    "#/components/schemas/A/properties/a",
    "#/components/schemas/B/items",
    "#/components/schemas/C/$defs/a",
    "#/components/schemas/D/allOf/0",
    "#/paths/~1x/post/parameters/0/schema",
    "#",
    "#a",
    "b",
    "nowhere.yaml#/x",
    "%%%",
];

fn name() -> impl Strategy<Value = String> {
    prop_oneof![4 => proptest::sample::select(&NAMES[..]).prop_map(str::to_owned), 1 => any::<String>()]
}

/// Returns a strategy for values of every type, which most keywords do not allow.
fn stray() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        name().prop_map(Json::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([null, 1, "a", {}])),
    ]
}

fn types() -> impl Strategy<Value = Json> {
    let one = proptest::sample::select(
        &[
            "object", "object", "string", "integer", "number", "boolean", "array", "null", "file",
        ][..],
    );
    prop_oneof![
        4 => one.clone().prop_map(Json::from),
        1 => proptest::collection::vec(one, 0..4).prop_map(Json::from),
    ]
}

/// Returns a strategy for a keyword with a valid value.
fn keyword(schema: BoxedStrategy<Json>) -> impl Strategy<Value = (&'static str, Json)> {
    let list = proptest::collection::vec(schema.clone(), 0..4).prop_map(Json::from);
    let map = proptest::collection::btree_map(name(), schema.clone(), 0..4)
        .prop_map(|map| Json::Object(map.into_iter().collect()));
    let names = proptest::collection::vec(name(), 0..4)
        .prop_map(Json::from)
        .boxed();
    let values = proptest::collection::vec(stray(), 0..4).prop_map(Json::from);
    let count = prop_oneof![
        (0..4_u64).prop_map(Json::from),
        any::<f64>().prop_map(Json::from)
    ];
    let of = |keywords: &'static [&'static str], value: BoxedStrategy<Json>| {
        (proptest::sample::select(keywords), value)
    };
    prop_oneof![
        4 => of(&["type"], types().boxed()),
        3 => of(&["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"], map.boxed()),
        3 => of(&["allOf", "oneOf", "anyOf", "prefixItems", "items"], list.boxed()),
        3 => of(&["items", "additionalProperties", "not", "if", "then", "else", "contains",
            "propertyNames", "unevaluatedProperties", "unevaluatedItems", "additionalItems",
            "contentSchema"], schema),
        2 => of(&["required", "x-sdkgen-envelope", "x-enum-varnames"], names.clone()),
        2 => of(&["enum", "examples"], values.boxed()),
        2 => of(&["const", "default", "example"], stray().boxed()),
        2 => of(&["minItems", "maxItems", "minimum", "exclusiveMinimum", "maxLength", "minContains"],
            count.boxed()),
        2 => of(&["$ref", "$dynamicRef", "$recursiveRef"],
            proptest::sample::select(&REFERENCES[..]).prop_map(Json::from).boxed()),
        1 => of(&["$id", "$anchor", "$dynamicAnchor", "format", "title", "description", "pattern",
            "x-rust-name", "contentMediaType", "contentEncoding"], name().prop_map(Json::from).boxed()),
        1 => of(&["nullable", "readOnly", "writeOnly", "deprecated", "uniqueItems", "x-sdkgen-inferred"],
            any::<bool>().prop_map(Json::from).boxed()),
        1 => of(&["discriminator"], (name(), name()).prop_map(|(name, value)| {
            json!({"propertyName": name, "mapping": {value: "#/components/schemas/A"}})
        }).boxed()),
        1 => of(&["dependentRequired", "dependencies"],
            (name(), names).prop_map(|(name, names)| json!({name: names})).boxed()),
    ]
}

fn schema() -> BoxedStrategy<Json> {
    let leaf = prop_oneof![
        Just(json!({})),
        any::<bool>().prop_map(Json::from),
        types().prop_map(|types| json!({"type": types})),
        proptest::sample::select(&REFERENCES[..4]).prop_map(|text| json!({"$ref": text})),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let wrong = keyword(inner.clone().boxed()).prop_flat_map(|(key, _)| (Just(key), stray()));
        let member = prop_oneof![9 => keyword(inner.boxed()), 1 => wrong];
        proptest::collection::vec(member, 0..5).prop_map(|members| {
            let members = members
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value));
            Json::Object(members.collect())
        })
    })
    .boxed()
}

fn document() -> impl Strategy<Value = Json> {
    let version = proptest::sample::select(&["3.0.3", "3.1.0", "3.2.0"][..]);
    let schemas = [(); 7].map(|()| schema());
    (version, schemas).prop_map(|(version, [a, b, c, d, parameter, request, response])| {
        let content = |schema: Json| json!({"application/json": {"schema": schema}});
        json!({
            "openapi": version,
            "info": {"title": "Random", "version": "1"},
            "servers": [{"url": "https://api.example.com"}],
            "paths": {"/x": {"post": {
                "operationId": "x",
                "parameters": [{"name": "p", "in": "query", "schema": parameter}],
                "requestBody": {"required": true, "content": content(request)},
                "responses": {"200": {"description": "", "content": content(response)}},
            }}},
            "components": {"schemas": {"A": a, "B": b, "C": c, "D": d}},
        })
    })
}

fn run(document: &Json) {
    let start = Instant::now();
    let text = document.to_string();
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("spec.json", &text)], &mut diagnostics).unwrap();
    let job = job::job(Path::new("spec.json"), Some("docs"));
    let generated = pipeline::Compilation::new(&job, &loaded).generate(&mut diagnostics);
    assert!(
        generated.is_some() || diagnostics.has_errors(),
        "the run returned neither files nor errors"
    );
    report::short(&diagnostics, &loaded.sources, &loaded.tree);
    assert!(start.elapsed() < LIMIT, "it took {:?}", start.elapsed());
}

#[test]
fn random_schemas_never_panic() {
    let count = std::env::var("SDKGEN_RANDOM")
        .ok()
        .and_then(|count| count.parse().ok());
    let config = Config {
        cases: count.unwrap_or(100),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        max_shrink_iters: 2_000,
        ..Config::default()
    };
    let tried = TestRunner::new(config).run(&document(), |document| {
        run(&document);
        Ok(())
    });
    if let Err(why) = tried {
        panic!("{why}");
    }
}
