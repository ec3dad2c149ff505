use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de::MapAccess};

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

impl Serialize for ErrorMessage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = json::Writer::open(serializer, &self.extra);
        object.optional("error", &self.error);
        object.optional("message", &self.message);
        object.end()
    }
}

impl<'de> Deserialize<'de> for ErrorMessage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::object(deserializer)
    }
}

impl<'de> json::Object<'de> for ErrorMessage {
    const EXPECTING: &'static str = "an `ErrorMessage` object";

    fn read<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut value = Self::default();
        while let Some(key) = json::key(&mut map)? {
            (match &*key {
                "error" => json::tolerant(&mut map, key, &mut value.error, &mut value.extra),
                "message" => json::tolerant(&mut map, key, &mut value.message, &mut value.extra),
                _ => json::keep(&mut map, key, &mut value.extra),
            })?;
        }
        Ok(value)
    }
}
