//! Decides which credentials each operation sends if the document leaves it open or uses parameters.

mod configured;
#[cfg(test)]
mod tests;

use crate::diag::fix::Fix;
use crate::diag::{Diagnostics, codes};
use crate::ir::{
    Api, AuthConfig, KeyLocation, Location, Operation, Parameter, Security, SecurityKind,
    SecurityScheme,
};
use crate::tree::{Node, Tree};
use serde_json::{Value as Json, json};
use std::collections::HashSet;

/// The usual header for credentials.
const AUTHORIZATION: &str = "Authorization";

/// If only one of this many operations states its security, the others are reported as an oversight.
const SILENT_OF: usize = 10;

pub fn run(
    api: &mut Api,
    root: Node<'_>,
    auth: Option<&AuthConfig>,
    diagnostics: &mut Diagnostics,
) {
    if let Some(auth) = auth {
        configured::apply(api, auth, diagnostics);
    }
    settle(api, root, diagnostics);
    authorization(api, root, diagnostics);
    leave_out(api, root.tree(), diagnostics);
    api.main_scheme = main_scheme(api);
}

/// Returns the index of the scheme that most operations require, the first of several.
fn main_scheme(api: &Api) -> Option<usize> {
    let operations = api.operations.iter();
    let required =
        operations.flat_map(|operation| operation.security.alternatives().iter().flatten());
    let schemes = &api.security_schemes;
    let mut counts = vec![0; schemes.len()];
    for name in required {
        if let Some(index) = schemes.get_index_of(name) {
            counts[index] += 1;
        }
    }
    (0..schemes.len()).rev().max_by_key(|index| counts[*index])
}

/// Decides what operations without `security` send.
///
/// If no operation requires a credential, the document leaves security out, and the client sends whatever is
/// set. If some require one, an operation without `security` needs none, as OpenAPI specifies.
fn settle(api: &mut Api, root: Node<'_>, diagnostics: &mut Diagnostics) {
    let names = described(api);
    let has_schemes = api
        .security_schemes
        .values()
        .any(|it| it.kind.has_credential());
    let asks = |operation: &Operation| {
        let named = operation
            .security
            .alternatives()
            .iter()
            .any(|names| !names.is_empty());
        operation.states_security && (named || operation.security == Security::Unstated)
    };
    let is_asked = api.operations.iter().any(asks);
    let silent = api
        .operations
        .iter()
        .filter(|it| !it.states_security)
        .count();
    if is_asked && !names.is_empty() && silent * SILENT_OF >= api.operations.len() * (SILENT_OF - 1)
    {
        let found = codes::few_credentials_required(root, silent, api.operations.len());
        let usual = usual_requirement(api, root.tree()).filter(|_| root.get("security").is_none());
        diagnostics.push(match usual {
            Some(usual) => found.fix(Fix::Update(root.id(), json!({"security": usual}))),
            None => found,
        });
    }
    // A filter may have removed every operation that inherits the document's requirement.
    let global = root.get("security").into_iter().flat_map(Node::items);
    let is_global = global.flat_map(Node::members).next().is_some();
    if !is_asked && !is_global && !names.is_empty() && !api.operations.is_empty() {
        diagnostics.push(no_credential_required(api, root, &names, silent));
    }
    for operation in &mut api.operations {
        let is_silent = !operation.states_security && is_asked;
        if operation.security == Security::Unstated && (is_silent || !has_schemes) {
            operation.security = Security::OneOf(Vec::new());
        }
    }
}

/// Returns the schemes whose credentials the client stores.
fn described(api: &Api) -> Vec<String> {
    let schemes = api.security_schemes.iter();
    let described = schemes.filter(|(_, it)| it.kind.has_credential() && it.at.is_some());
    described.map(|(name, _)| name.clone()).collect()
}

fn no_credential_required(
    api: &Api,
    root: Node<'_>,
    names: &[String],
    silent: usize,
) -> crate::diag::Diagnostic {
    let first = names.first().and_then(|name| api.security_schemes[name].at);
    let schemes = first.and_then(|id| root.tree().node(id).parent());
    let found = codes::no_credential_required(schemes.unwrap_or(root), silent > 0);
    // If each operation has `security: []`, a global requirement changes nothing.
    let is_global = silent > 0 || root.get("security").is_some();
    if !is_global {
        return found;
    }
    let alternatives: Vec<Json> = names.iter().map(|name| json!({name: []})).collect();
    found.fix(Fix::Update(root.id(), json!({"security": alternatives})))
}

/// Returns the most frequent requirement of operations, as written.
fn usual_requirement(api: &Api, tree: &Tree) -> Option<Json> {
    let stating = || {
        let operations = api.operations.iter();
        operations.filter(|it| {
            it.security
                .alternatives()
                .iter()
                .any(|names| !names.is_empty())
        })
    };
    let count = |one: &&Operation| stating().filter(|it| it.security == one.security).count();
    let usual = stating().max_by_key(count)?;
    Some(tree.node(usual.at?).get("security")?.to_json())
}

