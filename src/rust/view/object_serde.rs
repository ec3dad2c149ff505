//! The two halves of a struct's serde code: what is read into which slot, what is written.

use super::object::{Builder, field};
use crate::ir::Extra;
use crate::rust::plan::Presence;
use crate::rust::{layout, literal};

impl Builder<'_> {
    /// The slots, the arms of the match over the keys, and the arm of every other key.
    pub fn read(&self) -> (Vec<String>, Vec<String>, String) {
        let mut slots = Vec::new();
        let mut arms = Vec::new();
        let rest = self.rest();
        // A type that has a default is read in place; every other one member by member.
        let place = if self.plan.has_default(self.def, self.object) {
            "value."
        } else {
            ""
        };
        for (_, ident, member, presence) in self.members() {
            let local = if place.is_empty() {
                local(ident)
            } else {
                ident.to_owned()
            };
            slots.push(layout::assignment(
                "        ",
                &format!("let mut {local}"),
                "None",
            ));
            let slot = format!("&mut {place}{local}");
            let (helper, arguments) =
                if self.is_tolerant(member) && presence != Presence::OptionalNullable {
                    (
                        "json::tolerant",
                        vec![
                            "&mut map".to_owned(),
                            "key".to_owned(),
                            slot,
                            format!("&mut {place}{rest}"),
                        ],
                    )
                } else {
                    let helper = match presence {
                        Presence::Required => "json::value",
                        Presence::Optional | Presence::Nullable => "json::optional",
                        Presence::OptionalNullable => "json::nullable",
                    };
                    (helper, vec!["&mut map".to_owned(), slot])
                };
            let pattern = literal::string(&member.name);
            arms.push(layout::call_arm(
                "                ",
                &pattern,
                helper,
                &arguments,
                "?",
            ));
        }
        let indent = "                ";
        let rest_arm = if self.has_extra() {
            let head = format!("let mut {rest}");
            slots.push(layout::assignment("        ", &head, self.empty_extra()));
            let arguments = [
                "&mut map".to_owned(),
                "key".to_owned(),
                format!("&mut {place}{rest}"),
            ];
            layout::call_arm(indent, "_", "json::keep", &arguments, "?")
        } else {
            layout::call_arm(indent, "_", "json::skip", &["&mut map".to_owned()], "?")
        };
        (slots, arms, rest_arm)
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
            true => format!("json::Writer::open(serializer, &self.{rest})?"),
            false => "json::Writer::closed(serializer)?".to_owned(),
        };
        let mut writes = Vec::new();
        for (_, ident, member, presence) in self.members() {
            let method = match presence {
                Presence::Required | Presence::Nullable => "object.value",
                Presence::Optional | Presence::OptionalNullable => "object.optional",
            };
            let arguments = [literal::string(&member.name), format!("&self.{ident}")];
            writes.push(layout::call("        ", "", method, &arguments, "?;"));
        }
        if matches!(self.object.extra, Extra::Typed(_)) {
            writes.push(format!("        object.each(&self.{rest})?;"));
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
