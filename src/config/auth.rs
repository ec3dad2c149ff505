//! `auth`: where clients read their credential from, and where they send it.

use super::check::Fault;
use crate::ir::{At, Auth, AuthWish, KeyLocation, SecurityKind, is_token};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AuthFile {
    /// The environment variable that `Client::from_env` reads the credential from; made of the crate's
    /// name by default.
    pub env: Option<String>,
    /// The HTTP scheme of the credential, if the document declares no security scheme. Every operation
    /// sends it that does not say `security: []`.
    scheme: Option<HttpScheme>,
    /// Where the key is, if the document declares no security scheme. Every operation sends it that does
    /// not say `security: []`.
    #[serde(rename = "in")]
    location: Option<Place>,
    /// The name of the header, query parameter or cookie with the key.
    name: Option<String>,
    /// The text before the key in its header, such as `Token `, if the document names none.
    prefix: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum HttpScheme {
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: Basic …`, from a user name and a password.
    Basic,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum Place {
    /// A header.
    Header,
    /// A query parameter.
    Query,
    /// A cookie.
    Cookie,
}

/// What the file says of the credential, or where it is wrong and why.
pub fn auth(file: &AuthFile, place: impl Fn(&[String]) -> String) -> Result<Option<Auth>, Fault> {
    let at = |key: &str| vec!["auth".to_owned(), key.to_owned()];
    let fault = |key: &str, why: &str| Err((at(key), why.to_owned()));
    if let Some(prefix) = &file.prefix {
        let is_plain = |char: char| char.is_ascii_graphic() || char == ' ';
        if prefix.trim_start() != prefix || prefix.is_empty() || !prefix.chars().all(is_plain) {
            return fault(
                "prefix",
                "a prefix is of printable ASCII characters, and begins with no space",
            );
        }
    }
    let key = match (file.location, &file.name) {
        (Some(location), Some(name)) => Some((location, name)),
        (Some(_), None) => {
            return fault("in", "`name` has to say under which name the key is sent");
        }
        (None, Some(_)) => {
            return fault(
                "name",
                "`in` has to say where the key is: `header`, `query` or `cookie`",
            );
        }
        (None, None) => None,
    };
    let (wish, said) = match (file.scheme, key, &file.prefix) {
        (None, None, None) => return Ok(None),
        (Some(_), Some(_), _) => {
            return fault(
                "scheme",
                "`in` and `name` are for keys: they do not go with a scheme",
            );
        }
        (Some(_), None, Some(_)) => return fault("prefix", "a scheme has a prefix of its own"),
        (Some(HttpScheme::Bearer), None, None) => (SecurityKind::Bearer { format: None }, "scheme"),
        (Some(HttpScheme::Basic), None, None) => (SecurityKind::Basic, "scheme"),
        (None, Some((location, _)), Some(_)) if location != Place::Header => {
            return fault("prefix", "only a header has a prefix");
        }
        (None, Some((location, name)), prefix) => {
            if location != Place::Query && !is_token(name) || name.is_empty() {
                return Err((
                    at("name"),
                    format!(
                        "`{name}` cannot be the name of a header, a query parameter or a cookie"
                    ),
                ));
            }
            let location = match location {
                Place::Header => KeyLocation::Header,
                Place::Query => KeyLocation::Query,
                Place::Cookie => KeyLocation::Cookie,
            };
            let (name, prefix) = (name.clone(), prefix.clone().unwrap_or_default());
            (
                SecurityKind::ApiKey {
                    location,
                    name,
                    prefix,
                },
                "name",
            )
        }
        (None, None, Some(prefix)) => {
            let at = At(place(&at("prefix")));
            let wish = AuthWish::Prefix(prefix.clone());
            return Ok(Some(Auth { at, wish }));
        }
    };
    let at = At(place(&at(said)));
    let wish = AuthWish::Scheme(wish);
    Ok(Some(Auth { at, wish }))
}
