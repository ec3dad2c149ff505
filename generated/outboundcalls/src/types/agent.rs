use serde_core::{de::MapAccess, ser::SerializeMap};

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

json::object!(Agent);

impl json::Object for Agent {
    const ABOUT: json::About = json::About {
        name: "Agent",
        members: &["id", "name", "status"],
        required: &[],
    };

    fn blank() -> Self {
        Self::default()
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, next: &mut json::Next<A>) -> Result<(), A::Error> {
        match next.place() {
            0 => next.tolerant(&mut self.id, &mut self.extra),
            1 => next.tolerant(&mut self.name, &mut self.extra),
            2 => next.tolerant(&mut self.status, &mut self.extra),
            _ => next.keep(&mut self.extra),
        }
    }

    fn write<M: SerializeMap>(&self, members: &mut json::Members<M>) {
        members.optional(&self.id);
        members.optional(&self.name);
        members.optional(&self.status);
        members.rest(&self.extra);
    }
}
