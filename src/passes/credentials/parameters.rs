//! Credentials that the document describes as parameters only.

use super::key_location;
use crate::diag::fix::Fix;
use crate::diag::{Diagnostics, codes};
use crate::ir::{
    Api, AuthConfig, AuthSetting, KeyLocation, Operation, Parameter, Security, SecurityKind,
    SecurityScheme,
};
use crate::tree::Node;
use serde_json::json;
use std::collections::BTreeSet;

/// The usual header for credentials.
pub const AUTHORIZATION: &str = "Authorization";

/// Other headers that carry credentials, in lower case.
const KEYS: [&str; 8] = [
    "x-api-key",
    "api-key",
    "apikey",
    "x-apikey",
    "api_key",
    "x-api-token",
    "x-auth-token",
    "x-access-token",
];

/// Turns header parameters that are credentials into schemes.
pub fn run(api: &mut Api, root: Node<'_>, diagnostics: &mut Diagnostics) {
    authorization(api, root, diagnostics);
    for name in KEYS {
        let key = CredentialKey {
            location: KeyLocation::Header,
            name,
            prefix: "",
        };
        let taking = key.taking(api);
        // A header of a few operations may be something else.
        if taking.len() * 2 <= api.operations.len() || key.has_scheme(api) {
            continue;
        }
        let Some((at, written)) = key.first(api, &taking) else {
            continue;
        };
        let place = at.map_or(root, |at| root.tree().node(at));
        let found = codes::key_parameter(place, &written, taking.len(), api.operations.len());
        let scheme = free_name(api, &written);
        let fixes = fixes(api, root, &taking, &scheme, &written);
        diagnostics.push(fixes.into_iter().fold(found, |found, fix| found.fix(fix)));
        key.add_scheme(api, &taking);
    }
}

/// Turns a configured key into a scheme of the operations that have it as a parameter. Returns false if
/// there are none, or if a scheme describes it.
pub fn configured(api: &mut Api, auth: &AuthConfig) -> bool {
    let AuthSetting::Scheme(SecurityKind::ApiKey {
        location,
        name,
        prefix,
    }) = &auth.setting
    else {
        return false;
    };
    let key = CredentialKey {
        location: *location,
        name,
        prefix,
    };
    let taking = key.taking(api);
    let is_new = !taking.is_empty() && !key.has_scheme(api);
    if is_new {
        key.add_scheme(api, &taking);
    }
    is_new
}

/// A credential that is a parameter.
#[derive(Clone, Copy)]
struct CredentialKey<'k> {
    location: KeyLocation,
    name: &'k str,
    prefix: &'k str,
}

impl CredentialKey<'_> {
    /// Returns the parameter of an operation.
    fn parameter<'a>(&self, operation: &'a Operation) -> Option<&'a Parameter> {
        let is_same = |name: &str| match self.location {
            KeyLocation::Header => name.eq_ignore_ascii_case(self.name),
            KeyLocation::Query | KeyLocation::Cookie => name == self.name,
        };
        let mut parameters = operation.parameters.iter();
        parameters.find(|it| key_location(it.location) == Some(self.location) && is_same(&it.name))
    }

    /// Returns the indexes of the operations that have the parameter.
    fn taking(&self, api: &Api) -> Vec<usize> {
        let indexes = 0..api.operations.len();
        let has = |index: &usize| self.parameter(&api.operations[*index]).is_some();
        indexes.filter(has).collect()
    }

    /// Returns the position and the name of the first parameter.
    fn first(&self, api: &Api, taking: &[usize]) -> Option<(Option<crate::tree::NodeId>, String)> {
        let parameter = self.parameter(&api.operations[*taking.first()?])?;
        Some((parameter.at, parameter.name.clone()))
    }

    fn has_scheme(&self, api: &Api) -> bool {
        let mut schemes = api.security_schemes.values();
        schemes.any(|scheme| scheme.kind.is_at(self.location, self.name))
    }

    /// Adds the scheme, and requires it of the operations.
    fn add_scheme(&self, api: &mut Api, taking: &[usize]) {
        let first = taking.first().map(|index| &api.operations[*index]);
        let Some(first) = first.and_then(|operation| self.parameter(operation)) else {
            return;
        };
        let description = first.docs.description.clone();
        let written = match self.name {
            AUTHORIZATION => AUTHORIZATION.to_owned(),
            _ => first.name.clone(),
        };
        let name = free_name(api, &written);
        for index in taking {
            let operation = &mut api.operations[*index];
            let is_required = self.parameter(operation).is_some_and(|it| it.required);
            require(&mut operation.security, &name, is_required);
        }
        let scheme = SecurityScheme {
            kind: SecurityKind::ApiKey {
                location: self.location,
                name: written,
                prefix: self.prefix.to_owned(),
            },
            description,
            is_parameter: true,
            scopes: BTreeSet::new(),
            at: None,
        };
        api.security_schemes.insert(name, scheme);
    }
}

/// Turns the header parameter `Authorization` into a scheme, if no scheme uses that header.
///
/// OpenAPI ignores such a parameter, but then nothing would set the header.
fn authorization(api: &mut Api, root: Node<'_>, diagnostics: &mut Diagnostics) {
    let key = CredentialKey {
        location: KeyLocation::Header,
        name: AUTHORIZATION,
        prefix: "",
    };
    let taking = key.taking(api);
    let Some((at, _)) = key.first(api, &taking) else {
        return;
    };
    if key.has_scheme(api) {
        argument(api, root, key, diagnostics);
        return;
    }
    let place = at.map_or(root, |at| root.tree().node(at));
    let name = free_name(api, AUTHORIZATION);
    let fixes = fixes(api, root, &taking, &name, AUTHORIZATION);
    let found = codes::authorization_parameter(place, taking.len(), api.operations.len());
    diagnostics.push(fixes.into_iter().fold(found, |found, fix| found.fix(fix)));
    key.add_scheme(api, &taking);
}

/// Reports operations with the parameter that do not send the scheme.
fn argument(api: &Api, root: Node<'_>, key: CredentialKey<'_>, diagnostics: &mut Diagnostics) {
    let sends = |operation: &Operation| {
        let mut schemes = api.security_schemes.iter();
        schemes.any(|(name, scheme)| {
            scheme.kind.is_at(key.location, key.name) && operation.security.sends(name)
        })
    };
    let operations = api.operations.iter().filter(|it| !sends(it));
    let mut arguments = operations.filter_map(|it| key.parameter(it));
    if let Some(place) = arguments.next().and_then(|it| it.at) {
        let count = arguments.count() + 1;
        let found = codes::authorization_argument(root.tree().node(place), count);
        diagnostics.push(found);
    }
}

/// Returns a name that no scheme has.
pub fn free_name(api: &Api, wish: &str) -> String {
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

/// Returns edits that replace the header parameters with the scheme, or none if the operations also need
/// another scheme.
fn fixes(api: &Api, root: Node<'_>, taking: &[usize], name: &str, header: &str) -> Vec<Fix> {
    let operations = || taking.iter().map(|index| &api.operations[*index]);
    let is_swagger = crate::openapi::swagger::version(root).is_some();
    if operations().any(|it| it.states_security || it.at.is_none()) {
        return Vec::new();
    }
    let scheme = json!({name: {"type": "apiKey", "in": "header", "name": header}});
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
