//! Builders of the requests that the methods of [`CampaignsApi`](super::CampaignsApi) return.
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

/// Request builder for `GET /campaigns`, returned by
/// [`CampaignsApi::list`](super::CampaignsApi::list). Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct ListCampaignsBuilder {
    pub(super) request: Request,
}

impl ListCampaignsBuilder {
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
    pub fn send(self) -> ResponseFuture<Vec<types::Campaign>> {
        self.request.send(Self::decode)
    }

    /// Sends the request and returns the raw response: status, headers and bytes, decoded on demand.
    pub fn send_raw(self) -> RawResponseFuture<Vec<types::Campaign>> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<Vec<types::Campaign>> {
        decode::enveloped(reply, &["campaigns", "data", "items"])
    }
}

impl IntoFuture for ListCampaignsBuilder {
    type Output = Result<Vec<types::Campaign>>;
    type IntoFuture = ResponseFuture<Vec<types::Campaign>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// Request builder for `GET /campaigns/{id}`, returned by
/// [`CampaignsApi::get`](super::CampaignsApi::get). Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct GetCampaignBuilder {
    pub(super) request: Request,
}

impl GetCampaignBuilder {
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
    pub fn send(self) -> ResponseFuture<types::Campaign> {
        self.request.send(Self::decode)
    }

    /// Sends the request and returns the raw response: status, headers and bytes, decoded on demand.
    pub fn send_raw(self) -> RawResponseFuture<types::Campaign> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<types::Campaign> {
        decode::enveloped(reply, &["campaign", "data"])
    }
}

impl IntoFuture for GetCampaignBuilder {
    type Output = Result<types::Campaign>;
    type IntoFuture = ResponseFuture<types::Campaign>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}
