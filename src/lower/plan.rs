//! Decides which declaration a schema needs.

use super::Lowering;
use super::distribute_unions::Distributed;
use super::merge::{Merged, is_rule};
use super::union::Alternatives;
use crate::ir::Enum;
use crate::openapi::{self, Additional};
use crate::tree::Node;

/// The declaration that a schema needs.
pub(super) enum Declaration<'t> {
    Object(Box<Merged<'t>>),
    Enum(Enum),
    Union(Alternatives<'t>),
    /// A `type` array with several types.
    Types,
    /// An array with a schema for each index.
    Tuple,
    /// No declaration: a scalar, array, map or reference, or any value.
    Value,
}

impl<'t> Lowering<'t, '_> {
    /// Returns the declaration that a schema needs.
    pub(super) fn plan(&mut self, schema: &openapi::Schema<'t>) -> Declaration<'t> {
        if schema.reference.is_some() && !schema.extends_reference() {
            return Declaration::Value;
        }
        if let Some(family) = self.parent(schema) {
            return Declaration::Union(family);
        }
        if !schema.all_of.is_empty() || schema.reference.is_some() {
            return self.plan_merged(schema);
        }
        let branches = self.branches(schema);
        let rules = !branches.is_empty() && branches.iter().all(|branch| is_rule(*branch));
        if !branches.is_empty() && !schema.properties.is_empty() {
            return self.plan_merged(schema);
        }
        if !branches.is_empty() && !rules {
            return self.plan_branches(schema, &branches);
        }
        if let Some(enumeration) = self.enumeration(schema) {
            return Declaration::Enum(enumeration);
        }
        if schema.types.len() > 1 {
            return Declaration::Types;
        }
        let declares = !schema.properties.is_empty()
            || !schema.conditional().is_empty()
            || (!schema.required.is_empty() && !schema.is_array())
            || (matches!(schema.additional, Additional::Forbidden) && schema.is_object());
        if declares && (schema.types.object || schema.types.is_empty()) {
            return Declaration::Object(Box::new(self.merge(schema)));
        }
        if schema.is_array() && self.is_named_tuple(schema) {
            return Declaration::Tuple;
        }
        Declaration::Value
    }

    /// Returns the declaration of a schema with `allOf`: an object or a union of objects.
    fn plan_merged(&mut self, schema: &openapi::Schema<'t>) -> Declaration<'t> {
        // A child that adds nothing is still not its parent, which represents all children.
        if self.wrapped(schema).is_some() && !self.is_child(schema.node) {
            self.report_impossible_branches(schema);
            return Declaration::Value;
        }
        let merged = self.merge(schema);
        if merged.is_object() {
            return Declaration::Object(Box::new(merged));
        }
        if merged.is_distributed() {
            return match self.distribute(merged) {
                Distributed::Object(merged) => Declaration::Object(merged),
                Distributed::Union(alternatives) => Declaration::Union(alternatives),
            };
        }
        match &schema.all_of[..] {
            // A single inline branch.
            [only] if only.text("$ref").is_none() && schema.reference.is_none() => {
                let only = self.read_schema(*only);
                self.collapse(&only)
            }
            _ => match self.narrowest(schema) {
                Some(Ok(narrowest)) if narrowest.reference.is_none() => self.collapse(&narrowest),
                _ => Declaration::Value,
            },
        }
    }

    fn plan_branches(
        &mut self,
        schema: &openapi::Schema<'t>,
        branches: &[Node<'t>],
    ) -> Declaration<'t> {
        let [only] = branches else {
            return Declaration::Union(Alternatives::new(schema.discriminator, branches));
        };
        if let Some(joined) = self.joined(*only) {
            return Declaration::Enum(joined);
        }
        let only = self.read_schema(*only);
        self.collapse(&only)
    }

    /// Returns the plan of the only inline part, which uses the declaration of the schema around it.
    fn collapse(&mut self, only: &openapi::Schema<'t>) -> Declaration<'t> {
        match self.plan(only) {
            plan @ (Declaration::Object(_) | Declaration::Enum(_) | Declaration::Union(_)) => plan,
            Declaration::Types | Declaration::Tuple | Declaration::Value => Declaration::Value,
        }
    }
}