/// Turns the header parameter `Authorization` into a scheme, if no scheme uses that header.
///
/// OpenAPI ignores such a parameter, but then nothing would set the header.
fn authorization(api: &mut Api, root: Node<'_>, diagnostics: &mut Diagnostics) {
    let taking: Vec<usize> = (0..api.operations.len())
        .filter(|index| parameter(&api.operations[*index]).is_some())
        .collect();
    let Some(first) = taking
        .first()
        .and_then(|index| parameter(&api.operations[*index]))
    else {
        return;
    };
    let place = first.at.map_or(root, |at| root.tree().node(at));
    let is_there = |(_, scheme): &(&String, &SecurityScheme)| {
        scheme.kind.is_at(KeyLocation::Header, AUTHORIZATION)
    };
    if api.security_schemes.iter().any(|scheme| is_there(&scheme)) {
        let sends = |operation: &Operation| {
            let mut schemes = api.security_schemes.iter().filter(is_there);
            schemes.any(|(name, _)| operation.security.sends(name))
        };
        let mut arguments = api
            .operations
            .iter()
            .filter(|it| parameter(it).is_some() && !sends(it));
        if let Some(place) = arguments.next().and_then(|it| parameter(it)?.at) {
            let count = arguments.count() + 1;
            let found = codes::authorization_argument(root.tree().node(place), count);
            diagnostics.push(found);
        }
        return;
    }
    let description = first.docs.description.clone();
    let name = free_name(api, AUTHORIZATION);
    let fixes = fixes(api, root, &taking, &name);
    let found = codes::authorization_parameter(place, taking.len(), api.operations.len());
    diagnostics.push(fixes.into_iter().fold(found, |found, fix| found.fix(fix)));
    for index in taking {
        let operation = &mut api.operations[index];
        let is_required = parameter(operation).is_some_and(|it| it.required);
        require(&mut operation.security, &name, is_required);
    }
    let scheme = SecurityScheme {
        kind: SecurityKind::ApiKey {
            location: KeyLocation::Header,
            name: AUTHORIZATION.to_owned(),
            prefix: String::new(),
        },
        description,
        is_parameter: true,
        at: None,
    };
    api.security_schemes.insert(name, scheme);
}

/// Returns the header parameter `Authorization` of an operation.
fn parameter(operation: &Operation) -> Option<&Parameter> {
    operation.parameters.iter().find(|parameter| {
        parameter.location == Location::Header && parameter.name.eq_ignore_ascii_case(AUTHORIZATION)
    })
}

/// Returns a name that no scheme has.
fn free_name(api: &Api, wish: &str) -> String {
    let is_free = |name: &String| !api.security_schemes.contains_key(name);
    let numbered = (2..).map(|number| format!("{wish}{number}"));
    let mut names = std::iter::once(wish.to_owned()).chain(numbered);
    names.find(is_free).unwrap_or_default()
}

/// Adds a scheme to every alternative of an operation, or as another alternative if it is optional.
fn require(security: &mut Security, name: &str, is_required: bool) {
    let Security::OneOf(alternatives) = security else {
        return;
    };
    let others = match alternatives.is_empty() {
        true => vec![Vec::new()],
        false => std::mem::take(alternatives),
    };
    for other in others {
        alternatives.push([&other[..], &[name.to_owned()]].concat());
        if !is_required {
            alternatives.push(other);
        }
    }
}

/// Returns edits that replace the parameters with the scheme, or none if the operations also need another
/// scheme.
fn fixes(api: &Api, root: Node<'_>, taking: &[usize], name: &str) -> Vec<Fix> {
    let operations = || taking.iter().map(|index| &api.operations[*index]);
    let is_swagger = crate::openapi::swagger::version(root).is_some();
    if operations().any(|it| it.states_security || it.at.is_none()) {
        return Vec::new();
    }
    let scheme = json!({name: {"type": "apiKey", "in": "header", "name": AUTHORIZATION}});
    let declared = match is_swagger {
        true => json!({"securityDefinitions": scheme}),
        false => json!({"components": {"securitySchemes": scheme}}),
    };
    let required = json!({"security": [{name: []}]});
    let mut fixes = vec![Fix::Update(root.id(), declared)];
    if taking.len() == api.operations.len() {
        fixes.push(Fix::Update(root.id(), required));
    } else {
        let places = operations().filter_map(|it| it.at);
        fixes.extend(places.map(|at| Fix::Update(at, required.clone())));
    }
    fixes
}

/// Removes parameters that carry the credential of a scheme that the operation sends.
fn leave_out(api: &mut Api, tree: &Tree, diagnostics: &mut Diagnostics) {
    let schemes = &api.security_schemes;
    let mut told = HashSet::new();
    for operation in &mut api.operations {
        let security = &operation.security;
        operation.parameters.retain(|parameter| {
            let place = key_location(parameter.location);
            let is_same = |(name, scheme): &(&String, &SecurityScheme)| {
                let is_at = |place| scheme.kind.is_at(place, &parameter.name);
                place.is_some_and(is_at) && security.sends(name)
            };
            let Some((name, scheme)) = schemes.iter().find(is_same) else {
                return true;
            };
            if let Some(at) = parameter
                .at
                .filter(|_| !scheme.is_parameter && told.insert(name))
            {
                diagnostics.push(codes::credential_parameter(
                    tree.node(at),
                    &parameter.name,
                    name,
                ));
            }
            false
        });
    }
}

fn key_location(location: Location) -> Option<KeyLocation> {
    match location {
        Location::Header => Some(KeyLocation::Header),
        Location::Query => Some(KeyLocation::Query),
        Location::Cookie => Some(KeyLocation::Cookie),
        Location::Path | Location::QueryString => None,
    }
}
