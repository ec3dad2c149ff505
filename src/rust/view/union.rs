//! Unions: a variant a branch, and one that keeps what fits none.

use super::docs::{Text, notes};
use crate::ir::{Branch, SchemaKind, Shape, TypeId, Union};
use crate::rust::{Plan, Scope, layout, literal};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct UnionView {
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub ident: String,
    pub variants: Vec<VariantView>,
    /// Heads of `impl` blocks, laid out, up to their `{`.
    pub serialize_head: String,
    pub deserialize_head: String,
    /// The variant that keeps what fits no branch.
    pub rest: String,
    /// The literal of the tag's name; `None` where the branches are tried in order.
    pub tag: Option<String>,
    /// Arms of the match over the tag's value, laid out.
    pub tag_arms: Vec<String>,
    /// Whole statements, each trying one branch.
    pub tries: Vec<String>,
    /// Arms that write each variant's value.
    pub write_arms: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct VariantView {
    pub docs: Vec<String>,
    pub ident: String,
    pub ty: String,
    /// The type without its `Box`, for the `From` impl; `None` where two branches hold the same type.
    pub from: Option<String>,
    pub from_head: String,
    pub from_value: String,
    /// `Ident(Type),`, laid out.
    pub line: String,
}

pub fn view(plan: Plan<'_>, id: TypeId, union: &Union, scope: &Scope<'_>) -> UnionView {
    let def = plan.api.ty(id);
    let names = plan.names.ty(id);
    let bare: Vec<String> = union
        .branches
        .iter()
        .map(|branch| plan.ty(&branch.schema, scope))
        .collect();
    let concrete: Vec<String> = union
        .branches
        .iter()
        .map(|branch| plan.concrete(&branch.schema))
        .collect();
    let variants =
        union
            .branches
            .iter()
            .zip(&names.parts)
            .enumerate()
            .map(|(index, (branch, ident))| {
                let boxed = is_boxed(plan, branch);
                let unique = concrete
                    .iter()
                    .filter(|other| **other == concrete[index])
                    .count()
                    == 1
                    && concrete[index] != "serde_json::Value";
                let about = notes("", "", &branch.schema, false);
                let text = Text::new().paragraph(&match branch.tags.is_empty() {
                    true => format!("Holds {}.", article(&bare[index])),
                    false => tagged(union, branch),
                });
                let ty = if boxed {
                    format!("Box<{}>", bare[index])
                } else {
                    bare[index].clone()
                };
                VariantView {
                    line: layout::variant("    ", ident, &ty),
                    from_head: layout::impl_head(
                        "impl",
                        &format!("From<{}>", bare[index]),
                        &names.ident,
                    ),
                    docs: text.paragraph(&about).finish(),
                    ident: ident.clone(),
                    ty,
                    from: unique.then(|| bare[index].clone()),
                    from_value: if boxed { "Box::new(value)" } else { "value" }.to_owned(),
                }
            });
    let arm = "            ";
    UnionView {
        docs: Text::new()
            .prose_or(&def.docs, "One of several types.")
            .paragraph("What fits none of them is kept as raw JSON.")
            .finish(),
        deprecated: def.deprecated,
        ident: names.ident.clone(),
        serialize_head: layout::impl_head("impl", "Serialize", &names.ident),
        deserialize_head: layout::impl_head("impl<'de>", "Deserialize<'de>", &names.ident),
        variants: variants.collect(),
        rest: names.rest.clone(),
        tag: union.tag.as_deref().map(literal::string),
        tag_arms: union
            .branches
            .iter()
            .zip(&names.parts)
            .flat_map(|(branch, ident)| {
                let body = format!(
                    "branches.must_fit({}).map(Self::{ident})",
                    literal::string(ident)
                );
                let patterns: Vec<String> = branch
                    .tags
                    .iter()
                    .map(|tag| format!("Some({})", literal::string(tag)))
                    .collect();
                patterns
                    .into_iter()
                    .map(move |pattern| layout::arm(arm, &pattern, &body))
            })
            .collect(),
        tries: names
            .parts
            .iter()
            .map(|ident| {
                let head = format!(
                    "if let Some(value) = branches.fit({}) {{",
                    literal::string(ident.get(..48).unwrap_or(ident))
                );
                let found = format!("Ok(Self::{ident}(value))");
                let found = layout::expression("            ", "return ", &found, ";");
                format!("        {head}\n{found}\n        }}")
            })
            .collect(),
        write_arms: names
            .parts
            .iter()
            .chain([&names.rest])
            .map(|ident| {
                layout::arm(
                    arm,
                    &format!("Self::{ident}(value)"),
                    "value.serialize(serializer)",
                )
            })
            .collect(),
    }
}

/// Objects and unions are held in a box, so that the size of the enum does not change with them.
pub fn is_boxed(plan: Plan<'_>, branch: &Branch) -> bool {
    let declared = plan.def(&branch.schema);
    let large =
        declared.is_some_and(|(_, def)| matches!(def.shape, Shape::Object(_) | Shape::Union(_)));
    large && !branch.schema.nullable && matches!(branch.schema.kind, SchemaKind::Declared(_))
        || branch.indirect
}

fn tagged(union: &Union, branch: &Branch) -> String {
    let values: Vec<String> = branch
        .tags
        .iter()
        .map(|tag| crate::ir::describe::json(&tag.as_str().into()))
        .collect();
    let tag = crate::ir::describe::code(union.tag.as_deref().unwrap_or_default());
    format!("When {tag} is {}.", values.join(" or "))
}

fn article(ty: &str) -> String {
    let link = ty.chars().all(char::is_alphanumeric) && ty.starts_with(char::is_uppercase);
    if link && ty != "String" {
        format!("a [`{ty}`]")
    } else {
        format!("a `{ty}`")
    }
}
