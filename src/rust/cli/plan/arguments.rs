//! Arguments and flags: the value that each takes, and how it is decoded for the client.

use super::Taken;
use crate::describe;
use crate::ir::{
    Api, Docs, EnumKind, Operation, Parameter, ParameterLocation, Schema, SchemaKind, Shape,
    StringFormat,
};
use crate::prose;
use crate::rust::names::commands::FlagNames;
use crate::rust::plan::arguments::ArgumentPlan;
use crate::rust::{Plan, Ty};
use serde_json::Value as Json;

/// An argument or a flag.
#[derive(Debug)]
pub struct Argument {
    /// In kebab case. A positional argument has no dashes before it.
    pub name: String,
    pub target: ArgumentTarget,
    pub kind: ArgumentKind,
    pub is_list: bool,
    pub is_required: bool,
    pub is_positional: bool,
    pub is_deprecated: bool,
    pub help: String,
    /// Known values, as hints.
    pub values: Vec<String>,
}

/// What an argument sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArgumentTarget {
    /// A parameter, by the key that the program knows it by.
    Parameter(String),
    /// A property of the body, by its path.
    Body(Vec<String>),
    /// A part of a multipart body.
    Part(String),
}

/// How the text of an argument becomes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentKind {
    Text,
    Boolean,
    Integer,
    Number,
    Date,
    Time,
    /// JSON if it parses as such, or else a text.
    Any,
    Json,
    /// A text in base64, or a file that is encoded.
    Base64,
    /// The path of a file.
    File,
}

impl ArgumentKind {
    /// Returns the name of the kind in the description of the commands.
    pub fn name(self) -> &'static str {
        match self {
            ArgumentKind::Text => "text",
            ArgumentKind::Boolean => "boolean",
            ArgumentKind::Integer => "integer",
            ArgumentKind::Number => "number",
            ArgumentKind::Date => "date",
            ArgumentKind::Time => "time",
            ArgumentKind::Any => "any",
            ArgumentKind::Json => "json",
            ArgumentKind::Base64 => "base64",
            ArgumentKind::File => "file",
        }
    }
}

/// How the client's argument is made of a value.
#[derive(Debug)]
pub enum Decoding<'a> {
    Text,
    /// A part of a multipart body.
    Part,
    Parts,
    /// Decoded as this type.
    Value(Ty<'a>),
    /// The same, passed by reference.
    Reference(Ty<'a>),
}

impl<'a> Decoding<'a> {
    /// Returns the decoding for an argument type of the client.
    pub fn of(ty: &Ty<'a>) -> Self {
        match ty {
            Ty::AsStr | Ty::ToString => Decoding::Text,
            Ty::Serialize => Decoding::Value(Ty::VALUE),
            Ty::Into(inner) if **inner == Ty::PART => Decoding::Part,
            Ty::Into(inner) => Decoding::Value((**inner).clone()),
            Ty::IntoIterator(item) => match &**item {
                Ty::Into(inner) if **inner == Ty::PART => Decoding::Parts,
                Ty::Into(inner) => Decoding::Value((**inner).clone().vec()),
                item => Decoding::Value(item.clone().vec()),
            },
            Ty::Ref(inner) => Decoding::Reference((**inner).clone()),
            ty => Decoding::Value(ty.clone()),
        }
    }
}

/// Plans the argument or flag of a parameter.
pub fn taken<'a>(
    plan: Plan<'a>,
    operation: &'a Operation,
    planned: &'a ArgumentPlan<'a>,
    flags: &mut FlagNames,
) -> Taken<'a> {
    let parameter = planned.parameter;
    let is_argument = planned.is_positional();
    let (kind, is_list) = kind(plan.api, &parameter.schema);
    let is_single = !is_list && kind != ArgumentKind::Json;
    let argument = Argument {
        name: flags.claim(&parameter.name, place(parameter.location)),
        target: ArgumentTarget::Parameter(key(operation, parameter, planned.ident)),
        kind,
        is_list,
        is_required: is_argument,
        is_positional: is_argument && is_single && kind != ArgumentKind::Boolean,
        is_deprecated: parameter.deprecated,
        help: help(
            &parameter.docs,
            &parameter.name,
            &parameter.schema,
            parameter.inferred,
        ),
        values: values(plan.api, &parameter.schema),
    };
    Taken {
        parameter,
        argument,
        ident: planned.ident,
        is_argument,
        decoding: Decoding::of(&planned.value.ty),
    }
}

