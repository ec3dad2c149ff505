//! Operations and their parameters.

use super::path;
use super::{Lowering, Site, pinned};
use crate::diag::codes;
use crate::ir::{
    ContentKind, Docs, Location, Operation, OperationId, Owner, Parameter, Path, PathPart,
    Response, Role, Schema, SchemaKind, Server, StringFormat, Style,
};
use crate::openapi::{self, PathItem, Version, hints, swagger};
use crate::tree::Node;
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};

impl<'t> Lowering<'t, '_> {
    pub(super) fn operations(&mut self) {
        for (raw, node) in &self.document.paths {
            let item = PathItem::resolved(*node, self.resolver, &mut self.reader);
            let path = self.path(raw, *node);
            let servers = self.servers(&item.servers);
            for (method, operation) in &item.operations {
                // OpenAPI has no references to operations, and large descriptions that are spread
                // over files are full of them.
                if let Some(operation) = self.follow(*operation) {
                    self.operation(method, &path, &item, &servers, operation);
                }
            }
        }
    }

    fn operation(
        &mut self,
        method: &str,
        path: &Path,
        item: &PathItem<'t>,
        servers: &[Server],
        node: Node<'t>,
    ) {
        let operation = openapi::Operation::read(node, &mut self.reader);
        self.check_id(&operation);
        self.report_foreign(node);
        let id = self.next_operation();
        let owner = Owner::Operation(id);
        let mut path = path.clone();
        let parameters = self.parameters(&mut path, item, &operation, id);
        let body = self.request_body(item, &operation, owner.clone());
        let responses = self.responses(method, &operation, &owner);
        let tag = operation.tags.first().map(|tag| (*tag).to_owned());
        let hinted = hints::group(node, &mut self.reader);
        let group = match hinted.as_ref().or(tag.as_ref()) {
            Some(name) => self.group(name, tag.as_ref().unwrap_or(name)),
            None => self.group_without_tag(),
        };
        self.api.groups[group].operations.push(id);
        let stated = operation.security.or(self.document.security);
        let security = self.security(stated);
        let servers = match (self.reader.version, operation.servers.is_empty()) {
            (Version::V20, _) => self.own_hosts(node),
            (_, true) => servers.to_vec(),
            (_, false) => self.servers(&operation.servers),
        };
        let mut docs = super::docs(node, &mut self.reader);
        docs.summary = docs.summary.or_else(|| item.summary.clone());
        docs.description = docs.description.or_else(|| item.description.clone());
        let pinned = self.method(node, operation.id.as_deref());
        let hinted_pages = self.hinted_pages(node);
        self.api.operations.push(Operation {
            pinned,
            id: operation.id,
            called: None,
            group,
            method: method.to_owned(),
            path,
            docs,
            deprecated: operation.deprecated,
            parameters,
            body,
            responses,
            security,
            states_security: stated.is_some(),
            servers,
            repeatable: self.hints.repeat(node, &mut self.reader),
            hinted_pages,
            paging: None,
            waiting: None,
            at: Some(node.id()),
        });
    }

    fn check_id(&mut self, operation: &openapi::Operation<'t>) {
        let Some(id) = &operation.id else {
            self.diagnostics()
                .push(codes::no_operation_id(operation.node));
            return;
        };
        let Some(first) = self.index.operation_ids.get(id) else {
            let ids = &mut self.index.operation_ids;
            ids.insert(id.clone(), operation.node.id());
            return;
        };
        let first = self.resolver.tree.node(*first);
        let place = operation.node.get("operationId").unwrap_or(operation.node);
        self.diagnostics()
            .push(codes::duplicate_operation_id(place, id, first));
    }

    fn responses(
        &mut self,
        method: &str,
        operation: &openapi::Operation<'t>,
        owner: &Owner,
    ) -> Vec<Response> {
        let mut responses = Vec::new();
        let produces = self.produces(operation);
        for (key, node) in &operation.responses {
            let Some(mut response) = self.response(key, *node, &produces, owner.clone()) else {
                continue;
            };
            let bodiless = method == "HEAD" || response.status.is_bodiless();
            if bodiless && !response.contents.is_empty() {
                self.diagnostics().push(codes::response_without_body(*node));
                response.contents.clear();
            }
            responses.push(response);
        }
        let describes_success = responses.iter().any(|response: &Response| {
            response.status.is_success()
                || response.status.is_redirect()
                || response.status == crate::ir::StatusPattern::Default
        });
        if !describes_success {
            self.diagnostics()
                .push(codes::no_success_response(operation.node));
        }
        responses
    }

    /// The parameters of an operation with those of its path that it does not replace.
    fn parameters(
        &mut self,
        path: &mut Path,
        item: &PathItem<'t>,
        operation: &openapi::Operation<'t>,
        id: OperationId,
    ) -> Vec<Parameter> {
        let mut parameters: IndexMap<(String, Location), Parameter> = IndexMap::new();
        for node in item.parameters.iter().chain(&operation.parameters) {
            if let Some(parameter) = self.parameter(*node, id) {
                parameters.insert((parameter.name.clone(), parameter.location), parameter);
            }
        }
        let mut parameters = parameters.into_values().collect();
        self.match_path(path, &mut parameters, operation.node);
        parameters
    }

    /// Makes path and parameters agree: what the path names and nothing declares is a string; what
    /// is declared and the path does not name has nowhere to go.
    fn match_path(&mut self, path: &mut Path, parameters: &mut Vec<Parameter>, node: Node<'t>) {
        for (wire, name) in &path.query_names {
            self.query_of_path(wire, name, parameters, node);
        }
        let catch_alls = path::name_declared(&mut path.parts, parameters);
        // The place of each name in the path.
        let mut named: HashMap<&str, usize> = HashMap::new();
        for (place, part) in path.parts.iter().enumerate() {
            if let PathPart::Parameter(name) = part {
                named.entry(name).or_insert(place);
            }
        }
        let declared = parameters.iter();
        let declared = declared.filter(|parameter| parameter.location == Location::Path);
        let mut declared: HashSet<String> =
            declared.map(|parameter| parameter.name.clone()).collect();
        for part in &path.parts {
            let PathPart::Parameter(name) = part else {
                continue;
            };
            if declared.insert(name.clone()) {
                self.diagnostics()
                    .push(codes::undeclared_path_parameter(node, name));
                parameters.push(undeclared(name, Location::Path));
            }
        }
        for parameter in parameters.iter_mut() {
            parameter.catch_all =
                parameter.location == Location::Path && catch_alls.contains(&parameter.name);
        }
        parameters.retain(|parameter| {
            let kept = parameter.location != Location::Path || named.contains_key(&*parameter.name);
            if !kept {
                let place = parameter.at.map_or(node, |at| self.resolver.tree.node(at));
                let diagnostic =
                    codes::path_parameter_not_in_path(place, &parameter.name, &path.raw);
                self.reader.diagnostics.push(diagnostic);
            }
            kept
        });
        // Path parameters go into the signature in the order of the path.
        parameters.sort_by_key(|parameter| match parameter.location {
            Location::Path => (0, named.get(&*parameter.name).copied()),
            _ => (1, None),
        });
    }

    /// Sees to it that a parameter in the query string of a path key is sent there, under the name
    /// that the key gives it.
    fn query_of_path(
        &mut self,
        wire: &str,
        name: &str,
        parameters: &mut Vec<Parameter>,
        node: Node<'t>,
    ) {
        let names = [wire, name];
        let is_query = |other: &Parameter| {
            other.location == Location::Query && names.contains(&other.name.as_str())
        };
        if parameters.iter().any(is_query) {
            return;
        }
        let in_path =
            |other: &&mut Parameter| other.location == Location::Path && other.name == name;
        let Some(parameter) = parameters.iter_mut().find(in_path) else {
            let diagnostic = codes::undeclared_path_parameter(node, name);
            self.diagnostics().push(diagnostic);
            parameters.push(undeclared(wire, Location::Query));
            return;
        };
        let place = parameter.at.map_or(node, |at| self.resolver.tree.node(at));
        let diagnostic = codes::path_parameter_in_query(place, name, wire);
        self.reader.diagnostics.push(diagnostic);
        wire.clone_into(&mut parameter.name);
        parameter.location = Location::Query;
        parameter.style = Style::Form;
        parameter.explode = true;
    }

    fn parameter(&mut self, node: Node<'t>, id: OperationId) -> Option<Parameter> {
        let target = self.follow(node)?;
        let is_swagger = self.reader.version == Version::V20;
        if is_swagger && target.text("in").is_some_and(swagger::is_payload) {
            return None;
        }
        let read = openapi::Parameter::read(target, &mut self.reader);
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
        let (schema, content) = self.parameter_schema(&read, &site);
        let (style, explodes) = self.style(&read, location);
        let mut examples: Vec<_> = read.examples.iter().map(|node| node.to_json()).collect();
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
            schema,
            content,
            examples,
            at: Some(target.id()),
        })
    }

    fn parameter_schema(
        &mut self,
        read: &openapi::Parameter<'t>,
        site: &Site,
    ) -> (Schema, Option<ContentKind>) {
        if let Some(schema) = read.schema {
            return (self.schema(schema, site), None);
        }
        match self.contents(&read.content, site).into_iter().next() {
            Some(content) => (content.schema, Some(content.kind)),
            None => {
                let keyword = match self.reader.version {
                    Version::V20 => "type",
                    _ => "schema",
                };
                self.diagnostics().push(codes::parameter_without_schema(
                    read.node, &read.name, keyword,
                ));
                (Schema::new(SchemaKind::String(StringFormat::Plain)), None)
            }
        }
    }

    /// The style, and whether it explodes where nothing is said of that.
    pub(super) fn style(
        &mut self,
        read: &openapi::Parameter<'t>,
        location: Location,
    ) -> (Style, bool) {
        let usual = usual_style(location);
        let is_swagger = self.reader.version == Version::V20;
        let style = match read.style.as_deref() {
            None => usual,
            Some("simple") => Style::Simple,
            Some("label") => Style::Label,
            Some("matrix") => Style::Matrix,
            Some("form") => Style::Form,
            Some("cookie") => Style::Cookie,
            Some("spaceDelimited") => Style::SpaceDelimited,
            Some("pipeDelimited") => Style::PipeDelimited,
            Some("deepObject") => Style::DeepObject,
            Some(swagger::TAB_DELIMITED) if is_swagger => Style::TabDelimited,
            Some(other) => {
                self.diagnostics()
                    .push(codes::unknown_style(read.node, other));
                usual
            }
        };
        // "When style is `form` or `cookie`, the default value is `true`."
        let explodes = matches!(style, Style::Form | Style::Cookie);
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

/// A string in the usual style of its place.
fn undeclared(name: &str, location: Location) -> Parameter {
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
        explode: style == Style::Form,
        allow_reserved: false,
        allow_empty: false,
        catch_all: false,
        schema: Schema::new(SchemaKind::String(StringFormat::Plain)),
        content: None,
        examples: Vec::new(),
        at: None,
    }
}

fn usual_style(location: Location) -> Style {
    match location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::Cookie | Location::QueryString => Style::Form,
    }
}

/// OpenAPI 3.2, "Style Values".
fn is_at_home(style: Style, location: Location) -> bool {
    match location {
        Location::Path => matches!(style, Style::Simple | Style::Label | Style::Matrix),
        Location::Header => style == Style::Simple,
        Location::Cookie => matches!(style, Style::Form | Style::Cookie),
        Location::QueryString => true,
        Location::Query => matches!(
            style,
            Style::Form | Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject
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
