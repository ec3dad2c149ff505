//! Builders of the requests that the methods of [`AgentsApi`](super::AgentsApi) return.
//!
//! Set optional parameters on a builder, then await it to send the request.

use crate::runtime::HttpRequestFuture;
use crate::runtime::RawResponseFuture;
use crate::runtime::Reply;
use crate::runtime::Request;
use crate::runtime::RequestOptions;
use crate::runtime::ResponseFuture;
use crate::runtime::Result;
use crate::runtime::decode;
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

    /// Sets [`status`](Self::status) if there is a value.
    pub fn maybe_status(self, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.status(value),
            None => self,
        }
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

    /// Sets [`limit`](Self::limit) if there is a value.
    pub fn maybe_limit(self, value: Option<i64>) -> Self {
        match value {
            Some(value) => self.limit(value),
            None => self,
        }
    }

    /// Overrides the client's timeouts, retries and headers for this request.
    pub fn options(mut self, options: RequestOptions) -> Self {
        self.request.options(options);
        self
    }

    /// Builds the request without sending it, for signing, queues and dry runs. **It contains the
    /// credentials.**
    pub fn build(self) -> HttpRequestFuture {
        self.request.build()
    }

    /// Sends the request. Awaiting the builder does the same.
    pub fn send(self) -> ResponseFuture<Vec<types::Agent>> {
        self.request.send(Self::decode)
    }

    /// Sends the request and returns the raw response: status, headers and bytes, decoded on demand.
    pub fn send_raw(self) -> RawResponseFuture<Vec<types::Agent>> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<Vec<types::Agent>> {
        decode::enveloped(reply, &["agents", "data", "items"])
    }
}

impl IntoFuture for ListAgentsBuilder {
    type Output = Result<Vec<types::Agent>>;
    type IntoFuture = ResponseFuture<Vec<types::Agent>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// Request builder for `GET /agents/{id}`, returned by
/// [`AgentsApi::get`](super::AgentsApi::get). Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct GetAgentBuilder {
    pub(super) request: Request,
}

impl GetAgentBuilder {
    /// Overrides the client's timeouts, retries and headers for this request.
    pub fn options(mut self, options: RequestOptions) -> Self {
        self.request.options(options);
        self
    }

    /// Builds the request without sending it, for signing, queues and dry runs. **It contains the
    /// credentials.**
    pub fn build(self) -> HttpRequestFuture {
        self.request.build()
    }

    /// Sends the request. Awaiting the builder does the same.
    pub fn send(self) -> ResponseFuture<types::Agent> {
        self.request.send(Self::decode)
    }

    /// Sends the request and returns the raw response: status, headers and bytes, decoded on demand.
    pub fn send_raw(self) -> RawResponseFuture<types::Agent> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<types::Agent> {
        decode::enveloped(reply, &["agent", "data"])
    }
}

impl IntoFuture for GetAgentBuilder {
    type Output = Result<types::Agent>;
    type IntoFuture = ResponseFuture<types::Agent>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}
