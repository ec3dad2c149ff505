//! Parameters: where each goes, what it is, and in which style it is written.

use super::{Lowering, Site, pinned};
use crate::diag::codes;
use crate::ir::{
    ContentKind, Docs, Encoding, Location, OperationId, Owner, Parameter, ParameterStyle, Role,
    Schema, SchemaKind, StringFormat,
};
use crate::openapi::{self, Version, hints, swagger};
use crate::tree::Node;
use serde_json::Value as Json;

impl<'t> Lowering<'t, '_> {
    pub(super) fn parameter(&mut self, node: Node<'t>, id: OperationId) -> Option<Parameter> {
        let target = self.follow(node)?;
        let is_swagger = self.reader.version == Version::V20;
        if is_swagger && target.text("in").is_some_and(swagger::is_payload) {
            return None;
        }
        let read = openapi::Parameter::read(target, self.resolver, &mut self.reader);
        let Some(location) = location(&read.location) else {
            let known = match is_swagger {
                true => "`path`, `query`, `header`, `formData` and `body`",
                false => "`path`, `query`, `header` and `cookie`",
            };
            self.diagnostics().push(codes::unknown_parameter_location(
                target,
                &read.location,
                known,
            ));
            return None;
        };
        if read.name.is_empty() && location != Location::QueryString {
            self.diagnostics()
                .push(codes::parameter_without_name(target));
            return None;
        }
        if location == Location::Header && is_reserved_header(&read.name) {
            self.diagnostics()
                .push(codes::reserved_header(target, &read.name));
            return None;
        }
        let site = Site::new(Owner::Operation(id), Role::Parameter(read.name.clone()))
            .inferred(read.inferred);
        let mut described = self.parameter_schema(&read, &site);
        if location != Location::QueryString {
            // A form within one value has no room for the styles of its members.
            for at in described.encoding.drain(..).filter_map(|one| one.at) {
                let node = self.resolver.tree.node(at);
                self.diagnostics().push(codes::encoding_not_applied(node));
            }
        }
        let (style, explodes) = self.style(&read, location);
        let mut examples: Vec<_> = read.examples.iter().map(|node| node.to_json()).collect();
        examples.extend(described.examples);
        if let Some(schema) = read.schema {
            examples.extend(super::facts::examples(schema));
        }
        let description = self.reader.prose(node, "description").or(read.description);
        Some(Parameter {
            pinned: pinned(target, hints::PARAMETER, &mut self.reader),
            name: read.name,
            location,
            required: read.required || location == Location::Path,
            docs: Docs {
                description,
                ..Docs::default()
            },
            deprecated: read.deprecated,
            inferred: read.inferred,
            style,
            explode: read.explode.unwrap_or(explodes),
            allow_reserved: read.allow_reserved,
            allow_empty: read.allow_empty_value
                && matches!(location, Location::Path | Location::Query),
            catch_all: false,
            schema: described.schema,
            content: described.kind,
            encoding: described.encoding,
            examples,
            at: Some(target.id()),
        })
    }

    fn parameter_schema(&mut self, read: &openapi::Parameter<'t>, site: &Site) -> Described {
        if let Some(schema) = read.schema {
            return Described::of(self.schema(schema, site));
        }
        match self.contents(&read.content, site).into_iter().next() {
            Some(content) => Described {
                schema: content.schema,
                kind: Some(content.kind),
                encoding: content.encoding,
                examples: content.examples,
            },
            None => {
                let keyword = match self.reader.version {
                    Version::V20 => "type",
                    _ => "schema",
                };
                self.diagnostics().push(codes::parameter_without_schema(
                    read.node, &read.name, keyword,
                ));
                Described::of(Schema::new(SchemaKind::String(StringFormat::Plain)))
            }
        }
    }

    /// The style, and whether it explodes where nothing is said of that.
    pub(super) fn style(
        &mut self,
        read: &openapi::Parameter<'t>,
        location: Location,
    ) -> (ParameterStyle, bool) {
        let usual = usual_style(location);
        let is_swagger = self.reader.version == Version::V20;
        let style = match read.style.as_deref() {
            None => usual,
            Some("simple") => ParameterStyle::Simple,
            Some("label") => ParameterStyle::Label,
            Some("matrix") => ParameterStyle::Matrix,
            Some("form") => ParameterStyle::Form,
            Some("cookie") => ParameterStyle::Cookie,
            Some("spaceDelimited") => ParameterStyle::SpaceDelimited,
            Some("pipeDelimited") => ParameterStyle::PipeDelimited,
            Some("deepObject") => ParameterStyle::DeepObject,
            Some(swagger::TAB_DELIMITED) if is_swagger => ParameterStyle::TabDelimited,
            Some(other) => {
                self.diagnostics()
                    .push(codes::unknown_style(read.node, other));
                usual
            }
        };
        // "When style is `form` or `cookie`, the default value is `true`."
        let explodes = matches!(style, ParameterStyle::Form | ParameterStyle::Cookie);
        // In Swagger 2.0, lists may have any separator in any place.
        if is_at_home(style, location) || is_swagger {
            return (style, explodes);
        }
        let name = read.style.as_deref().unwrap_or_default();
        self.diagnostics()
            .push(codes::style_out_of_place(read.node, name, &read.location));
        (usual, explodes)
    }
}

