//! Builders of the requests that the methods of [`CallsApi`](super::CallsApi) return.
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

    /// Sets [`status`](Self::status) if there is a value.
    pub fn maybe_status(self, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.status(value),
            None => self,
        }
    }

    /// Sets the query parameter `agentId`.
    ///
    /// Only calls conducted by the agent with this id.
    pub fn agent_id(mut self, value: impl AsRef<str>) -> Self {
        self.request.query("agentId", value.as_ref());
        self
    }

    /// Sets [`agent_id`](Self::agent_id) if there is a value.
    pub fn maybe_agent_id(self, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.agent_id(value),
            None => self,
        }
    }

    /// Sets the query parameter `campaignId`.
    ///
    /// Only calls of the campaign with this id.
    pub fn campaign_id(mut self, value: impl AsRef<str>) -> Self {
        self.request.query("campaignId", value.as_ref());
        self
    }

    /// Sets [`campaign_id`](Self::campaign_id) if there is a value.
    pub fn maybe_campaign_id(self, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.campaign_id(value),
            None => self,
        }
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
    pub fn send(self) -> ResponseFuture<Vec<types::Call>> {
        self.request.send(Self::decode)
    }

    /// Sends the request and returns the raw response: status, headers and bytes, decoded on demand.
    pub fn send_raw(self) -> RawResponseFuture<Vec<types::Call>> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<Vec<types::Call>> {
        decode::enveloped(reply, &["calls", "data", "items"])
    }
}

impl IntoFuture for ListCallsBuilder {
    type Output = Result<Vec<types::Call>>;
    type IntoFuture = ResponseFuture<Vec<types::Call>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// Request builder for `POST /calls`, returned by
/// [`CallsApi::create`](super::CallsApi::create). Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct CreateCallBuilder {
    pub(super) request: Request,
}

impl CreateCallBuilder {
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
    pub fn send(self) -> ResponseFuture<types::Call> {
        self.request.send(Self::decode)
    }

    /// Sends the request and returns the raw response: status, headers and bytes, decoded on demand.
    pub fn send_raw(self) -> RawResponseFuture<types::Call> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<types::Call> {
        decode::enveloped(reply, &["call", "data"])
    }
}

impl IntoFuture for CreateCallBuilder {
    type Output = Result<types::Call>;
    type IntoFuture = ResponseFuture<types::Call>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// Request builder for `GET /calls/{id}`, returned by [`CallsApi::get`](super::CallsApi::get).
/// Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct GetCallBuilder {
    pub(super) request: Request,
}

impl GetCallBuilder {
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
    pub fn send(self) -> ResponseFuture<types::CallDetail> {
        self.request.send(Self::decode)
    }

    /// Sends the request and returns the raw response: status, headers and bytes, decoded on demand.
    pub fn send_raw(self) -> RawResponseFuture<types::CallDetail> {
        self.request.send_raw(Self::decode)
    }

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

impl IntoFuture for GetCallBuilder {
    type Output = Result<types::CallDetail>;
    type IntoFuture = ResponseFuture<types::CallDetail>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}
