use serde_core::{de::MapAccess, ser::SerializeMap};

use crate::runtime::json;

/// A campaign of calls, and its progress. Inferred: the API's page mentions calls completed,
/// successful and failed, credits used and success rate in prose. Whether `GET /campaigns` also
/// returns the progress is not documented.
///
/// Inferred: the API's documentation describes this type only in prose. Every property may be
/// absent. A value of another type is stored with the unknown properties.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Campaign {
    /// The campaign's id. Opaque; looks like `clx…`.
    pub id: Option<String>,
    /// The campaign's name.
    pub name: Option<String>,
    /// The campaign's status. The values are not documented.
    pub status: Option<String>,
    /// The number of completed calls.
    ///
    /// On the wire: `callsCompleted`.
    pub calls_completed: Option<i64>,
    /// The number of successful calls.
    ///
    /// On the wire: `callsSuccessful`.
    pub calls_successful: Option<i64>,
    /// The number of failed calls.
    ///
    /// On the wire: `callsFailed`.
    pub calls_failed: Option<i64>,
    /// The credits that the campaign has used so far.
    ///
    /// On the wire: `creditsUsed`.
    pub credits_used: Option<f64>,
    /// The share of successful calls. Not documented: whether it is a fraction from 0 to 1 or a
    /// percentage from 0 to 100, and of which calls.
    ///
    /// On the wire: `successRate`.
    pub success_rate: Option<f64>,
    /// Properties that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

json::object!(Campaign);

impl<'de> json::Object<'de> for Campaign {
    const ABOUT: json::About = json::About {
        name: "Campaign",
        required: &[],
    };

    fn blank() -> Self {
        Self::default()
    }

    fn read<A: MapAccess<'de>>(&mut self, next: &mut json::Next<'de, A>) -> Result<(), A::Error> {
        match next.key() {
            "id" => next.tolerant(&mut self.id, &mut self.extra),
            "name" => next.tolerant(&mut self.name, &mut self.extra),
            "status" => next.tolerant(&mut self.status, &mut self.extra),
            "callsCompleted" => next.tolerant(&mut self.calls_completed, &mut self.extra),
            "callsSuccessful" => next.tolerant(&mut self.calls_successful, &mut self.extra),
            "callsFailed" => next.tolerant(&mut self.calls_failed, &mut self.extra),
            "creditsUsed" => next.tolerant(&mut self.credits_used, &mut self.extra),
            "successRate" => next.tolerant(&mut self.success_rate, &mut self.extra),
            _ => next.keep(&mut self.extra),
        }
    }

    fn write<'a, M: SerializeMap>(&'a self, members: &mut json::Members<'a, M>) {
        members.extra(&self.extra);
        members.optional("id", &self.id);
        members.optional("name", &self.name);
        members.optional("status", &self.status);
        members.optional("callsCompleted", &self.calls_completed);
        members.optional("callsSuccessful", &self.calls_successful);
        members.optional("callsFailed", &self.calls_failed);
        members.optional("creditsUsed", &self.credits_used);
        members.optional("successRate", &self.success_rate);
    }
}
