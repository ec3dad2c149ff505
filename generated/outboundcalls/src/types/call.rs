use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de::MapAccess};

use crate::runtime::json;

/// An outbound call. Inferred: `id`, the members that a call is created with, and those that
/// calls can be filtered by.
///
/// Inferred: the API's documentation describes it in prose only, so every member may be absent.
/// What does not fit its member is kept with the undeclared ones.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// The id of the phone number of yours that the call is made from.
    ///
    /// On the wire: `phoneNumberId`.
    pub phone_number_id: Option<String>,
    /// The number called, in E.164 form.
    ///
    /// On the wire: `toNumber`.
    pub to_number: Option<String>,
    /// The members that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Serialize for Call {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = json::Writer::open(serializer, &self.extra);
        object.optional("id", &self.id);
        object.optional("status", &self.status);
        object.optional("agentId", &self.agent_id);
        object.optional("campaignId", &self.campaign_id);
        object.optional("contactId", &self.contact_id);
        object.optional("phoneNumberId", &self.phone_number_id);
        object.optional("toNumber", &self.to_number);
        object.end()
    }
}

impl<'de> Deserialize<'de> for Call {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::object(deserializer)
    }
}

impl<'de> json::Object<'de> for Call {
    const EXPECTING: &'static str = "a `Call` object";

    fn read<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut value = Self::default();
        while let Some(key) = json::key(&mut map)? {
            (match &*key {
                "id" => json::tolerant(&mut map, key, &mut value.id, &mut value.extra),
                "status" => json::tolerant(&mut map, key, &mut value.status, &mut value.extra),
                "agentId" => json::tolerant(&mut map, key, &mut value.agent_id, &mut value.extra),
                "campaignId" => {
                    json::tolerant(&mut map, key, &mut value.campaign_id, &mut value.extra)
                }
                "contactId" => {
                    json::tolerant(&mut map, key, &mut value.contact_id, &mut value.extra)
                }
                "phoneNumberId" => {
                    json::tolerant(&mut map, key, &mut value.phone_number_id, &mut value.extra)
                }
                "toNumber" => json::tolerant(&mut map, key, &mut value.to_number, &mut value.extra),
                _ => json::keep(&mut map, key, &mut value.extra),
            })?;
        }
        Ok(value)
    }
}
