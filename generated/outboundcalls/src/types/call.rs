use crate::runtime::json;

/// An outbound call. Inferred: `id`, the properties of the request that creates it, and those
/// that `GET /calls` filters by.
///
/// Inferred: the API's documentation describes this type only in prose. Every property may be
/// absent. A value of another type is stored with the unknown properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// The call's id. Opaque; looks like `clx…`.
    pub id: Option<String>,
    /// The call's status. The values are not documented.
    pub status: Option<String>,
    /// The id of the agent that conducts the call.
    ///
    /// On the wire: `agentId`.
    pub agent_id: Option<String>,
    /// The id of the campaign that the call belongs to, if any.
    ///
    /// On the wire: `campaignId`.
    pub campaign_id: Option<String>,
    /// The id of the contact that the call is linked to, if any.
    ///
    /// On the wire: `contactId`.
    pub contact_id: Option<String>,
    /// The id of your phone number that the call is made from.
    ///
    /// On the wire: `phoneNumberId`.
    pub phone_number_id: Option<String>,
    /// The number called, in E.164 form.
    ///
    /// On the wire: `toNumber`.
    pub to_number: Option<String>,
    /// Properties that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

json::object! {
    Call,
    required: &[],
    "id" => tolerant(id, extra),
    "status" => tolerant(status, extra),
    "agentId" => tolerant(agent_id, extra),
    "campaignId" => tolerant(campaign_id, extra),
    "contactId" => tolerant(contact_id, extra),
    "phoneNumberId" => tolerant(phone_number_id, extra),
    "toNumber" => tolerant(to_number, extra),
    _ => keep(extra),
}
