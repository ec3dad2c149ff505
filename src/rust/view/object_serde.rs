//! The two halves of a struct's serde code: what is read into which slot, what is written.

use super::object::{Builder, field};
use crate::ir::{Extra, IntegerFormat, Member, SchemaKind};
use crate::rust::plan::Presence;
use crate::rust::{layout, literal};

/// Arms stand in a match in a loop in a function.
const ARM: &str = "                ";

impl Builder<'_> {
    /// The slots, the arms of the match over the keys, and the arm of every other key.
    pub fn read(&self) -> (Vec<String>, Vec<String>, String) {
        let mut slots = Vec::new();
        let mut arms = Vec::new();
        // A type that has a default is read in place; every other one member by member.
        let in_place = self.plan.has_default(self.def, self.object);
        let place = if in_place { "value." } else { "" };
        for (_, ident, member, presence) in self.members() {
            let local = if in_place {
                ident.to_owned()
            } else {
                local(ident)
            };
            let head = format!("let mut {local}");
            slots.push(layout::assignment("        ", &head, "None"));
            let slot = format!("&mut {place}{local}");
            let (helper, arguments) = self.read_call(member, presence, slot, place);
            let pattern = literal::string(&member.name);
            arms.push(layout::call_arm(ARM, &pattern, helper, &arguments, ""));
        }
        let map = "&mut map".to_owned();
        if !self.has_extra() {
            return (
                slots,
                arms,
                layout::call_arm(ARM, "_", "json::skip", &[map], ""),
            );
        }
        let rest = self.rest();
        let head = format!("let mut {rest}");
        slots.push(layout::assignment("        ", &head, self.empty_extra()));
        let arguments = [map, "key".to_owned(), format!("&mut {place}{rest}")];
        let rest_arm = layout::call_arm(ARM, "_", "json::keep", &arguments, "");
        (slots, arms, rest_arm)
    }

    /// The helper that reads a member into its slot, and its arguments.
    fn read_call(
        &self,
        member: &Member,
        presence: Presence,
        slot: String,
        place: &str,
    ) -> (&'static str, Vec<String>) {
        let map = "&mut map".to_owned();
        let whole = self.is_machine_integer(member);
        let helper = match presence {
            Presence::OptionalNullable if whole => "json::nullable_integer",
            Presence::OptionalNullable => "json::nullable",
            _ if self.is_tolerant(member) => {
                let rest = format!("&mut {place}{}", self.rest());
                return ("json::tolerant", vec![map, "key".to_owned(), slot, rest]);
            }
            Presence::Required if whole => "json::integer",
            Presence::Required => "json::value",
            _ if whole => "json::optional_integer",
            Presence::Optional | Presence::Nullable => "json::optional",
        };
        (helper, vec![map, slot])
    }

    /// Whether a member is an integer of 64 bits or less, which may be written as `5.0` too.
    fn is_machine_integer(&self, member: &Member) -> bool {
        use IntegerFormat::{Big, I128, U128};
        match self.plan.kind(&member.schema) {
            SchemaKind::Integer(format) => !matches!(format, I128 | U128 | Big),
            _ => false,
        }
    }

    fn empty_extra(&self) -> &'static str {
        match self.object.extra {
            Extra::Typed(_) => "BTreeMap::new()",
            _ => "serde_json::Map::new()",
        }
    }

    /// The value that `read` returns, where it is not read in place.
    pub fn value(&self) -> String {
        let mut inits = Vec::new();
        for (_, ident, member, presence) in self.members() {
            let local = local(ident);
            inits.push(match presence {
                Presence::Required => {
                    let arguments = [local, literal::string(&member.name)];
                    field(ident, &format!("json::required({})?", arguments.join(", ")))
                }
                _ if local == ident => ident.to_owned(),
                _ => format!("{ident}: {local}"),
            });
        }
        if self.has_extra() {
            inits.push(self.rest().to_owned());
        }
        layout::struct_literal("        ", "Ok(", "Self", &inits, ")")
    }

    /// The expression of the writer, and the statements that write each member.
    pub fn write(&self) -> (String, Vec<String>) {
        let rest = self.rest();
        let open = matches!(self.object.extra, Extra::Open);
        let writer = match open {
            true => format!("json::Writer::open(serializer, &self.{rest})"),
            false => "json::Writer::closed(serializer)".to_owned(),
        };
        let mut writes = Vec::new();
        for (_, ident, member, presence) in self.members() {
            let method = match presence {
                Presence::Required | Presence::Nullable => "object.value",
                Presence::Optional | Presence::OptionalNullable => "object.optional",
            };
            let arguments = [literal::string(&member.name), format!("&self.{ident}")];
            writes.push(layout::call("        ", "", method, &arguments, ";"));
        }
        if matches!(self.object.extra, Extra::Typed(_)) {
            writes.push(format!("        object.each(&self.{rest});"));
        }
        (writer, writes)
    }
}

/// The local variable of a field: another name where the code around has that one. No field is
/// named so, as names have no underscore at their end but after a keyword.
fn local(ident: &str) -> String {
    match ident {
        "key" | "map" => format!("{ident}_"),
        _ => ident.to_owned(),
    }
}
