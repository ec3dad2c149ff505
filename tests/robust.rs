//! Documents with excessive nesting, chains or repetition: all stages must terminate, with files or with an error
//! that gives the reason, and never overflow the stack.
//!
//! Tests run in threads with small stacks, in an unoptimised build, so that the program has a margin.

#[path = "support/job.rs"]
mod job;

use sdkgen::diag::Diagnostics;
use sdkgen::report;
use sdkgen::{load, pipeline, tree};
use std::fmt::Write as _;
use std::path::Path;

/// Returns the findings in a document, and its files or its types.
fn told(name: &str, text: &str, files: bool) -> String {
    let mut diagnostics = Diagnostics::default();
    let Some(loaded) = load::from_texts(&[(name, text)], &mut diagnostics) else {
        return String::new();
    };
    let made = match files {
        true => {
            let job = job::job(Path::new(name), Some("docs"));
            pipeline::Compilation::new(&job, &loaded)
                .generate(&mut diagnostics)
                .is_some()
        }
        false => pipeline::api(&loaded, &Default::default(), &mut diagnostics).is_some(),
    };
    assert_ne!(
        made,
        diagnostics.has_errors(),
        "the run returned neither files nor errors, or both"
    );
    report::short(&diagnostics, &loaded.sources, &loaded.tree)
}

/// Runs [`told`] with a stack of the program's size: an unoptimised build takes a megabyte for a hundred levels.
fn told_with_room(name: &'static str, text: String, files: bool) -> String {
    let run = move || told(name, &text, files);
    let thread = std::thread::Builder::new().stack_size(sdkgen::generator::STACK);
    thread.spawn(run).unwrap().join().unwrap()
}

fn json(schemas: &str) -> String {
    format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "T", "version": "1"}}, "components": {{"schemas": {{{schemas}}}}}}}"#
    )
}

fn yaml(rest: &str) -> String {
    format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{rest}\n")
}

