//! Serialization of object properties.

use super::Plan;
use crate::ir::{
    EnumKind, Extra, Object, Presence, Property, Schema, SchemaKind, Shape, TypeDef, TypeId,
};
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

    /// Returns the kind of a field: the name of the two methods of the runtime that read and write it.
    pub fn kind(self, member: &Property) -> &'static str {
        self.kind_and_rest(member, self.def.presence(member)).0
    }

    /// Returns the kind of a field, and whether reading also takes the map of unknown properties.
    fn kind_and_rest(self, member: &Property, presence: Presence) -> (&'static str, bool) {
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
            Presence::Optional if member.schema.nullable && whole => {
                ("optional_or_null_integer", false)
            }
            Presence::Optional if member.schema.nullable => ("optional_or_null", false),
            Presence::Optional if whole => ("optional_integer", false),
            Presence::Optional if self.plan.api.holds_null(&member.schema) => ("present", false),
            Presence::Optional => ("optional", false),
        }
    }

    /// Returns the rows of the table from which properties are decoded and encoded: first those of properties that are
    /// not fields.
    pub fn rows(self) -> Vec<PropertyRow<'a>> {
        let mut required = 0..;
        let (mut constants, mut fields) = (Vec::new(), Vec::new());
        for (_, ident, member, presence) in self.members() {
            let place = (presence == Presence::Required)
                .then(|| required.next())
                .flatten();
            let place: Option<usize> = place;
            match self.fixed(member).zip(place) {
                Some((value, place)) => constants.push(self.constant_row(member, place, value)),
                None => fields.push(self.field_row(ident, member, presence, place)),
            }
        }
        constants.extend(fields);
        constants
    }

    fn constant_row(self, member: &'a Property, place: usize, value: &Json) -> PropertyRow<'a> {
        let kind = match value {
            Json::String(_) => "constant",
            _ => "constant_of",
        };
        let rest = Expr::variable(self.rest().to_owned());
        let arguments = [Expr::literal(place), constant(value), rest];
        PropertyRow {
            name: &member.name,
            is_constant: true,
            kind: Expr::call(kind, arguments),
            blank: None,
        }
    }

    fn field_row(
        self,
        ident: &str,
        member: &'a Property,
        presence: Presence,
        place: Option<usize>,
    ) -> PropertyRow<'a> {
        let (kind, needs_rest) = self.kind_and_rest(member, presence);
        let place = place.map(Expr::literal);
        let field = Expr::variable(ident.to_owned());
        let rest = needs_rest.then(|| Expr::variable(self.rest().to_owned()));
        let arguments: Vec<Expr> = place.into_iter().chain([field]).chain(rest).collect();
        let blank = match presence {
            Presence::Required if member.indirect => self.blank(&member.schema).map(Expr::boxed),
            Presence::Required => self.blank(&member.schema),
            _ => None,
        };
        PropertyRow {
            name: &member.name,
            is_constant: false,
            kind: Expr::call(kind, arguments),
            blank,
        }
    }

    /// Returns an expression for any value of a type that has no default.
    fn blank(self, schema: &Schema) -> Option<Expr> {
        let from = |value: Expr| Some(Expr::call("From::from", [value]));
        match self.plan.api.resolved(schema) {
            _ if schema.nullable => None,
            SchemaKind::Tuple(parts) => {
                let parts = parts.iter().map(|part| {
                    let blank = self.blank(part);
                    blank.unwrap_or_else(|| Expr::call("Default::default", []))
                });
                Some(Expr::tuple(parts.collect::<Vec<_>>()))
            }
            SchemaKind::Declared(id) => match &self.plan.api.ty(*id).shape {
                Shape::Enum(shape) => match shape.kind {
                    EnumKind::String => from(Expr::string("")),
                    EnumKind::Integer => from(Expr::literal(0)),
                    EnumKind::Scalar => from(Expr::item("serde_json::Value", "Null")),
                },
                _ => Some(Expr::call("json::blank", [])),
            },
            _ => None,
        }
    }

    /// Returns how unknown properties are read and written.
    pub fn rest_kind(self) -> Expr {
        let kind = match &self.object.extra {
            Extra::Closed => return Expr::call("skip_unknown", []),
            Extra::Open => "keep",
            Extra::Typed(schema) if self.plan.api.holds_integers(schema) => "keep_each_integer",
            Extra::Typed(_) => "keep_each",
        };
        Expr::call(kind, [Expr::variable(self.rest().to_owned())])
    }
}

/// How a property is read and written.
pub struct PropertyRow<'a> {
    pub name: &'a str,
    /// Whether the property has one value and is not a field.
    pub is_constant: bool,
    /// The methods of the runtime with their arguments: `noted(address, extra)`.
    pub kind: Expr,
    /// The value that decoding starts from, if the type has no default.
    pub blank: Option<Expr>,
}

/// Returns the literal of a fixed value.
fn constant(value: &Json) -> Expr {
    match value {
        Json::String(text) => Expr::string(text),
        Json::Number(number) => Expr::literal(format!("{number}_i64")),
        other => Expr::literal(other),
    }
}
