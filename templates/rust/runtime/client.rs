//! The state that all clones of a client share.

use std::{fmt, sync::Arc, time::Duration};

use http::{HeaderMap, Uri};

use super::{
    auth::Credential,
    provide::Provided,
    redact::Secrets,
    requirement::Schemes,
    retry::{Budget, Retried, RetryPolicy},
    transport::Transport,
    url::{self, BaseUrl, Origin},
};

/// The shared state of a client. Cloning it is cheap.
#[derive(Clone)]
pub(crate) struct Core(Arc<Settings>);

pub(crate) struct Settings {
    pub(super) base_url: BaseUrl,
    /// Whether the caller has set the base URL, which then replaces the servers of operations.
    pub(super) is_elsewhere: bool,
    pub(super) allow_insecure_http: bool,
    pub(crate) timeout: Duration,
    pub(super) total_timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(super) retried: Retried,
    pub(super) budget: Budget,
    pub(super) headers: HeaderMap,
    pub(super) credentials: Vec<Credential>,
    pub(super) provided: Vec<Provided>,
    pub(super) schemes: Schemes,
    /// Parameters that all operations send that have them.
    pub(super) parameters: Vec<(&'static str, String)>,
    /// Whether requests are sent without the credentials that they need.
    pub(super) allows_none: bool,
    /// The size from which on request bodies are compressed.
    pub(super) gzip_from: Option<usize>,
    pub(super) max_response_size: usize,
    pub(super) strict_responses: bool,
    pub(crate) transport: Arc<dyn Transport>,
}

impl Core {
    pub(super) fn new(settings: Settings) -> Self {
        Self(Arc::new(settings))
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0
    }

    /// Resolves a URL, absolute or relative to the base URL, that secrets may be sent to.
    pub(crate) fn resolve(&self, url: &str) -> Result<Uri, &'static str> {
        let base = format!("{}/", self.0.base_url.as_str());
        let base: Option<Uri> = base.parse().ok();
        let uri = base.and_then(|base| url::resolve(&base, url));
        let uri = uri.ok_or("is not a URL")?;
        let origin = Origin::of(&uri).ok_or("is not a URL")?;
        if origin.is_https() || origin.is_loopback() || self.0.allow_insecure_http {
            return Ok(uri);
        }
        Err("begins with `http://`, which is not encrypted")
    }

    /// Adds the secrets among the settings.
    pub(super) fn add_to(&self, secrets: &mut Secrets) {
        for credential in &self.0.credentials {
            credential.add_to(secrets);
        }
        for provided in &self.0.provided {
            provided.add_to(secrets);
        }
        let headers = self.0.headers.iter();
        for (name, value) in headers.filter(|(_, value)| value.is_sensitive()) {
            secrets.add_header(name, value);
        }
    }
}

impl Settings {
    /// Returns the client's value of a parameter that operations share.
    pub(crate) fn shared_parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns whether the caller has set a header for all requests.
    pub(crate) fn has_header(&self, name: &str) -> bool {
        self.headers.contains_key(name)
    }

    /// Returns whether a credential is sent as the query parameter with this name.
    pub(super) fn has_in_query(&self, name: &str) -> bool {
        let set = self.credentials.iter().map(Credential::query_name);
        let provided = self.provided.iter().map(Provided::query_name);
        set.chain(provided).any(|known| known == Some(name))
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("base_url", &self.0.base_url.as_str())
            .field("timeout", &self.0.timeout)
            .field("total_timeout", &self.0.total_timeout)
            .field("retry", &self.0.retry)
            .finish_non_exhaustive()
    }
}
