use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de::MapAccess};

use crate::runtime::json;

/// A call to place.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CreateCall {
    /// The id of your agent that conducts the call. It must be deployed to ElevenLabs.
    ///
    /// On the wire: `agentId`.
    pub agent_id: String,
    /// The number to call, in E.164 form, as in `+14155551212`.
    ///
    /// On the wire: `toNumber`.
    pub to_number: String,
    /// The id of the phone number of yours to call from. When absent, your first active number
    /// is used.
    ///
    /// On the wire: `phoneNumberId`.
    pub phone_number_id: Option<String>,
    /// The id of a contact to link the call to.
    ///
    /// On the wire: `contactId`.
    pub contact_id: Option<String>,
    /// The members that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl CreateCall {
    /// Makes one from the members that are required.
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

impl Serialize for CreateCall {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = json::Writer::open(serializer, &self.extra);
        object.value("agentId", &self.agent_id);
        object.value("toNumber", &self.to_number);
        object.optional("phoneNumberId", &self.phone_number_id);
        object.optional("contactId", &self.contact_id);
        object.end()
    }
}

impl<'de> Deserialize<'de> for CreateCall {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::object(deserializer)
    }
}

impl<'de> json::Object<'de> for CreateCall {
    const EXPECTING: &'static str = "a `CreateCall` object";

    fn read<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut agent_id = None;
        let mut to_number = None;
        let mut phone_number_id = None;
        let mut contact_id = None;
        let mut extra = serde_json::Map::new();
        while let Some(key) = json::key(&mut map)? {
            (match &*key {
                "agentId" => json::value(&mut map, &mut agent_id),
                "toNumber" => json::value(&mut map, &mut to_number),
                "phoneNumberId" => json::optional(&mut map, &mut phone_number_id),
                "contactId" => json::optional(&mut map, &mut contact_id),
                _ => json::keep(&mut map, key, &mut extra),
            })?;
        }
        Ok(Self {
            agent_id: json::required(agent_id, "agentId")?,
            to_number: json::required(to_number, "toNumber")?,
            phone_number_id,
            contact_id,
            extra,
        })
    }
}
