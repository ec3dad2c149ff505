use serde_core::{de::MapAccess, ser::SerializeMap};

use crate::runtime::json;

/// A contact in a contact list. Inferred: `id`, and the members that a contact is created with.
///
/// Inferred: the API's documentation describes it in prose only, so every member may be absent.
/// What does not fit its member is kept with the undeclared ones.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// The company the contact belongs to.
    pub company: Option<String>,
    /// Labels given to the contact.
    pub tags: Option<Vec<String>>,
    /// Further data about the contact, by name.
    ///
    /// On the wire: `customFields`.
    pub custom_fields: Option<serde_json::Map<String, serde_json::Value>>,
    /// The members that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

json::object!(Contact);

impl json::Object for Contact {
    const ABOUT: json::About = json::About {
        name: "Contact",
        members: &[
            "id",
            "contactListId",
            "phone",
            "name",
            "email",
            "company",
            "tags",
            "customFields",
        ],
        required: &[],
    };

    fn blank() -> Self {
        Self::default()
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, next: &mut json::Next<A>) -> Result<(), A::Error> {
        match next.place() {
            0 => next.tolerant(&mut self.id, &mut self.extra),
            1 => next.tolerant(&mut self.contact_list_id, &mut self.extra),
            2 => next.tolerant(&mut self.phone, &mut self.extra),
            3 => next.tolerant(&mut self.name, &mut self.extra),
            4 => next.tolerant(&mut self.email, &mut self.extra),
            5 => next.tolerant(&mut self.company, &mut self.extra),
            6 => next.tolerant(&mut self.tags, &mut self.extra),
            7 => next.tolerant(&mut self.custom_fields, &mut self.extra),
            _ => next.keep(&mut self.extra),
        }
    }

    fn write<M: SerializeMap>(&self, members: &mut json::Members<M>) {
        members.optional(&self.id);
        members.optional(&self.contact_list_id);
        members.optional(&self.phone);
        members.optional(&self.name);
        members.optional(&self.email);
        members.optional(&self.company);
        members.optional(&self.tags);
        members.optional(&self.custom_fields);
        members.rest(&self.extra);
    }
}
