//! Lowers request bodies, responses, headers and media types.

use super::facts::example;
use super::plan::Declaration;
use super::{Lowering, Site, docs};
use crate::diag::codes;
use crate::ir::{
    Body, Content, ContentKind, Docs, Encoding, Header, Object, Owner, ParameterLocation, Response,
    Role, Schema, SchemaKind, StatusPattern, StringFormat, essence, is_json, is_token, is_xml,
    is_yaml, meant_media_type,
};
use crate::openapi::swagger::{self, Medium};
use crate::openapi::{self, Additional, MediaType, Version};
use crate::tree::Node;
use std::collections::HashSet;

impl<'t> Lowering<'t, '_> {
    /// Lowers a request body, or returns `None` if it describes nothing.
    pub(super) fn body(&mut self, node: Node<'t>, owner: Owner) -> Option<Body> {
        let owner = self.owner_of(node, owner);
        let target = self.follow(node)?;
        let body = openapi::RequestBody::read(target, self.resolver, &mut self.reader);
        if body.content.is_empty() {
            // An invalid media type has its own diagnostic.
            if target
                .get("content")
                .is_none_or(|keys| keys.members().next().is_none())
            {
                self.diagnostics().push(codes::body_without_content(target));
            }
            return None;
        }
        self.described_body(body, target, owner)
    }

    pub(super) fn described_body(
        &mut self,
        body: openapi::RequestBody<'t>,
        node: Node<'t>,
        owner: Owner,
    ) -> Option<Body> {
        if !body.required && self.accepts_only_empty_object(&body.content) {
            self.diagnostics().push(codes::empty_optional_body(node));
            return None;
        }
        let site = Site::new(owner, Role::RequestBody);
        let contents = self.contents(&body.content, &site);
        let docs = Docs {
            description: body.description,
            ..Docs::default()
        };
        Some(Body {
            required: body.required,
            docs,
            contents,
        })
    }

    /// Returns whether only the empty object is valid in every media type.
    fn accepts_only_empty_object(&mut self, content: &[MediaType<'t>]) -> bool {
        content.iter().all(|media| {
            let Some(schema) = media.schema else {
                return false;
            };
            let schema = self.read_schema(schema);
            schema.reference.is_none()
                && schema.is_object()
                && matches!(schema.additional, Additional::Forbidden)
                && schema.properties.is_empty()
                && schema.all_of.is_empty()
                && schema.branches.is_empty()
        })
    }

    /// Inline types of a component are named after the component, whichever operation uses it.
    pub(super) fn owner_of(&mut self, node: Node<'t>, owner: Owner) -> Owner {
        match node.get("$ref") {
            Some(_) => self.component_key(node).map_or(owner, Owner::Component),
            None => owner,
        }
    }

    /// Lowers a response. `produces` lists the media types of a Swagger 2.0 operation.
    pub(super) fn response(
        &mut self,
        key: &str,
        node: Node<'t>,
        produces: &[Medium<'t>],
        owner: Owner,
    ) -> Option<Response> {
        let Some(status) = status(key) else {
            self.diagnostics().push(codes::invalid_status(node, key));
            return None;
        };
        let component = node.get("$ref").and_then(|_| self.component_key(node));
        let owner = component.clone().map_or(owner, Owner::Component);
        let target = self.follow(node)?;
        let response = match self.reader.version {
            Version::V20 => {
                let produced = swagger::produced(key, target, produces, self.resolver);
                swagger::response(target, &produced, &mut self.reader)
            }
            _ => openapi::Response::read(target, self.resolver, &mut self.reader),
        };
        if let Some(links) = target.get("links") {
            self.diagnostics()
                .push(codes::not_generated(links, "links"));
        }
        let site = Site::new(owner, Role::Response(status)).inferred(response.inferred);
        let mut contents = self.contents(&response.content, &site);
        // A body that is always null only confirms what the status states.
        contents.retain(|content| content.schema.kind != SchemaKind::Null);
        let headers = response
            .headers
            .iter()
            .filter_map(|(name, node)| self.header(name, *node, &site))
            .collect();
        let description = self
            .reader
            .prose(node, "description")
            .or(response.description);
        let docs = Docs {
            description,
            ..Docs::default()
        };
        Some(Response {
            status,
            component,
            docs,
            inferred: response.inferred,
            contents,
            headers,
        })
    }

    fn header(&mut self, name: &str, node: Node<'t>, site: &Site) -> Option<Header> {
        // `content` describes `Content-Type`; the specification ignores it here.
        if name.eq_ignore_ascii_case("content-type") {
            return None;
        }
        if !is_token(name) {
            self.diagnostics()
                .push(codes::invalid_header_name(node, name));
        }
        let node = self.follow(node)?;
        let header = openapi::Parameter::read(node, self.resolver, &mut self.reader);
        let site = Site {
            owner: site.owner.clone(),
            role: Role::Header(name.to_owned()),
            ..*site
        };
        let content = match header.schema {
            Some(_) => None,
            None => self.contents(&header.content, &site).into_iter().next(),
        };
        let kind = content.as_ref().map(|content| content.kind);
        let schema = match (header.schema, content) {
            (Some(schema), _) => self.schema(schema, &site),
            (None, Some(content)) if content.kind == ContentKind::Json => content.schema,
            (None, _) => Schema::new(SchemaKind::String(StringFormat::Plain)),
        };
        let docs = docs(node, &mut self.reader);
        Some(Header {
            name: name.to_owned(),
            docs,
            required: header.required,
            schema,
            content: kind,
            at: Some(node.id()),
        })
    }

    pub(super) fn contents(&mut self, content: &[MediaType<'t>], site: &Site) -> Vec<Content> {
        let schema = |media: &MediaType<'t>| media.schema.map(Node::to_json);
        let json = content.iter().filter(|media| is_json(media.name));
        let json: HashSet<_> = match content.len() {
            0 | 1 => HashSet::new(),
            _ => json.filter_map(schema).collect(),
        };
        let mut contents = Vec::new();
        for media in content {
            let mut content = self.content(media, site);
            let repeats = || schema(media).is_some_and(|schema| json.contains(&schema));
            content.repeats_json =
                content.kind != ContentKind::Json && !json.is_empty() && repeats();
            if is_yaml(media.name) && !content.repeats_json {
                let finding = codes::yaml_as_bytes(media.node, media.name);
                self.diagnostics().push(finding);
            }
            contents.push(content);
        }
        contents
    }

    fn content(&mut self, media: &MediaType<'t>, site: &Site) -> Content {
        let (media_type, node) = (media.name, media.node);
        let kind = content_kind(media_type);
        if is_xml(media_type) {
            self.diagnostics()
                .push(codes::xml_as_text(node, media_type));
        }
        let in_request = site.role == Role::RequestBody;
        let kind = match kind {
            ContentKind::Multipart if !in_request || !is_form_data(media_type) => {
                self.diagnostics()
                    .push(codes::multipart_as_bytes(node, media_type));
                ContentKind::Bytes
            }
            kind => kind,
        };
        // A schema with structure for a range of media types describes JSON.
        let kind = match media.schema {
            Some(schema) if is_range(media_type) && self.is_structured(schema) => ContentKind::Json,
            _ => kind,
        };
        let form = media.form.as_ref();
        let form_schema = form.map(|form| form.schema(&mut self.reader));
        let parts = match (kind, &form_schema, media.schema) {
            (ContentKind::Multipart, Some(form), _) => self.parts(form, site),
            (ContentKind::Multipart, None, Some(schema)) => {
                let schema = self.read_schema(schema);
                self.parts(&schema, site)
            }
            _ => None,
        };
        let encoding = match form {
            Some(form) => self.form_encoding(form),
            None => self.encoding(media.encoding, kind, site),
        };
        // The client only encodes and decodes the structure of JSON and forms. Any other body is text or bytes,
        // whatever its schema.
        let schema = match (kind, media.schema) {
            (ContentKind::Multipart, _) if parts.is_some() => Schema::any(),
            (ContentKind::Form, None) if form_schema.is_some() => {
                form_schema.map_or(Schema::any(), |form| self.inline(&form, site))
            }
            (ContentKind::Json | ContentKind::Form | ContentKind::Multipart, Some(schema)) => {
                self.schema(schema, site)
            }
            (ContentKind::Json | ContentKind::Form | ContentKind::Multipart, None) => Schema::any(),
            (ContentKind::Text, _) => Schema::new(SchemaKind::String(StringFormat::Plain)),
            (ContentKind::Bytes, _) => Schema::new(SchemaKind::String(StringFormat::Binary)),
        };
        let items = self.items(media, site);
        let examples = media.examples.iter().copied().map(example).collect();
        Content {
            media_type: media_type.to_owned(),
            kind,
            repeats_json: false,
            schema,
            parts,
            encoding,
            examples,
            items,
        }
    }

    /// Returns whether a schema describes objects or arrays.
    fn is_structured(&mut self, node: Node<'t>) -> bool {
        let Some(node) = self.follow(node) else {
            return false;
        };
        let schema = self.read_schema(node);
        let types = schema.types;
        types.object || types.array || !schema.properties.is_empty()
    }

    /// Returns the parts of a multipart body with an inline object, which needs no type.
    fn parts(&mut self, schema: &openapi::Schema<'t>, site: &Site) -> Option<Object> {
        match (schema.reference, self.plan(schema)) {
            (None, Declaration::Object(merged)) => Some(self.object(*merged, &site.owner, site)),
            _ => None,
        }
    }

    /// Returns the `contentType` of an encoding if it lists media types or ranges.
    fn content_type(&mut self, node: Node<'t>) -> Option<String> {
        let text = self.reader.text(node, "contentType")?;
        let mut parts = text.split(',').map(str::trim);
        if parts.all(|part| meant_media_type(part) == Some(part)) {
            return Some(text);
        }
        let place = node.get("contentType").unwrap_or(node);
        self.diagnostics()
            .push(codes::not_a_media_type(place, &text, None));
        None
    }

    fn encoding(
        &mut self,
        node: Option<Node<'t>>,
        kind: ContentKind,
        site: &Site,
    ) -> Vec<Encoding> {
        let Some(node) = node else {
            return Vec::new();
        };
        if !matches!(kind, ContentKind::Form | ContentKind::Multipart) {
            self.diagnostics().push(codes::encoding_not_applied(node));
            return Vec::new();
        }
        let mut encodings = Vec::new();
        for (name, node) in node.members() {
            // An encoding has the keywords `style`, `explode` and `allowReserved` of a parameter.
            let read = openapi::Parameter::read(node, self.resolver, &mut self.reader);
            let has_style = read.style.is_some() || read.explode.is_some() || read.allow_reserved;
            let content_type = self.content_type(node);
            // OpenAPI 3.0 has styles only for forms. In parts, a media type takes precedence over a style.
            let in_parts = kind == ContentKind::Multipart;
            let applies =
                !in_parts || (content_type.is_none() && self.reader.version != Version::V30);
            let style = (has_style && applies).then(|| {
                let (style, explodes) = self.style(&read, ParameterLocation::Query);
                // Parts are not in a URL, so no character is reserved.
                let reserved = read.allow_reserved && !in_parts;
                (style, read.explode.unwrap_or(explodes), reserved)
            });
            if has_style && !applies {
                self.diagnostics().push(codes::encoding_not_applied(node));
            }
            let headers = match self.reader.object(node, "headers") {
                Some(headers) => headers
                    .members()
                    .filter_map(|(name, node)| self.header(name, node, site))
                    .collect(),
                None => Vec::new(),
            };
            encodings.push(Encoding {
                name: name.to_owned(),
                content_type,
                style,
                headers,
                at: Some(node.id()),
            });
        }
        encodings
    }
}

fn status(key: &str) -> Option<StatusPattern> {
    if key == "default" {
        return Some(StatusPattern::Default);
    }
    if let Some(class) = key.strip_suffix("XX").or_else(|| key.strip_suffix("xx")) {
        return class
            .parse()
            .ok()
            .filter(|class| (1..=5).contains(class))
            .map(StatusPattern::Range);
    }
    key.parse()
        .ok()
        .filter(|status| (100..=599).contains(status))
        .map(StatusPattern::Exact)
}

fn is_form_data(media_type: &str) -> bool {
    essence(media_type) == "multipart/form-data"
}

/// Returns whether a media range includes JSON.
fn is_range(media_type: &str) -> bool {
    matches!(&*essence(media_type), "*/*" | "application/*")
}

fn content_kind(media_type: &str) -> ContentKind {
    let essence = essence(media_type);
    if is_json(media_type) {
        ContentKind::Json
    } else if essence == "application/x-www-form-urlencoded" {
        ContentKind::Form
    } else if essence.starts_with("multipart/") {
        ContentKind::Multipart
    } else if essence.starts_with("text/") || is_xml(media_type) {
        ContentKind::Text
    } else {
        ContentKind::Bytes
    }
}

#[cfg(test)]
mod tests {
    use super::{content_kind, status};
    use crate::ir::{ContentKind, StatusPattern};

    #[test]
    fn media_types_are_read_without_their_parameters() {
        assert_eq!(
            content_kind("application/json; charset=utf-8"),
            ContentKind::Json
        );
        assert_eq!(content_kind("application/problem+JSON"), ContentKind::Json);
        assert_eq!(content_kind("image/svg+xml"), ContentKind::Text);
        assert_eq!(content_kind("*/*"), ContentKind::Bytes);
    }

    #[test]
    fn only_http_statuses_are_accepted() {
        assert_eq!(status("2xx"), Some(StatusPattern::Range(2)));
        assert_eq!(status("404"), Some(StatusPattern::Exact(404)));
        assert_eq!(status("9XX"), None);
        assert_eq!(status("ok"), None);
    }
}
