//! How response headers are decoded.

use super::{
    Api, ContentKind, EnumKind, Extra, Header, IntegerFormat, NumberFormat, Object, Schema,
    SchemaKind, Shape, described_object,
};

/// The form of a header's value.
#[derive(Debug, Clone, Copy)]
pub enum HeaderForm<'a> {
    /// A scalar, or an array or map of scalars, in the style `simple`.
    Simple,
    /// An object of scalars in the style `simple`.
    Object(&'a Object),
    /// JSON, from the header's `content`.
    Json,
    /// The unparsed text.
    Plain,
}

impl Header {
    pub fn form<'a>(&'a self, api: &'a Api) -> HeaderForm<'a> {
        if self.content == Some(ContentKind::Json) {
            return HeaderForm::Json;
        }
        let is_simple = match api.resolved(&self.schema) {
            SchemaKind::Array(items) => is_scalar(api, items),
            SchemaKind::Map(values) => is_scalar(api, values),
            _ => is_scalar(api, &self.schema),
        };
        if is_simple {
            return HeaderForm::Simple;
        }
        let is_flat = |object: &&Object| {
            let mut members = object.members.iter();
            !matches!(object.extra, Extra::Typed(_))
                && members.all(|member| is_scalar(api, &member.schema))
        };
        let object = described_object(api, &self.schema);
        object
            .filter(is_flat)
            .map_or(HeaderForm::Plain, HeaderForm::Object)
    }

    /// Returns whether the header has a schema with structure but is returned as text.
    pub fn loses_structure(&self, api: &Api) -> bool {
        let is_text = match (self.content, api.resolved(&self.schema)) {
            (Some(kind), _) => kind == ContentKind::Text,
            (None, SchemaKind::String(_) | SchemaKind::Number(_) | SchemaKind::Integer(_)) => true,
            (None, SchemaKind::Any) => true,
            _ => false,
        };
        matches!(self.form(api), HeaderForm::Plain) && !is_text
    }
}

/// Returns whether a text decodes to a scalar. Integers and decimals of any size stay text, which keeps all
/// their digits.
fn is_scalar(api: &Api, schema: &Schema) -> bool {
    match api.resolved(schema) {
        SchemaKind::Boolean | SchemaKind::String(_) => true,
        SchemaKind::Integer(format) => *format != IntegerFormat::Big,
        SchemaKind::Number(format) => *format != NumberFormat::Decimal,
        SchemaKind::Declared(id) => match &api.ty(*id).shape {
            Shape::Enum(shape) => shape.kind == EnumKind::String,
            _ => false,
        },
        _ => false,
    }
}

/// Returns the properties of an object that JSON writes without quotes.
pub fn unquoted<'a>(api: &'a Api, object: &'a Object) -> impl Iterator<Item = &'a str> {
    let members = object.members.iter();
    let is_bare = |kind: &SchemaKind| {
        matches!(
            kind,
            SchemaKind::Boolean | SchemaKind::Integer(_) | SchemaKind::Number(_)
        )
    };
    members
        .filter(move |member| is_bare(api.resolved(&member.schema)))
        .map(|member| member.name.as_str())
}
