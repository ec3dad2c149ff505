//! Decides which credentials each operation sends if the document leaves it open or uses parameters.

mod configured;
mod parameters;
#[cfg(test)]
mod tests;

use crate::diag::fix::Fix;
use crate::diag::{Diagnostics, codes};
use crate::ir::{
    Api, AuthConfig, KeyLocation, Operation, ParameterLocation, Security, SecurityKind,
    SecurityScheme,
};
use crate::tree::{Node, Tree};
use serde_json::{Value as Json, json};
use std::collections::HashSet;

/// If only one of this many operations states its security, the others are reported as an oversight.
const SILENT_OF: usize = 10;

pub fn run(
    api: &mut Api,
    root: Node<'_>,
    auth: Option<&AuthConfig>,
    diagnostics: &mut Diagnostics,
) {
    let is_open = |auth: &&AuthConfig| !configured::apply(api, auth);
    let open = auth.filter(is_open);
    settle(api, root, diagnostics);
    // A configured key may be a parameter, although the document declares another credential.
    if let Some(auth) = open
        && !parameters::configured(api, auth)
    {
        diagnostics.push(codes::auth_without_effect(&auth.at.0));
    }
    parameters::run(api, root, diagnostics);
    leave_out(api, root.tree(), diagnostics);
    api.main_scheme = main_scheme(api);
}

/// Returns the index of the scheme that most operations require. Of several, a key or a token precedes a user name with
/// a password, because it is a single value that `Client::from_env` can read.
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
    let has_one_value = |index: usize| schemes[index].kind != SecurityKind::Basic;
    let indexes = (0..schemes.len()).rev();
    indexes.max_by_key(|index| (counts[*index], has_one_value(*index)))
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

fn key_location(location: ParameterLocation) -> Option<KeyLocation> {
    match location {
        ParameterLocation::Header => Some(KeyLocation::Header),
        ParameterLocation::Query => Some(KeyLocation::Query),
        ParameterLocation::Cookie => Some(KeyLocation::Cookie),
        ParameterLocation::Path | ParameterLocation::QueryString => None,
    }
}
