//! What a call takes: arguments for what is required, setters for the rest, and the statements that
//! put each into the request.

use super::body::RequestBody;
use super::docs::{Text, notes};
use crate::ir::{
    ContentKind, Docs, IntegerFormat, Location, NumberFormat, Operation, Parameter, Schema,
    SchemaKind, Shape, StringFormat, Style, described_object, is_sendable,
};
use crate::rust::{Plan, Scope, layout, literal};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Setter {
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub signature: String,
    pub statements: Vec<String>,
}

impl Setter {
    /// The code of the setter.
    pub fn lines(&self) -> impl Iterator<Item = &String> {
        [&self.signature].into_iter().chain(&self.statements)
    }
}

#[derive(Default)]
pub struct Arguments {
    pub signature: Vec<String>,
    pub fills: Vec<String>,
    pub setters: Vec<Setter>,
    /// What is to be said of each argument.
    pub notes: Vec<String>,
}

pub fn arguments(
    plan: Plan<'_>,
    operation: &Operation,
    names: &[String],
    body: Option<&RequestBody>,
) -> Arguments {
    let mut arguments = Arguments {
        signature: vec!["&self".to_owned()],
        ..Arguments::default()
    };
    for (parameter, name) in operation.parameters.iter().zip(names) {
        if plan.is_argument(operation, parameter) {
            let (ty, fill) = fill(plan, parameter, name, "request");
            arguments.signature.push(format!("{name}: {ty}"));
            arguments.fills.extend(fill);
            arguments.notes.push(argument_note(
                name,
                &parameter.docs,
                &parameter_notes(parameter, name),
            ));
        } else {
            let setter = match plan.is_key(operation, parameter) {
                true => key_setter(plan, parameter, name),
                false => setter(plan, parameter, name),
            };
            arguments.setters.push(setter);
        }
    }
    let (Some(described), Some(body)) = (&operation.body, body) else {
        return arguments;
    };
    if described.required {
        let statement = body.statement("body", "request", "&mut request");
        arguments.signature.push(format!("body: {}", body.ty));
        arguments.fills.push(statement);
        arguments
            .notes
            .push(argument_note("body", &described.docs, &body.note));
    } else {
        let parameters = ["mut self".to_owned(), format!("value: {}", body.ty)];
        arguments.setters.push(Setter {
            docs: Text::new()
                .paragraph("Sets the body.")
                .prose(&described.docs)
                .paragraph(&body.note)
                .finish(),
            deprecated: false,
            signature: layout::signature("    ", "pub fn body", &parameters, Some("Self")),
            statements: vec![body.statement("value", "self.request", "&mut self.request")],
        });
    }
    arguments
}

pub(super) fn argument_note(name: &str, docs: &Docs, notes: &str) -> String {
    let about = docs
        .description
        .as_deref()
        .map(crate::prose::first_sentence)
        .unwrap_or_default();
    let text: Vec<&str> = [about.as_str(), notes]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    match text.is_empty() {
        true => format!("`{name}`"),
        false => format!("`{name}`: {}", text.join(" ")),
    }
}

fn parameter_notes(parameter: &Parameter, ident: &str) -> String {
    let notes = notes(
        &parameter.name,
        ident,
        &parameter.schema,
        parameter.inferred,
    );
    let is_path = parameter.location == Location::Path;
    let sentences = [
        notes.as_str(),
        match parameter.catch_all {
            true => "Its slashes separate segments of the path.",
            false => "",
        },
        match is_path && parameter.allow_empty {
            true => "It may be empty.",
            false => "",
        },
    ];
    let sentences = sentences.into_iter().filter(|text| !text.is_empty());
    sentences.collect::<Vec<_>>().join(" ")
}

