//! Lowers operations.

use super::parameter::string_parameter;
use super::{Lowering, path};
use crate::diag::codes;
use crate::ir::{
    Idempotency, Operation, OperationId, Owner, Parameter, ParameterLocation, ParameterStyle, Path,
    PathPart, Response, Server,
};
use crate::openapi::{self, PathItem, Version, hints};
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
                // OpenAPI does not allow references to operations, but documents spread over files use them.
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
            id_override: None,
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
            idempotency: Idempotency::default(),
            hinted_pages,
            paging: None,
            polling: None,
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

    /// Returns the parameters of an operation, and those of its path that it does not override.
    fn parameters(
        &mut self,
        path: &mut Path,
        item: &PathItem<'t>,
        operation: &openapi::Operation<'t>,
        id: OperationId,
    ) -> Vec<Parameter> {
        let mut parameters: IndexMap<(String, ParameterLocation), Parameter> = IndexMap::new();
        for node in item.parameters.iter().chain(&operation.parameters) {
            if let Some(parameter) = self.parameter(*node, id) {
                parameters.insert((parameter.name.clone(), parameter.location), parameter);
            }
        }
        let mut parameters = parameters.into_values().collect();
        self.match_path(path, &mut parameters, operation.node);
        parameters
    }

    /// Matches parameters with the path. An undeclared placeholder becomes a string; a declared parameter
    /// without a placeholder is dropped.
    fn match_path(&mut self, path: &mut Path, parameters: &mut Vec<Parameter>, node: Node<'t>) {
        for (wire, name) in &path.query_names {
            self.query_of_path(wire, name, parameters, node);
        }
        let catch_alls = path::name_declared(&mut path.parts, parameters);
        // The index of each placeholder in the path.
        let mut named: HashMap<&str, usize> = HashMap::new();
        for (place, part) in path.parts.iter().enumerate() {
            if let PathPart::Parameter(name) = part {
                named.entry(name).or_insert(place);
            }
        }
        let declared = parameters.iter();
        let declared = declared.filter(|parameter| parameter.location == ParameterLocation::Path);
        let mut declared: HashSet<String> =
            declared.map(|parameter| parameter.name.clone()).collect();
        for part in &path.parts {
            let PathPart::Parameter(name) = part else {
                continue;
            };
            if declared.insert(name.clone()) {
                self.diagnostics()
                    .push(codes::unknown_path_parameter(node, name));
                parameters.push(string_parameter(name, ParameterLocation::Path));
            }
        }
        for parameter in parameters.iter_mut() {
            parameter.catch_all = parameter.location == ParameterLocation::Path
                && catch_alls.contains(&parameter.name);
        }
        parameters.retain(|parameter| {
            let kept = parameter.location != ParameterLocation::Path
                || named.contains_key(&*parameter.name);
            if !kept {
                let place = parameter.at.map_or(node, |at| self.resolver.tree.node(at));
                let diagnostic =
                    codes::path_parameter_not_in_path(place, &parameter.name, &path.raw);
                self.reader.diagnostics.push(diagnostic);
            }
            kept
        });
        // Path parameters are arguments in the order of the path.
        parameters.sort_by_key(|parameter| match parameter.location {
            ParameterLocation::Path => (0, named.get(&*parameter.name).copied()),
            _ => (1, None),
        });
    }

    /// Adds a parameter in the query string of a path key under its name in the query.
    fn query_of_path(
        &mut self,
        wire: &str,
        name: &str,
        parameters: &mut Vec<Parameter>,
        node: Node<'t>,
    ) {
        let names = [wire, name];
        let is_query = |other: &Parameter| {
            other.location == ParameterLocation::Query && names.contains(&other.name.as_str())
        };
        if parameters.iter().any(is_query) {
            return;
        }
        let in_path = |other: &&mut Parameter| {
            other.location == ParameterLocation::Path && other.name == name
        };
        let Some(parameter) = parameters.iter_mut().find(in_path) else {
            let diagnostic = codes::unknown_path_parameter(node, name);
            self.diagnostics().push(diagnostic);
            parameters.push(string_parameter(wire, ParameterLocation::Query));
            return;
        };
        let place = parameter.at.map_or(node, |at| self.resolver.tree.node(at));
        let diagnostic = codes::path_parameter_in_query(place, name, wire);
        self.reader.diagnostics.push(diagnostic);
        wire.clone_into(&mut parameter.name);
        parameter.location = ParameterLocation::Query;
        parameter.style = ParameterStyle::Form;
        parameter.explode = true;
    }
}
