//! Builders of the requests that the methods of [`AccountApi`](super::AccountApi) return.
//!
//! Set optional parameters on a builder, then await it to send the request.

use crate::runtime::Reply;
use crate::runtime::Request;
use crate::runtime::Result;
use crate::runtime::decode;
use crate::runtime::request_builder;
use crate::types;

/// Request builder for `GET /me`, returned by [`AccountApi::get`](super::AccountApi::get).
/// Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct GetMeBuilder {
    pub(super) request: Request,
}

impl GetMeBuilder {
    fn decode(reply: &Reply) -> Result<types::Account> {
        decode::enveloped(reply, &["data"])
    }
}

request_builder::send! {
    GetMeBuilder -> types::Account, Self::decode
}
