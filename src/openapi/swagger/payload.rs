//! Reads the request body from parameters.

use super::super::{MediaType, Operation, Parameter, PathItem, Reader, RequestBody, Schema};
use super::media::{Medium, USUAL, is_file};
use super::parameter::own_schema;
use crate::diag::{Diagnostics, codes};
use crate::ir::essence;
use crate::resolve::Resolver;
use crate::tree::Node;

const MULTIPART: &str = "multipart/form-data";
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// A request body.
#[derive(Debug)]
pub struct Payload<'t> {
    /// The body parameter in the operation. If it is a reference, that names the body.
    pub node: Node<'t>,
    pub body: RequestBody<'t>,
}

/// The fields of a form.
#[derive(Debug, Clone)]
pub struct Form<'t> {
    /// The array of parameters.
    pub node: Node<'t>,
    fields: Vec<Node<'t>>,
}

impl<'t> Form<'t> {
    /// Returns an object schema with the fields as properties.
    pub fn schema(&self, reader: &mut Reader<'_>) -> Schema<'t> {
        let mut schema = Schema::blank(self.node);
        schema.types.object = true;
        for field in &self.fields {
            let name = field.text("name").unwrap_or_default();
            schema.properties.push((name, *field));
            if reader.flag(*field, "required") == Some(true) {
                schema.required.push(name);
            }
        }
        schema
    }

    /// Returns the fields as parameters, with the style of lists.
    pub fn fields(&self, reader: &mut Reader<'_>) -> Vec<Parameter<'t>> {
        let fields = self.fields.iter();
        fields
            .map(|field| super::parameter(*field, reader))
            .collect()
    }
}

/// Returns whether a parameter describes the request body.
pub fn is_payload(location: &str) -> bool {
    matches!(location, "body" | "formData")
}

/// Returns the request body of an operation. The path item may describe it for all its operations.
pub fn payload<'t>(
    item: &PathItem<'t>,
    operation: &Operation<'t>,
    consumes: &[Medium<'t>],
    resolver: Resolver<'t>,
    reader: &mut Reader<'_>,
) -> Option<Payload<'t>> {
    let mut body: Option<(Node<'t>, Node<'t>)> = None;
    let mut fields: Vec<Node<'t>> = Vec::new();
    for list in [&item.parameters, &operation.parameters] {
        let mut seen = None;
        // Unresolved references are reported when the other parameters are read.
        let mut discarded = Diagnostics::default();
        for node in list {
            let Some(target) = resolver.follow(*node, &mut discarded) else {
                continue;
            };
            match target.text("in") {
                Some("body") if seen.is_none() => {
                    seen = Some(*node);
                    body = Some((*node, target));
                }
                Some("body") => reader.diagnostics.push(codes::several_bodies(*node)),
                Some("formData") => add_field(target, &mut fields),
                _ => {}
            }
        }
    }
    match (body, fields.first()) {
        (Some((node, target)), first) => {
            if let Some(field) = first {
                reader.diagnostics.push(codes::several_bodies(*field));
            }
            let body = described(target, consumes, reader);
            Some(Payload { node, body })
        }
        (None, None) => None,
        (None, Some(_)) => {
            let lists = [operation.node, item.node];
            let list = lists.iter().find_map(|owner| owner.get("parameters"));
            let node = list.unwrap_or(operation.node);
            let form = Form { node, fields };
            let body = form_body(form, consumes, reader);
            Some(Payload { node, body })
        }
    }
}

/// Adds a field. A field of the operation overrides the path item's field of the same name.
fn add_field<'t>(field: Node<'t>, fields: &mut Vec<Node<'t>>) {
    let name = field.text("name");
    match fields.iter_mut().find(|known| known.text("name") == name) {
        Some(known) => *known = field,
        None => fields.push(field),
    }
}

/// Returns the body of a parameter with `in: body`.
fn described<'t>(
    node: Node<'t>,
    consumes: &[Medium<'t>],
    reader: &mut Reader<'_>,
) -> RequestBody<'t> {
    let usual = [(USUAL, node)];
    let media = match consumes.is_empty() {
        true => &usual[..],
        false => consumes,
    };
    // Some documents describe a body like any other parameter.
    let schema = node.get("schema").or_else(|| own_schema(node));
    let listed = node.get("x-examples");
    let media_type = |(name, at): &Medium<'t>| MediaType {
        name,
        node: *at,
        schema,
        item_schema: None,
        encoding: None,
        form: None,
        examples: node
            .get("x-example")
            .into_iter()
            .chain(listed.and_then(|listed| listed.get(name)))
            .collect(),
    };
    RequestBody {
        description: reader.prose(node, "description"),
        required: reader.flag(node, "required").unwrap_or_default(),
        content: media.iter().map(media_type).collect(),
    }
}

fn form_body<'t>(
    form: Form<'t>,
    consumes: &[Medium<'t>],
    reader: &mut Reader<'_>,
) -> RequestBody<'t> {
    let schema = form.schema(reader);
    let media = form_media(&form, consumes);
    let media_type = |(name, node)| MediaType {
        name,
        node,
        schema: None,
        item_schema: None,
        encoding: None,
        form: Some(form.clone()),
        examples: Vec::new(),
    };
    RequestBody {
        description: None,
        required: !schema.required.is_empty(),
        content: media.into_iter().map(media_type).collect(),
    }
}

/// Returns the media types of a form. Files need `multipart/form-data`, whatever `consumes` lists.
fn form_media<'t>(form: &Form<'t>, consumes: &[Medium<'t>]) -> Vec<Medium<'t>> {
    let has_file = form.fields.iter().any(|field| holds_file(*field));
    let is_form = |(name, _): &&Medium<'t>| match &*essence(name) {
        MULTIPART => true,
        URL_ENCODED => !has_file,
        _ => false,
    };
    let media: Vec<Medium<'t>> = consumes.iter().filter(is_form).copied().collect();
    match (media.is_empty(), has_file) {
        (false, _) => media,
        (true, true) => vec![(MULTIPART, form.node)],
        (true, false) => vec![(URL_ENCODED, form.node)],
    }
}

/// Returns whether a field is a file or a list of files.
pub fn holds_file(field: Node<'_>) -> bool {
    is_file(field) || field.get("items").is_some_and(is_file)
}
