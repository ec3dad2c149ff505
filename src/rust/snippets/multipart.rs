//! Multipart bodies as examples.

use super::value::Writer;
use crate::example::request::BYTES;
use crate::example::request::parts::{FileType, PartKind};
use crate::rust::plan::multipart::PartPlan;
use crate::rust::{Expr, Plan};
use serde_json::Value as Json;

/// The body of these parts as an example: `Upload::new("text").file("bytes")`.
pub fn body<'p>(
    writer: &mut Writer<'_>,
    form: &str,
    parts: impl Iterator<Item = &'p PartPlan<'p>>,
    value: &Json,
) -> Expr {
    let plan = writer.plan;
    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    for part in parts {
        let Some(value) = value.get(&part.property.name) else {
            continue;
        };
        let argument = match &part.kind {
            PartKind::Part(_) => Expr::string(BYTES),
            PartKind::File(media_type) => file(plan, media_type),
            PartKind::Files(media_type) => Expr::array([file(plan, media_type)]),
            PartKind::Value(_) | PartKind::Styled(..) => writer.taken(&part.property.schema, value),
        };
        match part.is_positional() {
            true => arguments.push(argument),
            false => setters.push((part.ident, argument)),
        }
    }
    let made = Expr::new(form.to_owned(), arguments);
    let set =
        |body: Expr, (ident, argument): (&str, Expr)| body.method(ident.to_owned(), [argument]);
    setters.into_iter().fold(made, set)
}

/// A file of an example.
fn file(plan: Plan<'_>, media_type: &FileType) -> Expr {
    let bytes = Expr::string(BYTES);
    match media_type {
        FileType::Usual(_) => bytes,
        FileType::OneOf(_) => {
            let crate_name = plan.crate_name();
            let media_type = Expr::string(&media_type.example());
            Expr::new(format!("{crate_name}::Part"), [bytes]).method("content_type", [media_type])
        }
    }
}
