//! Unions: a variant a branch, and one that keeps what fits none.

use super::docs::{Text, notes};
use crate::ir::{Branch, SchemaKind, Shape, TypeId, Union};
use crate::rust::names::TypeNames;
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
    let maker = Maker {
        plan,
        union,
        names,
        scope,
    };
    UnionView {
        docs: Text::new()
            .prose_or(&def.docs, "One of several types.")
            .paragraph(&super::docs::limits(def))
            .paragraph("What fits none of them is kept as raw JSON.")
            .finish(),
        deprecated: def.deprecated,
        ident: names.ident.clone(),
        serialize_head: layout::impl_head("impl", "Serialize", &names.ident),
        deserialize_head: layout::impl_head("impl<'de>", "Deserialize<'de>", &names.ident),
        variants: maker.variants(),
        rest: names.rest.clone(),
        tag: union.tag.as_deref().map(literal::string),
        tag_arms: maker
            .branches()
            .flat_map(|(branch, ident)| tag_arms(branch, ident))
            .collect(),
        tries: names.parts.iter().map(|ident| attempt(ident)).collect(),
        write_arms: names
            .parts
            .iter()
            .chain([&names.rest])
            .map(|ident| write_arm(ident))
            .collect(),
    }
}

struct Maker<'a> {
    plan: Plan<'a>,
    union: &'a Union,
    names: &'a TypeNames,
    scope: &'a Scope<'a>,
}

impl<'a> Maker<'a> {
    fn branches(&self) -> impl Iterator<Item = (&'a Branch, &'a String)> {
        self.union.branches.iter().zip(&self.names.parts)
    }

    fn variants(&self) -> Vec<VariantView> {
        let concrete: Vec<String> = self
            .branches()
            .map(|(branch, _)| self.plan.concrete(&branch.schema))
            .collect();
        // Two branches of one type, or a branch of any JSON, would make two conversions from it.
        let is_own = |ty: &String| {
            concrete.iter().filter(|other| *other == ty).count() == 1 && ty != "serde_json::Value"
        };
        self.branches()
            .zip(&concrete)
            .map(|((branch, ident), concrete)| self.variant(branch, ident, is_own(concrete)))
            .collect()
    }

    fn variant(&self, branch: &Branch, ident: &str, converts: bool) -> VariantView {
        let bare = self.plan.ty(&branch.schema, self.scope);
        let what = match branch.tags.is_empty() {
            true => format!("Holds {}.", article(&bare)),
            false => tagged(self.union, branch),
        };
        let text = Text::new().paragraph(&what);
        let boxed = is_boxed(self.plan, branch);
        let ty = if boxed {
            format!("Box<{bare}>")
        } else {
            bare.clone()
        };
        let from = format!("From<{bare}>");
        VariantView {
            line: layout::variant("    ", ident, &ty),
            from_head: layout::impl_head("impl", &from, &self.names.ident),
            docs: text
                .paragraph(&notes("", "", &branch.schema, false))
                .finish(),
            ident: ident.to_owned(),
            from: converts.then_some(bare),
            from_value: if boxed { "Box::new(value)" } else { "value" }.to_owned(),
        }
    }
}

/// Arms are two blocks and a function deep.
const ARM: &str = "            ";

fn tag_arms(branch: &Branch, ident: &str) -> Vec<String> {
    let body = format!(
        "branches.must_fit({}).map(Self::{ident})",
        literal::string(ident)
    );
    let arm = |tag: &String| layout::arm(ARM, &format!("Some({})", literal::string(tag)), &body);
    branch.tags.iter().map(arm).collect()
}

/// The statement that tries one branch. The name is for an error's text, which a part of it serves.
fn attempt(ident: &str) -> String {
    let name = literal::string(ident.get(..48).unwrap_or(ident));
    let found = layout::expression(ARM, "return ", &format!("Ok(Self::{ident}(value))"), ";");
    format!("        if let Some(value) = branches.fit({name}) {{\n{found}\n        }}")
}

fn write_arm(ident: &str) -> String {
    layout::arm(
        ARM,
        &format!("Self::{ident}(value)"),
        "value.serialize(serializer)",
    )
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
