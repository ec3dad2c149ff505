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

json::object! {
    Contact,
    required: &[],
    "id" => tolerant(id, extra),
    "contactListId" => tolerant(contact_list_id, extra),
    "phone" => tolerant(phone, extra),
    "name" => tolerant(name, extra),
    "email" => tolerant(email, extra),
    "company" => tolerant(company, extra),
    "tags" => tolerant(tags, extra),
    "customFields" => tolerant(custom_fields, extra),
    _ => keep(extra),
}
