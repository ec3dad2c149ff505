use crate::runtime::json;

/// A user. Inferred from “user info” on the API's page, which has no property names.
///
/// Inferred: the API's documentation describes this type only in prose. Every property may be
/// absent. A value of another type is stored with the unknown properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct User {
    /// The user's id. Opaque.
    pub id: Option<String>,
    /// The user's name.
    pub name: Option<String>,
    /// The user's email address.
    pub email: Option<String>,
    /// Properties that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

json::object! {
    User,
    required: &[],
    "id" => tolerant(id, extra),
    "name" => tolerant(name, extra),
    "email" => tolerant(email, extra),
    _ => keep(extra),
}
