//! Which arguments callers pass for the values of a schema.

use super::Plan;
use crate::ir::{Parameter, Schema, SchemaKind, Shape, StringFormat};

impl Plan<'_> {
    /// Returns whether a parameter has no schema type. Such a parameter takes text, numbers, anything
    /// else that is written as text, and lists of these.
    pub fn is_untyped(self, parameter: &Parameter) -> bool {
        *self.api.resolved(&parameter.schema) == SchemaKind::Any
    }

    /// Returns whether a value is a single text, number or boolean.
    pub fn is_scalar(self, schema: &Schema) -> bool {
        match self.api.resolved(schema) {
            SchemaKind::Boolean
            | SchemaKind::Integer(_)
            | SchemaKind::Number(_)
            | SchemaKind::String(_)
            | SchemaKind::Constant(_) => true,
            SchemaKind::Declared(id) => matches!(self.api.ty(*id).shape, Shape::Enum(_)),
            _ => false,
        }
    }

    /// Returns whether an argument takes values that convert into its type: a quoted integer, or a union
    /// of scalars.
    pub fn is_converted(self, schema: &Schema) -> bool {
        match self.api.resolved(schema) {
            SchemaKind::String(StringFormat::Integer(_)) => true,
            SchemaKind::Declared(id) => match &self.api.ty(*id).shape {
                Shape::Union(union) => {
                    let mut branches = union.branches.iter();
                    branches.all(|branch| self.is_scalar(&branch.schema))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Returns whether a schema is plain text to the caller.
    pub fn is_string(self, schema: &Schema) -> bool {
        matches!(
            self.api.resolved(schema),
            SchemaKind::String(StringFormat::Plain | StringFormat::Binary)
        )
    }
}
