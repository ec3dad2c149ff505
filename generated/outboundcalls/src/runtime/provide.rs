//! Credentials that a provider supplies before each attempt.

use std::{error::Error as StdError, fmt, future::Future, sync::Arc};

use http::{HeaderName, HeaderValue, header};

use super::{
    auth::Credential,
    client::Core,
    error::{Error, Result},
    redact::Secrets,
    secret::Secret,
    transport::BoxFuture,
};

/// Provides a token or key that changes during the life of a client.
///
/// The client calls it before each attempt of each request that needs the credential, so a provider that
/// fetches the token should cache it. A function that returns a future is also a provider:
///
/// ```ignore
/// let provider = || async { Ok(Secret::new(std::fs::read_to_string("token")?)) };
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Returns the secret to send next.
    ///
    /// # Errors
    ///
    /// If it fails, nothing is sent: the request returns [`Error::Auth`] with this error as its source.
    fn token(&self) -> BoxFuture<'_, Result<Secret, Box<dyn StdError + Send + Sync>>>;

    /// Called if the server rejected this secret with status 401. If the next secret is a different one, an
    /// idempotent request is retried once with it.
    fn refused(&self, _secret: &Secret) {}
}

impl<F, R> TokenProvider for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Secret, Box<dyn StdError + Send + Sync>>> + Send + 'static,
{
    fn token(&self) -> BoxFuture<'_, Result<Secret, Box<dyn StdError + Send + Sync>>> {
        Box::pin(self())
    }
}

/// Supplies the secret of a credential.
pub(crate) trait Source: Send + Sync {
    fn secret<'a>(&'a self, core: &'a Core) -> BoxFuture<'a, Result<Secret>>;
    fn refused(&self, secret: &Secret);

    /// Adds texts to redact, beside the secret of an attempt.
    fn add_to(&self, _secrets: &mut Secrets) {}
}

struct Asked<P>(P);

impl<P: TokenProvider> Source for Asked<P> {
    fn secret<'a>(&'a self, _core: &'a Core) -> BoxFuture<'a, Result<Secret>> {
        let token = self.0.token();
        let failure = |error| Error::auth("the token provider failed").because(error);
        Box::pin(async move { token.await.map_err(failure) })
    }

    fn refused(&self, secret: &Secret) {
        self.0.refused(secret);
    }
}

/// Where a secret is placed: in a header, a query parameter or a cookie, with its name.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    Bearer,
    Header(&'static str),
    /// A header, and the prefix of the secret in it.
    Prefixed(&'static str, &'static str),
    Query(&'static str),
    Cookie(&'static str),
}

impl Shape {
    /// Returns the name of its header.
    fn header_name(self) -> Option<&'static str> {
        match self {
            Self::Bearer => Some("authorization"),
            Self::Header(name) | Self::Prefixed(name, _) => Some(name),
            Self::Query(_) | Self::Cookie(_) => None,
        }
    }

    /// Returns whether a header with this name contains nothing but the secret.
    pub(super) fn is_header_name(self, name: &HeaderName) -> bool {
        let own = self.header_name();
        own.is_some_and(|own| own.eq_ignore_ascii_case(name.as_str()))
    }

    /// Returns whether a header contains the secret.
    pub(super) fn is_header(self, name: &HeaderName, value: &HeaderValue) -> bool {
        match self {
            Self::Cookie(cookie) if *name == header::COOKIE => {
                let pairs = value.to_str().unwrap_or_default().split(';');
                let mut names = pairs.filter_map(|pair| pair.split('=').next());
                names.any(|name| name.trim() == cookie)
            }
            _ => self.is_header_name(name),
        }
    }

    /// Returns whether only one of the two can be sent.
    pub(super) fn is_same_place(self, other: Self) -> bool {
        match (self, other) {
            (Self::Query(one), Self::Query(other)) => one == other,
            (Self::Cookie(one), Self::Cookie(other)) => one == other,
            _ => {
                let names = self.header_name().zip(other.header_name());
                names.is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
            }
        }
    }
}

/// A credential for one security scheme whose secret comes from a provider.
#[derive(Clone)]
pub(crate) struct Provided {
    pub(super) scheme: &'static str,
    label: &'static str,
    shape: Shape,
    source: Arc<dyn Source>,
}

impl Provided {
    pub(crate) fn new(
        scheme: &'static str,
        label: &'static str,
        shape: Shape,
        source: Arc<dyn Source>,
    ) -> Self {
        Self {
            scheme,
            label,
            shape,
            source,
        }
    }

    pub(crate) fn source(provider: impl TokenProvider) -> Arc<dyn Source> {
        Arc::new(Asked(provider))
    }

    pub(super) async fn credential(&self, core: &Core) -> Result<(Secret, Credential)> {
        let secret = self.source.secret(core).await?;
        let (scheme, label) = (self.scheme, self.label);
        let credential = match self.shape {
            Shape::Bearer => Credential::bearer(scheme, label, &secret),
            Shape::Header(name) => Credential::header(scheme, label, name, &secret),
            Shape::Prefixed(name, prefix) => {
                Credential::prefixed(scheme, label, name, prefix, &secret)
            }
            Shape::Query(name) => Credential::query(scheme, label, name, &secret),
            Shape::Cookie(name) => Credential::cookie(scheme, label, name, &secret),
        };
        Ok((secret, credential.map_err(Error::auth)?))
    }

    pub(super) fn refused(&self, secret: &Secret) {
        self.source.refused(secret);
    }

    pub(super) fn add_to(&self, secrets: &mut Secrets) {
        self.source.add_to(secrets);
    }
}

impl fmt::Debug for Provided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Provided").field(&self.scheme).finish()
    }
}

/// The credentials that were provided for one attempt.
#[derive(Clone, Default)]
pub(super) struct Given {
    secrets: Vec<Secret>,
    pub(super) credentials: Vec<Credential>,
    /// Those of the caller's headers that are secret.
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Given {
    /// Requests the current secrets from the sources, one after the other.
    pub(super) async fn ask(&self, sources: &[&Provided], core: &Core) -> Result<Self> {
        let mut given = Self {
            headers: self.headers.clone(),
            ..Self::default()
        };
        for source in sources {
            let (secret, credential) = source.credential(core).await?;
            given.secrets.push(secret);
            given.credentials.push(credential);
        }
        Ok(given)
    }

    /// Keeps those of the caller's headers that are secret.
    pub(super) fn of_headers<'a>(
        headers: impl Iterator<Item = &'a (HeaderName, HeaderValue)>,
    ) -> Self {
        let secret = headers.filter(|(_, value)| value.is_sensitive());
        Self {
            headers: secret.cloned().collect(),
            ..Self::default()
        }
    }

    /// Adds the texts to redact.
    pub(super) fn add_to(&self, secrets: &mut Secrets) {
        for credential in &self.credentials {
            credential.add_to(secrets);
        }
        for (name, value) in &self.headers {
            secrets.add_header(name, value);
        }
    }

    /// Informs the sources that their secrets were rejected.
    pub(super) fn refused(&self, sources: &[&Provided]) {
        for (source, secret) in sources.iter().zip(&self.secrets) {
            source.refused(secret);
        }
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.secrets == other.secrets
    }
}
