//! Adding or removing an operation does not rename the types of other operations.

use super::job::job;
use sdkgen::diag::Diagnostics;
use sdkgen::rust::names;
use sdkgen::{load, pipeline};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// JSON descriptions by different producers.
const DOCUMENTS: [&str; 5] = [
    "anthropic-api.json",
    "discord-api.json",
    "meilisearch-api.json",
    "notion-api.json",
    "svix-api.json",
];

/// The number of operations that are removed from each, one at a time.
const REMOVED: usize = 8;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The names of the types that each operation uses, by position.
type Named = BTreeMap<String, BTreeMap<String, String>>;

fn named(document: &Value) -> Named {
    let mut diagnostics = Diagnostics::default();
    let text = document.to_string();
    let loaded = load::from_texts(&[("api.json", &text)], &mut diagnostics).expect("a document");
    let api = pipeline::api(&loaded, &Default::default(), &mut diagnostics).expect("a description");
    let options = job(Path::new("api.json"), None).options;
    let names = names::resolve(&api, &options, &mut diagnostics);
    let types = serde_json::to_value(&api.types).expect("JSON");
    let idents: Vec<&str> = names.types.iter().map(|own| own.ident.as_str()).collect();
    let operation = |operation: &sdkgen::ir::Operation| {
        let mut found = BTreeMap::new();
        for part in [
            serde_json::to_value(&operation.parameters),
            serde_json::to_value(&operation.body),
            serde_json::to_value(&operation.responses),
        ] {
            let part = part.expect("JSON");
            walk(&part, "", &types, &idents, &mut BTreeSet::new(), &mut found);
        }
        (
            format!("{} {}", operation.method, operation.path.raw),
            found,
        )
    };
    api.operations.iter().map(operation).collect()
}

/// Collects the types that a part of the IR uses, recursively.
fn walk(
    part: &Value,
    place: &str,
    types: &Value,
    idents: &[&str],
    seen: &mut BTreeSet<u64>,
    found: &mut BTreeMap<String, String>,
) {
    match part {
        Value::Object(members) => {
            for (key, value) in members {
                let declared = (key == "declared").then(|| value.as_u64()).flatten();
                if let Some(id) = declared {
                    found.insert(place.to_owned(), idents[id as usize].to_owned());
                    if seen.insert(id) {
                        let shape = &types[id as usize]["shape"];
                        walk(shape, &format!("{place}/{id}"), types, idents, seen, found);
                        // The ID of a type differs between descriptions.
                        let inner = format!("{place}/{id}");
                        let own: Vec<(String, String)> = found
                            .range(inner.clone()..)
                            .take_while(|(key, _)| key.starts_with(&inner))
                            .map(|(key, ident)| (key.clone(), ident.clone()))
                            .collect();
                        for (key, ident) in own {
                            found.remove(&key);
                            found.insert(format!("{place}/*{}", &key[inner.len()..]), ident);
                        }
                    }
                } else {
                    walk(value, &format!("{place}/{key}"), types, idents, seen, found);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(
                    item,
                    &format!("{place}/{index}"),
                    types,
                    idents,
                    seen,
                    found,
                );
            }
        }
        _ => {}
    }
}

/// Returns the renamed types of the other operations after one operation is removed. Ignores types that it shared
/// with a single other operation, which belong to that operation afterwards.
fn renamed(document: &Value, all: &Named, path: &str, method: &str) -> Vec<String> {
    let mut without = document.clone();
    if let Some(methods) = without["paths"][path].as_object_mut() {
        methods.remove(method);
    }
    let removed = format!("{} {path}", method.to_uppercase());
    let its: BTreeSet<&String> = all
        .get(&removed)
        .into_iter()
        .flat_map(BTreeMap::values)
        .collect();
    let after = named(&without);
    let mut users: BTreeMap<&String, usize> = BTreeMap::new();
    for own in all.values() {
        let names: BTreeSet<&String> = own.values().collect();
        names
            .into_iter()
            .for_each(|name| *users.entry(name).or_default() += 1);
    }
    let mut found = Vec::new();
    for (operation, before) in all.iter().filter(|(operation, _)| **operation != removed) {
        let stays = |name: &String| !its.contains(name) || users[name] > 2;
        for (place, name) in before.iter().filter(|(_, name)| stays(name)) {
            let now = after.get(operation).and_then(|own| own.get(place));
            if now != Some(name) {
                found.push(format!(
                    "{operation}{place} without {removed}: {name} became {now:?}"
                ));
            }
        }
    }
    found
}

fn check(document: &Value) -> Vec<String> {
    let all = named(document);
    let paths = document["paths"].as_object().expect("paths");
    let operations: Vec<(&String, &str)> = paths
        .iter()
        .flat_map(|(path, item)| {
            let has = |method: &&str| item.get(*method).is_some();
            METHODS
                .into_iter()
                .filter(has)
                .map(move |method| (path, method))
        })
        .collect();
    let step = operations.len().div_ceil(REMOVED).max(1);
    let some = operations.iter().step_by(step);
    some.flat_map(|(path, method)| renamed(document, &all, path, method))
        .collect()
}

#[test]
fn an_operation_more_or_less_renames_no_type_of_published_descriptions() {
    let Some(corpus) = std::env::var_os("SDKGEN_CORPUS").filter(|path| !path.is_empty()) else {
        return eprintln!("skipped: SDKGEN_CORPUS is not set");
    };
    for document in DOCUMENTS {
        let text = std::fs::read_to_string(Path::new(&corpus).join(document)).expect(document);
        let found = check(&serde_json::from_str(&text).expect("JSON"));
        assert!(found.is_empty(), "{document}:\n{}", found.join("\n"));
    }
}

#[test]
fn an_operation_more_or_less_renames_no_type() {
    let range = json!({"type": "object", "properties": {"gt": {"type": "integer"}, "lt": {"type": "integer"}}});
    let list = |id: &str| {
        let created =
            json!({"name": "created", "in": "query", "style": "deepObject", "schema": range});
        let item = json!({"type": "object", "properties": {"status": {"enum": ["on", id]}}});
        let schema =
            json!({"type": "object", "properties": {"data": {"type": "array", "items": item}}});
        json!({"get": {"operationId": id, "parameters": [created],
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}}})
    };
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "Ranges", "version": "1"},
        "paths": {"/accounts": list("listAccounts"), "/charges": list("listCharges"), "/refunds": list("listRefunds")},
    });
    let found = check(&document);
    assert!(found.is_empty(), "{}", found.join("\n"));
    // A shared type has the same name, whichever operation remains.
    let all = named(&document);
    let names = |all: &Named| {
        all["GET /refunds"]
            .values()
            .cloned()
            .collect::<BTreeSet<_>>()
    };
    assert!(names(&all).contains("CreatedFilter"), "{:?}", names(&all));
    let mut without = document.clone();
    without["paths"]
        .as_object_mut()
        .expect("paths")
        .remove("/accounts");
    assert_eq!(names(&named(&without)), names(&all));
}
