use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de::MapAccess};

use crate::runtime::json;

/// An outbound call in full. Inferred: the API's page names transcript, summary, recording URL,
/// sentiment, extracted data and credits charged, in prose; the other members are those of
/// `Call`.
///
/// Inferred: the API's documentation describes it in prose only, so every member may be absent.
/// What does not fit its member is kept with the undeclared ones.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CallDetail {
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
    /// What was said in the call. Its form is not documented: it may be text, or a list of
    /// turns, so any JSON value is accepted.
    pub transcript: Option<serde_json::Value>,
    /// A summary of the call.
    pub summary: Option<String>,
    /// Where the recording of the call is. Not documented: whether the URL expires, and whether
    /// it asks for the API key.
    ///
    /// On the wire: `recordingUrl`.
    pub recording_url: Option<String>,
    /// The sentiment of the call. The values are not documented.
    pub sentiment: Option<String>,
    /// Data extracted from the call. Its form is not documented; any JSON value is accepted.
    ///
    /// On the wire: `extractedData`.
    pub extracted_data: Option<serde_json::Value>,
    /// How many credits the call was charged. A call is charged when it completes. Not
    /// documented: whether it is always a whole number.
    ///
    /// On the wire: `creditsCharged`.
    pub credits_charged: Option<f64>,
    /// The members that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Serialize for CallDetail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = json::Writer::open(serializer, &self.extra);
        object.optional("id", &self.id);
        object.optional("status", &self.status);
        object.optional("agentId", &self.agent_id);
        object.optional("campaignId", &self.campaign_id);
        object.optional("contactId", &self.contact_id);
        object.optional("phoneNumberId", &self.phone_number_id);
        object.optional("toNumber", &self.to_number);
        object.optional("transcript", &self.transcript);
        object.optional("summary", &self.summary);
        object.optional("recordingUrl", &self.recording_url);
        object.optional("sentiment", &self.sentiment);
        object.optional("extractedData", &self.extracted_data);
        object.optional("creditsCharged", &self.credits_charged);
        object.end()
    }
}

impl<'de> Deserialize<'de> for CallDetail {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::object(deserializer)
    }
}

impl<'de> json::Object<'de> for CallDetail {
    const EXPECTING: &'static str = "a `CallDetail` object";

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
                "transcript" => {
                    json::tolerant(&mut map, key, &mut value.transcript, &mut value.extra)
                }
                "summary" => json::tolerant(&mut map, key, &mut value.summary, &mut value.extra),
                "recordingUrl" => {
                    json::tolerant(&mut map, key, &mut value.recording_url, &mut value.extra)
                }
                "sentiment" => {
                    json::tolerant(&mut map, key, &mut value.sentiment, &mut value.extra)
                }
                "extractedData" => {
                    json::tolerant(&mut map, key, &mut value.extracted_data, &mut value.extra)
                }
                "creditsCharged" => {
                    json::tolerant(&mut map, key, &mut value.credits_charged, &mut value.extra)
                }
                _ => json::keep(&mut map, key, &mut value.extra),
            })?;
        }
        Ok(value)
    }
}
