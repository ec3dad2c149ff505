//! Campaigns of calls, and their progress.

pub mod builders;

use crate::Client;
use crate::error::ErrorBody;
use crate::runtime::Operation;
use crate::runtime::Request;
use crate::runtime::Status;

static LIST_CAMPAIGNS: Operation = Operation {
    id: "listCampaigns",
    method: "GET",
    path: "/campaigns",
    accept: "application/json",
    idempotent: true,
    security: &[&["bearerAuth"]],
    successes: &[],
    errors: &[(Status::Exact(401), ErrorBody::error_message)],
};

static GET_CAMPAIGN: Operation = Operation {
    id: "getCampaign",
    method: "GET",
    path: "/campaigns/{id}",
    accept: "application/json",
    idempotent: true,
    security: &[&["bearerAuth"]],
    successes: &[],
    errors: &[
        (Status::Exact(401), ErrorBody::error_message),
        (Status::Exact(404), ErrorBody::error_message),
    ],
};

/// Campaigns of calls, and their progress.
///
/// Returned by [`Client::campaigns`].
#[derive(Clone, Debug)]
pub struct CampaignsApi {
    client: Client,
}

impl CampaignsApi {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// List campaigns
    ///
    /// `GET /campaigns`
    ///
    /// Returns the campaigns of your account. No query parameters are documented.
    ///
    /// The documentation does not state whether the body is the value itself or an object that
    /// contains it under `campaigns`, `data` or `items`. The client accepts both. `send_raw()` also
    /// returns the whole body.
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
    /// let campaigns = client.campaigns().list().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> builders::ListCampaignsBuilder {
        let request = Request::new(&self.client.core, &LIST_CAMPAIGNS);
        builders::ListCampaignsBuilder { request }
    }

    /// Get a campaign
    ///
    /// `GET /campaigns/{id}`
    ///
    /// Returns the progress of a campaign: calls completed, successful and failed, credits used and
    /// success rate.
    ///
    /// The documentation does not state whether the body is the value itself or an object that
    /// contains it under `campaign` or `data`. The client accepts both. `send_raw()` also returns
    /// the whole body.
    ///
    /// - `id`: The id of the campaign.
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
    /// let campaign = client.campaigns().get("clxXXX").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self, id: impl AsRef<str>) -> builders::GetCampaignBuilder {
        let mut request = Request::new(&self.client.core, &GET_CAMPAIGN);
        request.path("id", id.as_ref());
        builders::GetCampaignBuilder { request }
    }
}
