//! The serde code of a struct: what there is to know of its members, how each is read and written.

use super::object::{Builder, field};
use crate::ir::Presence;
use crate::ir::{EnumKind, Extra, Member, Schema, SchemaKind, Shape};
use crate::rust::{layout, literal};
use unicode_width::UnicodeWidthStr;

/// Arms stand in a match in a function.
const ARM: &str = "            ";

impl Builder<'_> {
    /// The members that must be there. One that may be null is taken as null where it is absent.
    fn required_names(&self) -> Vec<&str> {
        self.members()
            .filter(|(_, _, _, presence)| *presence == Presence::Required)
            .map(|(_, _, member, _)| member.name.as_str())
            .collect()
    }

    pub fn required(&self) -> String {
        let names: Vec<String> = self
            .required_names()
            .into_iter()
            .map(literal::string)
            .collect();
        layout::list("        ", "required: ", "&[", &names, ",")
    }

    /// The value that reading starts from.
    pub fn blank(&self) -> String {
        let mut inits = Vec::new();
        for (_, ident, member, presence) in self.members() {
            let value = match presence {
                Presence::Required if member.indirect => {
                    format!("Box::new({})", self.blank_value(&member.schema))
                }
                Presence::Required => self.blank_value(&member.schema),
                _ => "None".to_owned(),
            };
            // A call without arguments cannot be broken, so a long name takes a short one.
            let value = match value.as_str() {
                "Default::default()" if ident.width() > 67 => "json::empty()".to_owned(),
                _ => value,
            };
            inits.push(field(ident, &value));
        }
        if self.has_extra() {
            inits.push(format!("{}: Default::default()", self.rest()));
        }
        layout::struct_literal("        ", "", "Self", &inits, "")
    }

    /// An expression for a value of any sort: a required member has it until it is read.
    fn blank_value(&self, schema: &Schema) -> String {
        let blank = match self.plan.api.resolved(schema) {
            _ if schema.nullable => "None",
            SchemaKind::Tuple(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.blank_value(part)).collect();
                return match &parts[..] {
                    [one] => format!("({one},)"),
                    _ => format!("({})", parts.join(", ")),
                };
            }
            SchemaKind::Declared(id) => match &self.plan.api.ty(*id).shape {
                Shape::Enum(shape) => match shape.kind {
                    EnumKind::String => "From::from(\"\")",
                    EnumKind::Integer => "From::from(0)",
                    EnumKind::Scalar => "From::from(serde_json::Value::Null)",
                },
                _ => "json::blank()",
            },
            _ => "Default::default()",
        };
        blank.to_owned()
    }

    /// The arms of the match over the members' names.
    pub fn arms(&self) -> Vec<String> {
        let mut required = 0..;
        let arm = |(_, ident, member, presence): (usize, &str, &Member, Presence)| {
            let (method, needs_rest) = self.method(member, presence);
            let mut arguments = vec![format!("&mut self.{ident}")];
            if presence == Presence::Required {
                arguments.splice(..0, required.next().map(|place: usize| place.to_string()));
            }
            if needs_rest {
                arguments.push(format!("&mut self.{}", self.rest()));
            }
            layout::call_arm(ARM, &literal::string(&member.name), method, &arguments, "")
        };
        self.members().map(arm).collect()
    }

    /// The method that reads a member, and whether it needs the place of undeclared ones too.
    /// The method that reads a member.
    pub fn reads(&self, member: &Member) -> &'static str {
        self.method(member, self.def.presence(member)).0
    }

    fn method(&self, member: &Member, presence: Presence) -> (&'static str, bool) {
        let whole = self.plan.api.holds_integers(&member.schema);
        let open = matches!(self.object.extra, Extra::Open);
        let noted = open && member.schema.nullable;
        match presence {
            Presence::OptionalNullable if whole => ("next.nullable_integer", false),
            Presence::OptionalNullable => ("next.nullable", false),
            Presence::Optional if self.plan.api.is_null(&member.schema) => ("next.present", false),
            _ if self.is_tolerant(member) && member.exact => ("next.tolerant_digits", true),
            _ if self.is_tolerant(member) => ("next.tolerant", true),
            Presence::Required if whole => ("next.integer", false),
            Presence::Required => ("next.value", false),
            Presence::Optional if noted && whole => ("next.noted_integer", true),
            Presence::Optional if noted => ("next.noted", true),
            Presence::Nullable if whole => ("next.or_null_integer", false),
            Presence::Nullable => ("next.or_null", false),
            Presence::Optional if member.schema.nullable && whole => {
                ("next.or_null_integer", false)
            }
            Presence::Optional if member.schema.nullable => ("next.or_null", false),
            Presence::Optional if whole => ("next.optional_integer", false),
            Presence::Optional if self.plan.api.holds_null(&member.schema) => {
                ("next.present", false)
            }
            Presence::Optional => ("next.optional", false),
        }
    }

    pub fn rest_read(&self) -> String {
        let keep = match &self.object.extra {
            Extra::Closed => return "next.skip()".to_owned(),
            Extra::Typed(schema) if self.plan.api.holds_integers(schema) => "keep_integer",
            Extra::Open | Extra::Typed(_) => "keep",
        };
        format!("next.{keep}(&mut self.{})", self.rest())
    }

    /// The statement that writes each declared member.
    pub fn member_writes(&self) -> impl Iterator<Item = String> + '_ {
        self.members().map(|(_, ident, member, presence)| {
            let method = match presence {
                Presence::Required | Presence::Nullable => "members.value",
                Presence::Optional | Presence::OptionalNullable => "members.optional",
            };
            let arguments = [literal::string(&member.name), format!("&self.{ident}")];
            layout::call("        ", "", method, &arguments, ";")
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
