use serde_core::{de::MapAccess, ser::SerializeMap};

use crate::runtime::json;

/// A contact to add to a contact list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CreateContact {
    /// The id of the contact list that the contact is added to.
    ///
    /// On the wire: `contactListId`.
    pub contact_list_id: String,
    /// The contact's phone number, in E.164 form, as in `+14155551212`.
    pub phone: String,
    /// The contact's name.
    pub name: Option<String>,
    /// The contact's email address.
    pub email: Option<String>,
    /// The contact's company.
    pub company: Option<String>,
    /// Your own labels.
    pub tags: Option<Vec<String>>,
    /// Your own data about the contact, by name. The allowed values are not documented.
    ///
    /// On the wire: `customFields`.
    pub custom_fields: Option<serde_json::Map<String, serde_json::Value>>,
    /// Properties that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl CreateContact {
    /// Creates a new `CreateContact` with its required fields.
    pub fn new(contact_list_id: impl Into<String>, phone: impl Into<String>) -> Self {
        Self {
            contact_list_id: contact_list_id.into(),
            phone: phone.into(),
            name: None,
            email: None,
            company: None,
            tags: None,
            custom_fields: None,
            extra: Default::default(),
        }
    }

    /// Sets [`name`](Self::name).
    #[must_use]
    pub fn name(mut self, value: impl Into<String>) -> Self {
        self.name = Some(value.into());
        self
    }

    /// Sets [`email`](Self::email).
    #[must_use]
    pub fn email(mut self, value: impl Into<String>) -> Self {
        self.email = Some(value.into());
        self
    }

    /// Sets [`company`](Self::company).
    #[must_use]
    pub fn company(mut self, value: impl Into<String>) -> Self {
        self.company = Some(value.into());
        self
    }

    /// Sets [`tags`](Self::tags).
    #[must_use]
    pub fn tags(mut self, value: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.tags = Some(value.into_iter().map(Into::into).collect());
        self
    }

    /// Sets [`custom_fields`](Self::custom_fields).
    #[must_use]
    pub fn custom_fields(mut self, value: serde_json::Map<String, serde_json::Value>) -> Self {
        self.custom_fields = Some(value);
        self
    }
}

json::object!(CreateContact);

impl<'de> json::Object<'de> for CreateContact {
    const ABOUT: json::About = json::About {
        name: "CreateContact",
        required: &["contactListId", "phone"],
    };

    fn blank() -> Self {
        Self {
            contact_list_id: Default::default(),
            phone: Default::default(),
            name: None,
            email: None,
            company: None,
            tags: None,
            custom_fields: None,
            extra: Default::default(),
        }
    }

    fn read<A: MapAccess<'de>>(&mut self, next: &mut json::Next<'de, A>) -> Result<(), A::Error> {
        match next.key() {
            "contactListId" => next.value(0, &mut self.contact_list_id),
            "phone" => next.value(1, &mut self.phone),
            "name" => next.optional(&mut self.name),
            "email" => next.optional(&mut self.email),
            "company" => next.optional(&mut self.company),
            "tags" => next.optional(&mut self.tags),
            "customFields" => next.optional(&mut self.custom_fields),
            _ => next.keep(&mut self.extra),
        }
    }

    fn write<'a, M: SerializeMap>(&'a self, members: &mut json::Members<'a, M>) {
        members.extra(&self.extra);
        members.value("contactListId", &self.contact_list_id);
        members.value("phone", &self.phone);
        members.optional("name", &self.name);
        members.optional("email", &self.email);
        members.optional("company", &self.company);
        members.optional("tags", &self.tags);
        members.optional("customFields", &self.custom_fields);
    }
}