fn setter(plan: Plan<'_>, parameter: &Parameter, name: &str) -> Setter {
    let (ty, statements) = fill(plan, parameter, "value", "self.request");
    let place = match parameter.location {
        Location::Path => "path",
        Location::Query | Location::QueryString => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let what = format!(
        "Sets the {place} parameter {}.",
        crate::ir::describe::code(&parameter.name)
    );
    let notes = notes(name, name, &parameter.schema, parameter.inferred);
    let parameters = ["mut self".to_owned(), format!("value: {ty}")];
    Setter {
        docs: Text::new()
            .paragraph(&what)
            .prose(&parameter.docs)
            .paragraph(&notes)
            .finish(),
        deprecated: parameter.deprecated,
        signature: layout::signature("    ", &format!("pub fn {name}"), &parameters, Some("Self")),
        statements,
    }
}

/// The setter of the key of a call, which has one in any case.
fn key_setter(plan: Plan<'_>, parameter: &Parameter, name: &str) -> Setter {
    let mut setter = setter(plan, parameter, name);
    let made = "All attempts send the same key. If it is not set, one is made for the call.";
    setter.docs.extend(Text::new().paragraph(made).after_gap());
    let (ty, before, key) = match plan.is_untyped(parameter) {
        true => (
            "impl ToString".to_owned(),
            None,
            "&value.to_string()".to_owned(),
        ),
        false => taken(plan, &parameter.schema, "value"),
    };
    let parameters = ["mut self".to_owned(), format!("value: {ty}")];
    setter.signature =
        layout::signature("    ", &format!("pub fn {name}"), &parameters, Some("Self"));
    let header = literal::string(&parameter.name);
    let arguments = ["&mut self.request".to_owned(), header, key];
    let call = layout::call("        ", "", "idempotency::set", &arguments, ";");
    setter.statements = before.into_iter().chain([call]).collect();
    setter
}

/// What is done to the value of a parameter before it is written, the expression that is written, and its style
/// where that is not the usual one: the same whatever the argument is called.
pub(crate) fn written(
    plan: Plan<'_>,
    parameter: &Parameter,
) -> (Option<String>, String, Option<String>) {
    let (_, before, expression) = taken_by(plan, parameter, "value");
    (before, expression, style(plan, parameter))
}

/// The type of a parameter's argument, and the statements that put it into the request.
fn fill(
    plan: Plan<'_>,
    parameter: &Parameter,
    value: &str,
    request: &str,
) -> (String, Vec<String>) {
    let (ty, before, expression) = taken_by(plan, parameter, value);
    if parameter.location == Location::QueryString && !parameter.encoding.is_empty() {
        let object = described_object(plan.api, &parameter.schema);
        let styles = super::body::form_styles(object, &parameter.encoding);
        let arguments = [literal::string(&parameter.name), expression, styles];
        let callee = format!("{request}.query_form");
        let call = layout::call("        ", "", &callee, &arguments, ";");
        return (ty, before.into_iter().chain([call]).collect());
    }
    let method = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::QueryString => "query_string",
    };
    let style = style(plan, parameter);
    let mut arguments = vec![literal::string(&parameter.name)];
    let callee = match &style {
        Some(style) => {
            arguments.push(style.clone());
            format!("{request}.styled_{method}")
        }
        None => format!("{request}.{method}"),
    };
    arguments.push(expression);
    let call = layout::call("        ", "", &callee, &arguments, ";");
    (ty, before.into_iter().chain([call]).collect())
}

/// How the value of a parameter is taken, as [`taken`] says it of any value.
fn taken_by(
    plan: Plan<'_>,
    parameter: &Parameter,
    value: &str,
) -> (String, Option<String>, String) {
    if plan.is_untyped(parameter) {
        return ("impl Serialize".to_owned(), None, format!("&{value}"));
    }
    taken(plan, &parameter.schema, value)
}

/// How a value is taken, what is done to it first, and the expression that borrows it.
pub(crate) fn taken(
    plan: Plan<'_>,
    schema: &Schema,
    value: &str,
) -> (String, Option<String>, String) {
    let ty = plan.bare(schema, &Scope::outside());
    let by_reference = (format!("&{ty}"), None, value.to_owned());
    if plan.is_converted(schema) {
        let before = layout::binding("        ", value, &ty, &format!("{value}.into()"));
        return (
            format!("impl Into<{ty}>"),
            Some(before),
            format!("&{value}"),
        );
    }
    match plan.kind(schema) {
        SchemaKind::String(_) if ty == "String" || plan.is_string(schema) => (
            "impl AsRef<str>".to_owned(),
            None,
            format!("{value}.as_ref()"),
        ),
        // Its text has all digits, a JSON value in memory would not.
        SchemaKind::Number(NumberFormat::Decimal) | SchemaKind::Integer(IntegerFormat::Big) => {
            (ty, None, format!("{value}.as_str()"))
        }
        SchemaKind::Array(items) => {
            let item = plan.bare(items, &Scope::outside());
            let text = plan.is_string(items) || plan.is_converted(items) && !items.nullable;
            let taken = if text {
                format!("impl IntoIterator<Item = impl Into<{item}>>")
            } else {
                format!("impl IntoIterator<Item = {item}>")
            };
            let map = if text { ".map(Into::into)" } else { "" };
            let links = [
                ".into_iter()".to_owned(),
                map.to_owned(),
                ".collect()".to_owned(),
            ];
            let links: Vec<String> = links.into_iter().filter(|link| !link.is_empty()).collect();
            let ty = format!("Vec<{item}>");
            let before = layout::binding(
                "        ",
                value,
                &ty,
                &format!("{value}{}", links.concat()),
            );
            (taken, Some(before), format!("&{value}"))
        }
        SchemaKind::Any | SchemaKind::Tuple(_) | SchemaKind::Map(_) | SchemaKind::Envelope(..) => {
            by_reference
        }
        SchemaKind::Declared(id) => match plan.api.ty(*id).shape {
            Shape::Enum(_) => (ty, None, format!("&{value}")),
            _ => by_reference,
        },
        _ => (ty, None, format!("&{value}")),
    }
}

