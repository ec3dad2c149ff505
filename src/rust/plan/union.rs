//! What the variants of unions hold.

use super::Plan;
use crate::ir::{Branch, BranchTest, JsonKind, SchemaKind, Union};
use crate::rust::{Expr, Ty};

impl<'a> Plan<'a> {
    /// Whether a variant holds its value in a box: where it closes a cycle of types, and where it is large.
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

    /// The type that a variant holds.
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

/// Returns the arm that writes the value of a branch: its pattern and its body.
pub fn write_arm(union: &Union, branch: &Branch, ident: &str) -> (String, Expr) {
    let serializer = Expr::variable("serializer");
    if let SchemaKind::Constant(only) = &branch.schema.kind {
        let text = Expr::string(&spelled(&only.value));
        let body = serializer.method("serialize_str", [text]);
        return (format!("Self::{ident}"), body);
    }
    let body = match (&union.tag, branch.tags.first()) {
        (Some(tag), Some(value)) if branch.writes_tag => {
            let (tag, text) = (Expr::string(tag), Expr::string(&spelled(value)));
            let function = format!("{}::write", module(union));
            Expr::call(function, [serializer, tag, text, Expr::variable("value")])
        }
        _ => write_plain(),
    };
    (format!("Self::{ident}(value)"), body)
}

/// Returns the expression that writes a value without a tag.
pub fn write_plain() -> Expr {
    let serializer = Expr::variable("serializer");
    Expr::variable("value").method("serialize", [serializer])
}

/// What one branch takes: `union::object(0, "Cat").tags(&["cat"])`.
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
    // The name is for an error's text, which a part of it serves.
    let name = Expr::string(ident.get(..48).unwrap_or(ident));
    let function = format!("union::{kind}");
    let mut row = Expr::call(function, [Expr::literal(test.branch), name]);
    if !test.tags.is_empty() {
        row = row.method("tags", [Expr::strings(test.tags.iter().map(spelled))]);
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

/// A tag as text: a string without its quotes.
fn spelled(tag: &serde_json::Value) -> String {
    tag.as_str().map_or_else(|| tag.to_string(), str::to_owned)
}
