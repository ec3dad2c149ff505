//! Lowers parameters with location, schema and style.

use super::{Lowering, Site, pinned};
use crate::diag::codes;
use crate::ir::{
    ContentKind, Docs, Encoding, OperationId, Owner, Parameter, ParameterLocation, ParameterStyle,
    Role, Schema, SchemaKind, StringFormat,
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
        if read.name.is_empty() && location != ParameterLocation::QueryString {
            self.diagnostics()
                .push(codes::parameter_without_name(target));
            return None;
        }
        if location == ParameterLocation::Header && is_reserved_header(&read.name) {
            self.diagnostics()
                .push(codes::reserved_header(target, &read.name));
            return None;
        }
        let site = Site::new(Owner::Operation(id), Role::Parameter(read.name.clone()))
            .inferred(read.inferred);
        let mut described = self.parameter_schema(&read, &site);
        if location != ParameterLocation::QueryString {
            // Properties of a form inside a single value cannot have styles.
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
            required: read.required || location == ParameterLocation::Path,
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
                && matches!(location, ParameterLocation::Path | ParameterLocation::Query),
            catch_all: false,
            schema: described.schema,
            content: described.kind,
            encoding: described.encoding,
            examples,
            shared: None,
            constant: None,
            at: Some(target.id()),
        })
    }

    fn parameter_schema(&mut self, read: &openapi::Parameter<'t>, site: &Site) -> ParameterValue {
        if let Some(schema) = read.schema {
            return ParameterValue::of(self.schema(schema, site));
        }
        match self.contents(&read.content, site).into_iter().next() {
            Some(content) => ParameterValue {
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
                ParameterValue::of(Schema::new(SchemaKind::String(StringFormat::Plain)))
            }
        }
    }

    /// Returns the style and the default of `explode`.
    pub(super) fn style(
        &mut self,
        read: &openapi::Parameter<'t>,
        location: ParameterLocation,
    ) -> (ParameterStyle, bool) {
        let default = default_style(location);
        let is_swagger = self.reader.version == Version::V20;
        let style = match read.style.as_deref() {
            None => default,
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
                default
            }
        };
        // "When style is `form` or `cookie`, the default value is `true`."
        let explodes = matches!(style, ParameterStyle::Form | ParameterStyle::Cookie);
        // Swagger 2.0 allows any separator in any location.
        if is_style_allowed(style, location) || is_swagger {
            return (style, explodes);
        }
        let name = read.style.as_deref().unwrap_or_default();
        self.diagnostics()
            .push(codes::style_out_of_place(read.node, name, &read.location));
        (default, explodes)
    }
}

/// The value of a parameter, from `schema` or `content`.
struct ParameterValue {
    schema: Schema,
    kind: Option<ContentKind>,
    encoding: Vec<Encoding>,
    examples: Vec<Json>,
}

impl ParameterValue {
    fn of(schema: Schema) -> Self {
        ParameterValue {
            schema,
            kind: None,
            encoding: Vec::new(),
            examples: Vec::new(),
        }
    }
}

/// Creates a string parameter in the default style of its location.
pub(super) fn string_parameter(name: &str, location: ParameterLocation) -> Parameter {
    let style = default_style(location);
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
        shared: None,
        constant: None,
        at: None,
    }
}

fn default_style(location: ParameterLocation) -> ParameterStyle {
    match location {
        ParameterLocation::Path | ParameterLocation::Header => ParameterStyle::Simple,
        ParameterLocation::Query | ParameterLocation::Cookie | ParameterLocation::QueryString => {
            ParameterStyle::Form
        }
    }
}

/// Checks OpenAPI 3.2, "Style Values".
fn is_style_allowed(style: ParameterStyle, location: ParameterLocation) -> bool {
    match location {
        ParameterLocation::Path => matches!(
            style,
            ParameterStyle::Simple | ParameterStyle::Label | ParameterStyle::Matrix
        ),
        ParameterLocation::Header => style == ParameterStyle::Simple,
        ParameterLocation::Cookie => matches!(style, ParameterStyle::Form | ParameterStyle::Cookie),
        ParameterLocation::QueryString => true,
        ParameterLocation::Query => matches!(
            style,
            ParameterStyle::Form
                | ParameterStyle::SpaceDelimited
                | ParameterStyle::PipeDelimited
                | ParameterStyle::DeepObject
        ),
    }
}

fn location(text: &str) -> Option<ParameterLocation> {
    Some(match text {
        "path" => ParameterLocation::Path,
        "query" => ParameterLocation::Query,
        "header" => ParameterLocation::Header,
        "cookie" => ParameterLocation::Cookie,
        "querystring" => ParameterLocation::QueryString,
        _ => return None,
    })
}

/// Implements "If `in` is `header` and the name is Accept, Content-Type or Authorization, the parameter
/// definition shall be ignored" (OpenAPI 3.1, "Parameter Object").
///
/// Documents without a security scheme describe their credential as a parameter, so the credentials pass
/// handles `Authorization`.
fn is_reserved_header(name: &str) -> bool {
    ["accept", "content-type"]
        .iter()
        .any(|other| name.eq_ignore_ascii_case(other))
}
