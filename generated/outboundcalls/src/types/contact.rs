use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de::MapAccess};

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

impl Serialize for Contact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = json::Writer::open(serializer, &self.extra);
        object.optional("id", &self.id);
        object.optional("contactListId", &self.contact_list_id);
        object.optional("phone", &self.phone);
        object.optional("name", &self.name);
        object.optional("email", &self.email);
        object.optional("company", &self.company);
        object.optional("tags", &self.tags);
        object.optional("customFields", &self.custom_fields);
        object.end()
    }
}

impl<'de> Deserialize<'de> for Contact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::object(deserializer)
    }
}

impl<'de> json::Object<'de> for Contact {
    const EXPECTING: &'static str = "a `Contact` object";

    fn read<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut value = Self::default();
        while let Some(key) = json::key(&mut map)? {
            (match &*key {
                "id" => json::tolerant(&mut map, key, &mut value.id, &mut value.extra),
                "contactListId" => {
                    json::tolerant(&mut map, key, &mut value.contact_list_id, &mut value.extra)
                }
                "phone" => json::tolerant(&mut map, key, &mut value.phone, &mut value.extra),
                "name" => json::tolerant(&mut map, key, &mut value.name, &mut value.extra),
                "email" => json::tolerant(&mut map, key, &mut value.email, &mut value.extra),
                "company" => json::tolerant(&mut map, key, &mut value.company, &mut value.extra),
                "tags" => json::tolerant(&mut map, key, &mut value.tags, &mut value.extra),
                "customFields" => {
                    json::tolerant(&mut map, key, &mut value.custom_fields, &mut value.extra)
                }
                _ => json::keep(&mut map, key, &mut value.extra),
            })?;
        }
        Ok(value)
    }
}
