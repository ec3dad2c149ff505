use crate::runtime::json;

/// An error message. Inferred: the API's page documents the meaning of each error status, but
/// no error body.
///
/// Inferred: the API's documentation describes this type only in prose. Every property may be
/// absent. A value of another type is stored with the unknown properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorMessage {
    /// The error, as a short text or a code.
    pub error: Option<String>,
    /// The error, as a sentence.
    pub message: Option<String>,
    /// Properties that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

json::object! {
    ErrorMessage,
    required: &[],
    "error" => tolerant(error, extra),
    "message" => tolerant(message, extra),
    _ => keep(extra),
}
