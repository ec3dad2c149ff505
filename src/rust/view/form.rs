//! Multipart bodies: a struct for each, whose constructor takes the required parts and whose setters add
//! the others.

use super::docs::{Text, beyond_name};
use super::setter::{Setter, argument_note, statements};
use crate::describe;
use crate::example::request::parts::{FileType, PartKind, kind};
use crate::ir::{Content, Encoding, OperationId, Property};
use crate::rust::{Expr, Plan, Scope, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Form {
    pub ident: String,
    pub docs: Vec<String>,
    /// The constant with the part names in the order in which they are sent.
    pub order: String,
    /// The docs of `new`.
    pub new_docs: Vec<String>,
    pub signature: String,
    pub many_arguments: bool,
    /// Whether `new` takes no arguments, so that the struct implements `Default`.
    pub has_default: bool,
    /// Statements that add the required parts.
    pub fills: Vec<String>,
    pub setters: Vec<Setter>,
}

pub fn view(plan: Plan<'_>, id: OperationId, content: &Content, scope: &Scope<'_>) -> Form {
    scope.import("multipart::Multipart");
    scope.import("multipart::Part");
    let names = plan.names.operation(id);
    let mut form = Form {
        ident: names.form.clone(),
        docs: Vec::new(),
        order: layout::assignment(
            "    ",
            "const ORDER: &'static [&'static str]",
            &plan.part_order(content),
        ),
        new_docs: Vec::new(),
        signature: String::new(),
        many_arguments: false,
        has_default: false,
        fills: Vec::new(),
        setters: Vec::new(),
    };
    let mut parameters = Vec::new();
    let mut arguments = Vec::new();
    let parts = content.parts(plan.api).map(|parts| &parts.members[..]);
    let mut shown = 0;
    let encodings = content.encodings();
    for (member, ident) in parts.unwrap_or_default().iter().zip(&names.parts) {
        // A request contains no read-only properties.
        if member.read_only {
            continue;
        }
        shown += 1;
        let encoding = encodings.get(&*member.name).copied();
        if member.required {
            let sent = plan.sent_part(member, encoding, ident, Expr::variable("parts"));
            parameters.push(format!("{ident}: {}", scope.ty(&sent.ty)));
            form.fills.extend(statements(&sent, ident, scope));
            arguments.extend(argument_note(
                ident,
                &member.docs,
                &part_notes(plan, member, encoding, ident),
            ));
        } else {
            form.setters
                .push(setter(plan, member, encoding, ident, scope));
        }
    }
    let open = if shown == 0 {
        "The API description does not list the parts."
    } else {
        ""
    };
    form.docs = Text::new()
        .paragraph(&format!(
            "The {} body of [`{builder}`](builders::{builder}).",
            describe::code(&content.media_type),
            builder = names.builder
        ))
        .paragraph(open)
        .finish();
    form.new_docs = Text::new()
        .paragraph(match parameters.is_empty() {
            true => "Creates a body without parts.",
            false => "Creates a body with its required parts.",
        })
        .list(&arguments)
        .finish();
    form.many_arguments = parameters.len() > 7;
    form.has_default = parameters.is_empty();
    form.signature = layout::signature("    ", "pub fn new", &parameters, Some("Self"));
    form
}

fn setter(
    plan: Plan<'_>,
    member: &Property,
    encoding: Option<&Encoding>,
    ident: &str,
    scope: &Scope<'_>,
) -> Setter {
    let parts = Expr::variable("self").field("parts");
    let sent = plan.sent_part(member, encoding, "value", parts);
    let parameters = [
        "mut self".to_owned(),
        format!("value: {}", scope.ty(&sent.ty)),
    ];
    let what = format!("Sets the part {}.", describe::code(&member.name));
    Setter {
        docs: Text::new()
            .paragraph(&what)
            .prose(&beyond_name(&member.name, &member.docs))
            .paragraph(&part_notes(plan, member, encoding, &member.name))
            .finish(),
        deprecated: member.deprecated,
        signature: layout::signature(
            "    ",
            &format!("pub fn {ident}"),
            &parameters,
            Some("Self"),
        ),
        statements: statements(&sent, "value", scope),
        maybe: None,
    }
}

fn part_notes(
    plan: Plan<'_>,
    member: &Property,
    encoding: Option<&Encoding>,
    ident: &str,
) -> String {
    let mut remarks = vec![describe::notes(
        &member.name,
        ident,
        &member.schema,
        member.inferred,
    )];
    let kind = kind(plan.api, &member.schema, encoding);
    let part = !matches!(kind, PartKind::Value(_) | PartKind::Styled(..));
    if let PartKind::File(FileType::OneOf(described))
    | PartKind::Files(FileType::OneOf(described)) = &kind
    {
        remarks.push(format!(
            "Set its media type with [`Part::content_type`], to one of {}.",
            describe::code(described)
        ));
    }
    if let Some(encoding) = encoding.filter(|_| part) {
        let is_open = matches!(
            kind,
            PartKind::File(FileType::OneOf(_)) | PartKind::Files(FileType::OneOf(_))
        );
        if let Some(media_types) = encoding.content_type.as_ref().filter(|_| !is_open) {
            remarks.push(format!("Sent as {}.", describe::code(media_types)));
        }
        for header in &encoding.headers {
            let docs = &header.docs.description;
            let about = docs.as_deref().map(crate::prose::first_sentence);
            let about = about.filter(|about| !about.is_empty());
            remarks.push(format!(
                "With the header {}{}",
                describe::code(&header.name),
                about.map_or(".".to_owned(), |about| format!(": {about}"))
            ));
        }
    }
    remarks.retain(|remark| !remark.is_empty());
    remarks.join(" ")
}
