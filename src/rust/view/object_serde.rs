//! The serde code of a struct: what there is to know of its members, how each is read and written.

use crate::ir::{EnumKind, Extra, Member, Presence, Schema, SchemaKind, Shape};
use crate::rust::plan::object::{ObjectPlan, own_field};
use crate::rust::{Expr, layout, literal};
use unicode_width::UnicodeWidthStr;

/// Arms stand in a match in a function.
const ARM: &str = "            ";

fn default() -> Expr {
    Expr::call("Default::default", [])
}

/// The field of undeclared members, in a new value.
pub fn extra_init(of: ObjectPlan<'_>) -> Option<layout::Field<'_>> {
    of.has_extra().then(|| layout::Field {
        name: of.rest(),
        value: Some(default()),
    })
}

/// The members that must be there. One that may be null is taken as null where it is absent.
fn required_names(of: ObjectPlan<'_>) -> Vec<&str> {
    of.members()
        .filter(|(_, _, _, presence)| *presence == Presence::Required)
        .map(|(_, _, member, _)| member.name.as_str())
        .collect()
}

pub fn required(of: ObjectPlan<'_>) -> String {
    let names = Expr::strings(required_names(of));
    layout::field_value("        ", "required", &names)
}

/// The value that reading starts from.
pub fn blank(of: ObjectPlan<'_>) -> String {
    let mut inits = Vec::new();
    for (_, ident, member, presence) in of.members() {
        let value = match presence {
            Presence::Required if member.indirect => Expr::boxed(blank_value(of, &member.schema)),
            Presence::Required => blank_value(of, &member.schema),
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
    inits.extend(extra_init(of));
    layout::struct_literal("        ", "Self", &inits)
}

/// An expression for a value of any sort: a required member has it until it is read.
fn blank_value(of: ObjectPlan<'_>, schema: &Schema) -> Expr {
    let from = |value: Expr| Expr::call("From::from", [value]);
    match of.plan.api.resolved(schema) {
        _ if schema.nullable => Expr::variable("None"),
        SchemaKind::Tuple(parts) => {
            let parts = parts.iter().map(|part| blank_value(of, part));
            Expr::tuple(parts.collect::<Vec<_>>())
        }
        SchemaKind::Declared(id) => match &of.plan.api.ty(*id).shape {
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
pub fn arms(of: ObjectPlan<'_>) -> Vec<String> {
    let mut required = 0..;
    let arm = |(_, ident, member, presence): (usize, &str, &Member, Presence)| {
        let (method, needs_rest) = of.method(member, presence);
        let mut arguments = Vec::new();
        if presence == Presence::Required {
            arguments.extend(required.next().map(|place: usize| Expr::literal(place)));
        }
        arguments.push(own_field(ident).reference_mut());
        if needs_rest {
            arguments.push(own_field(of.rest()).reference_mut());
        }
        let call = Expr::variable("next").method(method, arguments);
        layout::arm(ARM, &literal::string(&member.name), &call)
    };
    of.members().map(arm).collect()
}

/// The statements that write all members.
pub fn writes(of: ObjectPlan<'_>) -> Vec<String> {
    let all = |method: &'static str| {
        let members = Expr::variable("members");
        members.method(method, [own_field(of.rest()).reference()])
    };
    let mut writes = Vec::new();
    if matches!(of.object.extra, Extra::Open) {
        writes.push(all("extra"));
    }
    writes.extend(
        of.members()
            .map(|(_, ident, member, _)| of.write(ident, member)),
    );
    if matches!(of.object.extra, Extra::Typed(_)) {
        writes.push(all("each"));
    }
    let print = |code: &Expr| layout::statement("        ", code);
    writes.iter().map(print).collect()
}
