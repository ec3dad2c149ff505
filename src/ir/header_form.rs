//! How the text of a response header is read.

use super::{
    Api, ContentKind, EnumKind, Extra, Header, IntegerFormat, NumberFormat, Object, Schema,
    SchemaKind, Shape, described_object,
};

/// What becomes of a header's text.
#[derive(Debug, Clone, Copy)]
pub enum HeaderForm<'a> {
    /// A scalar, or a list or a map of scalars, in the style `simple`.
    Simple,
    /// An object of scalars in that style.
    Object(&'a Object),
    /// JSON, as the header's `content` says.
    Json,
    /// The text as it is.
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

    /// Whether the header is described as more than a text, and given as a text all the same.
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

/// Whether a text is read as a type of its own. Numbers of any size are left as texts, which have all of
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

/// The members of an object that JSON does not have as strings.
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
