//! The account that the API key belongs to, its credit balance and its subscription.

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
/// Made by [`Client::account`].
#[derive(Clone, Debug)]
pub struct Account {
    client: Client,
}

impl Account {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Get your account
    ///
    /// `GET /me`
    ///
    /// Returns your user info, credit balance, and active subscription.
    ///
    /// It takes no parameters and changes nothing, so it is also the simplest way to try an API
    /// key.
    ///
    /// # Errors
    ///
    /// Fails as any call may (see [`Error`](crate::Error)), and with these documented statuses:
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
    pub fn get(&self) -> GetMe {
        let request = Request::new(&self.client.core, &GET_ME);
        GetMe { request }
    }
}

/// A call of `GET /me`, made by [`Account::get`]. Await it, or [`send`](Self::send) it.
#[derive(Debug)]
#[must_use = "a call is not sent unless it is awaited"]
pub struct GetMe {
    request: Request,
}

impl GetMe {
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

impl IntoFuture for GetMe {
    type Output = Result<Enveloped<types::Account>>;
    type IntoFuture = ResponseFuture<Enveloped<types::Account>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}
