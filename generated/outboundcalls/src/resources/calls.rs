//! Place outbound calls, and read their transcripts and results.

pub mod builders;

use crate::Client;
use crate::error::ErrorBody;
use crate::runtime::Operation;
use crate::runtime::Request;
use crate::runtime::Status;
use crate::types;

static LIST_CALLS: Operation = Operation {
    id: "listCalls",
    method: "GET",
    path: "/calls",
    accept: "application/json",
    idempotent: true,
    security: &[&["bearerAuth"]],
    successes: &[],
    errors: &[
        (Status::Exact(400), ErrorBody::error_message),
        (Status::Exact(401), ErrorBody::error_message),
    ],
};

static CREATE_CALL: Operation = Operation {
    id: "createCall",
    method: "POST",
    path: "/calls",
    accept: "application/json",
    idempotent: false,
    security: &[&["bearerAuth"]],
    successes: &[],
    errors: &[
        (Status::Exact(400), ErrorBody::error_message),
        (Status::Exact(401), ErrorBody::error_message),
        (Status::Exact(402), ErrorBody::error_message),
        (Status::Exact(404), ErrorBody::error_message),
        (Status::Exact(502), ErrorBody::error_message),
    ],
};

static GET_CALL: Operation = Operation {
    id: "getCall",
    method: "GET",
    path: "/calls/{id}",
    accept: "application/json",
    idempotent: true,
    security: &[&["bearerAuth"]],
    successes: &[],
    errors: &[
        (Status::Exact(401), ErrorBody::error_message),
        (Status::Exact(404), ErrorBody::error_message),
    ],
};

/// Place outbound calls, and read their transcripts and results.
///
/// Returned by [`Client::calls`].
#[derive(Clone, Debug)]
pub struct CallsApi {
    client: Client,
}

impl CallsApi {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// List calls
    ///
    /// `GET /calls`
    ///
    /// Returns the calls of your account. The transcript, summary and results of a call are
    /// documented for `GET /calls/{id}` only.
    ///
    /// The documentation does not state whether the body is the value itself or an object that
    /// contains it under `calls`, `data` or `items`. The client accepts both. `send_raw()` also
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
    /// let calls = client.calls().list().status("completed").limit(50).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> builders::ListCallsBuilder {
        let request = Request::new(&self.client.core, &LIST_CALLS);
        builders::ListCallsBuilder { request }
    }

    /// Place a call
    ///
    /// `POST /calls`
    ///
    /// Places an outbound call with your deployed agent.
    ///
    /// **This dials a person and spends credits.** If you do not know the outcome of a request,
    /// check `GET /calls` before you send it again.
    ///
    /// The call is charged when it completes, by its destination country. At least 25 credits are
    /// needed to dispatch it.
    ///
    /// The documentation does not state whether the body is the value itself or an object that
    /// contains it under `call` or `data`. The client accepts both. `send_raw()` also returns the
    /// whole body.
    ///
    /// - `body`: The agent that calls, and the number it calls.
    ///
    /// # Errors
    ///
    /// Returns [`Error`](crate::Error) on failure. Documented error statuses:
    ///
    /// - 400, [`is_bad_request`](crate::Error::is_bad_request): Bad request: missing or invalid
    ///   fields.
    /// - 401, [`is_unauthorized`](crate::Error::is_unauthorized): Missing, invalid, or revoked API
    ///   key.
    /// - 402, [`is_insufficient_credits`](crate::Error::is_insufficient_credits): Insufficient
    ///   credits to dispatch a call.
    /// - 404, [`is_not_found`](crate::Error::is_not_found): Resource not found, or not owned by your
    ///   account.
    /// - 502, [`is_upstream_provider_error`](crate::Error::is_upstream_provider_error): Upstream
    ///   telephony provider error.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn run(client: outboundcalls::Client) -> outboundcalls::Result<()> {
    /// use outboundcalls::types::CreateCall;
    ///
    /// let call = client
    ///     .calls()
    ///     .create(CreateCall::new("clxXXX", "+14155551212"))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(&self, body: types::CreateCall) -> builders::CreateCallBuilder {
        let mut request = Request::new(&self.client.core, &CREATE_CALL);
        request.json(&body);
        builders::CreateCallBuilder { request }
    }

    /// Get a call
    ///
    /// `GET /calls/{id}`
    ///
    /// Returns all details of a call: transcript, summary, recording URL, sentiment, extracted data
    /// and credits charged.
    ///
    /// The documentation does not state whether the body is the value itself or an object that
    /// contains it under `call` or `data`. The client accepts both. `send_raw()` also returns the
    /// whole body.
    ///
    /// - `id`: The id of the call.
    ///
    /// # Errors
    ///
    /// Returns [`Error`](crate::Error) on failure. Documented error statuses:
    ///
    /// - 401, [`is_unauthorized`](crate::Error::is_unauthorized): Missing, invalid, or revoked API
    ///   key.
    /// - 404, [`is_not_found`](crate::Error::is_not_found): Resource not found, or not owned by your
    ///   account.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn run(client: outboundcalls::Client) -> outboundcalls::Result<()> {
    /// let call = client.calls().get("clxXXX").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self, id: impl AsRef<str>) -> builders::GetCallBuilder {
        let mut request = Request::new(&self.client.core, &GET_CALL);
        request.path("id", id.as_ref());
        builders::GetCallBuilder { request }
    }
}
