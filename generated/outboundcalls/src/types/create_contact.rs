use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de::MapAccess};

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

impl Serialize for CreateContact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = json::Writer::open(serializer, &self.extra);
        object.value("contactListId", &self.contact_list_id);
        object.value("phone", &self.phone);
        object.optional("name", &self.name);
        object.optional("email", &self.email);
        object.optional("company", &self.company);
        object.optional("tags", &self.tags);
        object.optional("customFields", &self.custom_fields);
        object.end()
    }
}

impl<'de> Deserialize<'de> for CreateContact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::object(deserializer)
    }
}

impl<'de> json::Object<'de> for CreateContact {
    const EXPECTING: &'static str = "a `CreateContact` object";

    fn read<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut contact_list_id = None;
        let mut phone = None;
        let mut name = None;
        let mut email = None;
        let mut company = None;
        let mut tags = None;
        let mut custom_fields = None;
        let mut extra = serde_json::Map::new();
        while let Some(key) = json::key(&mut map)? {
            (match &*key {
                "contactListId" => json::value(&mut map, &mut contact_list_id),
                "phone" => json::value(&mut map, &mut phone),
                "name" => json::optional(&mut map, &mut name),
                "email" => json::optional(&mut map, &mut email),
                "company" => json::optional(&mut map, &mut company),
                "tags" => json::optional(&mut map, &mut tags),
                "customFields" => json::optional(&mut map, &mut custom_fields),
                _ => json::keep(&mut map, key, &mut extra),
            })?;
        }
        Ok(Self {
            contact_list_id: json::required(contact_list_id, "contactListId")?,
            phone: json::required(phone, "phone")?,
            name,
            email,
            company,
            tags,
            custom_fields,
            extra,
        })
    }
}
