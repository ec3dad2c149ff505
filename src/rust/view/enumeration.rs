//! Open enums: the listed values, and one variant that keeps every other value as it came.

use super::docs::Text;
use crate::describe;
use crate::ir::{Docs, Enum, EnumKind, EnumValue, TypeId};
use crate::rust::{Plan, literal};
use serde::Serialize;
use serde_json::Value as Json;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EnumView {
    pub docs: Vec<String>,
    pub deprecated: bool,
    /// The runtime's macro that declares it.
    pub macro_name: &'static str,
    pub ident: String,
    pub variants: Vec<Variant>,
    /// The variant of every other value, and what it holds.
    pub rest: String,
    pub rest_type: &'static str,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Variant {
    /// Of all variants, or of none: then the macro writes them from the values.
    pub docs: Vec<String>,
    pub ident: String,
    pub literal: String,
}

pub fn view(plan: Plan<'_>, id: TypeId, shape: &Enum) -> EnumView {
    let def = plan.api.ty(id);
    let names = plan.names.ty(id);
    let (macro_name, rest_type) = match shape.kind {
        EnumKind::String => ("text_enum", "String"),
        EnumKind::Integer => ("integer_enum", "i64"),
        EnumKind::Scalar => ("value_enum", "serde_json::Value"),
    };
    let documented = !shape.values.iter().all(says_itself);
    let variants = shape.values.iter().zip(&names.parts).map(|(value, ident)| {
        let docs = match documented {
            true => docs(value),
            false => Vec::new(),
        };
        let literal = match &value.value {
            Json::String(text) => literal::string(text),
            // Without a suffix the compiler takes an integer for one of 32 bits.
            Json::Number(number) if number.as_i64().is_some_and(is_long) => match shape.kind {
                EnumKind::Scalar => format!("{number}_i64"),
                _ => number.to_string(),
            },
            other => other.to_string(),
        };
        Variant {
            docs,
            ident: ident.clone(),
            literal,
        }
    });
    EnumView {
        docs: Text::new()
            .prose_or(&def.docs, "One of several values.")
            .finish(),
        deprecated: def.deprecated,
        macro_name,
        ident: names.ident.clone(),
        variants: variants.collect(),
        rest: names.rest.clone(),
        rest_type,
    }
}

/// Whether a value's docs are the value and nothing else, in a code span as it is.
fn says_itself(value: &EnumValue) -> bool {
    let plain = |text: &str| !text.contains(|c: char| c == '`' || c == '\\' || c.is_control());
    let short = |number: i64| !is_long(number);
    value.description.is_none()
        && value.value.as_str().is_none_or(plain)
        && value.value.as_i64().is_none_or(short)
}

fn is_long(number: i64) -> bool {
    i32::try_from(number).is_err()
}

fn docs(value: &EnumValue) -> Vec<String> {
    let wire = format!("{} on the wire.", describe::json(&value.value));
    let docs = Docs {
        description: value.description.clone(),
        ..Docs::default()
    };
    Text::new().prose(&docs).paragraph(&wire).finish()
}
