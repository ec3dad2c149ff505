//! Multipart bodies: a type for each, which takes the parts that there have to be, and has a setter
//! for each other one.

use super::arguments::{Setter, argument_note, taken};
use super::body::is_json;
use super::docs::{Text, notes};
use super::value::Writer;
use crate::ir::{
    Content, Encoding, Member, OperationId, Schema, SchemaKind, StringFormat, describe,
};
use crate::rust::{Plan, Scope, layout, literal};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Form {
    pub ident: String,
    pub docs: Vec<String>,
    /// Of `new`.
    pub new_docs: Vec<String>,
    pub signature: String,
    pub many_arguments: bool,
    /// `new` takes nothing, so there is a default.
    pub has_default: bool,
    /// Statements that add the parts that there have to be.
    pub fills: Vec<String>,
    pub setters: Vec<Setter>,
}

/// How the value of a part is taken and written.
enum Kind {
    /// Whatever it is, with its media type and headers.
    Part,
    /// A file, which is sent with a file name.
    File(String),
    Files(String),
    /// A value of the API; with a media type where it is not as usual.
    Value(Option<String>),
}

pub fn view(plan: Plan<'_>, id: OperationId, content: &Content) -> Form {
    let names = plan.names.operation(id);
    let mut form = Form {
        ident: names.form.clone(),
        docs: Vec::new(),
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
    for (member, ident) in parts.unwrap_or_default().iter().zip(&names.parts) {
        // What only the server may send is no part of a request.
        if member.read_only {
            continue;
        }
        shown += 1;
        let encoding = content.encoding(&member.name);
        if member.required {
            let (ty, statements) = part(plan, member, encoding, ident, "parts");
            parameters.push(format!("{ident}: {ty}"));
            form.fills.extend(statements);
            arguments.push(argument_note(
                ident,
                &member.docs,
                &remarks(plan, member, encoding, ident),
            ));
        } else {
            form.setters.push(setter(plan, member, encoding, ident));
        }
    }
    let open = if shown == 0 {
        "The description does not say which parts there are."
    } else {
        ""
    };
    form.docs = Text::new()
        .paragraph(&format!(
            "The body of a call of [`{}`], part by part: {}.",
            names.builder,
            describe::code(&content.media_type)
        ))
        .paragraph(open)
        .finish();
    form.new_docs = Text::new()
        .paragraph(match parameters.is_empty() {
            true => "A body without any part yet.",
            false => "A body of the parts that there have to be.",
        })
        .list(&arguments)
        .finish();
    form.many_arguments = parameters.len() > 7;
    form.has_default = parameters.is_empty();
    form.signature = layout::signature("    ", "pub fn new", &parameters, Some("Self"));
    form
}

/// Arguments for the parts that there have to be.
pub fn examples(writer: &mut Writer<'_>, id: OperationId, content: &Content) -> Vec<String> {
    let plan = writer.plan;
    let names = plan.names.operation(id);
    let sample = content.examples.first();
    let parts = content.parts(plan.api).map(|parts| &parts.members[..]);
    let parts = parts.unwrap_or_default().iter().zip(&names.parts);
    let mut arguments = Vec::new();
    for (member, _) in parts.filter(|(member, _)| member.required && !member.read_only) {
        let encoding = content.encoding(&member.name);
        let value = sample.and_then(|sample| sample.get(&member.name));
        arguments.push(match kind(plan, &member.schema, encoding) {
            Kind::Part | Kind::File(_) => "\"bytes\"".to_owned(),
            Kind::Files(_) => "[\"bytes\"]".to_owned(),
            Kind::Value(_) => writer.taken(&member.schema, value, &member.name),
        });
    }
    arguments
}

fn setter(plan: Plan<'_>, member: &Member, encoding: Option<&Encoding>, ident: &str) -> Setter {
    let (ty, statements) = part(plan, member, encoding, "value", "self.parts");
    let parameters = ["mut self".to_owned(), format!("value: {ty}")];
    let what = format!("Sets the part {}.", describe::code(&member.name));
    Setter {
        docs: Text::new()
            .paragraph(&what)
            .prose(&member.docs)
            .paragraph(&remarks(plan, member, encoding, &member.name))
            .finish(),
        deprecated: member.deprecated,
        signature: layout::signature(
            "    ",
            &format!("pub fn {ident}"),
            &parameters,
            Some("Self"),
        ),
        statements,
    }
}

/// The type of a part's argument, and the statements that add it to `parts`.
fn part(
    plan: Plan<'_>,
    member: &Member,
    encoding: Option<&Encoding>,
    value: &str,
    parts: &str,
) -> (String, Vec<String>) {
    let name = literal::string(&member.name);
    let call = |method: &str, arguments: &[String]| {
        layout::call("        ", "", &format!("{parts}.{method}"), arguments, ";")
    };
    let plain = || value.to_owned();
    match kind(plan, &member.schema, encoding) {
        Kind::Part => (
            "impl Into<Part>".to_owned(),
            vec![call("part", &[name, format!("{value}.into()")])],
        ),
        Kind::File(media_type) => (
            "impl Into<Part>".to_owned(),
            vec![call("file", &[name, literal::string(&media_type), plain()])],
        ),
        Kind::Files(media_type) => (
            "impl IntoIterator<Item = impl Into<Part>>".to_owned(),
            vec![call(
                "files",
                &[name, literal::string(&media_type), plain()],
            )],
        ),
        Kind::Value(media_type) => {
            let (ty, before, expression) = taken(plan, &member.schema, value);
            let call = match media_type {
                None => call("value", &[name, expression]),
                Some(media_type) if is_json(&media_type) => {
                    call("json", &[name, literal::string(&media_type), expression])
                }
                Some(media_type) => call("text", &[name, literal::string(&media_type), expression]),
            };
            (ty, before.into_iter().chain([call]).collect())
        }
    }
}

const OCTETS: &str = "application/octet-stream";

fn kind(plan: Plan<'_>, schema: &Schema, encoding: Option<&Encoding>) -> Kind {
    let described = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let media_type = described.map(first_media_type);
    let of_file = |schema: &Schema| {
        let own = own_media_type(schema).map(first_media_type);
        let media_type = media_type.clone().or(own);
        media_type.unwrap_or_else(|| OCTETS.to_owned())
    };
    if let SchemaKind::Array(items) = plan.kind(schema)
        && is_file(plan, items, described)
    {
        return Kind::Files(of_file(items));
    }
    if is_file(plan, schema, described) {
        return Kind::File(of_file(schema));
    }
    if encoding.is_some_and(|encoding| !encoding.headers.is_empty()) {
        return Kind::Part;
    }
    let is_text = plan.bare(schema, &Scope::outside()) == "String";
    match media_type {
        Some(media_type) if is_json(&media_type) => Kind::Value(Some(media_type)),
        Some(media_type) if is_text => Kind::Value(Some(media_type)),
        _ => Kind::Value(None),
    }
}

/// Whether a part is a file: bytes, or a text that is said to be of a media type which is no text.
fn is_file(plan: Plan<'_>, schema: &Schema, described: Option<&str>) -> bool {
    let said = |media_type: &str| {
        !is_json(media_type) && !media_type.starts_with("text/") && !media_type.contains("xml")
    };
    let own = own_media_type(schema);
    match plan.kind(schema) {
        SchemaKind::String(StringFormat::Binary) => true,
        SchemaKind::String(StringFormat::Plain) => own.or(described).is_some_and(said),
        // Without a type it is `application/octet-stream` (OpenAPI 3.1, "Encoding Object").
        SchemaKind::Any => described.is_none_or(said),
        _ => false,
    }
}

/// What the schema itself says of the media type.
fn own_media_type(schema: &Schema) -> Option<&str> {
    let found = |(keyword, _): &&(String, serde_json::Value)| keyword == "contentMediaType";
    let facts = schema.facts.as_ref()?;
    facts.limits.iter().find(found)?.1.as_str()
}

/// The first of several media types that a header can name, without wildcards.
fn first_media_type(described: &str) -> String {
    let fits = |media_type: &&str| {
        !media_type.contains('*') && super::arguments::header_text(media_type, "") == *media_type
    };
    let first = described.split(',').map(str::trim).find(fits);
    first
        .filter(|text| !text.is_empty())
        .unwrap_or(OCTETS)
        .to_owned()
}

fn remarks(plan: Plan<'_>, member: &Member, encoding: Option<&Encoding>, ident: &str) -> String {
    let mut remarks = vec![notes(&member.name, ident, &member.schema, member.inferred)];
    let part = !matches!(kind(plan, &member.schema, encoding), Kind::Value(_));
    if let Some(encoding) = encoding.filter(|_| part) {
        if let Some(media_types) = &encoding.content_type {
            remarks.push(format!(
                "Of the media type {}.",
                describe::code(media_types)
            ));
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
