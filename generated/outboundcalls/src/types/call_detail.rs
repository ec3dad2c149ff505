use crate::runtime::json;

/// An outbound call with all details. Inferred: the API's page mentions transcript, summary,
/// recording URL, sentiment, extracted data and credits charged in prose; the other properties
/// are those of `Call`.
///
/// Inferred: the API's documentation describes this type only in prose. Every property may be
/// absent. A value of another type is stored with the unknown properties.
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
    /// The id of your phone number that the call is made from.
    ///
    /// On the wire: `phoneNumberId`.
    pub phone_number_id: Option<String>,
    /// The number called, in E.164 form.
    ///
    /// On the wire: `toNumber`.
    pub to_number: Option<String>,
    /// The transcript of the call. Its form is not documented: it may be a text or a list of
    /// turns, so any JSON value is accepted.
    pub transcript: Option<serde_json::Value>,
    /// A summary of the call.
    pub summary: Option<String>,
    /// The URL of the call's recording. Not documented: whether the URL expires, and whether it
    /// requires the API key.
    ///
    /// On the wire: `recordingUrl`.
    pub recording_url: Option<String>,
    /// The sentiment of the call. The values are not documented.
    pub sentiment: Option<String>,
    /// Data extracted from the call. Its form is not documented; any JSON value is accepted.
    ///
    /// On the wire: `extractedData`.
    pub extracted_data: Option<serde_json::Value>,
    /// The credits charged for the call. A call is charged when it completes. Not documented:
    /// whether it is always a whole number.
    ///
    /// On the wire: `creditsCharged`.
    pub credits_charged: Option<f64>,
    /// Properties that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

json::object! {
    CallDetail,
    required: &[],
    "id" => tolerant(id, extra),
    "status" => tolerant(status, extra),
    "agentId" => tolerant(agent_id, extra),
    "campaignId" => tolerant(campaign_id, extra),
    "contactId" => tolerant(contact_id, extra),
    "phoneNumberId" => tolerant(phone_number_id, extra),
    "toNumber" => tolerant(to_number, extra),
    "transcript" => tolerant(transcript, extra),
    "summary" => tolerant(summary, extra),
    "recordingUrl" => tolerant(recording_url, extra),
    "sentiment" => tolerant(sentiment, extra),
    "extractedData" => tolerant(extracted_data, extra),
    "creditsCharged" => tolerant(credits_charged, extra),
    _ => keep(extra),
}