/// What a parameter's `schema` or `content` says of its value.
struct Described {
    schema: Schema,
    kind: Option<ContentKind>,
    encoding: Vec<Encoding>,
    examples: Vec<Json>,
}

impl Described {
    fn of(schema: Schema) -> Self {
        Described {
            schema,
            kind: None,
            encoding: Vec::new(),
            examples: Vec::new(),
        }
    }
}

/// A string in the usual style of its place.
pub(super) fn undeclared(name: &str, location: Location) -> Parameter {
    let style = usual_style(location);
    Parameter {
        name: name.to_owned(),
        pinned: None,
        location,
        required: true,
        docs: Docs::default(),
        deprecated: false,
        inferred: false,
        style,
        explode: style == ParameterStyle::Form,
        allow_reserved: false,
        allow_empty: false,
        catch_all: false,
        schema: Schema::new(SchemaKind::String(StringFormat::Plain)),
        content: None,
        encoding: Vec::new(),
        examples: Vec::new(),
        at: None,
    }
}

fn usual_style(location: Location) -> ParameterStyle {
    match location {
        Location::Path | Location::Header => ParameterStyle::Simple,
        Location::Query | Location::Cookie | Location::QueryString => ParameterStyle::Form,
    }
}

/// OpenAPI 3.2, "Style Values".
fn is_at_home(style: ParameterStyle, location: Location) -> bool {
    match location {
        Location::Path => matches!(
            style,
            ParameterStyle::Simple | ParameterStyle::Label | ParameterStyle::Matrix
        ),
        Location::Header => style == ParameterStyle::Simple,
        Location::Cookie => matches!(style, ParameterStyle::Form | ParameterStyle::Cookie),
        Location::QueryString => true,
        Location::Query => matches!(
            style,
            ParameterStyle::Form
                | ParameterStyle::SpaceDelimited
                | ParameterStyle::PipeDelimited
                | ParameterStyle::DeepObject
        ),
    }
}

fn location(text: &str) -> Option<Location> {
    Some(match text {
        "path" => Location::Path,
        "query" => Location::Query,
        "header" => Location::Header,
        "cookie" => Location::Cookie,
        "querystring" => Location::QueryString,
        _ => return None,
    })
}

/// "If `in` is `header` and the name is Accept, Content-Type or Authorization, the parameter
/// definition shall be ignored" (OpenAPI 3.1, "Parameter Object").
///
/// Documents without a security scheme describe their credential as a parameter all the same, so
/// `Authorization` is left to the pass on credentials.
fn is_reserved_header(name: &str) -> bool {
    ["accept", "content-type"]
        .iter()
        .any(|other| name.eq_ignore_ascii_case(other))
}
