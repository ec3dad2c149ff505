//! The serde code of a struct: what there is to know of its members, how each is read and written.

use super::object::Builder;
use crate::ir::Presence;
use crate::ir::{EnumKind, Extra, Member, Schema, SchemaKind, Shape};
use crate::rust::{Expr, layout, literal};
use unicode_width::UnicodeWidthStr;

/// Arms stand in a match in a function.
const ARM: &str = "            ";

fn own_field(ident: &str) -> Expr {
    Expr::variable("self").field(ident.to_owned())
}

fn default() -> Expr {
    Expr::call("Default::default", [])
}

impl Builder<'_> {
    /// The members that must be there. One that may be null is taken as null where it is absent.
    fn required_names(&self) -> Vec<&str> {
        self.members()
            .filter(|(_, _, _, presence)| *presence == Presence::Required)
            .map(|(_, _, member, _)| member.name.as_str())
            .collect()
    }

    pub fn required(&self) -> String {
        let names = Expr::strings(self.required_names());
        layout::field_value("        ", "required", &names)
    }

    /// The value that reading starts from.
    pub fn blank(&self) -> String {
        let mut inits = Vec::new();
        for (_, ident, member, presence) in self.members() {
            let value = match presence {
                Presence::Required if member.indirect => {
                    Expr::boxed(self.blank_value(&member.schema))
                }
                Presence::Required => self.blank_value(&member.schema),
                _ => Expr::variable("None"),
            };
            // A call without arguments cannot be broken, so a long name takes a short one.
            let value = match value == default() && ident.width() > 67 {
                true => Expr::call("json::empty", []),
                false => value,
            };
            inits.push(layout::Field {
                name: ident,
                value: Some(value),
            });
        }
        inits.extend(self.extra_init());
        layout::struct_literal("        ", "Self", &inits)
    }

    /// An expression for a value of any sort: a required member has it until it is read.
    fn blank_value(&self, schema: &Schema) -> Expr {
        let from = |value: Expr| Expr::call("From::from", [value]);
        match self.plan.api.resolved(schema) {
            _ if schema.nullable => Expr::variable("None"),
            SchemaKind::Tuple(parts) => {
                let parts = parts.iter().map(|part| self.blank_value(part));
                Expr::tuple(parts.collect::<Vec<_>>())
            }
            SchemaKind::Declared(id) => match &self.plan.api.ty(*id).shape {
                Shape::Enum(shape) => match shape.kind {
                    EnumKind::String => from(Expr::string("")),
                    EnumKind::Integer => from(Expr::literal(0)),
                    EnumKind::Scalar => from(Expr::item("serde_json::Value", "Null")),
                },
                _ => Expr::call("json::blank", []),
            },
            _ => default(),
        }
    }

    /// The arms of the match over the members' names.
    pub fn arms(&self) -> Vec<String> {
        let mut required = 0..;
        let arm = |(_, ident, member, presence): (usize, &str, &Member, Presence)| {
            let (method, needs_rest) = self.method(member, presence);
            let mut arguments = Vec::new();
            if presence == Presence::Required {
                arguments.extend(required.next().map(|place: usize| Expr::literal(place)));
            }
            arguments.push(own_field(ident).reference_mut());
            if needs_rest {
                arguments.push(own_field(self.rest()).reference_mut());
            }
            let call = Expr::variable("next").method(method, arguments);
            layout::arm(ARM, &literal::string(&member.name), &call)
        };
        self.members().map(arm).collect()
    }

    /// The method that reads a member.
    pub fn reads(&self, member: &Member) -> Expr {
        let (method, _) = self.method(member, self.def.presence(member));
        Expr::variable("next").field(method)
    }

    /// The name of the method, and whether it needs the place of undeclared members too.
    fn method(&self, member: &Member, presence: Presence) -> (&'static str, bool) {
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

    pub fn rest_read(&self) -> Expr {
        let next = Expr::variable("next");
        let keep = match &self.object.extra {
            Extra::Closed => return next.method("skip", []),
            Extra::Typed(schema) if self.plan.api.holds_integers(schema) => "keep_integer",
            Extra::Open | Extra::Typed(_) => "keep",
        };
        next.method(keep, [own_field(self.rest()).reference_mut()])
    }

    /// The statement that writes each declared member.
    pub fn member_writes(&self) -> impl Iterator<Item = String> + '_ {
        self.members().map(|(_, ident, member, presence)| {
            let method = match presence {
                Presence::Required | Presence::Nullable => "value",
                Presence::Optional | Presence::OptionalNullable => "optional",
            };
            let arguments = [Expr::string(&member.name), own_field(ident).reference()];
            let call = Expr::variable("members").method(method, arguments);
            layout::statement("        ", &call)
        })
    }

    /// The statements that write all members.
    pub fn writes(&self) -> Vec<String> {
        let mut writes = Vec::new();
        if matches!(self.object.extra, Extra::Open) {
            writes.push(format!("        members.extra(&self.{});", self.rest()));
        }
        writes.extend(self.member_writes());
        if matches!(self.object.extra, Extra::Typed(_)) {
            writes.push(format!("        members.each(&self.{});", self.rest()));
        }
        writes
    }
}
