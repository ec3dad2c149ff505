//! Variants of unions and the code that reads and writes them.

use super::Plan;
use crate::ir::{Branch, BranchTest, JsonKind, SchemaKind, Union};
use crate::rust::{Expr, Ty};

impl<'a> Plan<'a> {
    /// Returns whether a variant boxes its value: because it closes a cycle of types, or because it is
    /// large.
    pub fn is_boxed_branch(self, branch: &Branch) -> bool {
        branch.indirect || self.is_large(&branch.schema)
    }

    /// Returns for each branch whether the union has a `From` of the branch's type.
    pub fn conversions(self, union: &Union) -> Vec<bool> {
        let branches = union.branches.iter();
        let types: Vec<Ty<'_>> = branches
            .map(|branch| self.concrete(&branch.schema))
            .collect();
        // Two branches of one type, or a branch of any JSON, would have overlapping implementations.
        let is_own = |ty: &Ty<'_>| {
            let is_only = types.iter().filter(|other| *other == ty).count() == 1;
            is_only && ![Ty::VALUE, Ty::UNIT].contains(ty)
        };
        types.iter().map(is_own).collect()
    }

    /// Returns the type in a variant.
    pub fn branch_ty(self, branch: &Branch) -> Ty<'a> {
        let ty = self.ty(&branch.schema);
        match self.is_boxed_branch(branch) {
            true => ty.boxed(),
            false => ty,
        }
    }
}

/// Returns the module of the runtime that reads and writes a union.
pub fn module(union: &Union) -> &'static str {
    if union.exact { "digits" } else { "union" }
}

/// How the value of a variant is read and written.
pub enum VariantKind {
    /// The variant has no value: it is always this text.
    Constant(String),
    /// A call with the name of two methods of the runtime, which read and write the value: `plain(Card)`.
    Held(Expr),
}

impl Plan<'_> {
    pub fn variant_kind(self, union: &Union, branch: &Branch, ident: &str) -> VariantKind {
        if let SchemaKind::Constant(only) = &branch.schema.kind {
            return VariantKind::Constant(tag_text(&only.value));
        }
        let variant = Expr::variable(ident.to_owned());
        let tag = branch.tags.first();
        // The value may lack the tag.
        if let Some(tag) = tag.filter(|_| branch.writes_tag && union.tag.is_some()) {
            let kind = if union.exact {
                "tagged_digits"
            } else {
                "tagged"
            };
            let text = Expr::string(&tag_text(tag));
            return VariantKind::Held(Expr::call(kind, [variant, text]));
        }
        // If the union has both, `5.0` decodes as a number rather than as an integer.
        let mut tests = union.tests.iter();
        let has_numbers = tests.any(|test| test.kind == JsonKind::Number);
        let is_integer = !has_numbers && self.api.holds_integers(&branch.schema);
        let kind = if is_integer { "integer" } else { "plain" };
        VariantKind::Held(Expr::call(kind, [variant]))
    }
}

/// Returns the description of the values that a branch matches: `union::object(0, "Cat").tags(&["cat"])`.
pub fn test_row(test: &BranchTest, ident: &str) -> Expr {
    let kind = match test.kind {
        JsonKind::Boolean => "boolean",
        JsonKind::Integer => "integer",
        JsonKind::Number => "number",
        JsonKind::String => "text",
        JsonKind::Array => "list",
        JsonKind::Object => "object",
        JsonKind::Any => "any",
    };
    // The name appears only in error messages, where a prefix is enough.
    let name = Expr::string(ident.get(..48).unwrap_or(ident));
    let function = format!("union::{kind}");
    let mut row = Expr::call(function, [Expr::literal(test.branch), name]);
    if !test.tags.is_empty() {
        row = row.method("tags", [Expr::strings(test.tags.iter().map(tag_text))]);
    }
    if test.tag_optional {
        row = row.method("or_none", []);
    }
    if !test.requires.is_empty() {
        row = row.method("requires", [Expr::strings(&test.requires)]);
    }
    if !test.prefers.is_empty() {
        row = row.method("prefers", [Expr::strings(&test.prefers)]);
    }
    if !test.expects.is_empty() {
        let method = if test.expects_one {
            "expects_one"
        } else {
            "expects"
        };
        row = row.method(method, [Expr::strings(&test.expects)]);
    }
    row
}

/// Returns a tag as text, without the quotes of a JSON string.
fn tag_text(tag: &serde_json::Value) -> String {
    tag.as_str().map_or_else(|| tag.to_string(), str::to_owned)
}
