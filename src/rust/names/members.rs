//! Names of fields and variants.

use super::{name_taken, pin_refused};
use crate::diag::Diagnostics;
use crate::ir::{Branch, Enum, Object, Schema, SchemaKind, Shape, StringFormat, Union};
use crate::naming::{Scope, Style, Words, words};

/// The names within one type.
#[derive(Default)]
pub struct Parts {
    pub idents: Vec<String>,
    pub rest: String,
    pub null_setters: Vec<String>,
}

pub fn resolve(shape: &Shape, diagnostics: &mut Diagnostics) -> Parts {
    match shape {
        Shape::Object(object) => fields(object, diagnostics),
        Shape::Enum(enumeration) => values(enumeration),
        Shape::Union(_) | Shape::Alias(_) => Parts::default(),
    }
}

/// Fields, each of which is the name of its setter too. `new` is the constructor.
fn fields(object: &Object, diagnostics: &mut Diagnostics) -> Parts {
    let mut scope = Scope::with_reserved(Style::Snake, ["new"]);
    let mut idents: Vec<Option<String>> = Vec::new();
    for member in &object.members {
        let pinned = member.pinned.as_deref().and_then(|name| {
            let claimed = scope.claim_exact(name);
            if claimed.is_none() {
                pin_refused(diagnostics, member.at, name);
            }
            claimed
        });
        idents.push(pinned.map(|claimed| claimed.ident));
    }
    let mut named = Vec::new();
    for (member, ident) in object.members.iter().zip(idents) {
        named.push(ident.unwrap_or_else(|| {
            let wish = words(&member.name);
            let claimed = scope.claim(std::slice::from_ref(&wish));
            if !claimed.is_first_wish() {
                name_taken(
                    diagnostics,
                    member.at,
                    &Style::Snake.ident(&wish),
                    &claimed.ident,
                );
            }
            claimed.ident
        }));
    }
    let rest = scope.claim(&[words("extra"), words("extra members")]).ident;
    let null_setters = object.members.iter().map(|member| {
        let wish = [words(&member.name), words("null")].concat();
        scope.claim(&[wish]).ident
    });
    Parts {
        null_setters: null_setters.collect(),
        idents: named,
        rest,
    }
}

fn values(enumeration: &Enum) -> Parts {
    let mut scope = Scope::with_reserved(Style::Pascal, []);
    let wish = |value: &crate::ir::EnumValue| match (&value.name, &value.value) {
        (Some(name), _) => words(name),
        (None, serde_json::Value::String(text)) => words(text),
        (None, serde_json::Value::Number(number)) if number.as_i64().is_some_and(|n| n < 0) => {
            words(&format!(
                "minus {}",
                number.to_string().trim_start_matches('-')
            ))
        }
        (None, number) => words(&format!("value {number}")),
    };
    let idents = enumeration
        .values
        .iter()
        .map(|value| scope.claim(&[wish(value)]).ident)
        .collect();
    let rest = scope.claim(&[words("other"), words("unknown")]).ident;
    Parts {
        idents,
        rest,
        null_setters: Vec::new(),
    }
}

/// Variants of a union, named after what they hold; `type_words` gives the words of a declared type.
pub fn variants(
    union: &Union,
    owner: &[String],
    type_words: &dyn Fn(crate::ir::TypeId) -> Words,
) -> Parts {
    let mut scope = Scope::new(Style::Pascal);
    let mut idents = Vec::new();
    for branch in &union.branches {
        let mut wish = branch_words(branch, type_words);
        // `CallSourceCard` in `CallSource` is `Card`.
        if wish.len() > owner.len() && wish.starts_with(owner) {
            wish.drain(..owner.len());
        }
        idents.push(scope.claim(&[wish]).ident);
    }
    let rest = scope.claim(&[words("unknown"), words("other")]).ident;
    Parts {
        idents,
        rest,
        null_setters: Vec::new(),
    }
}

fn branch_words(branch: &Branch, type_words: &dyn Fn(crate::ir::TypeId) -> Words) -> Words {
    fn of(schema: &Schema, type_words: &dyn Fn(crate::ir::TypeId) -> Words) -> Words {
        match &schema.kind {
            SchemaKind::Any => words("any"),
            SchemaKind::Boolean => words("boolean"),
            SchemaKind::Integer(_) => words("integer"),
            SchemaKind::Number(_) => words("number"),
            SchemaKind::String(StringFormat::Date) => words("date"),
            SchemaKind::String(StringFormat::DateTime) => words("date time"),
            SchemaKind::String(StringFormat::Uuid) => words("uuid"),
            SchemaKind::String(_) => words("string"),
            SchemaKind::Array(inner) => [of(inner, type_words), words("list")].concat(),
            SchemaKind::Tuple(_) => words("tuple"),
            SchemaKind::Map(inner) => [of(inner, type_words), words("map")].concat(),
            SchemaKind::Declared(id) => type_words(*id),
            SchemaKind::Envelope(_, inner) => of(inner, type_words),
        }
    }
    of(&branch.schema, type_words)
}
