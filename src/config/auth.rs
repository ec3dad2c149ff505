//! `auth`: the source and the location of the credential.

use super::check::Fault;
use super::settings::place::Places;
use crate::ir::{AuthConfig, AuthSetting, ConfigPosition, KeyLocation, SecurityKind, is_token};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AuthFile {
    /// The environment variable that `Client::from_env` reads the credential from. The default is derived from
    /// the crate's name.
    pub env: Option<String>,
    /// The HTTP scheme of the credential, if the document declares no security scheme. All operations without
    /// `security: []` send it.
    scheme: Option<HttpScheme>,
    /// The location of the key, if the document declares no security scheme. All operations without `security: []`
    /// send it.
    #[serde(rename = "in")]
    location: Option<KeyPosition>,
    /// The name of the header, query parameter or cookie.
    name: Option<String>,
    /// The text before the key in its header, such as `Token `, if the document does not specify it.
    prefix: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum HttpScheme {
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: Basic …`, with a user name and a password.
    Basic,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum KeyPosition {
    /// A header.
    Header,
    /// A query parameter.
    Query,
    /// A cookie.
    Cookie,
}

/// Returns the configured credential.
pub fn auth(file: &AuthFile, places: &Places<'_>) -> Result<Option<AuthConfig>, Fault> {
    let prefix = prefix(file)?;
    let (key, setting) = match (file.scheme, key(file)?, prefix) {
        (None, None, None) => return Ok(None),
        (Some(_), Some(_), _) => {
            let why = "`in` and `name` are not allowed with `scheme`";
            return fault("scheme", why);
        }
        (Some(_), None, Some(_)) => {
            return fault("prefix", "`prefix` is not allowed with `scheme`");
        }
        (Some(HttpScheme::Bearer), None, None) => {
            let kind = SecurityKind::Bearer { format: None };
            ("scheme", AuthSetting::Scheme(kind))
        }
        (Some(HttpScheme::Basic), None, None) => {
            ("scheme", AuthSetting::Scheme(SecurityKind::Basic))
        }
        (None, Some((location, _)), Some(_)) if location != KeyLocation::Header => {
            return fault("prefix", "`prefix` requires `in: header`");
        }
        (None, Some((location, name)), prefix) => {
            let kind = SecurityKind::ApiKey {
                location,
                name,
                prefix: prefix.unwrap_or_default(),
            };
            ("name", AuthSetting::Scheme(kind))
        }
        (None, None, Some(prefix)) => ("prefix", AuthSetting::Prefix(prefix)),
    };
    let at = ConfigPosition(places.value(&steps(key)));
    Ok(Some(AuthConfig { at, setting }))
}

fn prefix(file: &AuthFile) -> Result<Option<String>, Fault> {
    let is_plain = |char: char| char.is_ascii_graphic() || char == ' ';
    let is_right = |text: &String| !text.starts_with(' ') && text.chars().all(is_plain);
    match file.prefix.clone() {
        Some(text) if text.is_empty() || !is_right(&text) => fault(
            "prefix",
            "a prefix must be printable ASCII, and must not begin with a space",
        ),
        prefix => Ok(prefix),
    }
}

/// Returns the location and the name of the key.
fn key(file: &AuthFile) -> Result<Option<(KeyLocation, String)>, Fault> {
    let (place, name) = match (file.location, &file.name) {
        (Some(place), Some(name)) => (place, name),
        (Some(_), None) => {
            return fault(
                "in",
                "`name` is missing: set the name of the header, query parameter or cookie",
            );
        }
        (None, Some(_)) => {
            let why = "`in` is missing: set `header`, `query` or `cookie`";
            return fault("name", why);
        }
        (None, None) => return Ok(None),
    };
    if place != KeyPosition::Query && !is_token(name) || name.is_empty() {
        let why = "is not a valid name of a header, a query parameter or a cookie";
        return fault("name", &format!("`{name}` {why}"));
    }
    let location = match place {
        KeyPosition::Header => KeyLocation::Header,
        KeyPosition::Query => KeyLocation::Query,
        KeyPosition::Cookie => KeyLocation::Cookie,
    };
    Ok(Some((location, name.clone())))
}

fn fault<T>(key: &str, why: &str) -> Result<T, Fault> {
    Err((steps(key), why.to_owned()))
}

fn steps(key: &str) -> Vec<String> {
    vec!["auth".to_owned(), key.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::super::{Overrides, Settings};
    use std::path::Path;

    fn fault(auth: &str) -> String {
        let given = Overrides {
            spec: Some("api.yaml".into()),
            ..Overrides::default()
        };
        let text = format!("auth: {auth}\n");
        let settings = Settings::from_file(Path::new("sdkgen.yaml"), &text, given);
        settings.map_or_else(|fault| fault.to_string(), |_| String::new())
    }

    #[test]
    fn inconsistent_credentials_are_refused() {
        for right in [
            "{env: X_KEY}",
            "{scheme: basic}",
            "{in: query, name: 'k[0]'}",
            "{in: header, name: X-Key, prefix: 'Key='}",
            "{prefix: 'Token '}",
        ] {
            assert_eq!(fault(right), "", "{right}");
        }
        for (wrong, why) in [
            (
                "{in: header}",
                "1:12: `name` is missing: set the name of the header, query parameter or cookie",
            ),
            (
                "{name: k}",
                "1:14: `in` is missing: set `header`, `query` or `cookie`",
            ),
            (
                "{scheme: bearer, in: query, name: k}",
                "1:16: `in` and `name` are not allowed with `scheme`",
            ),
            (
                "{scheme: bearer, prefix: 'Bot '}",
                "1:32: `prefix` is not allowed with `scheme`",
            ),
            (
                "{in: cookie, name: k, prefix: 'Bot '}",
                "1:37: `prefix` requires `in: header`",
            ),
            (
                "{in: header, name: X Key}",
                "1:26: `X Key` is not a valid name of a header, a query parameter or a cookie",
            ),
            (
                "{prefix: ' Bot '}",
                "1:16: a prefix must be printable ASCII, and must not begin with a space",
            ),
            (
                "{scheme: digest}",
                "1:16: unknown value `digest` of `auth.scheme` (known: bearer, basic)",
            ),
        ] {
            assert_eq!(fault(wrong), format!("sdkgen.yaml:{why}"), "{wrong}");
        }
    }
}
