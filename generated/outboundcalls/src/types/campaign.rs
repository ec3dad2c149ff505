use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de::MapAccess};

use crate::runtime::json;

/// A campaign of calls, and its progress. Inferred: the API's page names calls completed,
/// successful and failed, credits used and success rate, in prose. Whether `GET /campaigns`
/// returns the progress too is not documented.
///
/// Inferred: the API's documentation describes it in prose only, so every member may be absent.
/// What does not fit its member is kept with the undeclared ones.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Campaign {
    /// The campaign's id. Opaque; looks like `clx…`.
    pub id: Option<String>,
    /// The campaign's name.
    pub name: Option<String>,
    /// The campaign's status. The values are not documented.
    pub status: Option<String>,
    /// How many calls of the campaign are completed.
    ///
    /// On the wire: `callsCompleted`.
    pub calls_completed: Option<i64>,
    /// How many calls of the campaign were successful.
    ///
    /// On the wire: `callsSuccessful`.
    pub calls_successful: Option<i64>,
    /// How many calls of the campaign failed.
    ///
    /// On the wire: `callsFailed`.
    pub calls_failed: Option<i64>,
    /// How many credits the campaign has used so far.
    ///
    /// On the wire: `creditsUsed`.
    pub credits_used: Option<f64>,
    /// The share of calls that were successful. Not documented: whether it is a fraction from 0
    /// to 1 or a percentage from 0 to 100, and of which calls.
    ///
    /// On the wire: `successRate`.
    pub success_rate: Option<f64>,
    /// The members that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Serialize for Campaign {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = json::Writer::open(serializer, &self.extra);
        object.optional("id", &self.id);
        object.optional("name", &self.name);
        object.optional("status", &self.status);
        object.optional("callsCompleted", &self.calls_completed);
        object.optional("callsSuccessful", &self.calls_successful);
        object.optional("callsFailed", &self.calls_failed);
        object.optional("creditsUsed", &self.credits_used);
        object.optional("successRate", &self.success_rate);
        object.end()
    }
}

impl<'de> Deserialize<'de> for Campaign {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::object(deserializer)
    }
}

impl<'de> json::Object<'de> for Campaign {
    const EXPECTING: &'static str = "a `Campaign` object";

    fn read<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut value = Self::default();
        while let Some(key) = json::key(&mut map)? {
            (match &*key {
                "id" => json::tolerant(&mut map, key, &mut value.id, &mut value.extra),
                "name" => json::tolerant(&mut map, key, &mut value.name, &mut value.extra),
                "status" => json::tolerant(&mut map, key, &mut value.status, &mut value.extra),
                "callsCompleted" => {
                    json::tolerant(&mut map, key, &mut value.calls_completed, &mut value.extra)
                }
                "callsSuccessful" => {
                    json::tolerant(&mut map, key, &mut value.calls_successful, &mut value.extra)
                }
                "callsFailed" => {
                    json::tolerant(&mut map, key, &mut value.calls_failed, &mut value.extra)
                }
                "creditsUsed" => {
                    json::tolerant(&mut map, key, &mut value.credits_used, &mut value.extra)
                }
                "successRate" => {
                    json::tolerant(&mut map, key, &mut value.success_rate, &mut value.extra)
                }
                _ => json::keep(&mut map, key, &mut value.extra),
            })?;
        }
        Ok(value)
    }
}
