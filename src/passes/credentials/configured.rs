//! Applies the configured credential where the document leaves it open.

use super::parameters::{AUTHORIZATION, free_name};
use crate::ir::{Api, AuthConfig, AuthSetting, KeyLocation, SecurityKind, SecurityScheme};
use std::collections::BTreeSet;

/// Adds the configured scheme or prefix. Returns false if it has no effect.
pub fn apply(api: &mut Api, auth: &AuthConfig) -> bool {
    match &auth.setting {
        AuthSetting::Scheme(kind) => add_scheme(api, kind),
        AuthSetting::Prefix(prefix) => add_prefix(api, prefix),
    }
}

/// Adds a scheme, or completes one at the same location or of unknown kind.
fn add_scheme(api: &mut Api, kind: &SecurityKind) -> bool {
    let is_other = |scheme: &&mut SecurityScheme| matches!(scheme.kind, SecurityKind::OtherHttp(_));
    if let Some(scheme) = api.security_schemes.values_mut().find(is_other) {
        scheme.kind = kind.clone();
        return true;
    }
    if !api
        .security_schemes
        .values()
        .any(|it| it.kind.has_credential())
    {
        let name = match kind {
            SecurityKind::ApiKey { name, .. } => name,
            SecurityKind::Basic => "basic",
            _ => "bearer",
        };
        insert(api, name, kind.clone());
        return true;
    }
    let SecurityKind::ApiKey {
        location,
        name,
        prefix,
    } = kind
    else {
        return false;
    };
    let mut is_done = false;
    for scheme in api.security_schemes.values_mut() {
        if scheme.kind.is_at(*location, name) {
            is_done |= set_prefix(&mut scheme.kind, prefix);
        }
    }
    is_done && !prefix.is_empty()
}

/// Adds the prefix to keys in `Authorization`, or to the only key in a header. If the document describes no
/// credential, adds a key in `Authorization`.
fn add_prefix(api: &mut Api, prefix: &str) -> bool {
    if !api
        .security_schemes
        .values()
        .any(|it| it.kind.has_credential())
    {
        let key = SecurityKind::ApiKey {
            location: KeyLocation::Header,
            name: AUTHORIZATION.to_owned(),
            prefix: prefix.to_owned(),
        };
        return add_scheme(api, &key);
    }
    let is_key = |kind: &SecurityKind| {
        matches!(
            kind,
            SecurityKind::ApiKey {
                location: KeyLocation::Header,
                ..
            }
        )
    };
    let keys = api
        .security_schemes
        .values_mut()
        .map(|scheme| &mut scheme.kind);
    let mut keys: Vec<&mut SecurityKind> = keys.filter(|kind| is_key(kind)).collect();
    if keys.len() > 1 {
        keys.retain(|kind| kind.is_at(KeyLocation::Header, AUTHORIZATION));
    }
    for kind in &mut keys {
        set_prefix(kind, prefix);
    }
    !keys.is_empty()
}

fn set_prefix(kind: &mut SecurityKind, text: &str) -> bool {
    let SecurityKind::ApiKey { prefix, .. } = kind else {
        return false;
    };
    text.clone_into(prefix);
    true
}

fn insert(api: &mut Api, name: &str, kind: SecurityKind) {
    let scheme = SecurityScheme {
        kind,
        description: None,
        is_parameter: false,
        scopes: BTreeSet::new(),
        at: None,
    };
    let name = free_name(api, name);
    api.security_schemes.insert(name, scheme);
}
