use serde_core::{de::MapAccess, ser::SerializeMap};

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

json::object!(Call);

impl<'de> json::Object<'de> for Call {
    const ABOUT: json::About = json::About {
        name: "Call",
        required: &[],
    };

    fn blank() -> Self {
        Self::default()
    }

    fn read<A: MapAccess<'de>>(&mut self, next: &mut json::Next<'de, A>) -> Result<(), A::Error> {
        match next.key() {
            "id" => next.tolerant(&mut self.id, &mut self.extra),
            "status" => next.tolerant(&mut self.status, &mut self.extra),
            "agentId" => next.tolerant(&mut self.agent_id, &mut self.extra),
            "campaignId" => next.tolerant(&mut self.campaign_id, &mut self.extra),
            "contactId" => next.tolerant(&mut self.contact_id, &mut self.extra),
            "phoneNumberId" => next.tolerant(&mut self.phone_number_id, &mut self.extra),
            "toNumber" => next.tolerant(&mut self.to_number, &mut self.extra),
            _ => next.keep(&mut self.extra),
        }
    }

    fn write<'a, M: SerializeMap>(&'a self, members: &mut json::Members<'a, M>) {
        members.extra(&self.extra);
        members.optional("id", &self.id);
        members.optional("status", &self.status);
        members.optional("agentId", &self.agent_id);
        members.optional("campaignId", &self.campaign_id);
        members.optional("contactId", &self.contact_id);
        members.optional("phoneNumberId", &self.phone_number_id);
        members.optional("toNumber", &self.to_number);
    }
}
