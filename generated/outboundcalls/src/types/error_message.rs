use serde_core::{de::MapAccess, ser::SerializeMap};

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

json::object!(ErrorMessage);

impl<'de> json::Object<'de> for ErrorMessage {
    const ABOUT: json::About = json::About {
        name: "ErrorMessage",
        required: &[],
    };

    fn blank() -> Self {
        Self::default()
    }

    fn read<A: MapAccess<'de>>(&mut self, next: &mut json::Next<'de, A>) -> Result<(), A::Error> {
        match next.key() {
            "error" => next.tolerant(&mut self.error, &mut self.extra),
            "message" => next.tolerant(&mut self.message, &mut self.extra),
            _ => next.keep(&mut self.extra),
        }
    }

    fn write<'a, M: SerializeMap>(&'a self, members: &mut json::Members<'a, M>) {
        members.extra(&self.extra);
        members.optional("error", &self.error);
        members.optional("message", &self.message);
    }
}
