//! Builders of the requests that the methods of [`ContactsApi`](super::ContactsApi) return.
//!
//! Set optional parameters on a builder, then await it to send the request.

use crate::runtime::Reply;
use crate::runtime::Request;
use crate::runtime::Result;
use crate::runtime::decode;
use crate::runtime::request_builder;
use crate::types;

/// Request builder for `GET /contacts`, returned by
/// [`ContactsApi::list`](super::ContactsApi::list). Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct ListContactsBuilder {
    pub(super) request: Request,
}

impl ListContactsBuilder {
    /// Sets the query parameter `contactListId`.
    ///
    /// Only contacts in the contact list with this id.
    pub fn contact_list_id(mut self, value: impl AsRef<str>) -> Self {
        self.request.query("contactListId", value.as_ref());
        self
    }

    /// Sets the query parameter `limit`.
    ///
    /// The largest number of contacts to return, up to 500. Not documented: the default, and
    /// whether a larger number is rejected or reduced.
    ///
    /// At most 500.
    pub fn limit(mut self, value: i64) -> Self {
        self.request.query("limit", &value);
        self
    }

    request_builder::optional! {
        maybe_contact_list_id(impl AsRef<str>) => contact_list_id,
        maybe_limit(i64) => limit,
    }

    fn decode(reply: &Reply) -> Result<Vec<types::Contact>> {
        decode::enveloped(reply, &["contacts", "data", "items"])
    }
}

request_builder::send! {
    ListContactsBuilder -> Vec<types::Contact>, Self::decode
}

/// Request builder for `POST /contacts`, returned by
/// [`ContactsApi::create`](super::ContactsApi::create). Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct CreateContactBuilder {
    pub(super) request: Request,
}

impl CreateContactBuilder {
    fn decode(reply: &Reply) -> Result<types::Contact> {
        decode::enveloped(reply, &["contact", "data"])
    }
}

request_builder::send! {
    CreateContactBuilder -> types::Contact, Self::decode
}
