//! Access tokens of OAuth 2.0 (RFC 6749) that the client gets by itself.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use http::{HeaderMap, HeaderName, HeaderValue, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    error::Result,
    flight::{Flight, Landing},
    runtime::{BoxFuture, Clock, Core, Credential, Secret, Secrets, Source, is_secret_parameter},
    token::{Answer, TokenError, TokenRequest},
};

/// How long before its end a token is replaced: a tenth of its life, but not more than this.
const MARGIN: Duration = Duration::from_secs(60);

/// What a form has an escape for.
const NOT_PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// How the client gets an access token.
///
/// The token is kept until shortly before it expires: a minute, or a tenth of its life if that is
/// less. Clones of the client share it, and requests that wait for a token share one token request. A
/// token that the server rejects with status 401 is replaced.
///
/// Where the token endpoint is comes from the API's description.
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

/// Hears of a new refresh token.
type Listener = Arc<dyn Fn(&Secret) + Send + Sync>;

#[derive(Clone)]
enum Kind {
    ClientCredentials,
    RefreshToken(Secret),
}

impl Grant {
    /// The client's own access, by its id and secret (RFC 6749, section 4.4).
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::new(Kind::ClientCredentials, id.into()).secret(secret)
    }

    /// Access that a user has given, by a refresh token (RFC 6749, section 6). A new refresh token
    /// that comes with an access token takes the place of the old one.
    ///
    /// A client that has a secret too sets it by [`Grant::secret`].
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

    /// The secret of the client. It is sent by HTTP basic authentication.
    pub fn secret(mut self, secret: impl Into<Secret>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Sends the client's secret in the body, for servers that take it nowhere else.
    pub fn secret_in_body(mut self) -> Self {
        self.is_in_body = true;
        self
    }

    /// What the token is to be good for. Without it, the server decides.
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

    /// A further parameter of the token request, such as an `audience`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Asks another token endpoint than the described one. A relative URL is seen from the base URL.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Calls `listener` with each new refresh token, so that it can be kept for the next client. The
    /// old one may be worth nothing from then on.
    pub fn on_refresh_token(mut self, listener: impl Fn(&Secret) + Send + Sync + 'static) -> Self {
        self.on_refresh_token = Some(Arc::new(listener));
        self
    }

    /// The source of tokens, with the described endpoints; an empty text is none.
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
                flight: Weak::new(),
                held: None,
            })),
        })
    }

    /// The request for a token, by the settings of a client.
    fn request(
        &self,
        core: &Core,
        url: Option<&str>,
        refresh_token: Option<&Secret>,
    ) -> Result<TokenRequest, TokenError> {
        let url = url.ok_or_else(|| {
            TokenError::new("the API's description names no token endpoint: call `token_url(…)`")
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
            // The server forgets a refresh token once it has given the next.
            is_repeatable: refresh_token.is_none(),
            secrets: self.secrets(refresh_token),
        })
    }

    /// What must not be shown: what a token request has of secrets.
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

    /// The headers and the body of a token request.
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

    /// Id and secret are encoded as in a form first (RFC 6749, section 2.3.1).
    fn basic(&self, secret: &Secret) -> Result<(HeaderName, HeaderValue), String> {
        let secret = Secret::new(encoded(secret.expose()));
        let credential = Credential::basic("", "client secret", &encoded(&self.id), &secret)?;
        let header = credential.into_header();
        header.ok_or_else(|| "the client secret cannot be sent in a header".to_owned())
    }
}

/// Secrets may be among the parameters too, and in a URL.
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
    /// The request that is under way; it ends when nobody waits for it any more, ...
    flight: Weak<Flight<Outcome>>,
    /// ... but for one with a refresh token, which the server may have replaced by then. Whoever needs a
    /// token next goes on with it.
    held: Option<Arc<Flight<Outcome>>>,
}

struct Token {
    secret: Secret,
    age: Clock,
    /// How long it may be used.
    life: Option<Duration>,
}

/// What a token request gives to all that wait for it.
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
                let flight = shared.flight.upgrade().unwrap_or_else(start);
                shared.flight = Arc::downgrade(&flight);
                shared.held = refresh_token.map(|_| flight.clone());
                Landing::new(flight)
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
    /// The work knows nothing of the client, which has it, but what it needs.
    fn start(&self, core: &Core, refresh_token: Option<&Secret>) -> Arc<Flight<Outcome>> {
        let url = self.token_url.as_deref();
        let request = self.grant.request(core, url, refresh_token);
        let listener = self.grant.on_refresh_token.clone();
        let shared = Arc::downgrade(&self.shared);
        Flight::new(Box::pin(async move {
            let outcome = match request {
                Ok(request) => request.send().await,
                Err(error) => Err(error),
            };
            let gone = || TokenError::new("the client is gone");
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
    /// Takes in what came of a request: the token, and the refresh token if there is a new one.
    fn take(
        &mut self,
        outcome: Result<Answer, TokenError>,
    ) -> Result<(Secret, Option<Secret>), TokenError> {
        self.flight = Weak::new();
        self.held = None;
        let answer = outcome?;
        let secret = Secret::new(answer.access_token);
        let rotated = answer.refresh_token.map(Secret::new);
        let rotated = rotated.filter(|_| self.refresh_token.is_some());
        if rotated.is_some() {
            self.refresh_token.clone_from(&rotated);
        }
        self.token = Some(Token {
            secret: secret.clone(),
            age: Clock::start(),
            life: answer.expires_in.map(usable),
        });
        Ok((secret, rotated))
    }
}

impl Token {
    fn is_fresh(&self) -> bool {
        self.life.is_none_or(|life| self.age.elapsed() < life)
    }
}

/// How long a token of so many seconds is used.
fn usable(seconds: u64) -> Duration {
    let life = Duration::from_secs(seconds);
    life - (life / 10).min(MARGIN)
}

/// Nothing panics while a lock is held, so what is in it is whole.
fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
