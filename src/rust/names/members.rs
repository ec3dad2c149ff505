//! Names of fields and of enum variants.

use super::claims::{Holders, claim_pin, no_holder, report_taken};
use crate::diag::Diagnostics;
use crate::ir::{Enum, EnumValue, Extra, Object, Shape};
use crate::naming::{IdentCase, NameScope, Words, reserved, words};
use crate::tree::NodeId;
use serde_json::Value as Json;

/// The names within one type.
#[derive(Default)]
pub struct PartNames {
    pub idents: Vec<String>,
    pub rest: String,
}

pub fn resolve(shape: &Shape, at: Option<NodeId>, diagnostics: &mut Diagnostics) -> PartNames {
    match shape {
        Shape::Object(object) => fields(object, diagnostics),
        Shape::Enum(enumeration) => values(enumeration, at, diagnostics),
        Shape::Union(_) | Shape::Alias(_) => PartNames::default(),
    }
}

/// Names an object's fields. A setter has the name of its field.
fn fields(object: &Object, diagnostics: &mut Diagnostics) -> PartNames {
    let mut scope = NameScope::with_reserved(IdentCase::Snake, reserved::OBJECT.iter().copied());
    let mut pinned: Vec<Option<String>> = Vec::new();
    let mut holders = Holders::default();
    for member in &object.members {
        let pin = member.pinned.as_ref();
        let taken = |name: &str| holders.find(name);
        let claimed = claim_pin(&mut scope, pin, member.at, taken, diagnostics);
        let ident = claimed.map(|claimed| claimed.ident);
        holders.add(ident.as_deref().unwrap_or_default(), member.at);
        pinned.push(ident);
    }
    // Claimed before the properties, so that an added property does not rename it.
    let rest = match object.extra {
        Extra::Closed => String::new(),
        _ => scope.claim(&[words("extra"), words("extra members")]).ident,
    };
    let mut parts = PartNames {
        rest,
        ..PartNames::default()
    };
    for (index, member) in object.members.iter().enumerate() {
        let own = words(&member.name);
        let ident = pinned[index].clone().unwrap_or_else(|| {
            let claimed = scope.claim(&wishes(&own, "member"));
            let taken = |name: &str| holders.find(name);
            report_taken(
                diagnostics,
                member.at,
                IdentCase::Snake,
                &own,
                &claimed,
                taken,
            );
            claimed.ident
        });
        holders.add(&ident, member.at);
        parts.idents.push(ident);
    }
    parts
}

/// Returns the candidates for a field; a field named like one of the
/// struct's generated items gets an additional word.
fn wishes(own: &Words, word: &str) -> Vec<Words> {
    let ident = IdentCase::Snake.ident(own);
    let mut wishes = vec![own.clone()];
    if ident == "extra" || reserved::OBJECT.contains(&ident.as_str()) {
        wishes.push([own.clone(), words(word)].concat());
    }
    wishes
}

fn values(enumeration: &Enum, at: Option<NodeId>, diagnostics: &mut Diagnostics) -> PartNames {
    let mut scope = NameScope::new(IdentCase::Pascal);
    let mut parts = PartNames {
        rest: rest(&mut scope),
        ..PartNames::default()
    };
    let mut pinned: Vec<Option<String>> = Vec::new();
    for value in &enumeration.values {
        let claimed = claim_pin(
            &mut scope,
            value.pinned.as_ref(),
            at,
            no_holder,
            diagnostics,
        );
        pinned.push(claimed.map(|claimed| claimed.ident));
    }
    for (value, pinned) in enumeration.values.iter().zip(pinned) {
        let wishes = value_candidates(value_words(value));
        let ident = pinned.unwrap_or_else(|| {
            let claimed = scope.claim(&wishes);
            report_taken(
                diagnostics,
                at,
                IdentCase::Pascal,
                &wishes[0],
                &claimed,
                no_holder,
            );
            claimed.ident
        });
        parts.idents.push(ident);
    }
    parts
}

/// Claims the variant for unknown values. The name is the same in every enum and is claimed first, so
/// that an added value does not rename it.
pub fn rest(scope: &mut NameScope) -> String {
    scope.reserve(UNKNOWN);
    UNKNOWN.to_owned()
}

const UNKNOWN: &str = "Unknown";

/// Returns the candidates for a variant whose value may be named like [`rest`].
pub fn value_candidates(wish: Words) -> Vec<Words> {
    match IdentCase::Pascal.ident(&wish) == UNKNOWN {
        true => vec![wish.clone(), [wish, words("value")].concat()],
        false => vec![wish],
    }
}

/// Returns the words of an enum value's variant.
pub fn value_words(value: &EnumValue) -> Words {
    match (&value.name, &value.value) {
        (Some(name), _) => words(name),
        (None, Json::String(text)) => words(text),
        (None, Json::Number(number)) if number.as_f64().is_some_and(|number| number < 0.0) => {
            let number = number.to_string();
            words(&format!("minus {}", number.trim_start_matches('-')))
        }
        (None, number) => words(&format!("value {number}")),
    }
}
