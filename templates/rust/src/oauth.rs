//! OAuth 2.0 access tokens (RFC 6749) that the client requests itself.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use http::{HeaderMap, HeaderName, HeaderValue, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    error::Result,
    runtime::{BoxFuture, Clock, Core, Credential, Secret, Secrets, Source, is_secret_parameter},
    shared_future::{SharedFuture, SharedFutureHandle},
    token::{TokenError, TokenRequest, TokenResponse},
};

/// How long before its expiry a token is replaced: a tenth of its lifetime, but not more than this.
const MARGIN: Duration = Duration::from_secs(60);

/// Characters that are escaped in a form.
const NOT_PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// An OAuth 2.0 grant, with which the client requests access tokens.
///
/// A token is used until shortly before it expires: a minute, or a tenth of its lifetime if that is less.
/// Clones of the client share the token, and concurrent requests share one token request. A token that the
/// server rejects with status 401 is replaced.
///
/// The token endpoint is the one in the API description, unless [`Grant::token_url`] sets another.
#[derive(Clone)]
#[must_use = "a grant does nothing until a client has it"]
pub struct Grant {
    kind: Kind,
    id: String,
    secret: Option<Secret>,
    is_in_body: bool,
    token_url: Option<String>,
    parameters: Vec<(String, String)>,
    on_refresh_token: Option<Listener>,
}

/// Receives each new refresh token.
type Listener = Arc<dyn Fn(&Secret) + Send + Sync>;

#[derive(Clone)]
enum Kind {
    ClientCredentials,
    RefreshToken(Secret),
}

