//! The serde code of a struct: its required properties, and how each property is read and written.

use crate::ir::{EnumKind, Extra, Presence, Property, Schema, SchemaKind, Shape};
use crate::rust::plan::object::{ObjectPlan, own_field};
use crate::rust::{Expr, layout, literal};
use unicode_width::UnicodeWidthStr;

/// The indent of an arm: a match inside a function of an `impl`.
const ARM: &str = "            ";

fn default() -> Expr {
    Expr::call("Default::default", [])
}

/// Returns the field for unknown properties in a struct literal.
pub fn extra_init(of: ObjectPlan<'_>) -> Option<layout::Field<'_>> {
    of.has_extra().then(|| layout::Field {
        name: of.rest(),
        value: Some(default()),
    })
}

/// Returns the required properties. A nullable property is not listed: a missing one decodes as null.
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

/// Returns the value that decoding starts from.
pub fn blank(of: ObjectPlan<'_>) -> String {
    let mut inits = Vec::new();
    for (_, ident, member, presence) in of.fields() {
        let value = match presence {
            Presence::Required if member.indirect => Expr::boxed(blank_value(of, &member.schema)),
            Presence::Required => blank_value(of, &member.schema),
            _ => Expr::variable("None"),
        };
        // rustfmt cannot break a call without arguments, so a long name needs a shorter call.
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

/// Returns an expression for any value of the type: a required property holds it until it is decoded.
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

/// Returns the arms of the match over property names.
pub fn arms(of: ObjectPlan<'_>) -> Vec<String> {
    let mut required = 0..;
    let mut read = |ident: &str, member: &Property, presence: Presence| {
        let place = (presence == Presence::Required)
            .then(|| required.next())
            .flatten();
        if let Some(read) = place.and_then(|place| of.read_fixed(member, place)) {
            return read;
        }
        let (method, needs_rest) = of.method(member, presence);
        let mut arguments: Vec<Expr> = place
            .map(|place: usize| Expr::literal(place))
            .into_iter()
            .collect();
        arguments.push(own_field(ident).reference_mut());
        if needs_rest {
            arguments.push(own_field(of.rest()).reference_mut());
        }
        Expr::variable("next").method(method, arguments)
    };
    let arm = |(_, ident, member, presence): (usize, &str, &Property, Presence)| {
        let call = read(ident, member, presence);
        layout::arm(ARM, &literal::string(&member.name), &call)
    };
    of.members().map(arm).collect()
}

/// Returns the statements that write all properties.
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
