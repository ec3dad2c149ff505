//! Builders of the requests that the methods of [`AccountApi`](super::AccountApi) return.
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

/// Request builder for `GET /me`, returned by [`AccountApi::get`](super::AccountApi::get).
/// Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct GetMeBuilder {
    pub(super) request: Request,
}

impl GetMeBuilder {
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
    pub fn send(self) -> ResponseFuture<types::Account> {
        self.request.send(Self::decode)
    }

    /// Sends the request and returns the raw response: status, headers and bytes, decoded on demand.
    pub fn send_raw(self) -> RawResponseFuture<types::Account> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<types::Account> {
        decode::enveloped(reply, &["data"])
    }
}

impl IntoFuture for GetMeBuilder {
    type Output = Result<types::Account>;
    type IntoFuture = ResponseFuture<types::Account>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}
