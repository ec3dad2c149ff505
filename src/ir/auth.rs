//! The API's credential as the configuration describes it.

use super::{Api, ConfigPosition, SecurityKind};
use serde::Serialize;

/// The credential of an API whose document does not fully describe it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuthConfig {
    #[serde(skip)]
    pub at: ConfigPosition,
    #[serde(rename = "wish")]
    pub setting: AuthSetting,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum AuthSetting {
    /// The scheme, if the document declares none.
    Scheme(SecurityKind),
    /// The text before the API key in its header.
    Prefix(String),
}

impl Api {
    /// Returns the index of the scheme whose credential alone is enough to create a client. Basic
    /// authentication has two values, so it does not count.
    pub fn main_credential(&self) -> Option<usize> {
        self.main_scheme.filter(|index| {
            let kind = &self.security_schemes[*index].kind;
            kind.has_credential() && *kind != SecurityKind::Basic
        })
    }
}
