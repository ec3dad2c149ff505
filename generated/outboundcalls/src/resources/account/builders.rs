//! Builders of the requests that [`AccountApi`](super::AccountApi) creates.
//!
//! Setters take the optional parameters. Await a builder to send its request.

use crate::runtime::CallOptions;
use crate::runtime::Enveloped;
use crate::runtime::RawResponseFuture;
use crate::runtime::Reply;
use crate::runtime::Request;
use crate::runtime::ResponseFuture;
use crate::runtime::Result;
use crate::runtime::decode;
use crate::types;

/// A call of `GET /me`, made by [`AccountApi::get`](super::AccountApi::get). Await it, or
/// [`send`](Self::send) it.
#[derive(Debug)]
#[must_use = "a call is not sent unless it is awaited"]
pub struct GetMeBuilder {
    pub(super) request: Request,
}

impl GetMeBuilder {
    /// Sets what is different for this call: time limits, retries, headers.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.request.options(options);
        self
    }

    /// Sends the call. To await the call itself does the same.
    pub fn send(self) -> ResponseFuture<Enveloped<types::Account>> {
        self.request.send(Self::decode)
    }

    /// Sends the call, and gives status, headers and bytes of the response, and the value when asked.
    pub fn send_raw(self) -> RawResponseFuture<Enveloped<types::Account>> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<Enveloped<types::Account>> {
        decode::enveloped(reply, &["data"])
    }
}

impl IntoFuture for GetMeBuilder {
    type Output = Result<Enveloped<types::Account>>;
    type IntoFuture = ResponseFuture<Enveloped<types::Account>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}
