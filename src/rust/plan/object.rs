//! Serialization of object properties.

use super::Plan;
use crate::ir::{Extra, Object, Presence, Property, TypeDef, TypeId};
use crate::rust::Expr;
use serde_json::Value as Json;

/// An object of the API.
#[derive(Clone, Copy)]
pub struct ObjectPlan<'a> {
    pub plan: Plan<'a>,
    pub def: &'a TypeDef,
    pub id: TypeId,
    pub object: &'a Object,
}

impl<'a> ObjectPlan<'a> {
    pub fn members(self) -> impl Iterator<Item = (usize, &'a str, &'a Property, Presence)> {
        let idents = &self.plan.names.ty(self.id).parts;
        self.object
            .members
            .iter()
            .zip(idents)
            .enumerate()
            .map(move |(index, (member, ident))| {
                (index, ident.as_str(), member, self.def.presence(member))
            })
    }

    /// Returns the properties that are fields. A property with one value is written without a field.
    pub fn fields(self) -> impl Iterator<Item = (usize, &'a str, &'a Property, Presence)> {
        self.members()
            .filter(move |(_, _, member, _)| self.fixed(member).is_none())
    }

    /// Returns the only value of a property that is not a field.
    pub fn fixed(self, member: &Property) -> Option<&Json> {
        self.def.fixed(self.object, member)
    }

    pub fn rest(self) -> &'a str {
        &self.plan.names.ty(self.id).rest
    }

    pub fn has_extra(self) -> bool {
        !matches!(self.object.extra, Extra::Closed)
    }

    /// Returns whether an invalid value is kept rather than reported. Keeping it requires the `extra`
    /// field.
    pub fn is_tolerant(self, member: &Property) -> bool {
        member.inferred && !member.required && matches!(self.object.extra, Extra::Open)
    }

    /// Returns the expression that reads a property.
    pub fn reads(self, member: &Property) -> Expr {
        let (method, _) = self.method(member, self.def.presence(member));
        Expr::variable("next").field(method)
    }

    /// Returns the expression that reads a required property: `place` is its index among these.
    pub fn read_fixed(self, member: &Property, place: usize) -> Option<Expr> {
        let value = self.fixed(member)?;
        let method = match value {
            Json::String(_) => "constant",
            _ => "constant_of",
        };
        let rest = own_field(self.rest()).reference_mut();
        let arguments = [Expr::literal(place), constant(value), rest];
        Some(Expr::variable("next").method(method, arguments))
    }

    /// Returns the name of the reading method, and whether it also takes the map of unknown properties.
    pub fn method(self, member: &Property, presence: Presence) -> (&'static str, bool) {
        let whole = self.plan.api.holds_integers(&member.schema);
        let open = matches!(self.object.extra, Extra::Open);
        let noted = open && member.schema.nullable;
        match presence {
            Presence::OptionalNullable if whole => ("nullable_integer", false),
            Presence::OptionalNullable => ("nullable", false),
            Presence::Optional if self.plan.api.is_null(&member.schema) => ("present", false),
            _ if self.is_tolerant(member) && member.exact => ("tolerant_digits", true),
            _ if self.is_tolerant(member) => ("tolerant", true),
            Presence::Required if whole => ("integer", false),
            Presence::Required => ("value", false),
            Presence::Optional if noted && whole => ("noted_integer", true),
            Presence::Optional if noted => ("noted", true),
            Presence::Nullable if whole => ("or_null_integer", false),
            Presence::Nullable => ("or_null", false),
            Presence::Optional if member.schema.nullable && whole => ("or_null_integer", false),
            Presence::Optional if member.schema.nullable => ("or_null", false),
            Presence::Optional if whole => ("optional_integer", false),
            Presence::Optional if self.plan.api.holds_null(&member.schema) => ("present", false),
            Presence::Optional => ("optional", false),
        }
    }

    /// Returns the expression that reads an unknown property.
    pub fn read_rest(self) -> Expr {
        let next = Expr::variable("next");
        let keep = match &self.object.extra {
            Extra::Closed => return next.method("skip_property", []),
            Extra::Typed(schema) if self.plan.api.holds_integers(schema) => "keep_integer",
            Extra::Open | Extra::Typed(_) => "keep",
        };
        next.method(keep, [own_field(self.rest()).reference_mut()])
    }

    /// Returns the expression that writes a declared property.
    pub fn write(self, ident: &str, member: &Property) -> Expr {
        if let Some(value) = self.fixed(member) {
            let value = match value {
                Json::String(_) => constant(value),
                _ => constant(value).reference(),
            };
            let arguments = [Expr::string(&member.name), value];
            return Expr::variable("members").method("constant", arguments);
        }
        let method = match self.def.presence(member) {
            Presence::Required | Presence::Nullable => "value",
            Presence::Optional | Presence::OptionalNullable => "optional",
        };
        let arguments = [Expr::string(&member.name), own_field(ident).reference()];
        Expr::variable("members").method(method, arguments)
    }
}

/// Returns the literal of a fixed value.
fn constant(value: &Json) -> Expr {
    match value {
        Json::String(text) => Expr::string(text),
        Json::Number(number) => Expr::literal(format!("{number}_i64")),
        other => Expr::literal(other),
    }
}

/// Returns the expression `self.ident`.
pub fn own_field(ident: &str) -> Expr {
    Expr::variable("self").field(ident.to_owned())
}
