//! The account that the API key belongs to, its credit balance and its subscription.

pub mod builders;

use crate::Client;
use crate::error::ErrorBody;
use crate::runtime::Operation;
use crate::runtime::Request;
use crate::runtime::Status;

static GET_ME: Operation = Operation {
    id: "getMe",
    method: "GET",
    path: "/me",
    accept: "application/json",
    idempotent: true,
    security: &[&["bearerAuth"]],
    successes: &[],
    errors: &[(Status::Exact(401), ErrorBody::error_message)],
};

/// The account that the API key belongs to, its credit balance and its subscription.
///
/// Returned by [`Client::account`].
#[derive(Clone, Debug)]
pub struct AccountApi {
    client: Client,
}

impl AccountApi {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Get your account
    ///
    /// `GET /me`
    ///
    /// Returns your user info, credit balance, and active subscription.
    ///
    /// The request has no parameters and changes nothing, so it is also the simplest way to test an
    /// API key.
    ///
    /// The documentation does not state whether the body is the value itself or an object that
    /// contains it under `data`. The client accepts both. `send_raw()` also returns the whole body.
    ///
    /// # Errors
    ///
    /// Returns [`Error`](crate::Error) on failure. Documented error statuses:
    ///
    /// - 401, [`is_unauthorized`](crate::Error::is_unauthorized): Missing, invalid, or revoked API
    ///   key.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn run(client: outboundcalls::Client) -> outboundcalls::Result<()> {
    /// let account = client.account().get().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self) -> builders::GetMeBuilder {
        let request = Request::new(&self.client.core, &GET_ME);
        builders::GetMeBuilder { request }
    }
}
