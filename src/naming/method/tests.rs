//! Tests method names with cases from published documents and frameworks.

use super::{OperationFacts, candidates, resource};
use crate::naming::{IdentCase, NameScope, Words, reserved};
use std::collections::HashMap;

/// Operations of one document are consecutive lines of `tag.method`, `METHOD /path`, operationId and summary,
/// separated by tabs. `[]` after the summary means that the response is a list. A title precedes each document.
const CASES: &str = include_str!("cases.tsv");

struct Case<'a> {
    wanted: &'a str,
    tag: &'a str,
    line: &'a str,
    facts: OperationFacts,
}

fn case(line: &str) -> Case<'_> {
    let mut columns = line.split('\t').map(str::trim);
    let mut next = || columns.next().unwrap_or_default();
    let (name, request, id, summary, list) = (next(), next(), next(), next(), next());
    let (tag, wanted) = name.rsplit_once('.').expect("tag.method");
    let (method, path) = request.split_once(' ').expect("METHOD /path");
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let facts = OperationFacts {
        method: method.to_owned(),
        path: path.to_owned(),
        id: some(id),
        summary: some(summary),
        returns_list: list == "[]",
        knows_response: true,
        ..OperationFacts::default()
    };
    Case {
        wanted,
        tag,
        line,
        facts,
    }
}

/// Returns the method names of a document's operations.
fn methods(cases: &mut [Case<'_>]) -> Vec<String> {
    let shared = resource::shared_words(cases.iter().map(|case| case.tag));
    let nouns: Vec<Words> = cases
        .iter()
        .map(|case| resource::tag_words(case.tag, shared))
        .collect();
    let facts = cases
        .iter_mut()
        .map(|case| std::mem::take(&mut case.facts))
        .collect();
    let wished = candidates(facts, &nouns);
    let mut order: Vec<usize> = (0..wished.len()).collect();
    order.sort_by_key(|index| wished[*index].rank);
    let mut scopes: HashMap<String, NameScope> = HashMap::new();
    let mut names = vec![String::new(); order.len()];
    for index in order {
        let reserved =
            || NameScope::with_reserved(IdentCase::Snake, reserved::RESOURCE.iter().copied());
        let scope = scopes.entry(nouns[index].concat()).or_insert_with(reserved);
        names[index] = scope.claim(&wished[index].names).ident;
    }
    names
}

#[test]
fn method_names_match_the_cases() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for section in CASES.split("\n\n") {
        let lines = section
            .lines()
            .filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let mut cases: Vec<Case<'_>> = lines.map(case).collect();
        count += cases.len();
        let names = methods(&mut cases);
        for (case, name) in cases.iter().zip(names) {
            if name != case.wanted {
                wrong.push(format!("{name}, not {}", case.line));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= 200, "{count} cases");
}

#[test]
fn resources_are_named_after_tags_and_paths() {
    let accessor = |tag: &str, paths: &[&str]| {
        let noun = resource::tag_words(tag, 0);
        let paths = paths.iter().map(|path| match path.split_once(' ') {
            Some((id, path)) => (path, Some(id)),
            None => (*path, None),
        });
        resource::accessor(&noun, paths).join("_")
    };
    for (wanted, tag, paths) in [
        ("cards", "Card", &["/cards", "/cards/{id}"][..]),
        ("pets", "pet", &["/pet", "/pet/{petId}"]),
        ("pets", "pet", &["findPets /pet/{petId}"]),
        ("echo", "echo", &["/echo/{text}"]),
        ("account", "Account", &["/account"]),
        ("stores", "Stores", &["/store/inventory"]),
        ("orders", "order-controller", &["/api/orders"]),
        ("orders", "order-entity-controller", &["/api/orders"]),
        ("responses", "Responses API", &["/responses"]),
        ("pins", "deprecated_pins", &["/pins"]),
        ("orders", "A - Orders", &["/orders"]),
        ("orders", "01. Orders", &["/orders"]),
        (
            "tournaments_arena",
            "Tournaments Arena",
            &["/tournament/{id}"],
        ),
        (
            "access_rules_for_a_zone",
            "Access rules for a zone",
            &["/access_rules/{id}"],
        ),
        ("skus", "sku", &["/skus/{sku}"]),
        ("settings", "Settings", &["/settings/{key}"]),
    ] {
        assert_eq!(accessor(tag, paths), wanted, "{tag}");
    }
}

#[test]
fn paths_name_resources_without_a_tag() {
    let paths = [
        "/v1/customers",
        "/v1/customers/{customer}/sources",
        "/v1/issuing/cards",
        "/v1/issuing/cards/{card}",
        "/v1/issuing/disputes",
        "/v1/issuing/disputes/{dispute}",
        "/v1/apple_pay/domains",
        "/v1/account",
        "/v1/accounts/{account}",
        "/{id}",
    ];
    let names = [
        "customers",
        "customers",
        "issuing_cards",
        "issuing_cards",
        "issuing_disputes",
        "issuing_disputes",
        "apple_pay",
        "account",
        "accounts",
        "default",
    ];
    assert_eq!(resource::by_path(&paths), names);
}

#[test]
fn tags_that_differ_in_spelling_are_one_resource() {
    let key = |tag: &str| resource::key(&resource::tag_words(tag, 0));
    assert_eq!(key("Pages"), key("page"));
    assert_eq!(key("responses_api"), key("Responses"));
    assert_ne!(key("Pages"), key("Page views"));
    assert_eq!(
        resource::shared_words(
            [
                "VerifyV2Form",
                "VerifyV2Entity",
                "VerifyV2Safelist",
                "VerifyV2Service"
            ]
            .into_iter()
        ),
        2
    );
}
