//! Builders of the requests that the methods of [`ContactsApi`](super::ContactsApi) return.
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

    /// Sets [`contact_list_id`](Self::contact_list_id) if there is a value.
    pub fn maybe_contact_list_id(self, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.contact_list_id(value),
            None => self,
        }
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
    pub fn send(self) -> ResponseFuture<Vec<types::Contact>> {
        self.request.send(Self::decode)
    }

    /// Sends the request and returns the raw response: status, headers and bytes, decoded on demand.
    pub fn send_raw(self) -> RawResponseFuture<Vec<types::Contact>> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<Vec<types::Contact>> {
        decode::enveloped(reply, &["contacts", "data", "items"])
    }
}

impl IntoFuture for ListContactsBuilder {
    type Output = Result<Vec<types::Contact>>;
    type IntoFuture = ResponseFuture<Vec<types::Contact>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// Request builder for `POST /contacts`, returned by
/// [`ContactsApi::create`](super::ContactsApi::create). Await it to send the request.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent unless it is awaited"]
pub struct CreateContactBuilder {
    pub(super) request: Request,
}

impl CreateContactBuilder {
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
    pub fn send(self) -> ResponseFuture<types::Contact> {
        self.request.send(Self::decode)
    }

    /// Sends the request and returns the raw response: status, headers and bytes, decoded on demand.
    pub fn send_raw(self) -> RawResponseFuture<types::Contact> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<types::Contact> {
        decode::enveloped(reply, &["contact", "data"])
    }
}

impl IntoFuture for CreateContactBuilder {
    type Output = Result<types::Contact>;
    type IntoFuture = ResponseFuture<types::Contact>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}
