//! Multipart bodies as examples.

use super::value::Writer;
use crate::example::request::BYTES;
use crate::example::request::parts::{FileType, PartKind, kind};
use crate::ir::{Content, OperationId};
use crate::rust::{Expr, Plan};
use serde_json::Value as Json;

/// The body of these parts as an example: `Upload::new("text").file("bytes")`.
pub fn body(writer: &mut Writer<'_>, id: OperationId, content: &Content, value: &Json) -> Expr {
    let plan = writer.plan;
    let names = plan.names.operation(id);
    let parts = content.parts(plan.api).map(|parts| &parts.members[..]);
    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    let encodings = content.encodings();
    for (member, ident) in parts.unwrap_or_default().iter().zip(&names.parts) {
        let Some(value) = value.get(&member.name) else {
            continue;
        };
        let encoding = encodings.get(&*member.name).copied();
        let argument = match kind(plan.api, &member.schema, encoding) {
            PartKind::Part(_) => Expr::string(BYTES),
            PartKind::File(media_type) => file(plan, &media_type),
            PartKind::Files(media_type) => Expr::array([file(plan, &media_type)]),
            PartKind::Value(_) | PartKind::Styled(..) => writer.taken(&member.schema, value),
        };
        match member.required {
            true => arguments.push(argument),
            false => setters.push((ident, argument)),
        }
    }
    let made = Expr::new(names.form.clone(), arguments);
    let set =
        |body: Expr, (ident, argument): (&String, Expr)| body.method(ident.clone(), [argument]);
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
