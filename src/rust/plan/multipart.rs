//! Multipart bodies: their parts, and the code that adds each.

use super::Plan;
use super::sent::{ArgumentType, Sent};
use super::style::style_of;
use crate::example::request::parts::{FileType, PartKind, in_order, kind};
use crate::ir::{Content, Encoding, OperationId, Property, SchemaKind, is_json};
use crate::rust::Expr;

/// A multipart body.
#[derive(Debug)]
pub struct FormPlan<'a> {
    pub content: &'a Content,
    /// The parts of a request, in the order of the document.
    pub parts: Vec<PartPlan<'a>>,
    /// The names of the parts in the order in which they are sent.
    pub order: Expr,
}

/// A part of a multipart body.
#[derive(Debug)]
pub struct PartPlan<'a> {
    pub property: &'a Property,
    /// The argument of the constructor, or the setter.
    pub ident: &'a str,
    pub encoding: Option<&'a Encoding>,
    pub kind: PartKind,
    pub value: ArgumentType<'a>,
    /// The method that adds the part.
    method: &'static str,
    /// The media type or the style: the argument of that method between name and value.
    format: Option<Expr>,
}

impl<'a> PartPlan<'a> {
    /// Returns whether the constructor takes it, and not a setter.
    pub fn is_positional(&self) -> bool {
        self.property.required
    }

    /// Returns whether it is bytes with a media type, and not a value that the client encodes.
    pub fn is_raw(&self) -> bool {
        !matches!(self.kind, PartKind::Value(_) | PartKind::Styled(..))
    }

    /// Returns the media types that the caller chooses from.
    pub fn choices(&self) -> Option<&str> {
        match &self.kind {
            PartKind::File(FileType::OneOf(types)) | PartKind::Files(FileType::OneOf(types)) => {
                Some(types)
            }
            _ => None,
        }
    }

    /// Returns the code that adds the part to the body.
    pub fn sent(&self) -> Sent<'a> {
        let (argument, parts) = match self.is_positional() {
            true => (self.ident, Expr::variable("parts")),
            false => ("value", Expr::variable("self").field("parts")),
        };
        Sent {
            bound: self.value.bound(argument),
            call: self.call(argument, parts),
            has_style: matches!(self.kind, PartKind::Styled(..)),
        }
    }

    /// Returns the expression that adds the argument of this name to `parts`.
    pub fn call(&self, argument: &str, parts: Expr) -> Expr {
        let name = Expr::string(&self.property.name);
        let value = self.value.used(argument);
        let arguments = [Some(name), self.format.clone(), Some(value)];
        let arguments: Vec<Expr> = arguments.into_iter().flatten().collect();
        parts.method(self.method, arguments)
    }
}

impl<'a> Plan<'a> {
    /// Plans a multipart body.
    pub(super) fn plan_form(self, id: OperationId, content: &'a Content) -> FormPlan<'a> {
        let members = content.parts(self.api).map(|parts| &parts.members[..]);
        let members = members.unwrap_or_default().iter();
        let encodings = content.encodings();
        let named = members.zip(&self.names.operation(id).parts);
        // A request contains no read-only properties.
        let sent = named.filter(|(property, _)| !property.read_only);
        let parts = sent.map(|(property, ident)| {
            let encoding = encodings.get(&*property.name).copied();
            self.plan_part(property, ident, encoding)
        });
        let order = in_order(self.api, content);
        let order = order.iter().filter(|property| !property.read_only);
        FormPlan {
            content,
            parts: parts.collect(),
            order: Expr::strings(order.map(|property| &property.name)),
        }
    }

    fn plan_part(
        self,
        property: &'a Property,
        ident: &'a str,
        encoding: Option<&'a Encoding>,
    ) -> PartPlan<'a> {
        let kind = kind(self.api, &property.schema, encoding);
        let text = |text: &str| Some(Expr::string(text));
        let (method, format, value) = match &kind {
            PartKind::Part(None) => ("part", None, ArgumentType::converted_part()),
            PartKind::Part(Some(media_type)) => ("typed", text(media_type), ArgumentType::part()),
            PartKind::File(FileType::Usual(media_type)) => {
                ("file", text(media_type), ArgumentType::part())
            }
            PartKind::File(FileType::OneOf(media_types)) => {
                ("file_of", text(media_types), ArgumentType::part())
            }
            PartKind::Files(FileType::Usual(media_type)) => {
                ("files", text(media_type), ArgumentType::parts())
            }
            PartKind::Files(FileType::OneOf(media_types)) => {
                ("files_of", text(media_types), ArgumentType::parts())
            }
            PartKind::Styled(style, explode, reserved) => {
                let style = style_of(*style, *explode, *reserved);
                ("styled", Some(style), self.argument_type(&property.schema))
            }
            PartKind::Value(media_type) => {
                let method = match media_type.as_deref() {
                    None => "value",
                    Some(media_type) if is_json(media_type) => "json",
                    Some(_) => match self.api.resolved(&property.schema) {
                        SchemaKind::Array(_) => "texts",
                        _ => "text",
                    },
                };
                let media_type = media_type.as_deref().map(Expr::string);
                (method, media_type, self.argument_type(&property.schema))
            }
        };
        PartPlan {
            property,
            ident,
            encoding,
            kind,
            value,
            method,
            format,
        }
    }
}