/// Returns the key of a parameter: its name, unless another parameter or the body has that too.
fn key(operation: &Operation, parameter: &Parameter, ident: &str) -> String {
    let mut others = operation.parameters.iter();
    let is_shared =
        others.any(|other| !std::ptr::eq(other, parameter) && other.name == parameter.name);
    match is_shared || parameter.name == "body" {
        true => ident.to_owned(),
        false => parameter.name.clone(),
    }
}

fn place(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path parameter",
        ParameterLocation::Query | ParameterLocation::QueryString => "parameter",
        ParameterLocation::Header => "header parameter",
        ParameterLocation::Cookie => "cookie",
    }
}

/// Returns how the texts of a schema's values are read, and whether there may be several.
pub fn kind(api: &Api, schema: &Schema) -> (ArgumentKind, bool) {
    match api.resolved(schema) {
        SchemaKind::Array(items) => match kind(api, items) {
            (ArgumentKind::Json, _) | (_, true) => (ArgumentKind::Json, false),
            (kind, false) => (kind, true),
        },
        SchemaKind::Boolean => (ArgumentKind::Boolean, false),
        SchemaKind::Integer(_) => (ArgumentKind::Integer, false),
        SchemaKind::Number(_) => (ArgumentKind::Number, false),
        SchemaKind::String(format) => (text_kind(*format), false),
        SchemaKind::Constant(_) => (ArgumentKind::Text, false),
        SchemaKind::External(external) if external.sample.is_string() => {
            (ArgumentKind::Text, false)
        }
        SchemaKind::External(external) if external.sample.is_object() => {
            (ArgumentKind::Json, false)
        }
        SchemaKind::Any | SchemaKind::Null | SchemaKind::External(_) => (ArgumentKind::Any, false),
        SchemaKind::Envelope(_, inner) => kind(api, inner),
        SchemaKind::Tuple(_) | SchemaKind::Map(_) => (ArgumentKind::Json, false),
        SchemaKind::Declared(id) => match &api.ty(*id).shape {
            Shape::Enum(shape) if shape.kind == EnumKind::String => (ArgumentKind::Text, false),
            Shape::Enum(_) => (ArgumentKind::Any, false),
            Shape::Union(union) => {
                let mut branches = union.branches.iter();
                let is_structure =
                    |schema: &Schema| matches!(kind(api, schema), (ArgumentKind::Json, _));
                match branches.all(|branch| is_structure(&branch.schema)) {
                    true => (ArgumentKind::Json, false),
                    false => (ArgumentKind::Any, false),
                }
            }
            Shape::Object(_) | Shape::Alias(_) => (ArgumentKind::Json, false),
        },
    }
}

fn text_kind(format: StringFormat) -> ArgumentKind {
    match format {
        StringFormat::Date => ArgumentKind::Date,
        StringFormat::DateTime => ArgumentKind::Time,
        StringFormat::Base64 | StringFormat::Base64Url => ArgumentKind::Base64,
        _ => ArgumentKind::Text,
    }
}

/// Returns the known values of a schema, or of its items.
pub fn values(api: &Api, schema: &Schema) -> Vec<String> {
    match api.resolved(schema) {
        SchemaKind::Array(items) => values(api, items),
        SchemaKind::Declared(id) => match &api.ty(*id).shape {
            Shape::Enum(shape) => shape
                .values
                .iter()
                .map(|value| text(&value.value))
                .collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Returns a value as a person types it.
pub fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Returns the help of a flag, on one line: the first sentence of its description, and its limits.
pub fn help(docs: &Docs, name: &str, schema: &Schema, is_inferred: bool) -> String {
    let description = docs.description.as_deref().or(docs.summary.as_deref());
    let about = prose::first_sentence(description.unwrap_or_default());
    // The name on the wire is not for readers of a help.
    let notes = describe::notes(name, name, schema, is_inferred);
    let whole = [about, notes].into_iter().filter(|text| !text.is_empty());
    let whole: Vec<String> = whole.collect();
    prose::visible(&prose::plain(&whole.join(" ")))
}
