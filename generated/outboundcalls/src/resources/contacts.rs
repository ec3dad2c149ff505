//! The people you call, each in a contact list.

pub mod builders;

use crate::Client;
use crate::error::ErrorBody;
use crate::runtime::Operation;
use crate::runtime::Request;
use crate::runtime::Status;
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
/// Returned by [`Client::contacts`].
#[derive(Clone, Debug)]
pub struct ContactsApi {
    client: Client,
}

impl ContactsApi {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// List contacts
    ///
    /// `GET /contacts`
    ///
    /// Returns the contacts of your account.
    ///
    /// The documentation does not state whether the body is the value itself or an object that
    /// contains it under `contacts`, `data` or `items`. The client accepts both. `send_raw()` also
    /// returns the whole body.
    ///
    /// # Errors
    ///
    /// Returns [`Error`](crate::Error) on failure. Documented error statuses:
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
    pub fn list(&self) -> builders::ListContactsBuilder {
        let request = Request::new(&self.client.core, &LIST_CONTACTS);
        builders::ListContactsBuilder { request }
    }

    /// Create a contact
    ///
    /// `POST /contacts`
    ///
    /// Adds a contact to one of your contact lists.
    ///
    /// The documentation does not state whether the body is the value itself or an object that
    /// contains it under `contact` or `data`. The client accepts both. `send_raw()` also returns
    /// the whole body.
    ///
    /// - `body`: The contact to add.
    ///
    /// # Errors
    ///
    /// Returns [`Error`](crate::Error) on failure. Documented error statuses:
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
    pub fn create(&self, body: types::CreateContact) -> builders::CreateContactBuilder {
        let mut request = Request::new(&self.client.core, &CREATE_CONTACT);
        request.json(&body);
        builders::CreateContactBuilder { request }
    }
}
