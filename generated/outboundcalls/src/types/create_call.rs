use crate::runtime::json;

/// A call to place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CreateCall {
    /// The id of the agent that conducts the call. It must be deployed to ElevenLabs.
    ///
    /// On the wire: `agentId`.
    pub agent_id: String,
    /// The number to call, in E.164 form, as in `+14155551212`.
    ///
    /// On the wire: `toNumber`.
    pub to_number: String,
    /// The id of your phone number to call from. By default, your first active number is used.
    ///
    /// On the wire: `phoneNumberId`.
    pub phone_number_id: Option<String>,
    /// The id of a contact to link the call to.
    ///
    /// On the wire: `contactId`.
    pub contact_id: Option<String>,
    /// Properties that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl CreateCall {
    /// Creates a new `CreateCall` with its required fields.
    pub fn new(agent_id: impl Into<String>, to_number: impl Into<String>) -> Self {
        Self {
            agent_id: agent_id.into(),
            to_number: to_number.into(),
            phone_number_id: None,
            contact_id: None,
            extra: Default::default(),
        }
    }

    /// Sets [`phone_number_id`](Self::phone_number_id).
    #[must_use]
    pub fn phone_number_id(mut self, value: impl Into<String>) -> Self {
        self.phone_number_id = Some(value.into());
        self
    }

    /// Sets [`contact_id`](Self::contact_id).
    #[must_use]
    pub fn contact_id(mut self, value: impl Into<String>) -> Self {
        self.contact_id = Some(value.into());
        self
    }
}

json::object! {
    CreateCall,
    required: &["agentId", "toNumber"],
    "agentId" => value(0, agent_id),
    "toNumber" => value(1, to_number),
    "phoneNumberId" => optional(phone_number_id),
    "contactId" => optional(contact_id),
    _ => keep(extra),
}
