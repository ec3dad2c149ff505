//! Names of the builder's setters for parameters that operations share.

use super::bounded;
use super::credentials::SourceNames;
use crate::ir::Api;
use crate::naming::{IdentCase, NameScope, reserved, words};

/// Names the setters after the parameters. Setters of credentials keep their names.
pub fn resolve(api: &Api, credentials: &[String], sources: &[SourceNames]) -> Vec<String> {
    let providers = sources.iter().map(|names| names.provider.as_str());
    let grants = sources.iter().filter_map(|names| names.grant.as_deref());
    let taken = credentials.iter().map(String::as_str);
    let taken = taken.chain(providers).chain(grants);
    let reserved = reserved::CLIENT_BUILDER.iter().copied().chain(taken);
    let mut scope = NameScope::with_reserved(IdentCase::Snake, reserved);
    let parameters = api.client_parameters.iter();
    let mut setter = |name: &str| {
        let own = bounded(words(name));
        let suffixed = [own.clone(), vec!["parameter".to_owned()]].concat();
        scope.claim(&[own, suffixed]).ident
    };
    parameters
        .map(|parameter| setter(&parameter.name))
        .collect()
}
