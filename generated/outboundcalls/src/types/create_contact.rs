use serde_core::{de::MapAccess, ser::SerializeMap};

use crate::runtime::json;

/// A contact to add to a contact list.
#[derive(Clone, Debug, PartialEq)]
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
    /// The company the contact belongs to.
    pub company: Option<String>,
    /// Labels of your choice.
    pub tags: Option<Vec<String>>,
    /// Further data of your choice about the contact, by name. Which values are allowed is not
    /// documented.
    ///
    /// On the wire: `customFields`.
    pub custom_fields: Option<serde_json::Map<String, serde_json::Value>>,
    /// The members that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl CreateContact {
    /// Makes one from the members that are required.
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

impl json::Object for CreateContact {
    const ABOUT: json::About = json::About {
        name: "CreateContact",
        members: &[
            "contactListId",
            "phone",
            "name",
            "email",
            "company",
            "tags",
            "customFields",
        ],
        required: &[0, 1],
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

    fn read<'de, A: MapAccess<'de>>(&mut self, next: &mut json::Next<A>) -> Result<(), A::Error> {
        match next.place() {
            0 => next.value(&mut self.contact_list_id),
            1 => next.value(&mut self.phone),
            2 => next.optional(&mut self.name),
            3 => next.optional(&mut self.email),
            4 => next.optional(&mut self.company),
            5 => next.optional(&mut self.tags),
            6 => next.optional(&mut self.custom_fields),
            _ => next.keep(&mut self.extra),
        }
    }

    fn write<M: SerializeMap>(&self, members: &mut json::Members<M>) {
        members.value(&self.contact_list_id);
        members.value(&self.phone);
        members.optional(&self.name);
        members.optional(&self.email);
        members.optional(&self.company);
        members.optional(&self.tags);
        members.optional(&self.custom_fields);
        members.rest(&self.extra);
    }
}