impl Grant {
    /// Creates a grant for the client itself, with its id and secret (RFC 6749, section 4.4).
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::new(Kind::ClientCredentials, id.into()).secret(secret)
    }

    /// Creates a grant for the access of a user, with a refresh token (RFC 6749, section 6). If a response
    /// has a new refresh token, it replaces the old one.
    ///
    /// If the client has a secret, set it with [`Grant::secret`].
    pub fn refresh_token(id: impl Into<String>, token: impl Into<Secret>) -> Self {
        Self::new(Kind::RefreshToken(token.into()), id.into())
    }

    fn new(kind: Kind, id: String) -> Self {
        Self {
            kind,
            id,
            secret: None,
            is_in_body: false,
            token_url: None,
            parameters: Vec::new(),
            on_refresh_token: None,
        }
    }

    /// Sets the secret of the client. It is sent by HTTP Basic authentication.
    pub fn secret(mut self, secret: impl Into<Secret>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Sends the client secret in the body, for servers that do not accept it in a header.
    pub fn secret_in_body(mut self) -> Self {
        self.is_in_body = true;
        self
    }

    /// Sets the scopes of the token. By default, the server decides.
    pub fn scopes<S: AsRef<str>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        let mut all = String::new();
        for scope in scopes {
            if !all.is_empty() {
                all.push(' ');
            }
            all.push_str(scope.as_ref());
        }
        self.parameter("scope", all)
    }

    /// Adds a parameter to the token request, such as `audience`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sets the token endpoint. A relative URL is resolved against the base URL.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Sets a function that is called with each new refresh token. Store the token for the next client, since
    /// the old one may no longer be valid.
    pub fn on_refresh_token(mut self, listener: impl Fn(&Secret) + Send + Sync + 'static) -> Self {
        self.on_refresh_token = Some(Arc::new(listener));
        self
    }

    /// Creates the source of tokens, with the endpoints in the API description. An empty text means none.
    pub(crate) fn source(self, token_url: &str, refresh_url: &str) -> Arc<dyn Source> {
        let described = match &self.kind {
            Kind::ClientCredentials => token_url,
            Kind::RefreshToken(_) => refresh_url,
        };
        let described = Some(described).filter(|url| !url.is_empty());
        let refresh_token = match &self.kind {
            Kind::ClientCredentials => None,
            Kind::RefreshToken(token) => Some(token.clone()),
        };
        Arc::new(Tokens {
            token_url: self.token_url.clone().or(described.map(str::to_owned)),
            grant: self,
            shared: Arc::new(Mutex::new(Shared {
                token: None,
                refresh_token,
                request: Weak::new(),
                held: None,
            })),
        })
    }

    /// Creates the token request.
    fn request(
        &self,
        core: &Core,
        url: Option<&str>,
        refresh_token: Option<&Secret>,
    ) -> Result<TokenRequest, TokenError> {
        let url = url.ok_or_else(|| {
            TokenError::new("the API description has no token endpoint: call `token_url(…)`")
        })?;
        let uri = core.resolve(url);
        let uri =
            uri.map_err(|why| TokenError::new(format!("the URL of the token endpoint {why}")))?;
        let (headers, form) = self.message(refresh_token).map_err(TokenError::new)?;
        let settings = core.settings();
        Ok(TokenRequest {
            transport: settings.transport.clone(),
            timeout: settings.timeout,
            retry: settings.retry.clone(),
            uri,
            headers,
            form,
            // The server may revoke a refresh token when it issues the next.
            is_repeatable: refresh_token.is_none(),
            secrets: self.secrets(refresh_token),
        })
    }

    /// Returns the secrets in a token request.
    fn secrets(&self, refresh_token: Option<&Secret>) -> Secrets {
        let mut secrets = Secrets::default();
        if let Some(secret) = &self.secret {
            secrets.add_basic(&encoded(&self.id), &encoded(secret.expose()));
            secrets.add(secret.expose());
        }
        if let Some(token) = refresh_token {
            secrets.add(token.expose());
        }
        let parameters = self.parameters.iter();
        for (_, value) in parameters.filter(|(name, _)| is_secret_parameter(name)) {
            secrets.add(value);
        }
        secrets
    }

    /// Returns the headers and the body of a token request.
    fn message(&self, refresh_token: Option<&Secret>) -> Result<(HeaderMap, String), String> {
        let mut form = Form::default();
        match refresh_token {
            None => form.add("grant_type", "client_credentials"),
            Some(token) => {
                form.add("grant_type", "refresh_token");
                form.add("refresh_token", token.expose());
            }
        }
        let mut headers = HeaderMap::new();
        match &self.secret {
            Some(secret) if !self.is_in_body => headers.extend([self.basic(secret)?]),
            secret => {
                form.add("client_id", &self.id);
                if let Some(secret) = secret {
                    form.add("client_secret", secret.expose());
                }
            }
        }
        for (name, value) in &self.parameters {
            form.add(name, value);
        }
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(header::CONTENT_TYPE, kind);
        let accept = HeaderValue::from_static("application/json");
        headers.insert(header::ACCEPT, accept);
        Ok((headers, form.0))
    }

    /// Id and secret are form-encoded first (RFC 6749, section 2.3.1).
    fn basic(&self, secret: &Secret) -> Result<(HeaderName, HeaderValue), String> {
        let secret = Secret::new(encoded(secret.expose()));
        let credential = Credential::basic("", "client secret", &encoded(&self.id), &secret)?;
        let header = credential.into_header();
        header.ok_or_else(|| "the client secret cannot be sent in a header".to_owned())
    }
}

/// Parameters and URLs may also contain secrets.
impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A body of `application/x-www-form-urlencoded`.
#[derive(Default)]
struct Form(String);

impl Form {
    fn add(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.extend(utf8_percent_encode(name, NOT_PLAIN));
        self.0.push('=');
        self.0.extend(utf8_percent_encode(value, NOT_PLAIN));
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NOT_PLAIN).to_string()
}

/// The tokens of one grant.
struct Tokens {
    grant: Grant,
    token_url: Option<String>,
    shared: Arc<Mutex<Shared>>,
}

