use serde_core::{de::MapAccess, ser::SerializeMap};

use crate::runtime::json;

/// A contact in a contact list. Inferred: `id`, and the properties of the request that creates
/// it.
///
/// Inferred: the API's documentation describes this type only in prose. Every property may be
/// absent. A value of another type is stored with the unknown properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contact {
    /// The contact's id. Opaque; looks like `clx…`.
    pub id: Option<String>,
    /// The id of the contact list that the contact is in.
    ///
    /// On the wire: `contactListId`.
    pub contact_list_id: Option<String>,
    /// The contact's phone number, in E.164 form.
    pub phone: Option<String>,
    /// The contact's name.
    pub name: Option<String>,
    /// The contact's email address.
    pub email: Option<String>,
    /// The contact's company.
    pub company: Option<String>,
    /// The contact's labels.
    pub tags: Option<Vec<String>>,
    /// Your own data about the contact, by name.
    ///
    /// On the wire: `customFields`.
    pub custom_fields: Option<serde_json::Map<String, serde_json::Value>>,
    /// Properties that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

json::object!(Contact);

impl<'de> json::Object<'de> for Contact {
    const ABOUT: json::About = json::About {
        name: "Contact",
        required: &[],
    };

    fn blank() -> Self {
        Self::default()
    }

    fn read<A: MapAccess<'de>>(&mut self, next: &mut json::Next<'de, A>) -> Result<(), A::Error> {
        match next.key() {
            "id" => next.tolerant(&mut self.id, &mut self.extra),
            "contactListId" => next.tolerant(&mut self.contact_list_id, &mut self.extra),
            "phone" => next.tolerant(&mut self.phone, &mut self.extra),
            "name" => next.tolerant(&mut self.name, &mut self.extra),
            "email" => next.tolerant(&mut self.email, &mut self.extra),
            "company" => next.tolerant(&mut self.company, &mut self.extra),
            "tags" => next.tolerant(&mut self.tags, &mut self.extra),
            "customFields" => next.tolerant(&mut self.custom_fields, &mut self.extra),
            _ => next.keep(&mut self.extra),
        }
    }

    fn write<'a, M: SerializeMap>(&'a self, members: &mut json::Members<'a, M>) {
        members.extra(&self.extra);
        members.optional("id", &self.id);
        members.optional("contactListId", &self.contact_list_id);
        members.optional("phone", &self.phone);
        members.optional("name", &self.name);
        members.optional("email", &self.email);
        members.optional("company", &self.company);
        members.optional("tags", &self.tags);
        members.optional("customFields", &self.custom_fields);
    }
}
