//! Tests type names with cases from published documents.

use super::{NamedKind, OwnerPart, SharedType, candidates, owner_names, shared};
use crate::naming::{IdentCase, Words, all_words, words};

/// `NAME<tab>OWNER / PART / PART`, or `NAME<tab>OWNER + OWNER<tab>PART` for a shared type, followed by the only
/// value of an enum or a kind.
///
/// A part is a property, `request` or `response`, a `(parameter)`, a `|branch` by title, or a `
///
/// branch` next to others, followed by `[]` for an item and `{}` for a value. `:enum` and similar suffixes are
/// kinds.
const CASES: &str = include_str!("cases.tsv");

fn kind(text: &str) -> Option<NamedKind> {
    Some(match text.trim().strip_prefix(':')? {
        "enum" => NamedKind::Enum,
        "union" => NamedKind::Union,
        _ => NamedKind::Object,
    })
}

fn part(text: &str, index: usize) -> OwnerPart {
    let text = text.trim();
    if let Some(of) = text.strip_suffix("[]") {
        return OwnerPart::Item(Box::new(part(of, index)));
    }
    if let Some(of) = text.strip_suffix("{}") {
        return OwnerPart::Value(Box::new(part(of, index)));
    }
    if let Some(label) = text.strip_prefix('|') {
        let several = label.strip_prefix('|');
        let label = several.unwrap_or(label);
        return OwnerPart::Branch {
            label: (!label.is_empty()).then(|| words(label)),
            number: 2,
            is_alone: several.is_none(),
            of: Box::new(OwnerPart::Itself),
        };
    }
    match text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
    {
        Some(name) => OwnerPart::Named(vec![words(name)]),
        None if text.is_empty() => OwnerPart::Itself,
        None if ["request", "response"].contains(&text) && index == 1 => {
            OwnerPart::Named(vec![words(text)])
        }
        None => OwnerPart::Property(words(text)),
    }
}

fn of_one(way: &str) -> Vec<Words> {
    let (way, of) = way
        .split_once(" :")
        .map_or((way, NamedKind::Object), |(way, of)| {
            (way, kind(&format!(":{of}")).unwrap_or(NamedKind::Object))
        });
    let mut steps = way.split(" / ").enumerate();
    let (_, root) = steps.next().expect("an owner");
    let mut parts: Vec<(OwnerPart, NamedKind)> = steps
        .map(|(index, step)| (part(step, index), NamedKind::Object))
        .collect();
    let (last, _) = parts.pop().expect("a part");
    parts.reverse();
    candidates(&owner_names(all_words(root), &parts), &last, of)
}

fn of_several(owners: &str, mut columns: std::str::Split<'_, char>) -> Vec<Words> {
    let owners: Vec<Words> = owners.split(" + ").map(all_words).collect();
    let text = columns.next().expect("a part");
    let part = part(text, 0);
    let more = columns.next().unwrap_or_default();
    let kind = kind(more);
    let found = SharedType {
        owners: &owners,
        kind: kind.unwrap_or(NamedKind::Enum),
        in_operations: text.starts_with('('),
        only: (kind.is_none() && !more.is_empty()).then(|| words(more)),
    };
    shared(&part, &found)
}

#[test]
fn type_names_match_the_cases() {
    let mut wrong = Vec::new();
    for line in CASES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let mut columns = line.split('\t');
        let wanted = columns.next().expect("a name");
        let owners = columns.next().expect("an owner");
        let made = match owners.contains(" / ") {
            true => of_one(owners),
            false => of_several(owners, columns),
        };
        let made = IdentCase::Pascal.ident(&made[0]);
        if made != wanted {
            wrong.push(format!("{line}: {made}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The name does not depend on the order and number of owners.
#[test]
fn a_shared_type_has_one_name_in_every_order() {
    let owners = ["list accounts", "search charges", "list refunds"].map(words);
    let mut turned = owners.clone();
    turned.reverse();
    let name = |owners: &[Words]| {
        let found = SharedType {
            owners,
            kind: NamedKind::Union,
            in_operations: true,
            only: None,
        };
        shared(&OwnerPart::Named(vec![words("created")]), &found)
    };
    assert_eq!(name(&owners)[0], words("created filter"));
    assert_eq!(name(&owners), name(&turned));
    assert_eq!(name(&owners)[0], name(&owners[1..])[0]);
}

#[test]
fn no_name_exceeds_the_limit() {
    let long = words("customer balance resource cash balance transaction funded bank transfer");
    let part = OwnerPart::Property(words("reconciliation mode of the account holder"));
    for wish in candidates(&[long], &part, NamedKind::Enum) {
        assert!(
            IdentCase::Pascal.ident(&wish).len() <= super::LONGEST,
            "{wish:?}"
        );
    }
}
