//! A description whose names are all words of the surrounding generated code: keywords, locals, methods and modules
//! of the templates. Words that templates add later are included automatically.

use super::crates::Tokens;
use super::document::{add, map, pointer};
use sdkgen::naming::ident::KEYWORDS;
use sdkgen::pipeline::Generated;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Returns the words of a crate outside of its runtime, and the keywords of Rust.
pub fn of(plain: &Generated) -> Vec<String> {
    let mut rendered = Generated {
        package: plain.package.clone(),
        ..Generated::default()
    };
    rendered
        .package
        .0
        .retain(|path, _| path.starts_with("src/"));
    let said = Tokens::of(&rendered).idents;
    // Names that the harmless description itself contains have a number.
    let own = |word: &String| {
        word.contains(|c: char| c.is_ascii_digit()) && !["u8", "i64"].contains(&word.as_str())
    };
    let said = said.into_iter().filter(|word| !own(word));
    let rust = [
        "macro_rules",
        "union",
        "static",
        "raw",
        "safe",
        "auto",
        "panic",
        "vec",
        "format",
        "Url",
        "Bytes",
        "Value",
        "Map",
        "drop",
    ];
    let keywords = KEYWORDS.iter().chain(&rust).map(|word| (*word).to_owned());
    let all: BTreeSet<String> = said.chain(keywords).collect();
    all.into_iter().collect()
}

/// Returns a document with a type, property, operation, resource, argument, setter, value, webhook and credential for
/// each word.
pub fn document(words: &[String]) -> Value {
    let (mut schemas, mut paths, mut webhooks, mut schemes) = (map(), map(), map(), map());
    let word = |index: usize| &words[index % words.len()];
    for (index, name) in words.iter().enumerate() {
        let mut members = map();
        for other in [name, word(index + 1)] {
            add(&mut members, other, json!({"type": ["string", "null"]}));
        }
        let required = word(index + 2);
        add(&mut members, required, json!({"type": "integer"}));
        add(
            &mut schemas,
            name,
            json!({"type": "object", "properties": members, "required": [required]}),
        );
        let content = json!({"application/json": {"schema": {"$ref": pointer("schemas", name)}}});
        let parameters = json!([
            {"name": word(index + 3), "in": "query", "required": true, "schema": {"type": "string"}},
            {"name": word(index + 4), "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
        ]);
        let operation = json!({
            "operationId": name, "tags": [word(index / 4 * 9)], "parameters": parameters,
            "requestBody": {"required": true, "content": content},
            "responses": {"200": {"description": "x", "content": content}, "400": {"description": "x", "content": content}},
        });
        add(&mut paths, &format!("/{index}"), json!({"post": operation}));
        add(
            &mut webhooks,
            name,
            json!({"post": {"requestBody": {"content": content}}}),
        );
        add(
            &mut schemes,
            name,
            json!({"type": "apiKey", "in": "query", "name": "key"}),
        );
    }
    let branches: Vec<Value> = words
        .iter()
        .take(40)
        .map(|name| json!({"$ref": pointer("schemas", name)}))
        .collect();
    add(
        &mut schemas,
        "all values",
        json!({"type": "string", "enum": words}),
    );
    add(&mut schemas, "all branches", json!({"oneOf": branches}));
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Words", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths, "webhooks": webhooks,
        "components": {"schemas": schemas, "securitySchemes": schemes},
    })
}
