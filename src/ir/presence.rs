//! Which values a schema and a property can have: absent, null, or only one.

use super::{
    Api, Extra, IntegerFormat, Object, Property, Schema, SchemaKind, Shape, TypeDef, TypeId,
};
use serde_json::Value as Json;

/// Whether a property may be absent or null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always there, never null.
    Required,
    /// Always there, and null if it has no value.
    Nullable,
    /// Absent if it has no value.
    Optional,
    /// Absent, null or a value: three different things in a request.
    OptionalNullable,
}

impl Api {
    /// Returns the declared object, enum or union that a schema refers to, with aliases followed.
    pub fn def(&self, schema: &Schema) -> Option<(TypeId, &TypeDef)> {
        match self.resolved(schema) {
            SchemaKind::Declared(id) => Some((*id, self.ty(*id))),
            _ => None,
        }
    }

    /// Returns whether the values are raw JSON, because nothing is known about them.
    pub fn is_raw(&self, schema: &Schema) -> bool {
        *self.resolved(schema) == SchemaKind::Any
    }

    /// Returns whether null is the only valid value, so that no caller has to pass it.
    pub fn is_null(&self, schema: &Schema) -> bool {
        *self.resolved(schema) == SchemaKind::Null && !schema.nullable
    }

    /// Returns whether null is one of the values of the type itself, without an option around it.
    pub fn holds_null(&self, schema: &Schema) -> bool {
        let takes =
            |schema: &Schema| matches!(self.resolved(schema), SchemaKind::Any | SchemaKind::Null);
        let branches = match self.def(schema).map(|(_, def)| &def.shape) {
            Some(Shape::Union(union)) => &union.branches[..],
            _ => &[],
        };
        !schema.nullable && (takes(schema) || branches.iter().any(|branch| takes(&branch.schema)))
    }

    /// Returns whether a schema is an integer of at most 64 bits, or an array, map or tuple with one: each
    /// may also be written as `5.0`.
    pub fn holds_integers(&self, schema: &Schema) -> bool {
        use IntegerFormat::{Big, I128, U128};
        match self.resolved(schema) {
            SchemaKind::Integer(format) => !matches!(format, I128 | U128 | Big),
            SchemaKind::Array(inner) | SchemaKind::Map(inner) => self.holds_integers(inner),
            SchemaKind::Tuple(parts) => parts.iter().any(|part| self.holds_integers(part)),
            _ => false,
        }
    }

    /// Returns whether values of an object can be made without a value for any property.
    pub fn has_default(&self, def: &TypeDef, object: &Object) -> bool {
        object.members.iter().all(|member| {
            if def.fixed(object, member).is_some() {
                return true;
            }
            let is_absent = def.presence(member) != Presence::Required;
            let is_set = def.is_built() && member.constant.is_some();
            is_absent && !is_set || self.is_null(&member.schema)
        })
    }

    /// Returns whether a property has to be passed to make a value: it is always there, and has more than
    /// one value.
    pub fn is_asked_for(&self, def: &TypeDef, member: &Property) -> bool {
        def.presence(member) == Presence::Required
            && !self.is_null(&member.schema)
            && member.constant.is_none()
    }
}

impl TypeDef {
    /// Returns whether a property of this object may be absent or null.
    pub fn presence(&self, member: &Property) -> Presence {
        // A caller cannot pass what only the server sends, and no response has what only the client sends.
        let one_way =
            (member.read_only && self.usage.request) || (member.write_only && self.usage.response);
        match (member.required && !one_way, member.schema.nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, true) if self.usage.request => Presence::OptionalNullable,
            (false, _) => Presence::Optional,
        }
    }

    /// Returns the value of a property for which the schema allows no other, so that no field stores it. Another
    /// value in a response is kept with the unknown properties.
    pub fn fixed<'m>(&self, object: &Object, member: &'m Property) -> Option<&'m Json> {
        let is_simple = |value: &&Json| match value {
            Json::String(_) | Json::Bool(_) => true,
            Json::Number(number) => number.is_i64(),
            _ => false,
        };
        let is_always = member.is_constant && self.presence(member) == Presence::Required;
        let keeps_others = matches!(object.extra, Extra::Open);
        let constant = member.constant.as_ref();
        constant
            .filter(|_| is_always && keeps_others)
            .filter(is_simple)
    }

    /// Returns whether callers make values of the type.
    pub fn is_built(&self) -> bool {
        self.usage.request
    }
}
