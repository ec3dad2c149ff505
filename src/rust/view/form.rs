//! Multipart bodies: a type for each, which takes the parts that there have to be, and has a setter
//! for each other one.

use super::arguments::{Setter, argument_note, taken};
use super::docs::Text;
use super::style::style_of;
use super::value::Writer;
use crate::describe;
use crate::example::request::BYTES;
use crate::example::request::parts::{FileType, PartKind, in_order, kind};
use crate::ir::{Content, Encoding, Member, OperationId, SchemaKind, is_json};
use crate::rust::{Expr, Plan, Scope, Ty, layout};
use serde::Serialize;
use serde_json::Value as Json;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Form {
    pub ident: String,
    pub docs: Vec<String>,
    /// The constant of the names in the order of the wire.
    pub order: String,
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

pub fn view(plan: Plan<'_>, id: OperationId, content: &Content, scope: &Scope<'_>) -> Form {
    scope.import("multipart::Multipart");
    scope.import("multipart::Part");
    let names = plan.names.operation(id);
    let mut form = Form {
        ident: names.form.clone(),
        docs: Vec::new(),
        order: order(plan, content),
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
        // What only the server may send is no part of a request.
        if member.read_only {
            continue;
        }
        shown += 1;
        let encoding = encodings.get(&*member.name).copied();
        if member.required {
            let (ty, statements) = part(
                plan,
                member,
                encoding,
                ident,
                &Expr::variable("parts"),
                scope,
            );
            parameters.push(format!("{ident}: {}", scope.ty(&ty)));
            form.fills.extend(statements);
            arguments.push(argument_note(
                ident,
                &member.docs,
                &remarks(plan, member, encoding, ident),
            ));
        } else {
            form.setters
                .push(setter(plan, member, encoding, ident, scope));
        }
    }
    let open = if shown == 0 {
        "The description does not say which parts there are."
    } else {
        ""
    };
    form.docs = Text::new()
        .paragraph(&format!(
            "The body of [`{builder}`](builders::{builder}), part by part: {}.",
            describe::code(&content.media_type),
            builder = names.builder
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

fn order(plan: Plan<'_>, content: &Content) -> String {
    let sent = in_order(plan.api, content);
    let sent = sent.iter().filter(|member| !member.read_only);
    let names = Expr::strings(sent.map(|member| &member.name));
    layout::assignment("    ", "const ORDER: &'static [&'static str]", &names)
}

/// The body of these parts as an example: `Upload::new("text").file("bytes")`.
pub fn example(writer: &mut Writer<'_>, id: OperationId, content: &Content, value: &Json) -> Expr {
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
            let crate_name = super::client::crate_name(plan);
            let media_type = Expr::string(&media_type.example());
            Expr::new(format!("{crate_name}::Part"), [bytes]).method("content_type", [media_type])
        }
    }
}

fn setter(
    plan: Plan<'_>,
    member: &Member,
    encoding: Option<&Encoding>,
    ident: &str,
    scope: &Scope<'_>,
) -> Setter {
    let parts = Expr::variable("self").field("parts");
    let (ty, statements) = part(plan, member, encoding, "value", &parts, scope);
    let parameters = ["mut self".to_owned(), format!("value: {}", scope.ty(&ty))];
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

const PART: Ty<'static> = Ty::Runtime("multipart", "Part");

/// The type of a part's argument, and the statements that add it to `parts`.
pub(crate) fn part<'a>(
    plan: Plan<'a>,
    member: &Member,
    encoding: Option<&Encoding>,
    value: &str,
    parts: &Expr,
    scope: &Scope<'_>,
) -> (Ty<'a>, Vec<String>) {
    let name = Expr::string(&member.name);
    let call = |method: &'static str, arguments: Vec<Expr>| {
        layout::statement("        ", &parts.clone().method(method, arguments))
    };
    let plain = || Expr::variable(value.to_owned());
    match kind(plan.api, &member.schema, encoding) {
        PartKind::Part(None) => (
            PART.conversion(),
            vec![call("part", vec![name, plain().method("into", [])])],
        ),
        PartKind::Part(Some(media_type)) => (
            PART.conversion(),
            vec![call(
                "typed",
                vec![name, Expr::string(&media_type), plain()],
            )],
        ),
        PartKind::File(media_type) => {
            let (method, media_type) = match media_type {
                FileType::Usual(media_type) => ("file", media_type),
                FileType::OneOf(described) => ("file_of", described),
            };
            (
                PART.conversion(),
                vec![call(method, vec![name, Expr::string(&media_type), plain()])],
            )
        }
        PartKind::Files(media_type) => {
            let (method, media_type) = match media_type {
                FileType::Usual(media_type) => ("files", media_type),
                FileType::OneOf(described) => ("files_of", described),
            };
            (
                PART.conversion().iterator(),
                vec![call(method, vec![name, Expr::string(&media_type), plain()])],
            )
        }
        PartKind::Styled(style, explode, reserved) => {
            let (ty, before, expression) = taken(plan, &member.schema, value, scope);
            let style = style_of(style, explode, reserved, scope);
            let call = call("styled", vec![name, style, expression]);
            (ty, before.into_iter().chain([call]).collect())
        }
        PartKind::Value(media_type) => {
            let (ty, before, expression) = taken(plan, &member.schema, value, scope);
            let call = match media_type {
                None => call("value", vec![name, expression]),
                Some(media_type) if is_json(&media_type) => {
                    call("json", vec![name, Expr::string(&media_type), expression])
                }
                Some(media_type) => {
                    let method = match plan.api.resolved(&member.schema) {
                        SchemaKind::Array(_) => "texts",
                        _ => "text",
                    };
                    call(method, vec![name, Expr::string(&media_type), expression])
                }
            };
            (ty, before.into_iter().chain([call]).collect())
        }
    }
}

fn remarks(plan: Plan<'_>, member: &Member, encoding: Option<&Encoding>, ident: &str) -> String {
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
            "[`Part::content_type`] has to give its media type, one of {}.",
            describe::code(described)
        ));
    }
    if let Some(encoding) = encoding.filter(|_| part) {
        let is_open = matches!(
            kind,
            PartKind::File(FileType::OneOf(_)) | PartKind::Files(FileType::OneOf(_))
        );
        if let Some(media_types) = encoding.content_type.as_ref().filter(|_| !is_open) {
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
