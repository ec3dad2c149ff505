//! What the configuration says of the API's credential.

use super::{At, SecurityKind};

/// The credential of an API whose description leaves something open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Auth {
    pub at: At,
    pub wish: AuthWish,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthWish {
    /// The scheme, where the description declares none.
    Scheme(SecurityKind),
    /// What the header of the described API key has before the key.
    Prefix(String),
}
