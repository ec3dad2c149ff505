//! Campaigns of calls, and their progress.

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
/// Made by [`Client::campaigns`].
#[derive(Clone, Debug)]
pub struct Campaigns {
    client: Client,
}

impl Campaigns {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// List campaigns
    ///
    /// `GET /campaigns`
    ///
    /// Returns the campaigns of your account. No query parameters are documented.
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
    /// let campaigns = client.campaigns().list().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> ListCampaigns {
        let request = Request::new(&self.client.core, &LIST_CAMPAIGNS);
        ListCampaigns { request }
    }

    /// Get a campaign
    ///
    /// `GET /campaigns/{id}`
    ///
    /// Returns campaign progress: calls completed, successful and failed, credits used, success
    /// rate.
    ///
    /// - `id`: The id of the campaign.
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
    /// let campaign = client.campaigns().get("clxXXX").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self, id: impl AsRef<str>) -> GetCampaign {
        let mut request = Request::new(&self.client.core, &GET_CAMPAIGN);
        request.path("id", id.as_ref());
        GetCampaign { request }
    }
}

/// A call of `GET /campaigns`, made by [`Campaigns::list`]. Await it, or [`send`](Self::send)
/// it.
#[derive(Debug)]
#[must_use = "a call is not sent unless it is awaited"]
pub struct ListCampaigns {
    request: Request,
}

impl ListCampaigns {
    /// Sets what is different for this call: time limits, retries, headers.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.request.options(options);
        self
    }

    /// Sends the call. To await the call itself does the same.
    pub fn send(self) -> ResponseFuture<Enveloped<Vec<types::Campaign>>> {
        self.request.send(Self::decode)
    }

    /// Sends the call, and gives status, headers and bytes of the response, and the value when asked.
    pub fn send_raw(self) -> RawResponseFuture<Enveloped<Vec<types::Campaign>>> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<Enveloped<Vec<types::Campaign>>> {
        decode::enveloped(reply, &["campaigns", "data", "items"])
    }
}

impl IntoFuture for ListCampaigns {
    type Output = Result<Enveloped<Vec<types::Campaign>>>;
    type IntoFuture = ResponseFuture<Enveloped<Vec<types::Campaign>>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// A call of `GET /campaigns/{id}`, made by [`Campaigns::get`]. Await it, or
/// [`send`](Self::send) it.
#[derive(Debug)]
#[must_use = "a call is not sent unless it is awaited"]
pub struct GetCampaign {
    request: Request,
}

impl GetCampaign {
    /// Sets what is different for this call: time limits, retries, headers.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.request.options(options);
        self
    }

    /// Sends the call. To await the call itself does the same.
    pub fn send(self) -> ResponseFuture<Enveloped<types::Campaign>> {
        self.request.send(Self::decode)
    }

    /// Sends the call, and gives status, headers and bytes of the response, and the value when asked.
    pub fn send_raw(self) -> RawResponseFuture<Enveloped<types::Campaign>> {
        self.request.send_raw(Self::decode)
    }

    fn decode(reply: &Reply) -> Result<Enveloped<types::Campaign>> {
        decode::enveloped(reply, &["campaign", "data"])
    }
}

impl IntoFuture for GetCampaign {
    type Output = Result<Enveloped<types::Campaign>>;
    type IntoFuture = ResponseFuture<Enveloped<types::Campaign>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}
