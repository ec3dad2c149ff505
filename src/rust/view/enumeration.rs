//! Open enums: the listed values, and one variant that keeps every other value as it came.

use super::docs::Text;
use crate::ir::{Enum, EnumKind, TypeId, describe};
use crate::rust::{Plan, layout, literal};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct EnumView {
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub ident: String,
    pub variants: Vec<Variant>,
    /// Heads of `impl` blocks, laid out, up to their `{`.
    pub from_str_head: String,
    pub from_string_head: String,
    pub from_number_head: String,
    pub display_head: String,
    pub serialize_head: String,
    pub deserialize_head: String,
    /// The variant of every other value.
    pub rest: String,
    /// Strings; else integers.
    pub is_text: bool,
    pub arms_to_value: Vec<String>,
    pub arms_from_value: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct Variant {
    pub docs: Vec<String>,
    pub ident: String,
}

pub fn view(plan: Plan<'_>, id: TypeId, shape: &Enum) -> EnumView {
    let def = plan.api.ty(id);
    let names = plan.names.ty(id);
    let literals: Vec<String> = shape
        .values
        .iter()
        .map(|value| match &value.value {
            serde_json::Value::String(text) => literal::string(text),
            other => other.to_string(),
        })
        .collect();
    let variants = shape.values.iter().zip(&names.parts).map(|(value, ident)| {
        let wire = format!("{} on the wire.", describe::json(&value.value));
        let docs = crate::ir::Docs {
            description: value.description.clone(),
            ..Default::default()
        };
        Variant {
            docs: Text::new().prose(&docs).paragraph(&wire).finish(),
            ident: ident.clone(),
        }
    });
    let indent = "            ";
    let arms = || names.parts.iter().zip(&literals);
    let own = |ident: &String| format!("Self::{ident}");
    EnumView {
        docs: Text::new()
            .prose_or(&def.docs, "One of several values.")
            .paragraph("A value that is not listed here is kept, and sent as it came.")
            .finish(),
        deprecated: def.deprecated,
        ident: names.ident.clone(),
        from_str_head: layout::impl_head("impl", "From<&str>", &names.ident),
        from_string_head: layout::impl_head("impl", "From<String>", &names.ident),
        from_number_head: layout::impl_head("impl", "From<i64>", &names.ident),
        display_head: layout::impl_head("impl", "fmt::Display", &names.ident),
        serialize_head: layout::impl_head("impl", "Serialize", &names.ident),
        deserialize_head: layout::impl_head("impl<'de>", "Deserialize<'de>", &names.ident),
        variants: variants.collect(),
        rest: names.rest.clone(),
        is_text: shape.kind == EnumKind::String,
        arms_to_value: arms()
            .map(|(ident, text)| layout::arm(indent, &own(ident), text))
            .collect(),
        arms_from_value: arms()
            .map(|(ident, text)| layout::arm(indent, text, &own(ident)))
            .collect(),
    }
}
