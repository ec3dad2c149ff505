//! Names of the builder's setters for credentials.

use super::bounded;
use crate::config::Options;
use crate::ir::{Api, SecurityKind};
use crate::naming::{IdentCase, NameScope, reserved, words};
use serde::Serialize;
use std::collections::HashSet;

/// The setters for a scheme besides the one for its secret.
#[derive(Debug, Serialize)]
pub struct SourceNames {
    pub provider: String,
    /// Only for OAuth 2.0 schemes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant: Option<String>,
}

/// Names the setters for each scheme and its sources. The first scheme of a kind gets the usual word, so
/// that a scheme added later renames nothing; the others use the scheme's name. A scheme named with the
/// usual word keeps it.
pub fn resolve(api: &Api, options: &Options) -> (Vec<String>, Vec<SourceNames>) {
    let usual = |kind: &SecurityKind| match kind {
        SecurityKind::Basic => Some("basic_auth"),
        SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => Some("access_token"),
        SecurityKind::MutualTls | SecurityKind::OtherHttp(_) => None,
        SecurityKind::Bearer { .. } | SecurityKind::ApiKey { .. }
            if options.auth_env.ends_with("_TOKEN") =>
        {
            Some("token")
        }
        SecurityKind::Bearer { .. } | SecurityKind::ApiKey { .. } => Some("api_key"),
    };
    let kinds: Vec<Option<&str>> = api
        .security_schemes
        .values()
        // Such a parameter is the whole value of `Authorization`, so the usual word for a bare key does not fit.
        .map(|scheme| usual(&scheme.kind).filter(|_| !scheme.is_whole_authorization()))
        .collect();
    let mut scope =
        NameScope::with_reserved(IdentCase::Snake, reserved::CLIENT_BUILDER.iter().copied());
    let mut known = HashSet::new();
    let setter = |(index, name): (usize, &String)| {
        let mut others = api.security_schemes.keys().filter(|other| *other != name);
        let usual = kinds[index]
            .filter(|usual| known.insert(*usual))
            .map(words)
            .filter(|usual| others.all(|other| words(other) != *usual));
        let own = bounded(words(name));
        let suffixed = [own.clone(), vec!["credential".to_owned()]].concat();
        let wishes: Vec<_> = usual.into_iter().chain([own, suffixed]).collect();
        scope.claim(&wishes)
    };
    let setters: Vec<_> = api
        .security_schemes
        .keys()
        .enumerate()
        .map(setter)
        .collect();
    let mut suffixed = |words: &[String], suffix: &str| {
        let wish = [words, &[suffix.to_owned()]].concat();
        scope.claim(&[wish]).ident
    };
    let sources = api.security_schemes.values().zip(&setters);
    let sources = sources.map(|(scheme, setter)| SourceNames {
        provider: suffixed(&setter.words, "provider"),
        grant: matches!(scheme.kind, SecurityKind::OAuth2 { .. })
            .then(|| suffixed(&setter.words, "grant")),
    });
    let sources = sources.collect();
    let setters = setters.into_iter().map(|setter| setter.ident).collect();
    (setters, sources)
}
