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

json::object! {
    Campaign,
    required: &[],
    "id" => tolerant(id, extra),
    "name" => tolerant(name, extra),
    "status" => tolerant(status, extra),
    "callsCompleted" => tolerant(calls_completed, extra),
    "callsSuccessful" => tolerant(calls_successful, extra),
    "callsFailed" => tolerant(calls_failed, extra),
    "creditsUsed" => tolerant(credits_used, extra),
    "successRate" => tolerant(success_rate, extra),
    _ => keep(extra),
}
