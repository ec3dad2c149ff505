//! Open enums: the listed values, and a variant for every other value.

use super::docs::Text;
use super::first_use;
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
    /// The configured traits, if there are any.
    pub derives: String,
    /// The runtime's macro that declares the enum.
    pub macro_name: &'static str,
    pub ident: String,
    pub variants: Vec<EnumVariant>,
    /// The variant for unknown values, and the type of its value.
    pub rest: String,
    pub rest_type: &'static str,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EnumVariant {
    /// The docs of all variants, or empty: then the macro documents each variant with its value.
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
    let documented = !shape.values.iter().all(is_documented_by_value);
    let variants = shape.values.iter().zip(&names.parts).map(|(value, ident)| {
        let docs = match documented {
            true => docs(value),
            false => Vec::new(),
        };
        let literal = match &value.value {
            Json::String(text) => literal::string(text),
            // Without a suffix, rustc infers `i32`.
            Json::Number(number) if number.as_i64().is_some_and(is_long) => match shape.kind {
                EnumKind::Scalar => format!("{number}_i64"),
                _ => number.to_string(),
            },
            other => other.to_string(),
        };
        EnumVariant {
            docs,
            ident: ident.clone(),
            literal,
        }
    });
    EnumView {
        docs: Text::new()
            .about(&names.ident, &def.docs, &first_use::sentence(plan, def))
            .finish(),
        deprecated: def.deprecated,
        derives: plan.enum_derives(id).join(", "),
        macro_name,
        ident: names.ident.clone(),
        variants: variants.collect(),
        rest: names.rest.clone(),
        rest_type,
    }
}

/// Returns whether a value's docs are only the value in a code span.
fn is_documented_by_value(value: &EnumValue) -> bool {
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