/// Wrappers of a schema or a value: the text before, the text after, and the added levels.
const WRAPPERS: [(&str, &str, usize); 10] = [
    (r#"{"type": "object", "properties": {"a": "#, "}}", 2),
    (r#"{"type": "array", "items": "#, "}", 1),
    (r#"{"additionalProperties": "#, "}", 1),
    (r#"{"allOf": ["#, "]}", 2),
    (r#"{"oneOf": [{"type": "integer"}, "#, "]}", 2),
    (
        r#"{"properties": {"b": {}}, "anyOf": [{"properties": {"c": {}}}, "#,
        "]}",
        2,
    ),
    (r#"{"not": "#, "}", 1),
    (r#"{"if": {"required": ["a"]}, "then": "#, "}", 1),
    (
        r#"{"type": "array", "items": false, "prefixItems": [{"type": "integer"}, "#,
        "]}",
        2,
    ),
    (r#"{"default": "#, "}", 1),
];

fn wrapped((before, after, _): (&str, &str, usize), times: usize) -> String {
    let inner = r#"{"type": "string"}"#;
    let schema = before.repeat(times) + inner + &after.repeat(times);
    json(&format!(r#""A": {schema}"#))
}

#[test]
fn nesting_beyond_the_limit_is_rejected() {
    for wrapper in WRAPPERS {
        let text = wrapped(wrapper, 10_000);
        for name in ["a.json", "a.yaml"] {
            let told = told(name, &text, true);
            assert!(told.contains("E0004"), "{name}: {}: {told}", wrapper.0);
        }
    }
    let lists = "[".repeat(100_000);
    assert!(told("a.json", &lists, true).contains("E0004"));
    assert!(told("a.yaml", &lists, true).contains("E0004"));
    let block = yaml(&("- ".repeat(10_000) + "a"));
    assert!(told("a.yaml", &block, true).contains("error"));
}

#[test]
fn the_deepest_allowed_nesting_is_accepted() {
    for wrapper in WRAPPERS {
        // The frame around the schemas has four levels, the innermost schema one.
        let text = wrapped(wrapper, (tree::MAX_DEPTH - 6) / wrapper.2);
        let told = told_with_room("a.json", text, true);
        assert!(!told.contains("error"), "{}: {told}", wrapper.0);
    }
}

/// Returns `count` schemas, each made from `link`, in which `@` is replaced by a reference to the next.
fn chain(count: usize, link: &str, end: &str) -> String {
    let mut schemas = String::new();
    for index in 0..count {
        let next = format!(r##"{{"$ref": "#/components/schemas/S{}"}}"##, index + 1);
        let _ = write!(schemas, r#""S{index}": {}, "#, link.replace('@', &next));
    }
    let _ = write!(schemas, r#""S{count}": {end}"#);
    json(&schemas)
}

#[test]
fn chains_of_references_terminate() {
    let object = r#"{"type": "object", "properties": {"z": {"type": "string"}}}"#;
    for (link, count) in [
        ("@", 100_000),
        (r#"{"type": "array", "items": @}"#, 20_000),
        (r#"{"type": "object", "properties": {"n": @}}"#, 20_000),
        (
            r#"{"type": "object", "required": ["n"], "properties": {"n": @}}"#,
            2_000,
        ),
        (r#"{"allOf": [@]}"#, 5_000),
        (r#"{"allOf": [@, {"properties": {"p": {}}}]}"#, 1_000),
        (r#"{"oneOf": [@]}"#, 2_000),
        (r#"{"oneOf": [@, {"type": "integer"}]}"#, 2_000),
        (r#"{"if": {"required": ["a"]}, "then": @}"#, 300),
    ] {
        let told = told("a.json", &chain(count, link, object), false);
        assert!(!told.contains("error"), "{link}: {told}");
    }
    let text = chain(3_000, "@", r##"{"$ref": "#/components/schemas/S0"}"##);
    let circle = told("a.json", &text, true);
    assert!(circle.contains("W0311"), "{circle}");
}

/// Checks the same with files, so that each schema is also validated, sampled, rendered and formatted.
#[test]
fn generation_from_chains_terminates() {
    let object = r#"{"type": "object", "properties": {"z": {"type": "string"}}}"#;
    for link in [
        "@",
        r#"{"allOf": [@]}"#,
        r#"{"type": "array", "items": @}"#,
        r#"{"type": "object", "additionalProperties": @}"#,
        r#"{"type": "array", "prefixItems": [@], "items": false}"#,
        r#"{"type": "object", "properties": {"n": @}}"#,
        r#"{"oneOf": [@, {"type": "string"}]}"#,
    ] {
        let schemas = chain(400, link, object);
        let body = r##"{"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}}"##;
        let paths = format!(
            r#""paths": {{"/a": {{"post": {{"requestBody": {body}, "responses": {{"200": {body}}}}}}}}}, "components""#
        );
        let text = schemas.replacen(r#""components""#, &paths, 1);
        let told = told("a.json", &text, true);
        assert!(!told.contains("error"), "{link}: {told}");
    }
}

/// Checks schemas that are deeply nested and form a chain: the depths add up.
#[test]
fn chains_of_deep_schemas_terminate() {
    let wrappers = [
        (r#"{"properties": {"a": "#, "}}"),
        (r#"{"additionalProperties": "#, "}"),
    ];
    for (before, after) in wrappers {
        let link = before.repeat(100) + "@" + &after.repeat(100);
        let told = told_with_room("a.json", chain(150, &link, "{}"), false);
        assert!(!told.contains("error"), "{before}: {told}");
    }
}

/// Checks an `allOf` with more combinations of union branches than the limit.
#[test]
fn many_unions_in_one_all_of_terminate() {
    let union = r#"{"oneOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}"#;
    let all = vec![union; 3_000].join(", ");
    let schema = format!(r#""A": {{"properties": {{"c": {{}}}}, "allOf": [{all}]}}"#);
    let told = told("a.json", &json(&schema), false);
    assert!(told.contains("W0320"), "{told}");
}

/// Checks a mapping whose target is behind all unions of a chain.
#[test]
fn mappings_look_through_chains_of_unions() {
    let mut text = chain(20_000, r#"{"oneOf": [@, {"type": "integer"}]}"#, "{}");
    let mapped = r##""discriminator": {"propertyName": "t", "mapping": {"a": "S20000"}}, "oneOf""##;
    text = text.replacen(r#""oneOf""#, mapped, 1);
    let told = told_with_room("a.json", text, false);
    assert!(!told.contains("W0322"), "{told}");
}

/// Checks unions that are branches of each other, in every form that once caused endless recursion.
#[test]
fn recursive_unions_are_cut() {
    let r = |name: &str| format!(r##"{{"$ref": "#/components/schemas/{name}"}}"##);
    let (t, u) = (r("T"), r("U"));
    for (schemas, code) in [
        (
            format!(r#""T": {{"oneOf": [{t}, {{"type": "integer"}}]}}"#),
            "W0328",
        ),
        (
            format!(r#""T": {{"oneOf": [{u}, {{"type": "integer"}}]}}, "U": {t}"#),
            "W0328",
        ),
        (
            format!(
                r#""T": {{"oneOf": [{u}]}}, "U": {{"discriminator": {{"propertyName": "t", "mapping": {{"t": "T"}}}}, "properties": {{"t": {{}}}}}}"#
            ),
            "W0328",
        ),
        (
            format!(
                r#""T": {{"oneOf": [{u}, {{"type": "integer"}}]}}, "U": {{"anyOf": [{t}, {{"type": "string"}}]}}"#
            ),
            "W0328",
        ),
        (
            format!(r#""T": {{"oneOf": [{u}, {t}]}}, "U": {{"anyOf": [{t}, {u}]}}"#),
            "W0311",
        ),
    ] {
        let body = format!(r#"{{"content": {{"application/json": {{"schema": {t}}}}}}}"#);
        let paths = format!(
            r#""paths": {{"/a": {{"post": {{"requestBody": {body}, "responses": {{"200": {body}}}}}}}}}, "components""#
        );
        let text = json(&schemas).replacen(r#""components""#, &paths, 1);
        let told = told("a.json", &text, true);
        assert!(told.contains(code), "{schemas}: {told}");
    }
}

/// Checks schemas that refer to the next two, or twice to the next: the number of paths doubles at each step.
#[test]
fn forking_references_are_visited_once() {
    for link in [
        r#"{"allOf": [@, @]}"#,
        r#"{"oneOf": [@, @, {"type": "integer"}]}"#,
        r#"{"type": "object", "required": ["a", "b"], "properties": {"a": @, "b": @}}"#,
        r#"{"allOf": [@, @, {"oneOf": [@, {"properties": {"q": {}}}]}]}"#,
    ] {
        let object = r#"{"type": "object", "properties": {"z": {"type": "string"}}}"#;
        let told = told("a.json", &chain(60, link, object), true);
        assert!(!told.contains("error"), "{link}: {told}");
    }
}

#[test]
fn aliases_do_not_explode() {
    let mut lists = "x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    let mut merged = "x-0: &a0 {k: v}\n".to_owned();
    for (before, index) in (0..40).zip(1..) {
        let all = vec![format!("*a{before}"); 10].join(", ");
        let _ = writeln!(lists, "x-{index}: &a{index} [{all}]");
        let _ = writeln!(
            merged,
            "x-{index}: &a{index} {{<<: *a{before}, l{index}: *a{before}, r{index}: {{<<: *a{before}}}}}"
        );
    }
    for bomb in [&lists, &merged] {
        let told = told("a.yaml", &yaml(bomb), true);
        assert!(told.contains("more than a million nodes"), "{told}");
    }
    let own = told("a.yaml", &yaml("x-a: &a [*a, *a]\nx-b: &b {c: *b}"), true);
    assert!(own.contains("E0008"), "{own}");
}

#[test]
fn large_texts_are_accepted() {
    let text = "word ".repeat(1_000_000);
    let schema =
        format!(r#""A": {{"type": "string", "description": "{text}", "example": "{text}"}}"#);
    for name in ["a.json", "a.yaml"] {
        let told = told(name, &json(&schema), true);
        assert!(!told.contains("error"), "{name}: {told}");
    }
}

#[test]
fn more_than_a_crate_can_hold_is_refused() {
    let mut schemas = String::from(r#""A": true"#);
    for index in 0..200_000 {
        let _ = write!(schemas, r#", "S{index}": true"#);
    }
    let told = told("a.json", &json(&schemas), true);
    insta::assert_snapshot!(told);
}
