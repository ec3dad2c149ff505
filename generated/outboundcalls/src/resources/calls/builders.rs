//! Builders of the requests that the methods of [`CallsApi`](super::CallsApi) return.
//!
//! Set optional parameters on a builder, then await it to send the request.

use crate::runtime::Reply;
use crate::runtime::Request;
use crate::runtime::Result;
use crate::runtime::decode;
use crate::runtime::request_builder;
use crate::types;
use crate::waiter::Waiter;

/// Request builder for `GET /calls`, returned by [`CallsApi::list`](super::CallsApi::list).
/// Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct ListCallsBuilder {
    pub(super) request: Request,
}

impl ListCallsBuilder {
    /// Sets the query parameter `status`.
    ///
    /// Only calls with this status. The values are not documented; the example is an
    /// illustration.
    pub fn status(mut self, value: impl AsRef<str>) -> Self {
        self.request.query("status", value.as_ref());
        self
    }

    /// Sets the query parameter `agentId`.
    ///
    /// Only calls conducted by the agent with this id.
    pub fn agent_id(mut self, value: impl AsRef<str>) -> Self {
        self.request.query("agentId", value.as_ref());
        self
    }

    /// Sets the query parameter `campaignId`.
    ///
    /// Only calls of the campaign with this id.
    pub fn campaign_id(mut self, value: impl AsRef<str>) -> Self {
        self.request.query("campaignId", value.as_ref());
        self
    }

    /// Sets the query parameter `limit`.
    ///
    /// The largest number of calls to return, up to 200. Not documented: the default, and
    /// whether a larger number is rejected or reduced.
    ///
    /// At most 200.
    pub fn limit(mut self, value: i64) -> Self {
        self.request.query("limit", &value);
        self
    }

    request_builder::optional! {
        maybe_status(impl AsRef<str>) => status,
        maybe_agent_id(impl AsRef<str>) => agent_id,
        maybe_campaign_id(impl AsRef<str>) => campaign_id,
        maybe_limit(i64) => limit,
    }

    fn decode(reply: &Reply) -> Result<Vec<types::Call>> {
        decode::enveloped(reply, &["calls", "data", "items"])
    }
}

request_builder::send! {
    ListCallsBuilder -> Vec<types::Call>, Self::decode
}

/// Request builder for `POST /calls`, returned by
/// [`CallsApi::create`](super::CallsApi::create). Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct CreateCallBuilder {
    pub(super) request: Request,
}

impl CreateCallBuilder {
    fn decode(reply: &Reply) -> Result<types::Call> {
        decode::enveloped(reply, &["call", "data"])
    }
}

request_builder::send! {
    CreateCallBuilder -> types::Call, Self::decode
}

/// Request builder for `GET /calls/{id}`, returned by [`CallsApi::get`](super::CallsApi::get).
/// Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct GetCallBuilder {
    pub(super) request: Request,
}

impl GetCallBuilder {
    /// Polls until `is_done` returns true for the response.
    ///
    /// [`Waiter`] sets the interval between requests and the deadline. The error after the deadline
    /// has the last response.
    pub fn wait_until(
        self,
        is_done: impl Fn(&types::CallDetail) -> bool + Send + 'static,
    ) -> Waiter<types::CallDetail> {
        Waiter::new(self.request, Self::decode, is_done)
    }

    fn decode(reply: &Reply) -> Result<types::CallDetail> {
        decode::enveloped(reply, &["call", "data"])
    }
}

request_builder::send! {
    GetCallBuilder -> types::CallDetail, Self::decode
}
