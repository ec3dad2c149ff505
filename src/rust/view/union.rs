//! Unions: a variant for each branch, and a variant for a value that matches none.

use super::docs::Text;
use super::first_use;
use crate::describe;
use crate::ir::{Branch, Extra, JsonKind, SchemaKind, Shape, TypeId, Union};
use crate::rust::code::TypeCode;
use crate::rust::names::TypeNames;
use crate::rust::plan::union::{module, test_row, write_arm, write_plain};
use crate::rust::{Expr, Plan, Scope, Ty, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UnionView {
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub derives: String,
    pub ident: String,
    pub variants: Vec<VariantView>,
    /// Heads of `impl` blocks, laid out, up to their `{`.
    pub serialize_head: String,
    pub deserialize_head: String,
    /// The module of the runtime that reads and writes the union.
    pub module: &'static str,
    pub blank_head: String,
    /// The variant for a value that matches no branch.
    pub rest: String,
    pub union_head: String,
    /// The constant with the tag's name; `None` without tagged branches.
    pub tag: Option<String>,
    /// The constant that describes the values of each branch.
    pub tells: String,
    /// The index of the default branch.
    pub default: Option<String>,
    /// Arms that read each variant's value.
    pub read_arms: Vec<String>,
    /// Arms that write each variant's value.
    pub write_arms: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VariantView {
    pub docs: Vec<String>,
    pub ident: String,
    /// The head of the function `from`, which takes the type without its `Box`; `None` if two branches
    /// have the same type.
    pub from: Option<String>,
    pub from_head: String,
    pub from_value: String,
    /// The head of `impl From<&str>`, if the variant holds text.
    pub from_text_head: Option<String>,
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
        serialize_head: layout::impl_head("impl", &TypeCode::name("Serialize"), &names.ident),
        deserialize_head: layout::impl_head("impl<'de>", &TypeCode::generic("Deserialize", [TypeCode::name("'de")]), &names.ident),
        module: module(union),
        blank_head: layout::impl_head("impl", &TypeCode::name("json::Blank"), &names.ident),
        variants: maker.variants(),
        rest: names.rest.clone(),
        union_head: layout::impl_head("impl", &TypeCode::name("union::Union"), &names.ident),
        tag: maker.tag(),
        tells: maker.tells(),
        default: union.default.map(|index| index.to_string()),
        read_arms: maker.read_arms(),
        write_arms: maker.write_arms(),
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
                from: None,
                from_head: String::new(),
                from_value: String::new(),
                from_text_head: None,
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
        let boxed = self.plan.is_boxed_branch(branch);
        let ty = self.scope.ty(&self.plan.branch_ty(branch));
        let from = |ty: TypeCode| TypeCode::generic("From", [ty]);
        VariantView {
            line: layout::variant("    ", ident, &ty),
            from_head: layout::impl_head("impl", &from(bare.clone()), &self.names.ident),
            docs: text
                .paragraph(&describe::notes("", "", &branch.schema, false))
                .finish(),
            ident: ident.to_owned(),
            from_text_head: (converts && self.plan.concrete(&branch.schema) == Ty::STRING).then(
                || layout::impl_head("impl", &from(TypeCode::name("&str")), &self.names.ident),
            ),
            from: converts.then(|| layout::from(&bare)),
            from_value: if boxed { "Box::new(value)" } else { "value" }.to_owned(),
        }
    }
}

/// The indent of an arm: two blocks inside a function.
const ARM: &str = "            ";

impl Maker<'_> {
    fn tag(&self) -> Option<String> {
        let has_tags = self.union.tests.iter().any(|test| !test.tags.is_empty());
        let tag = self.union.tag.as_deref().filter(|_| has_tags)?;
        let head = "const TAG: &'static str";
        Some(layout::constant("    ", head, tag))
    }

    fn tells(&self) -> String {
        let tells = self.union.tests.iter();
        let rows = tells.map(|test| test_row(test, &self.names.parts[test.branch]));
        let rows = Expr::slice(rows.collect::<Vec<_>>());
        layout::assignment("    ", "const BRANCHES: &'static [union::Branch]", &rows)
    }

    fn read_arms(&self) -> Vec<String> {
        // If the union has both, `5.0` decodes as a number rather than as an integer.
        let has_numbers = self
            .union
            .tests
            .iter()
            .any(|test| test.kind == JsonKind::Number);
        let read = |function: &'static str, variant: Expr| {
            Expr::call(function, [Expr::variable("from")]).method("map", [variant])
        };
        let arm = |(index, (branch, ident)): (usize, (&Branch, &String))| {
            let variant = own_variant(ident);
            let body = if branch.is_constant() {
                read("union::pass", Expr::closure("()", variant))
            } else if !has_numbers && self.plan.api.holds_integers(&branch.schema) {
                read("union::lenient_integer", variant)
            } else {
                read("Deserialize::deserialize", variant)
            };
            layout::arm(ARM, &index.to_string(), &body)
        };
        let rest = read("Deserialize::deserialize", own_variant(&self.names.rest));
        let rest = layout::arm(ARM, "_", &rest);
        self.branches().enumerate().map(arm).chain([rest]).collect()
    }

    fn write_arms(&self) -> Vec<String> {
        let print = |(pattern, body): (String, Expr)| layout::arm(ARM, &pattern, &body);
        let arms = self.branches();
        let arms = arms.map(|(branch, ident)| write_arm(self.union, branch, ident));
        let rest = (format!("Self::{}(value)", self.names.rest), write_plain());
        arms.chain([rest]).map(print).collect()
    }
}

/// Returns `Self::` with this variant.
fn own_variant(ident: &str) -> Expr {
    Expr::item("Self", ident.to_owned())
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
