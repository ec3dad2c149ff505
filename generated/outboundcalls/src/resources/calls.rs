//! Place outbound calls, and read what came of them.

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
use crate::waiter::Waiter;

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

/// Place outbound calls, and read what came of them.
///
/// Made by [`Client::calls`].
#[derive(Clone, Debug)]
pub struct Calls {
    client: Client,
}

impl Calls {
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
    /// let calls = client.calls().list().status("completed").limit(50).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> ListCalls {
        let request = Request::new(&self.client.core, &LIST_CALLS);
        ListCalls { request }
    }

    /// Place a call
    ///
    /// `POST /calls`
    ///
    /// Triggers an outbound call via your deployed agent.
    ///
    /// **This dials a person and spends credits.** Do not repeat a request whose outcome you do not
    /// know: read `GET /calls` first.
    ///
    /// The call is charged when it completes, by its destination country. At least 25 credits are
    /// needed to dispatch it.
    ///
    /// - `body`: The agent that calls, and the number it calls.
    ///
    /// # Errors
    ///
    /// Fails as any call may (see [`Error`](crate::Error)), and with these documented statuses:
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
    pub fn create(&self, body: types::CreateCall) -> CreateCallRequest {
        let mut request = Request::new(&self.client.core, &CREATE_CALL);
        request.json(&body);
        CreateCallRequest { request }
    }

    /// Get a call
    ///
    /// `GET /calls/{id}`
    ///
    /// Returns full call detail: transcript, summary, recording URL, sentiment, extracted data,
    /// credits charged.
    ///
    /// - `id`: The id of the call.
    ///
    /// # Errors
    ///
    /// Fails as any call may (see [`Error`](crate::Error)), and with these documented statuses:
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
    /// let call_detail = client.calls().get("clxXXX").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self, id: impl AsRef<str>) -> GetCall {
        let mut request = Request::new(&self.client.core, &GET_CALL);
        request.path("id", id.as_ref());
        GetCall { request }
    }
}

/// A call of `GET /calls`, made by [`Calls::list`]. Await it, or [`send`](Self::send) it.
#[derive(Debug)]
#[must_use = "a call is not sent unless it is awaited"]
pub struct ListCalls {
    request: Request,
}

impl ListCalls {
    /// Sets the query parameter `status`.
    ///
    /// Only calls with this status. The values are not documented; the example is an
    /// illustration.
    pub fn status(mut self, value: impl AsRef<str>) -> Self {
        self.request.query("status", value.as_ref());
        self
    }

    /// Sets the query parameter `agentId`.
    ///
    /// Only calls conducted by the agent with this id.
    pub fn agent_id(mut self, value: impl AsRef<str>) -> Self {
        self.request.query("agentId", value.as_ref());
        self
    }

    /// Sets the query parameter `campaignId`.
    ///
    /// Only calls of the campaign with this id.
    pub fn campaign_id(mut self, value: impl AsRef<str>) -> Self {
        self.request.query("campaignId", value.as_ref());
        self
    }

    /// Sets the query parameter `limit`.
    ///
    /// How many calls to return at most: 200 or fewer. Not documented: the default, and
    /// whether a larger number is refused or reduced.
    ///
    /// At most 200.
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
    pub fn send(self) -> ResponseFuture<Enveloped<Vec<types::Call>>> {
        self.request.send(Self::decode)
    }

    /// Sends the call, and gives status, headers and bytes of the response, and the value when asked.
    pub fn send_raw(self) -> RawResponseFuture<Enveloped<Vec<types::Call>>> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<Enveloped<Vec<types::Call>>> {
        decode::enveloped(reply, &["calls", "data", "items"])
    }
}

impl IntoFuture for ListCalls {
    type Output = Result<Enveloped<Vec<types::Call>>>;
    type IntoFuture = ResponseFuture<Enveloped<Vec<types::Call>>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// A call of `POST /calls`, made by [`Calls::create`]. Await it, or [`send`](Self::send) it.
#[derive(Debug)]
#[must_use = "a call is not sent unless it is awaited"]
pub struct CreateCallRequest {
    request: Request,
}

impl CreateCallRequest {
    /// Sets what is different for this call: time limits, retries, headers.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.request.options(options);
        self
    }

    /// Sends the call. To await the call itself does the same.
    pub fn send(self) -> ResponseFuture<Enveloped<types::Call>> {
        self.request.send(Self::decode)
    }

    /// Sends the call, and gives status, headers and bytes of the response, and the value when asked.
    pub fn send_raw(self) -> RawResponseFuture<Enveloped<types::Call>> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<Enveloped<types::Call>> {
        decode::enveloped(reply, &["call", "data"])
    }
}

impl IntoFuture for CreateCallRequest {
    type Output = Result<Enveloped<types::Call>>;
    type IntoFuture = ResponseFuture<Enveloped<types::Call>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// A call of `GET /calls/{id}`, made by [`Calls::get`]. Await it, or [`send`](Self::send) it.
#[derive(Debug)]
#[must_use = "a call is not sent unless it is awaited"]
pub struct GetCall {
    request: Request,
}

impl GetCall {
    /// Sets what is different for this call: time limits, retries, headers.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.request.options(options);
        self
    }

    /// Sends the call. To await the call itself does the same.
    pub fn send(self) -> ResponseFuture<Enveloped<types::CallDetail>> {
        self.request.send(Self::decode)
    }

    /// Sends the call, and gives status, headers and bytes of the response, and the value when asked.
    pub fn send_raw(self) -> RawResponseFuture<Enveloped<types::CallDetail>> {
        self.request.send_raw(Self::decode)
    }

    /// Makes the call again and again, until `is_done` says so of what it gives.
    ///
    /// [`Waiter`] says how long it waits in between, and when it gives up: then the error has what
    /// was given last.
    pub fn wait_until(
        self,
        is_done: impl Fn(&Enveloped<types::CallDetail>) -> bool + Send + 'static,
    ) -> Waiter<Enveloped<types::CallDetail>> {
        Waiter::new(self.request, Self::decode, is_done)
    }

    fn decode(reply: &Reply) -> Result<Enveloped<types::CallDetail>> {
        decode::enveloped(reply, &["call", "data"])
    }
}

impl IntoFuture for GetCall {
    type Output = Result<Enveloped<types::CallDetail>>;
    type IntoFuture = ResponseFuture<Enveloped<types::CallDetail>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}
