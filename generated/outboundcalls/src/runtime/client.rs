//! The state that all clones of a client share.

use std::{fmt, sync::Arc, time::Duration};

use http::HeaderMap;

use super::{
    auth::Credential,
    provide::Provided,
    redact::Secrets,
    requirement::Schemes,
    retry::{Budget, Retried, RetryPolicy},
    transport::Transport,
    url::BaseUrl,
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
    /// Returns whether the caller has set a header for all requests.
    pub(crate) fn has_header(&self, name: &str) -> bool {
        self.headers.contains_key(name)
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
