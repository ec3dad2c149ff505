//! Unions: a variant for each branch, and a variant for a value that matches none.

use super::docs::Text;
use super::first_use;
use crate::describe;
use crate::ir::{Branch, Extra, SchemaKind, Shape, TypeId, Union};
use crate::rust::code::TypeCode;
use crate::rust::names::TypeNames;
use crate::rust::plan::union::{VariantKind, module, test_row};
use crate::rust::{Expr, Plan, Scope, Ty, layout, literal};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UnionView {
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub derives: String,
    pub ident: String,
    pub variants: Vec<VariantView>,
    /// The module of the runtime that reads the union.
    pub module: &'static str,
    /// The variant for a value that matches no branch.
    pub rest: String,
    /// A Rust literal: the tag's name; `None` without tagged branches.
    pub tag: Option<String>,
    /// What describes the values of each branch, laid out.
    pub branches: String,
    /// The index of the default branch.
    pub default: Option<String>,
    /// How the value of each variant is decoded and encoded.
    pub rows: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VariantView {
    pub docs: Vec<String>,
    pub ident: String,
    /// The types from which the variant is made.
    pub from: Vec<String>,
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
            .about(&names.ident, &def.docs, &first_use::sentence(plan, def))
            .paragraph(&describe::limits(def))
            .paragraph(
                "A value that matches no variant by its JSON type, tag and required properties is kept as raw JSON. \
                 A value that matches a variant but cannot be decoded as that variant is an error.",
            )
            .finish(),
        deprecated: def.deprecated,
        derives: plan.derives(id).join(", "),
        ident: names.ident.clone(),
        module: module(union),
        variants: maker.variants(),
        rest: names.rest.clone(),
        tag: maker.tag(),
        branches: maker.tests(),
        default: union.default.map(|index| index.to_string()),
        rows: maker.rows(),
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
        self.branches()
            .zip(self.plan.conversions(self.union))
            .map(|((branch, ident), converts)| self.variant(branch, ident, converts))
            .collect()
    }

    /// Documents the tag values that select a branch. If several values do and no field holds the tag, the
    /// text also says where the caller sets it.
    fn tagged(&self, branch: &Branch) -> String {
        let values: Vec<String> = branch.tags.iter().map(crate::describe::json).collect();
        let tag = self.union.tag.as_deref().unwrap_or_default();
        let has_choice = values.len() > 1;
        let chosen = match self.plan.api.def(&branch.schema).filter(|_| has_choice) {
            Some((id, def)) => match &def.shape {
                Shape::Object(object)
                    if matches!(object.extra, Extra::Open)
                        && object.members.iter().all(|member| member.name != tag) =>
                {
                    format!(" Set it in `{}`.", self.plan.names.ty(id).rest)
                }
                _ => String::new(),
            },
            None => String::new(),
        };
        let tag = crate::describe::code(tag);
        format!("When {tag} is {}.{chosen}", values.join(" or "))
    }

    fn variant(&self, branch: &Branch, ident: &str, converts: bool) -> VariantView {
        if let SchemaKind::Constant(only) = &branch.schema.kind {
            let value = crate::describe::json(&only.value);
            let docs = Text::new().paragraph(only.description.as_deref().unwrap_or_default());
            return VariantView {
                docs: docs.paragraph(&format!("{value} on the wire.")).finish(),
                ident: ident.to_owned(),
                from: Vec::new(),
                line: format!("    {ident},"),
            };
        }
        let held = self.plan.ty(&branch.schema);
        let bare = self.scope.ty(&held);
        let what = match branch.tags.is_empty() {
            true => format!("A value of type {}.", type_link(&held, &bare)),
            false => self.tagged(branch),
        };
        let text = Text::new().paragraph(&what);
        let mut from = Vec::new();
        if converts {
            from.push(bare.to_string());
            if self.plan.concrete(&branch.schema) == Ty::STRING {
                from.push("&str".to_owned());
            }
        }
        let ty = self.scope.ty(&self.plan.branch_ty(branch));
        VariantView {
            line: layout::variant("    ", ident, &ty),
            docs: text
                .paragraph(&describe::notes("", "", &branch.schema, false))
                .finish(),
            ident: ident.to_owned(),
            from,
        }
    }
}

impl Maker<'_> {
    fn tag(&self) -> Option<String> {
        let has_tags = self.union.tests.iter().any(|test| !test.tags.is_empty());
        let tag = self.union.tag.as_deref().filter(|_| has_tags)?;
        Some(literal::string(tag))
    }

    fn tests(&self) -> String {
        let tests = self.union.tests.iter();
        let rows = tests.map(|test| test_row(test, &self.names.parts[test.branch]));
        layout::field_value("    ", "branches", &Expr::slice(rows.collect::<Vec<_>>()))
    }

    /// Returns a row for each variant: first those of variants without a value.
    fn rows(&self) -> Vec<String> {
        let (mut constants, mut values) = (Vec::new(), Vec::new());
        for (index, (branch, ident)) in self.branches().enumerate() {
            match self.plan.variant_kind(self.union, branch, ident) {
                VariantKind::Constant(text) => {
                    let text = literal::string(&text);
                    constants.push(format!("const {index} => {ident} = {text}"));
                }
                VariantKind::Held(kind) => values.push(format!("{index} => {kind}")),
            }
        }
        constants.extend(values);
        constants
    }
}

/// Returns a type as code, with a link if rustdoc can resolve one.
fn type_link(ty: &Ty<'_>, printed: &TypeCode) -> String {
    let is_link = |ident: &str| {
        ident.chars().all(char::is_alphanumeric) && ident.starts_with(char::is_uppercase)
    };
    match ty {
        Ty::Declared { ident, .. } if is_link(ident) => format!("[`{ident}`]"),
        _ => format!("`{printed}`"),
    }
}
