use serde_core::{de::MapAccess, ser::SerializeMap};

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

json::object!(Agent);

impl<'de> json::Object<'de> for Agent {
    const ABOUT: json::About = json::About {
        name: "Agent",
        required: &[],
    };

    fn blank() -> Self {
        Self::default()
    }

    fn read<A: MapAccess<'de>>(&mut self, next: &mut json::Next<'de, A>) -> Result<(), A::Error> {
        match next.key() {
            "id" => next.tolerant(&mut self.id, &mut self.extra),
            "name" => next.tolerant(&mut self.name, &mut self.extra),
            "status" => next.tolerant(&mut self.status, &mut self.extra),
            _ => next.keep(&mut self.extra),
        }
    }

    fn write<'a, M: SerializeMap>(&'a self, members: &mut json::Members<'a, M>) {
        members.extra(&self.extra);
        members.optional("id", &self.id);
        members.optional("name", &self.name);
        members.optional("status", &self.status);
    }
}
