//! Builders of the requests that the methods of [`AgentsApi`](super::AgentsApi) return.
//!
//! Set optional parameters on a builder, then await it to send the request.

use crate::runtime::Reply;
use crate::runtime::Request;
use crate::runtime::Result;
use crate::runtime::decode;
use crate::runtime::request_builder;
use crate::types;

/// Request builder for `GET /agents`, returned by [`AgentsApi::list`](super::AgentsApi::list).
/// Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct ListAgentsBuilder {
    pub(super) request: Request,
}

impl ListAgentsBuilder {
    /// Sets the query parameter `status`.
    ///
    /// Only agents with this status. The values are not documented; the example is an
    /// illustration.
    pub fn status(mut self, value: impl AsRef<str>) -> Self {
        self.request.query("status", value.as_ref());
        self
    }

    /// Sets the query parameter `limit`.
    ///
    /// The largest number of agents to return, up to 200. Not documented: the default, and
    /// whether a larger number is rejected or reduced.
    ///
    /// At most 200.
    pub fn limit(mut self, value: i64) -> Self {
        self.request.query("limit", &value);
        self
    }

    request_builder::optional! {
        maybe_status(impl AsRef<str>) => status,
        maybe_limit(i64) => limit,
    }

    fn decode(reply: &Reply) -> Result<Vec<types::Agent>> {
        decode::enveloped(reply, &["agents", "data", "items"])
    }
}

request_builder::send! {
    ListAgentsBuilder -> Vec<types::Agent>, Self::decode
}

/// Request builder for `GET /agents/{id}`, returned by
/// [`AgentsApi::get`](super::AgentsApi::get). Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct GetAgentBuilder {
    pub(super) request: Request,
}

impl GetAgentBuilder {
    fn decode(reply: &Reply) -> Result<types::Agent> {
        decode::enveloped(reply, &["agent", "data"])
    }
}

request_builder::send! {
    GetAgentBuilder -> types::Agent, Self::decode
}
