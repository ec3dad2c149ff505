use serde_core::{de::MapAccess, ser::SerializeMap};

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

json::object!(User);

impl<'de> json::Object<'de> for User {
    const ABOUT: json::About = json::About {
        name: "User",
        required: &[],
    };

    fn blank() -> Self {
        Self::default()
    }

    fn read<A: MapAccess<'de>>(&mut self, next: &mut json::Next<'de, A>) -> Result<(), A::Error> {
        match next.key() {
            "id" => next.tolerant(&mut self.id, &mut self.extra),
            "name" => next.tolerant(&mut self.name, &mut self.extra),
            "email" => next.tolerant(&mut self.email, &mut self.extra),
            _ => next.keep(&mut self.extra),
        }
    }

    fn write<'a, M: SerializeMap>(&'a self, members: &mut json::Members<'a, M>) {
        members.extra(&self.extra);
        members.optional("id", &self.id);
        members.optional("name", &self.name);
        members.optional("email", &self.email);
    }
}
