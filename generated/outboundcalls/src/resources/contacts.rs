//! The people you call, each in a contact list.

use crate::Client;
use crate::error::ErrorBody;
use crate::runtime::CallOptions;
use crate::runtime::Enveloped;
use crate::runtime::Operation;
use crate::runtime::RawResponseFuture;
use crate::runtime::Reply;
use crate::runtime::Request;
use crate::runtime::ResponseFuture;
use crate::runtime::Result;
use crate::runtime::Status;
use crate::runtime::decode;
use crate::types;

static LIST_CONTACTS: Operation = Operation {
    id: "listContacts",
    method: "GET",
    path: "/contacts",
    accept: "application/json",
    idempotent: true,
    security: &[&["bearerAuth"]],
    successes: &[],
    errors: &[
        (Status::Exact(400), ErrorBody::error_message),
        (Status::Exact(401), ErrorBody::error_message),
    ],
};

static CREATE_CONTACT: Operation = Operation {
    id: "createContact",
    method: "POST",
    path: "/contacts",
    accept: "application/json",
    idempotent: false,
    security: &[&["bearerAuth"]],
    successes: &[],
    errors: &[
        (Status::Exact(400), ErrorBody::error_message),
        (Status::Exact(401), ErrorBody::error_message),
        (Status::Exact(404), ErrorBody::error_message),
    ],
};

/// The people you call, each in a contact list.
///
/// Made by [`Client::contacts`].
#[derive(Clone, Debug)]
pub struct Contacts {
    client: Client,
}

impl Contacts {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// List contacts
    ///
    /// `GET /contacts`
    ///
    /// Returns the contacts of your account.
    ///
    /// # Errors
    ///
    /// Fails as any call may (see [`Error`](crate::Error)), and with these documented statuses:
    ///
    /// - 400, [`is_bad_request`](crate::Error::is_bad_request): Bad request: missing or invalid
    ///   fields.
    /// - 401, [`is_unauthorized`](crate::Error::is_unauthorized): Missing, invalid, or revoked API
    ///   key.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn run(client: outboundcalls::Client) -> outboundcalls::Result<()> {
    /// let contacts = client
    ///     .contacts()
    ///     .list()
    ///     .contact_list_id("clxXXX")
    ///     .limit(100)
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> ListContacts {
        let request = Request::new(&self.client.core, &LIST_CONTACTS);
        ListContacts { request }
    }

    /// Create a contact
    ///
    /// `POST /contacts`
    ///
    /// Adds a contact to one of your contact lists.
    ///
    /// - `body`: The contact to add.
    ///
    /// # Errors
    ///
    /// Fails as any call may (see [`Error`](crate::Error)), and with these documented statuses:
    ///
    /// - 400, [`is_bad_request`](crate::Error::is_bad_request): Bad request: missing or invalid
    ///   fields.
    /// - 401, [`is_unauthorized`](crate::Error::is_unauthorized): Missing, invalid, or revoked API
    ///   key.
    /// - 404, [`is_not_found`](crate::Error::is_not_found): Resource not found, or not owned by your
    ///   account.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn run(client: outboundcalls::Client) -> outboundcalls::Result<()> {
    /// use outboundcalls::types::CreateContact;
    ///
    /// let body = CreateContact::new("clx...", "+14155551212")
    ///     .name("Jane Doe")
    ///     .tags(["lead", "website"]);
    /// let contact = client.contacts().create(body).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(&self, body: types::CreateContact) -> CreateContactRequest {
        let mut request = Request::new(&self.client.core, &CREATE_CONTACT);
        request.json(&body);
        CreateContactRequest { request }
    }
}

/// A call of `GET /contacts`, made by [`Contacts::list`]. Await it, or [`send`](Self::send) it.
#[derive(Debug)]
#[must_use = "a call is not sent unless it is awaited"]
pub struct ListContacts {
    request: Request,
}

impl ListContacts {
    /// Sets the query parameter `contactListId`.
    ///
    /// Only contacts in the contact list with this id.
    pub fn contact_list_id(mut self, value: impl AsRef<str>) -> Self {
        self.request.query("contactListId", value.as_ref());
        self
    }

    /// Sets the query parameter `limit`.
    ///
    /// How many contacts to return at most: 500 or fewer. Not documented: the default, and
    /// whether a larger number is refused or reduced.
    ///
    /// At most 500.
    pub fn limit(mut self, value: i64) -> Self {
        self.request.query("limit", &value);
        self
    }

    /// Sets what is different for this call: time limits, retries, headers.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.request.options(options);
        self
    }

    /// Sends the call. To await the call itself does the same.
    pub fn send(self) -> ResponseFuture<Enveloped<Vec<types::Contact>>> {
        self.request.send(Self::decode)
    }

    /// Sends the call, and gives status, headers and bytes of the response, and the value when asked.
    pub fn send_raw(self) -> RawResponseFuture<Enveloped<Vec<types::Contact>>> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<Enveloped<Vec<types::Contact>>> {
        decode::enveloped(reply, &["contacts", "data", "items"])
    }
}

impl IntoFuture for ListContacts {
    type Output = Result<Enveloped<Vec<types::Contact>>>;
    type IntoFuture = ResponseFuture<Enveloped<Vec<types::Contact>>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// A call of `POST /contacts`, made by [`Contacts::create`]. Await it, or [`send`](Self::send)
/// it.
#[derive(Debug)]
#[must_use = "a call is not sent unless it is awaited"]
pub struct CreateContactRequest {
    request: Request,
}

impl CreateContactRequest {
    /// Sets what is different for this call: time limits, retries, headers.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.request.options(options);
        self
    }

    /// Sends the call. To await the call itself does the same.
    pub fn send(self) -> ResponseFuture<Enveloped<types::Contact>> {
        self.request.send(Self::decode)
    }

    /// Sends the call, and gives status, headers and bytes of the response, and the value when asked.
    pub fn send_raw(self) -> RawResponseFuture<Enveloped<types::Contact>> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<Enveloped<types::Contact>> {
        decode::enveloped(reply, &["contact", "data"])
    }
}

impl IntoFuture for CreateContactRequest {
    type Output = Result<Enveloped<types::Contact>>;
    type IntoFuture = ResponseFuture<Enveloped<types::Contact>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}
