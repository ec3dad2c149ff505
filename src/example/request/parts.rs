//! The parts of multipart bodies: which are files, and the media type of each (OpenAPI 3.1, "Encoding Object").

use crate::ir::{
    Api, Content, Encoding, ParameterStyle, Property, Schema, SchemaKind, Shape, StringFormat,
    example_media_type, is_concrete, is_json, is_sendable, takes_octets,
};

/// How the value of a part is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartKind {
    /// A part that the caller builds, because it has headers; with its media type, if known.
    Part(Option<String>),
    /// A file, sent with a file name.
    File(FileType),
    Files(FileType),
    /// A plain value, with a media type if it differs from the default.
    Value(Option<String>),
    /// A value in a style, which may produce several parts: the style, `explode` and `allowReserved`.
    Styled(ParameterStyle, bool, bool),
}

/// The media type of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileType {
    /// The default, which the caller may override.
    Usual(String),
    /// A list or range of media types, of which the caller has to choose one.
    OneOf(String),
}

impl FileType {
    fn of(described: &str) -> Self {
        let types = described.split(',').map(str::trim);
        let types: Vec<&str> = types.filter(|one| !one.is_empty()).collect();
        match types[..] {
            [one] if is_concrete(one) => FileType::Usual(one.to_owned()),
            [] => FileType::Usual(OCTETS.to_owned()),
            _ if !is_sendable(described) || types.iter().any(|one| takes_octets(one)) => {
                FileType::Usual(OCTETS.to_owned())
            }
            _ => FileType::OneOf(described.to_owned()),
        }
    }

    /// Returns the media type for examples.
    pub fn example(&self) -> String {
        match self {
            FileType::Usual(media_type) => media_type.clone(),
            FileType::OneOf(described) => example_media_type(described),
        }
    }
}

const OCTETS: &str = "application/octet-stream";
const JSON: &str = "application/json";

/// Returns the properties of a body in the order in which they are sent: files last, otherwise document order.
/// Servers that read a body while it arrives ignore fields after a file.
pub fn in_order<'a>(api: &'a Api, content: &'a Content) -> Vec<&'a Property> {
    let members = content.parts(api).map(|parts| &parts.members[..]);
    let encodings = content.encodings();
    let mut sorted: Vec<&Property> = members.unwrap_or_default().iter().collect();
    sorted.sort_by_key(|member| {
        let encoding = encodings.get(&*member.name).copied();
        let kind = kind(api, &member.schema, encoding);
        matches!(kind, PartKind::File(_) | PartKind::Files(_))
    });
    sorted
}

pub fn kind(api: &Api, schema: &Schema, encoding: Option<&Encoding>) -> PartKind {
    let described = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let of_file = |schema: &Schema| {
        let media_type = described.or_else(|| own_media_type(schema));
        FileType::of(media_type.unwrap_or(OCTETS))
    };
    let media_type = described.and_then(first_media_type);
    if let SchemaKind::Array(items) = api.resolved(schema)
        && is_file(api, items, described)
    {
        return PartKind::Files(of_file(items));
    }
    if is_file(api, schema, described) {
        return PartKind::File(of_file(schema));
    }
    if encoding.is_some_and(|encoding| !encoding.headers.is_empty()) {
        return PartKind::Part(
            media_type.or_else(|| is_object(api, schema).then(|| JSON.to_owned())),
        );
    }
    if let Some((style, explode, reserved)) = encoding.and_then(|encoding| encoding.style) {
        return PartKind::Styled(style, explode, reserved);
    }
    let item = match &schema.kind {
        SchemaKind::Array(items) => items,
        _ => schema,
    };
    let is_text = matches!(
        item.kind,
        SchemaKind::String(StringFormat::Plain | StringFormat::Binary)
    );
    match media_type {
        Some(media_type) if is_json(&media_type) => PartKind::Value(Some(media_type)),
        Some(media_type) if is_text => PartKind::Value(Some(media_type)),
        _ => PartKind::Value(None),
    }
}

/// Returns whether a part is a file: bytes, or a string with a media type that is not text.
fn is_file(api: &Api, schema: &Schema, described: Option<&str>) -> bool {
    let said = |media_type: &str| {
        !is_json(media_type) && !media_type.starts_with("text/") && !media_type.contains("xml")
    };
    let own = own_media_type(schema);
    match api.resolved(schema) {
        SchemaKind::String(StringFormat::Binary) => true,
        SchemaKind::String(StringFormat::Plain) => own.or(described).is_some_and(said),
        // Without a type, the default is `application/octet-stream`.
        SchemaKind::Any => described.is_none_or(said),
        _ => false,
    }
}

/// Returns whether a value is an object, which a part contains as JSON (OpenAPI 3.1, "Encoding Object").
fn is_object(api: &Api, schema: &Schema) -> bool {
    match api.resolved(schema) {
        SchemaKind::Map(_) => true,
        SchemaKind::Declared(id) => matches!(api.ty(*id).shape, Shape::Object(_)),
        _ => false,
    }
}

/// Returns the `contentMediaType` of the schema.
fn own_media_type(schema: &Schema) -> Option<&str> {
    let found = |(keyword, _): &&(String, serde_json::Value)| keyword == "contentMediaType";
    let facts = schema.facts.as_ref()?;
    facts.limits.iter().find(found)?.1.as_str()
}

/// Returns the first of several media types that is not a range.
fn first_media_type(described: &str) -> Option<String> {
    let mut types = described.split(',').map(str::trim);
    types.find(|one| is_concrete(one)).map(str::to_owned)
}
