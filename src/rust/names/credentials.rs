//! Names of the builder's setters for credentials.

use super::bounded;
use crate::config::Options;
use crate::ir::{Api, SecurityKind};
use crate::naming::{Scope, Style, reserved, words};
use serde::Serialize;

/// The setters beside the one that takes a secret.
#[derive(Debug, Serialize)]
pub struct SourceNames {
    pub provider: String,
    /// Where the scheme is of OAuth 2.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant: Option<String>,
}

/// One setter a scheme, and those of its sources. The usual word where there is one scheme of the kind, else the scheme's name.
pub fn resolve(api: &Api, options: &Options) -> (Vec<String>, Vec<SourceNames>) {
    let usual = |kind: &SecurityKind| match kind {
        SecurityKind::Basic => "basic_auth",
        SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => "access_token",
        _ if options.auth_env.ends_with("_TOKEN") => "token",
        _ => "api_key",
    };
    let kinds: Vec<&str> = api
        .security_schemes
        .values()
        .map(|scheme| usual(&scheme.kind))
        .collect();
    let mut scope = Scope::with_reserved(Style::Snake, reserved::CLIENT_BUILDER.iter().copied());
    let setter = |(index, name): (usize, &String)| {
        let alone = kinds.iter().filter(|kind| **kind == kinds[index]).count() == 1;
        let own = bounded(words(name));
        let suffixed = [own.clone(), vec!["credential".to_owned()]].concat();
        let mut wishes = vec![own, suffixed];
        if alone {
            wishes.insert(0, words(kinds[index]));
        }
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
