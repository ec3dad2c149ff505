use serde_core::{de::MapAccess, ser::SerializeMap};

use crate::runtime::json;

/// A user. Inferred from “user info” on the API's page, which names no members.
///
/// Inferred: the API's documentation describes it in prose only, so every member may be absent.
/// What does not fit its member is kept with the undeclared ones.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct User {
    /// The user's id. Opaque.
    pub id: Option<String>,
    /// The user's name.
    pub name: Option<String>,
    /// The user's email address.
    pub email: Option<String>,
    /// The members that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

json::object!(User);

impl json::Object for User {
    const ABOUT: json::About = json::About {
        name: "User",
        members: &["id", "name", "email"],
        required: &[],
    };

    fn blank() -> Self {
        Self::default()
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, next: &mut json::Next<A>) -> Result<(), A::Error> {
        match next.place() {
            0 => next.tolerant(&mut self.id, &mut self.extra),
            1 => next.tolerant(&mut self.name, &mut self.extra),
            2 => next.tolerant(&mut self.email, &mut self.extra),
            _ => next.keep(&mut self.extra),
        }
    }

    fn write<M: SerializeMap>(&self, members: &mut json::Members<M>) {
        members.optional(&self.id);
        members.optional(&self.name);
        members.optional(&self.email);
        members.rest(&self.extra);
    }
}