/// The style where it is not the usual one of the parameter's place.
fn style(plan: Plan<'_>, parameter: &Parameter) -> Option<String> {
    let (kind, explode) = match plan.is_scalar(&parameter.schema) {
        true => of_scalar(parameter),
        false => (parameter.style, parameter.explode),
    };
    let mut text = match parameter.content {
        Some(kind) => content_style(parameter.location, kind)?.to_owned(),
        None => style_of(kind, explode, parameter.allow_reserved),
    };
    if parameter.allow_empty {
        text.push_str(".empty()");
    }
    if parameter.catch_all {
        text.push_str(".slashes()");
    }
    let usual = match parameter.location {
        Location::Path | Location::Header => "Style::SIMPLE",
        Location::QueryString => "Style::URL_ENCODED",
        Location::Query | Location::Cookie => "Style::FORM",
    };
    (text != usual).then_some(text)
}

/// The style of a single value, of which nobody sees how several would be written.
fn of_scalar(parameter: &Parameter) -> (Style, bool) {
    let is_named = matches!(parameter.location, Location::Query | Location::Cookie);
    let style = match parameter.style {
        Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited | Style::DeepObject
            if is_named =>
        {
            Style::Form
        }
        style => style,
    };
    (style, matches!(style, Style::Form | Style::Cookie))
}

/// How a parameter is written that is described by a media type.
fn content_style(location: Location, kind: ContentKind) -> Option<&'static str> {
    match (kind, location) {
        (ContentKind::Json, _) => Some("Style::JSON"),
        (ContentKind::Form, _) => Some("Style::URL_ENCODED"),
        // Any text is written as it is, which no style of lists and objects is asked for.
        (_, Location::QueryString) => Some("Style::FORM"),
        _ => None,
    }
}

/// A style as the runtime has it: `Style::FORM.explode(false)`.
pub(super) fn style_of(style: Style, explode: bool, allow_reserved: bool) -> String {
    let (base, explodes) = match style {
        Style::Simple => ("Style::SIMPLE", false),
        Style::Label => ("Style::LABEL", false),
        Style::Matrix => ("Style::MATRIX", false),
        Style::Form => ("Style::FORM", true),
        Style::Cookie => ("Style::COOKIE", true),
        Style::SpaceDelimited => ("Style::SPACE", false),
        Style::PipeDelimited => ("Style::PIPE", false),
        Style::TabDelimited => ("Style::TAB", false),
        Style::DeepObject => ("Style::DEEP", true),
    };
    let mut text = base.to_owned();
    if style != Style::DeepObject && explode != explodes {
        text.push_str(if explode {
            ".explode(true)"
        } else {
            ".explode(false)"
        });
    }
    if allow_reserved {
        text.push_str(".reserved()");
    }
    text
}

/// A media type as a header value may have it; what cannot stand in a header is replaced.
pub fn header_text<'t>(text: &'t str, otherwise: &'t str) -> &'t str {
    match is_sendable(text) {
        true => text,
        false => otherwise,
    }
}

impl Plan<'_> {
    /// Whether a parameter has no type, so that it takes texts, numbers and whatever else is written as
    /// one of them, and lists of such.
    pub(super) fn is_untyped(self, parameter: &Parameter) -> bool {
        *self.kind(&parameter.schema) == SchemaKind::Any
    }

    /// Whether a value is one text, number or boolean.
    pub(crate) fn is_scalar(self, schema: &Schema) -> bool {
        match self.kind(schema) {
            SchemaKind::Boolean
            | SchemaKind::Integer(_)
            | SchemaKind::Number(_)
            | SchemaKind::String(_)
            | SchemaKind::Constant(_) => true,
            SchemaKind::Declared(id) => matches!(self.api.ty(*id).shape, Shape::Enum(_)),
            _ => false,
        }
    }

    /// Whether an argument takes what converts into its type: an integer that is a text in JSON, and a
    /// union of scalars.
    pub(super) fn is_converted(self, schema: &Schema) -> bool {
        match self.kind(schema) {
            SchemaKind::String(StringFormat::Integer(_)) => true,
            SchemaKind::Declared(id) => match &self.api.ty(*id).shape {
                Shape::Union(union) => {
                    let mut branches = union.branches.iter();
                    branches.all(|branch| self.is_scalar(&branch.schema))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a schema is plain text to the caller.
    pub(super) fn is_string(self, schema: &Schema) -> bool {
        matches!(
            self.kind(schema),
            SchemaKind::String(StringFormat::Plain | StringFormat::Binary)
        )
    }
}
