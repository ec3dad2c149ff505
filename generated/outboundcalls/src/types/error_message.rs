use serde_core::{de::MapAccess, ser::SerializeMap};

use crate::runtime::json;

/// What went wrong. Inferred: the API's page documents the meaning of each error status, and no
/// error body.
///
/// Inferred: the API's documentation describes it in prose only, so every member may be absent.
/// What does not fit its member is kept with the undeclared ones.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ErrorMessage {
    /// What went wrong, as a short text or a code.
    pub error: Option<String>,
    /// What went wrong, as a sentence.
    pub message: Option<String>,
    /// The members that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

json::object!(ErrorMessage);

impl json::Object for ErrorMessage {
    const ABOUT: json::About = json::About {
        name: "ErrorMessage",
        members: &["error", "message"],
        required: &[],
    };

    fn blank() -> Self {
        Self::default()
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, next: &mut json::Next<A>) -> Result<(), A::Error> {
        match next.place() {
            0 => next.tolerant(&mut self.error, &mut self.extra),
            1 => next.tolerant(&mut self.message, &mut self.extra),
            _ => next.keep(&mut self.extra),
        }
    }

    fn write<M: SerializeMap>(&self, members: &mut json::Members<M>) {
        members.optional(&self.error);
        members.optional(&self.message);
        members.rest(&self.extra);
    }
}
