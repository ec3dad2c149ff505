//! Builders of the requests that the methods of [`CampaignsApi`](super::CampaignsApi) return.
//!
//! Set optional parameters on a builder, then await it to send the request.

use crate::runtime::Reply;
use crate::runtime::Request;
use crate::runtime::Result;
use crate::runtime::decode;
use crate::runtime::request_builder;
use crate::types;

/// Request builder for `GET /campaigns`, returned by
/// [`CampaignsApi::list`](super::CampaignsApi::list). Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct ListCampaignsBuilder {
    pub(super) request: Request,
}

impl ListCampaignsBuilder {
    fn decode(reply: &Reply) -> Result<Vec<types::Campaign>> {
        decode::enveloped(reply, &["campaigns", "data", "items"])
    }
}

request_builder::send! {
    ListCampaignsBuilder -> Vec<types::Campaign>, Self::decode
}

/// Request builder for `GET /campaigns/{id}`, returned by
/// [`CampaignsApi::get`](super::CampaignsApi::get). Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct GetCampaignBuilder {
    pub(super) request: Request,
}

impl GetCampaignBuilder {
    fn decode(reply: &Reply) -> Result<types::Campaign> {
        decode::enveloped(reply, &["campaign", "data"])
    }
}

request_builder::send! {
    GetCampaignBuilder -> types::Campaign, Self::decode
}
