//! Tests variant names with cases from published documents.

use super::{BranchFacts, candidates};
use crate::naming::{IdentCase, NameScope, words};

/// The branches of one union are consecutive lines of `Union::Variant`, tag value, name, properties and kind,
/// separated by tabs. An optional property starts with `?`; a kind may have a more detailed one after `/`. A
/// title precedes each union.
const CASES: &str = include_str!("cases.tsv");

fn case(line: &str) -> (&str, &str, BranchFacts) {
    let mut columns = line.split('\t');
    let mut next = || columns.next().unwrap_or_default();
    let (wanted, tag, name, properties, kind) = (next(), next(), next(), next(), next());
    let (owner, variant) = wanted.split_once("::").expect("Union::Variant");
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let properties = properties.split_whitespace();
    let required = properties.clone().filter(|name| !name.starts_with('?'));
    let (kind, detailed) = kind.split_once('/').unwrap_or((kind, kind));
    let branch = BranchFacts {
        tag: some(tag),
        name: some(name),
        required: required.map(str::to_owned).collect(),
        properties: properties
            .map(|name| name.trim_start_matches('?').to_owned())
            .collect(),
        kind: words(kind),
        detailed_kind: words(detailed),
    };
    (owner, variant, branch)
}

#[test]
fn variant_names_match_the_cases() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for section in CASES.split("\n\n") {
        let lines = section.lines().filter(|line| !line.starts_with('#'));
        let cases: Vec<_> = lines.map(case).collect();
        let owner = words(cases.first().expect("a branch").0);
        let wanted: Vec<&str> = cases.iter().map(|(_, variant, _)| *variant).collect();
        let branches: Vec<BranchFacts> = cases.into_iter().map(|(_, _, branch)| branch).collect();
        let mut scope = NameScope::new(IdentCase::Pascal);
        for (candidates, wanted) in candidates(&owner, &branches).iter().zip(wanted) {
            count += 1;
            let name = scope.claim(candidates).ident;
            if name != wanted {
                wrong.push(format!("{name}, not {wanted}: {section}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 80, "{count} cases");
}