struct Shared {
    token: Option<Token>,
    refresh_token: Option<Secret>,
    /// The request in progress. It ends when no task waits for it any more, ...
    request: Weak<SharedFuture<Outcome>>,
    /// ... except if it sends a refresh token, which the server may already have replaced. The next task that
    /// needs a token continues it.
    held: Option<Arc<SharedFuture<Outcome>>>,
}

struct Token {
    secret: Secret,
    age: Clock,
    /// How long the token may be used.
    life: Option<Duration>,
}

/// The outcome of a token request, for all tasks that wait for it.
type Outcome = std::result::Result<Secret, TokenError>;

impl Source for Tokens {
    fn secret<'a>(&'a self, core: &'a Core) -> BoxFuture<'a, Result<Secret>> {
        Box::pin(async move {
            let landing = {
                let mut shared = lock(&self.shared);
                if let Some(token) = shared.token.as_ref().filter(|token| token.is_fresh()) {
                    return Ok(token.secret.clone());
                }
                let refresh_token = shared.refresh_token.clone();
                let start = || self.start(core, refresh_token.as_ref());
                let request = shared.request.upgrade().unwrap_or_else(start);
                shared.request = Arc::downgrade(&request);
                shared.held = refresh_token.map(|_| request.clone());
                SharedFutureHandle::new(request)
            };
            landing.await.map_err(TokenError::into_error)
        })
    }

    fn refused(&self, secret: &Secret) {
        let mut shared = lock(&self.shared);
        shared.token = shared.token.take().filter(|token| token.secret != *secret);
    }

    fn add_to(&self, secrets: &mut Secrets) {
        let shared = lock(&self.shared);
        secrets.extend(self.grant.secrets(shared.refresh_token.as_ref()));
        if let Some(token) = &shared.token {
            secrets.add(token.secret.expose());
        }
    }
}

impl Tokens {
    /// The task holds the settings that it needs and not the client, which owns the task.
    fn start(&self, core: &Core, refresh_token: Option<&Secret>) -> Arc<SharedFuture<Outcome>> {
        let url = self.token_url.as_deref();
        let request = self.grant.request(core, url, refresh_token);
        let listener = self.grant.on_refresh_token.clone();
        let shared = Arc::downgrade(&self.shared);
        SharedFuture::new(Box::pin(async move {
            let outcome = match request {
                Ok(request) => request.send().await,
                Err(error) => Err(error),
            };
            let gone = || TokenError::new("the client was dropped");
            let shared = shared.upgrade().ok_or_else(gone)?;
            let (secret, rotated) = lock(&shared).take(outcome)?;
            if let (Some(token), Some(listener)) = (&rotated, &listener) {
                listener(token);
            }
            Ok(secret)
        }))
    }
}

impl Shared {
    /// Stores the outcome of a request: the token, and the refresh token if there is a new one.
    fn take(
        &mut self,
        outcome: Result<TokenResponse, TokenError>,
    ) -> Result<(Secret, Option<Secret>), TokenError> {
        self.request = Weak::new();
        self.held = None;
        let response = outcome?;
        let secret = Secret::new(response.access_token);
        let rotated = response.refresh_token.map(Secret::new);
        let rotated = rotated.filter(|_| self.refresh_token.is_some());
        if rotated.is_some() {
            self.refresh_token.clone_from(&rotated);
        }
        self.token = Some(Token {
            secret: secret.clone(),
            age: Clock::start(),
            life: response.expires_in.map(usable),
        });
        Ok((secret, rotated))
    }
}

impl Token {
    fn is_fresh(&self) -> bool {
        self.life.is_none_or(|life| self.age.elapsed() < life)
    }
}

/// Returns how long a token with this lifetime is used.
fn usable(seconds: u64) -> Duration {
    let life = Duration::from_secs(seconds);
    life - (life / 10).min(MARGIN)
}

/// Nothing panics while the lock is held, so the data is valid.
fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
