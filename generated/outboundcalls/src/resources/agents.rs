//! The voice agents that conduct calls. An agent must be deployed to ElevenLabs before it can
//! be used to place a call.

pub mod builders;

use crate::Client;
use crate::error::ErrorBody;
use crate::runtime::Operation;
use crate::runtime::Request;
use crate::runtime::Status;

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
/// Returned by [`Client::agents`].
#[derive(Clone, Debug)]
pub struct AgentsApi {
    client: Client,
}

impl AgentsApi {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// List agents
    ///
    /// `GET /agents`
    ///
    /// Returns the agents of your account.
    ///
    /// The documentation does not state whether the body is the value itself or an object that
    /// contains it under `agents`, `data` or `items`. The client accepts both. `send_raw()` also
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
    /// let agents = client.agents().list().status("deployed").limit(50).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> builders::ListAgentsBuilder {
        let request = Request::new(&self.client.core, &LIST_AGENTS);
        builders::ListAgentsBuilder { request }
    }

    /// Get an agent
    ///
    /// `GET /agents/{id}`
    ///
    /// Returns one agent of your account.
    ///
    /// The documentation does not state whether the body is the value itself or an object that
    /// contains it under `agent` or `data`. The client accepts both. `send_raw()` also returns the
    /// whole body.
    ///
    /// - `id`: The id of the agent.
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
    /// let agent = client.agents().get("clxXXX").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self, id: impl AsRef<str>) -> builders::GetAgentBuilder {
        let mut request = Request::new(&self.client.core, &GET_AGENT);
        request.path("id", id.as_ref());
        builders::GetAgentBuilder { request }
    }
}
