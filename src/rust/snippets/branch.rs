//! Values of unions as examples: what converts into the union, or its variant.

use super::value::ExampleWriter;
use crate::example::validate::{self, Direction};
use crate::ir::{Branch, IntegerFormat, NumberFormat, Schema, SchemaKind, Shape, TypeId, Union};
use crate::rust::{Expr, Ty};
use serde_json::Value as Json;
use std::borrow::Cow;

/// The branch of a union that a value is written as.
#[derive(Clone, Copy)]
pub struct Chosen<'a> {
    union: &'a Union,
    pub index: usize,
}

impl<'a> ExampleWriter<'a> {
    /// Returns the branch whose value converts into the union of a schema; `None` if the schema is not a
    /// union, or if the compiler could not tell which branch the expression means.
    pub fn chosen(&self, schema: &Schema, value: &Json) -> Option<Chosen<'a>> {
        let SchemaKind::Declared(id) = self.plan.api.resolved(schema) else {
            return None;
        };
        let Shape::Union(union) = &self.plan.api.ty(*id).shape else {
            return None;
        };
        let index = self.fitting(union, value)?;
        self.is_inferred(union, index, value)
            .then_some(Chosen { union, index })
    }

    /// The value that converts into the union.
    pub fn branch(&mut self, chosen: Chosen<'_>, value: &Json) -> Expr {
        let branch = &chosen.union.branches[chosen.index];
        let value = content(chosen.union, branch, value);
        match value.as_str() {
            Some(text) if self.is_text(&branch.schema) => Expr::string(text),
            _ => self.owned(&branch.schema, &value),
        }
    }

    /// An expression of the union's type: `Union::from(value)`, or a variant where nothing converts.
    pub fn union(&mut self, id: TypeId, union: &Union, value: &Json) -> Option<Expr> {
        let index = self.fitting(union, value)?;
        if self.is_inferred(union, index, value) {
            let inner = self.branch(Chosen { union, index }, value);
            let (ty, _) = self.variant(id, index);
            return Some(Expr::call(format!("{ty}::from"), [inner]));
        }
        let branch = &union.branches[index];
        let (ty, variant) = self.variant(id, index);
        if branch.is_constant() {
            return Some(Expr::item(ty, variant));
        }
        let inner = self.owned(&branch.schema, &content(union, branch, value));
        let inner = match self.plan.is_boxed_branch(branch) {
            true => Expr::boxed(inner),
            false => inner,
        };
        Some(Expr::call(format!("{ty}::{variant}"), [inner]))
    }

    fn fitting(&self, union: &Union, value: &Json) -> Option<usize> {
        let fitting = validate::branches(self.plan.api, Direction::Request, union, value);
        fitting.first().copied()
    }

    /// Whether the expression of a branch's value has a type from which the union has a `From`, and no other
    /// `From` of the union takes the same expression.
    fn is_inferred(&self, union: &Union, index: usize, value: &Json) -> bool {
        let plan = self.plan;
        let schema = &union.branches[index].schema;
        if schema.nullable || !plan.conversions(union)[index] {
            return false;
        }
        let kind = plan.api.resolved(schema);
        let is_only = |is_alike: fn(&SchemaKind) -> bool| {
            let kinds = union.branches.iter();
            let kinds = kinds.map(|branch| plan.api.resolved(&branch.schema));
            kinds.filter(|kind| is_alike(kind)).count() == 1
        };
        match (kind, value) {
            (SchemaKind::String(_), Json::String(_)) => plan.concrete(schema) == Ty::STRING,
            (SchemaKind::Boolean, Json::Bool(_)) | (SchemaKind::Declared(_), _) => true,
            (SchemaKind::Integer(format), Json::Number(_)) => {
                *format != IntegerFormat::Big
                    && is_only(|kind| matches!(kind, SchemaKind::Integer(_)))
            }
            (SchemaKind::Number(NumberFormat::Double), Json::Number(_)) => true,
            (SchemaKind::Array(items), Json::Array(values)) => {
                let is_named = match plan.api.resolved(items) {
                    SchemaKind::String(_) => plan.concrete(items) == Ty::STRING,
                    SchemaKind::Declared(_) => !items.nullable,
                    _ => false,
                };
                is_named && !values.is_empty()
            }
            _ => false,
        }
    }
}

/// The value that a branch holds: without the tag, if the union writes that.
fn content<'v>(union: &Union, branch: &Branch, value: &'v Json) -> Cow<'v, Json> {
    let tag = union.tag.as_ref().filter(|_| branch.writes_tag);
    match (tag, value) {
        (Some(tag), Json::Object(map)) => {
            let mut map = map.clone();
            map.shift_remove(tag);
            Cow::Owned(Json::Object(map))
        }
        _ => Cow::Borrowed(value),
    }
}
