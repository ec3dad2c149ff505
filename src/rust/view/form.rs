//! Multipart bodies: a struct for each, whose constructor takes the required parts and whose setters add
//! the others.

use super::docs::{Text, beyond_name};
use super::setter::{Setter, argument_note, statements};
use crate::describe;
use crate::ir::OperationId;
use crate::rust::code::FnParameter;
use crate::rust::plan::multipart::{FormPlan, PartPlan};
use crate::rust::{Plan, Scope, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FormView {
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

pub fn view(
    plan: Plan<'_>,
    id: OperationId,
    planned: &FormPlan<'_>,
    scope: &Scope<'_>,
) -> FormView {
    scope.import("multipart::Multipart");
    scope.import("multipart::Part");
    let names = plan.names.operation(id);
    let mut parameters = Vec::new();
    let mut fills = Vec::new();
    let mut notes = Vec::new();
    let mut setters = Vec::new();
    for part in &planned.parts {
        if !part.is_positional() {
            setters.push(setter(part, scope));
            continue;
        }
        let ident = part.ident;
        parameters.push(FnParameter::new(ident.to_owned(), scope.ty(&part.value.ty)));
        fills.extend(statements(&part.sent(), ident, scope));
        let docs = &part.property.docs;
        notes.extend(argument_note(ident, docs, &part_notes(part, ident)));
    }
    let open = match planned.parts.is_empty() {
        true => "The API description does not list the parts.",
        false => "",
    };
    let about = format!(
        "The {} body of [`{builder}`](builders::{builder}).",
        describe::code(&planned.content.media_type),
        builder = names.builder
    );
    let new = match parameters.is_empty() {
        true => "Creates a body without parts.",
        false => "Creates a body with its required parts.",
    };
    FormView {
        ident: names.form.clone(),
        docs: Text::new().paragraph(&about).paragraph(open).finish(),
        order: layout::assignment(
            "    ",
            "const ORDER: &'static [&'static str]",
            &planned.order,
        ),
        new_docs: Text::new().paragraph(new).list(&notes).finish(),
        many_arguments: parameters.len() > 7,
        has_default: parameters.is_empty(),
        signature: layout::signature("    ", "pub fn new", &parameters, Some("Self")),
        fills,
        setters,
    }
}

fn setter(part: &PartPlan<'_>, scope: &Scope<'_>) -> Setter {
    let (ident, property) = (part.ident, part.property);
    let value = FnParameter::new("value", scope.ty(&part.value.ty));
    let parameters = [FnParameter::MUT_SELF, value];
    let what = format!("Sets the part {}.", describe::code(&property.name));
    Setter {
        docs: Text::new()
            .paragraph(&what)
            .prose(&beyond_name(&property.name, &property.docs))
            .paragraph(&part_notes(part, &property.name))
            .finish(),
        deprecated: property.deprecated,
        signature: layout::signature(
            "    ",
            &format!("pub fn {ident}"),
            &parameters,
            Some("Self"),
        ),
        statements: statements(&part.sent(), "value", scope),
        optional: None,
    }
}

fn part_notes(part: &PartPlan<'_>, ident: &str) -> String {
    let property = part.property;
    let mut remarks = vec![describe::notes(
        &property.name,
        ident,
        &property.schema,
        property.inferred,
    )];
    let choices = part.choices();
    if let Some(media_types) = choices {
        remarks.push(format!(
            "Set its media type with [`Part::content_type`], to one of {}.",
            describe::code(media_types)
        ));
    }
    if let Some(encoding) = part.encoding.filter(|_| part.is_raw()) {
        let media_types = encoding.content_type.as_ref();
        if let Some(media_types) = media_types.filter(|_| choices.is_none()) {
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
