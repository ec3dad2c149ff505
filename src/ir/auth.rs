//! What the configuration says of the API's credential.

use super::{Api, ConfigPosition, SecurityKind};
use serde::Serialize;

/// The credential of an API whose description leaves something open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuthConfig {
    #[serde(skip)]
    pub at: ConfigPosition,
    #[serde(rename = "wish")]
    pub setting: AuthSetting,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum AuthSetting {
    /// The scheme, where the description declares none.
    Scheme(SecurityKind),
    /// What the header of the described API key has before the key.
    Prefix(String),
}

impl Api {
    /// Returns the index of the scheme whose credential alone makes a client. User name and password are two
    /// values, so basic authentication has none.
    pub fn main_credential(&self) -> Option<usize> {
        self.main_scheme.filter(|index| {
            let kind = &self.security_schemes[*index].kind;
            kind.has_credential() && *kind != SecurityKind::Basic
        })
    }
}
