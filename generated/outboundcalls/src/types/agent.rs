use crate::runtime::json;

/// A voice agent that conducts calls. Inferred: the API's page has no property names of agents,
/// but a filter by `status`.
///
/// Inferred: the API's documentation describes this type only in prose. Every property may be
/// absent. A value of another type is stored with the unknown properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Agent {
    /// The agent's id. Opaque; looks like `clx…`.
    pub id: Option<String>,
    /// The agent's name.
    pub name: Option<String>,
    /// The agent's status. The values are not documented.
    pub status: Option<String>,
    /// Properties that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

json::object! {
    Agent,
    required: &[],
    "id" => tolerant(id, extra),
    "name" => tolerant(name, extra),
    "status" => tolerant(status, extra),
    _ => keep(extra),
}
