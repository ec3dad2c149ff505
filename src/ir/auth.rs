//! What the configuration says of the API's credential.

use super::{At, SecurityKind};
use serde::Serialize;

/// The credential of an API whose description leaves something open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Auth {
    #[serde(skip)]
    pub at: At,
    pub wish: AuthWish,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum AuthWish {
    /// The scheme, where the description declares none.
    Scheme(SecurityKind),
    /// What the header of the described API key has before the key.
    Prefix(String),
}
