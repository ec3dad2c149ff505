//! The voice agents that conduct calls. An agent must be deployed to ElevenLabs before it can
//! be used to place a call.

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

static LIST_AGENTS: Operation = Operation {
    id: "listAgents",
    method: "GET",
    path: "/agents",
    accept: "application/json",
    idempotent: true,
    security: &[&["bearerAuth"]],
    successes: &[],
    errors: &[
        (Status::Exact(400), ErrorBody::error_message),
        (Status::Exact(401), ErrorBody::error_message),
    ],
};

static GET_AGENT: Operation = Operation {
    id: "getAgent",
    method: "GET",
    path: "/agents/{id}",
    accept: "application/json",
    idempotent: true,
    security: &[&["bearerAuth"]],
    successes: &[],
    errors: &[
        (Status::Exact(401), ErrorBody::error_message),
        (Status::Exact(404), ErrorBody::error_message),
    ],
};

/// The voice agents that conduct calls. An agent must be deployed to ElevenLabs before it can
/// be used to place a call.
///
/// Made by [`Client::agents`].
#[derive(Clone, Debug)]
pub struct Agents {
    client: Client,
}

impl Agents {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// List agents
    ///
    /// `GET /agents`
    ///
    /// Returns the agents of your account.
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
    /// let agents = client.agents().list().status("deployed").limit(50).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> ListAgents {
        let request = Request::new(&self.client.core, &LIST_AGENTS);
        ListAgents { request }
    }

    /// Get an agent
    ///
    /// `GET /agents/{id}`
    ///
    /// Returns one agent of your account.
    ///
    /// - `id`: The id of the agent.
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
    /// let agent = client.agents().get("clxXXX").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self, id: impl AsRef<str>) -> GetAgent {
        let mut request = Request::new(&self.client.core, &GET_AGENT);
        request.path("id", id.as_ref());
        GetAgent { request }
    }
}

/// A call of `GET /agents`, made by [`Agents::list`]. Await it, or [`send`](Self::send) it.
#[derive(Debug)]
#[must_use = "a call is not sent unless it is awaited"]
pub struct ListAgents {
    request: Request,
}

impl ListAgents {
    /// Sets the query parameter `status`.
    ///
    /// Only agents with this status. The values are not documented; the example is an
    /// illustration.
    pub fn status(mut self, value: impl AsRef<str>) -> Self {
        self.request.query("status", value.as_ref());
        self
    }

    /// Sets the query parameter `limit`.
    ///
    /// How many agents to return at most: 200 or fewer. Not documented: the default, and
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
    pub fn send(self) -> ResponseFuture<Enveloped<Vec<types::Agent>>> {
        self.request.send(Self::decode)
    }

    /// Sends the call, and gives status, headers and bytes of the response, and the value when asked.
    pub fn send_raw(self) -> RawResponseFuture<Enveloped<Vec<types::Agent>>> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<Enveloped<Vec<types::Agent>>> {
        decode::enveloped(reply, &["agents", "data", "items"])
    }
}

impl IntoFuture for ListAgents {
    type Output = Result<Enveloped<Vec<types::Agent>>>;
    type IntoFuture = ResponseFuture<Enveloped<Vec<types::Agent>>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// A call of `GET /agents/{id}`, made by [`Agents::get`]. Await it, or [`send`](Self::send) it.
#[derive(Debug)]
#[must_use = "a call is not sent unless it is awaited"]
pub struct GetAgent {
    request: Request,
}

impl GetAgent {
    /// Sets what is different for this call: time limits, retries, headers.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.request.options(options);
        self
    }

    /// Sends the call. To await the call itself does the same.
    pub fn send(self) -> ResponseFuture<Enveloped<types::Agent>> {
        self.request.send(Self::decode)
    }

    /// Sends the call, and gives status, headers and bytes of the response, and the value when asked.
    pub fn send_raw(self) -> RawResponseFuture<Enveloped<types::Agent>> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<Enveloped<types::Agent>> {
        decode::enveloped(reply, &["agent", "data"])
    }
}

impl IntoFuture for GetAgent {
    type Output = Result<Enveloped<types::Agent>>;
    type IntoFuture = ResponseFuture<Enveloped<types::Agent>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}
