use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de::MapAccess};

use crate::runtime::json;

/// A voice agent that conducts calls. Inferred: the API's page names no members of an agent;
/// `status` can be filtered by.
///
/// Inferred: the API's documentation describes it in prose only, so every member may be absent.
/// What does not fit its member is kept with the undeclared ones.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Agent {
    /// The agent's id. Opaque; looks like `clx…`.
    pub id: Option<String>,
    /// The agent's name.
    pub name: Option<String>,
    /// The agent's status. The values are not documented.
    pub status: Option<String>,
    /// The members that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Serialize for Agent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = json::Writer::open(serializer, &self.extra);
        object.optional("id", &self.id);
        object.optional("name", &self.name);
        object.optional("status", &self.status);
        object.end()
    }
}

impl<'de> Deserialize<'de> for Agent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::object(deserializer)
    }
}

impl<'de> json::Object<'de> for Agent {
    const EXPECTING: &'static str = "an `Agent` object";

    fn read<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut value = Self::default();
        while let Some(key) = json::key(&mut map)? {
            (match &*key {
                "id" => json::tolerant(&mut map, key, &mut value.id, &mut value.extra),
                "name" => json::tolerant(&mut map, key, &mut value.name, &mut value.extra),
                "status" => json::tolerant(&mut map, key, &mut value.status, &mut value.extra),
                _ => json::keep(&mut map, key, &mut value.extra),
            })?;
        }
        Ok(value)
    }
}
