//! The serde code of a struct: the table from which its properties are decoded and encoded.

use crate::ir::Presence;
use crate::rust::plan::object::ObjectPlan;
use crate::rust::{Expr, layout, literal};

/// Returns the field for unknown properties in a struct literal.
pub fn extra_init(of: ObjectPlan<'_>) -> Option<layout::Field<'_>> {
    of.has_extra().then(|| layout::Field {
        name: of.rest(),
        value: Some(Expr::call("Default::default", [])),
    })
}

/// Returns the required properties, laid out. A nullable property is not listed: a missing one decodes as null.
pub fn required(of: ObjectPlan<'_>) -> String {
    let required = of
        .members()
        .filter(|(_, _, _, presence)| *presence == Presence::Required);
    let names: Vec<&str> = required
        .map(|(_, _, member, _)| member.name.as_str())
        .collect();
    layout::field_value("    ", "required", &Expr::strings(names))
}

/// Returns the row of each property.
pub fn rows(of: ObjectPlan<'_>) -> Vec<String> {
    let rows = of.rows().into_iter().map(|row| {
        let start = if row.is_constant { "const " } else { "" };
        let (name, kind) = (literal::string(row.name), row.kind);
        match row.blank {
            Some(blank) => format!("{start}{name} => {kind} = {blank}"),
            None => format!("{start}{name} => {kind}"),
        }
    });
    rows.collect()
}
