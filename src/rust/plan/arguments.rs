//! How values are given to the crate, by their schemas.

use super::Plan;
use crate::ir::{Parameter, Schema, SchemaKind, Shape, StringFormat};

impl Plan<'_> {
    /// Whether a parameter has no type, so that it takes texts, numbers and whatever else is written as
    /// one of them, and lists of such.
    pub fn is_untyped(self, parameter: &Parameter) -> bool {
        *self.api.resolved(&parameter.schema) == SchemaKind::Any
    }

    /// Whether a value is one text, number or boolean.
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

    /// Whether an argument takes what converts into its type: an integer that is a text in JSON, and a
    /// union of scalars.
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

    /// Whether a schema is plain text to the caller.
    pub fn is_string(self, schema: &Schema) -> bool {
        matches!(
            self.api.resolved(schema),
            SchemaKind::String(StringFormat::Plain | StringFormat::Binary)
        )
    }
}
