//! Which declaration a schema needs.

use super::Lowering;
use super::distribute_unions::Distributed;
use super::merge::{Merged, is_rule};
use super::union::Alternatives;
use crate::ir::Enum;
use crate::openapi::{self, Additional};
use crate::tree::Node;

/// What [`Lowering::plan`] finds.
pub(super) enum Plan<'t> {
    Object(Box<Merged<'t>>),
    Enum(Enum),
    Union(Alternatives<'t>),
    /// A `type` array that names several types.
    Types,
    /// An array with a schema for each place.
    Tuple,
    /// No declaration: a scalar, an array, a map, a reference, anything.
    Value,
}

impl<'t> Lowering<'t, '_> {
    /// Which declaration a schema needs, if any.
    pub(super) fn plan(&mut self, schema: &openapi::Schema<'t>) -> Plan<'t> {
        if schema.reference.is_some() && !schema.extends_reference() {
            return Plan::Value;
        }
        if let Some(family) = self.parent(schema) {
            return Plan::Union(family);
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
            return Plan::Enum(enumeration);
        }
        if schema.types.len() > 1 {
            return Plan::Types;
        }
        let declares = !schema.properties.is_empty()
            || !schema.conditional().is_empty()
            || (!schema.required.is_empty() && !schema.is_array())
            || (matches!(schema.additional, Additional::Forbidden) && schema.is_object());
        if declares && (schema.types.object || schema.types.is_empty()) {
            return Plan::Object(Box::new(self.merge(schema)));
        }
        if schema.is_array() && self.is_named_tuple(schema) {
            return Plan::Tuple;
        }
        Plan::Value
    }

    /// What all parts of a schema come to: an object, or a union of objects.
    fn plan_merged(&mut self, schema: &openapi::Schema<'t>) -> Plan<'t> {
        // A child that adds nothing to its parent is not the parent, which stands for all children.
        if self.wrapped(schema).is_some() && !self.is_child(schema.node) {
            self.tell_passed_over(schema);
            return Plan::Value;
        }
        let merged = self.merge(schema);
        if merged.is_object() {
            return Plan::Object(Box::new(merged));
        }
        if merged.is_distributed() {
            return match self.distribute(merged) {
                Distributed::Object(merged) => Plan::Object(merged),
                Distributed::Union(alternatives) => Plan::Union(alternatives),
            };
        }
        match &schema.all_of[..] {
            // Nothing but one inline part.
            [only] if only.text("$ref").is_none() && schema.reference.is_none() => {
                let only = openapi::Schema::read(*only, &mut self.reader);
                self.collapse(&only)
            }
            _ => match self.narrowest(schema) {
                Some(Ok(narrowest)) if narrowest.reference.is_none() => self.collapse(&narrowest),
                _ => Plan::Value,
            },
        }
    }

    fn plan_branches(&mut self, schema: &openapi::Schema<'t>, branches: &[Node<'t>]) -> Plan<'t> {
        let [only] = branches else {
            return Plan::Union(Alternatives::new(schema.discriminator, branches));
        };
        if let Some(joined) = self.joined(*only) {
            return Plan::Enum(joined);
        }
        let only = openapi::Schema::read(*only, &mut self.reader);
        self.collapse(&only)
    }

    /// The plan of an inline part that is all there is, where the declaration around can have it.
    fn collapse(&mut self, only: &openapi::Schema<'t>) -> Plan<'t> {
        match self.plan(only) {
            plan @ (Plan::Object(_) | Plan::Enum(_) | Plan::Union(_)) => plan,
            Plan::Types | Plan::Tuple | Plan::Value => Plan::Value,
        }
    }
}
