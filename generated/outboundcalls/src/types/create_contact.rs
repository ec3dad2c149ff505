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

json::object! {
    CreateContact,
    required: &["contactListId", "phone"],
    "contactListId" => value(0, contact_list_id),
    "phone" => value(1, phone),
    "name" => optional(name),
    "email" => optional(email),
    "company" => optional(company),
    "tags" => optional(tags),
    "customFields" => optional(custom_fields),
    _ => keep(extra),
}
