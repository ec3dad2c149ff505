//! The client.

use std::env;

use crate::resources::AccountApi;
use crate::resources::AgentsApi;
use crate::resources::CallsApi;
use crate::resources::CampaignsApi;
use crate::resources::ContactsApi;
use crate::runtime::ClientBuilder;
use crate::runtime::Core;
use crate::runtime::Credential;
use crate::runtime::Error;
use crate::runtime::Provided;
use crate::runtime::Result;
use crate::runtime::Scheme;
use crate::runtime::Secret;
use crate::runtime::Shape;
use crate::runtime::TokenProvider;

/// The base URL, unless [`ClientBuilder::base_url`] sets another.
const BASE_URL: &str = "https://outboundcalls.ai/api/v1";

/// The default `User-Agent`.
const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// Where the credential of each security scheme is placed.
const SCHEMES: &[Scheme] = &[Scheme("bearerAuth", Shape::Bearer)];

/// A client for the OutboundCalls API.
///
/// Cloning is cheap, and clones share connections: create one client and clone it where you
/// need it.
///
/// # Examples
///
/// ```no_run
/// use outboundcalls::Client;
/// use outboundcalls::types::CreateCall;
///
/// # async fn run() -> outboundcalls::Result<()> {
/// // Reads the API key from the environment variable OUTBOUNDCALLS_API_KEY.
/// let client = Client::from_env()?;
///
/// let call = client
///     .calls()
///     .create(CreateCall::new("clxXXX", "+14155551212"))
///     .await?;
/// println!("{call:?}");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) core: Core,
}

impl Client {
    /// Creates a client with this API key.
    ///
    /// An API key: `oc_live_` followed by 32 characters. Generate it in the web application under
    /// **Settings → API Keys**. Keys are hashed at rest, shown only once at creation, and can be
    /// revoked on the same page.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Auth`] if it is empty, has white space around it, or contains a control character.
    pub fn new(secret: impl Into<Secret>) -> Result<Self> {
        Self::builder().api_key(secret).build()
    }

    /// Creates a client from environment variables.
    ///
    /// `OUTBOUNDCALLS_API_KEY` sets the API key. `OUTBOUNDCALLS_BASE_URL` sets the base URL, if it is set
    /// and not empty.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Auth`] if `OUTBOUNDCALLS_API_KEY` is not set or its value cannot be used, and
    /// [`Error::Config`] if the URL is invalid.
    pub fn from_env() -> Result<Self> {
        let name = "OUTBOUNDCALLS_API_KEY";
        let secret = variable(name).map_err(Error::auth)?;
        let unset = || Error::auth(format!("the environment variable {name} is not set"));
        let secret = secret.ok_or_else(unset)?;
        let builder = Self::builder().api_key(secret);
        let name = "OUTBOUNDCALLS_BASE_URL";
        let url = variable(name).map_err(Error::config)?;
        match url.filter(|url| !url.is_empty()) {
            Some(url) => builder.base_url(url).build(),
            None => builder.build(),
        }
    }

    /// Returns a builder that configures credentials, timeouts, retries, the server and the transport.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::with_defaults(BASE_URL, USER_AGENT).schemes(SCHEMES)
    }

    /// The account that the API key belongs to, its credit balance and its subscription.
    #[must_use]
    pub fn account(&self) -> AccountApi {
        AccountApi::new(self.clone())
    }

    /// The voice agents that conduct calls. An agent must be deployed to ElevenLabs before it can
    /// be used to place a call.
    #[must_use]
    pub fn agents(&self) -> AgentsApi {
        AgentsApi::new(self.clone())
    }

    /// The people you call, each in a contact list.
    #[must_use]
    pub fn contacts(&self) -> ContactsApi {
        ContactsApi::new(self.clone())
    }

    /// Place outbound calls, and read their transcripts and results.
    #[must_use]
    pub fn calls(&self) -> CallsApi {
        CallsApi::new(self.clone())
    }

    /// Campaigns of calls, and their progress.
    #[must_use]
    pub fn campaigns(&self) -> CampaignsApi {
        CampaignsApi::new(self.clone())
    }
}

fn variable(name: &str) -> std::result::Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(format!(
            "the environment variable {name} is not valid Unicode"
        )),
    }
}

impl ClientBuilder {
    /// Sets the API key.
    ///
    /// An API key: `oc_live_` followed by 32 characters. Generate it in the web application under
    /// **Settings → API Keys**. Keys are hashed at rest, shown only once at creation, and can be
    /// revoked on the same page.
    pub fn api_key(mut self, secret: impl Into<Secret>) -> Self {
        let credential = Credential::bearer(
            "bearerAuth",
            "API key (OUTBOUNDCALLS_API_KEY)",
            &secret.into(),
        );
        self.credential(credential);
        self
    }

    /// Requests the API key from `provider` before each attempt of a request, for a credential that
    /// changes during the life of the client.
    pub fn api_key_provider(mut self, provider: impl TokenProvider) -> Self {
        let source = Provided::source(provider);
        let provided = Provided::new("bearerAuth", "API key", Shape::Bearer, source);
        self.provided(provided);
        self
    }

    /// Creates the client.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Config`](crate::Error::Config) if a setting cannot be used, and
    /// [`Error::Auth`](crate::Error::Auth) if a credential cannot be used, or if none is set and
    /// [`without_credentials`](Self::without_credentials) is not called.
    pub fn build(mut self) -> Result<Client> {
        if !self.has_credentials() {
            self.fail_auth("no API key (OUTBOUNDCALLS_API_KEY) is set: call `api_key(…)` or `without_credentials()`");
        }
        Ok(Client {
            core: self.finish()?,
        })
    }
}
