//! The tokens of a login: they are the credential of requests, and are replaced by the refresh token.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sdk::transport::BoxFuture;
use sdk::{Secret, TokenProvider};
use serde_json::Value;
use tokio::sync::Mutex;

use super::credentials::{Profiles, Stored};
use super::fault::{Fault, FaultKind};
use super::secrets::Secrets;
use super::time::now;
use super::token::{Endpoint, Registration, TokenError};

/// The tokens of a login, which are stored again whenever they change.
pub struct Session(Arc<Inner>);

struct Inner {
    program: String,
    profile: String,
    credential: String,
    is_verbose: bool,
    secrets: Secrets,
    tokens: Mutex<Value>,
}

impl Stored {
    /// Returns the session of a credential, if its tokens can be replaced.
    pub fn session(&self, credential: &str) -> Option<Session> {
        let tokens = self.tokens.get(credential)?;
        self.secrets.add(text(tokens, "refresh_token")?);
        Some(Session(Arc::new(Inner {
            program: self.program.clone(),
            profile: self.profile.clone(),
            credential: credential.to_owned(),
            is_verbose: self.is_verbose,
            secrets: self.secrets.clone(),
            tokens: Mutex::new(tokens.clone()),
        })))
    }
}

type TokenFuture<'a> = BoxFuture<'a, Result<Secret, Box<dyn Error + Send + Sync>>>;

impl TokenProvider for Session {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async move {
            let mut tokens = self.0.tokens.lock().await;
            if is_due(&tokens) {
                // A spawned task continues if the request is cancelled. Otherwise, the new refresh token would be lost.
                let (inner, old) = (self.0.clone(), tokens.clone());
                *tokens = tokio::spawn(async move { inner.renewed(old).await }).await??;
            }
            Ok(Secret::from(
                text(&tokens, "access_token").unwrap_or_default(),
            ))
        })
    }

    fn refused(&self, secret: &Secret) {
        // Otherwise, another request replaces the token already.
        let Ok(mut tokens) = self.0.tokens.try_lock() else {
            return;
        };
        if text(&tokens, "access_token") == Some(secret.expose()) {
            tokens["refresh_at"] = 0.into();
            self.0.store_refused(&tokens);
        }
    }
}

impl Inner {
    /// Replaces the tokens, or returns those that another run of the program has stored in the meantime.
    async fn renewed(&self, old: Value) -> Result<Value, Fault> {
        let path = Profiles::read(&self.program)?.path().to_owned();
        let _lock = Lock::wait(&path).await?;
        let mut profiles = Profiles::read(&self.program)?;
        let stored = profiles.value(&self.profile, &self.credential);
        let stored = stored.filter(|stored| stored.is_object());
        let current = stored
            .ok_or_else(|| self.expired("somebody logged out"))?
            .clone();
        let is_other = text(&current, "access_token") != text(&old, "access_token");
        if is_other && !is_due(&current) {
            self.secrets
                .add(text(&current, "access_token").unwrap_or_default());
            return Ok(current);
        }
        let refresh_token = text(&current, "refresh_token").unwrap_or_default();
        let registration = Registration {
            id: text(&current, "client_id").unwrap_or_default().to_owned(),
            secret: text(&current, "client_secret").map(str::to_owned),
        };
        let endpoint = Endpoint::new(registration, self.secrets.clone(), self.is_verbose)?;
        let grant = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token),
        ];
        let url = text(&current, "refresh_url").unwrap_or_default();
        let response = endpoint
            .tokens(url, &grant)
            .await
            .map_err(|error| match error {
                TokenError::Refused(code, about) if code == "invalid_grant" => {
                    self.expired(&format!("`{code}`{about}"))
                }
                error => error.into_fault(),
            })?;
        let new = merged(current, response);
        if let Err(fault) = profiles.store(&self.profile, &self.credential, new.clone(), None) {
            eprintln!("warning: the new tokens are not stored: {}", fault.message);
        }
        Ok(new)
    }

    fn expired(&self, why: &str) -> Fault {
        let message = format!("the login is no longer valid: {why}");
        let hint = format!("run `{} login`", self.program);
        Fault::new(FaultKind::Auth, message).hint(hint)
    }

    /// Stores that the API rejected a token, for the next run of the program. Does nothing if another run replaces it.
    fn store_refused(&self, tokens: &Value) {
        let Ok(mut profiles) = Profiles::read(&self.program) else {
            return;
        };
        let Some(_lock) = Lock::take(profiles.path()) else {
            return;
        };
        let stored = profiles.value(&self.profile, &self.credential);
        let token = stored.and_then(|stored| text(stored, "access_token"));
        if token == text(tokens, "access_token") {
            // The next run gets the same error, and says why.
            let _ = profiles.store(&self.profile, &self.credential, tokens.clone(), None);
        }
    }
}

/// Returns the stored tokens with those of a response. Without a new refresh token, the old one stays valid.
fn merged(mut stored: Value, response: Value) -> Value {
    if let Some(members) = stored.as_object_mut() {
        members.remove("refresh_at");
    }
    if let (Value::Object(stored), Value::Object(response)) = (&mut stored, response) {
        stored.extend(response);
    }
    stored
}

fn is_due(tokens: &Value) -> bool {
    let due = tokens.get("refresh_at").and_then(Value::as_u64);
    due.is_some_and(|due| now() >= due)
}

fn text<'v>(tokens: &'v Value, name: &str) -> Option<&'v str> {
    tokens.get(name).and_then(Value::as_str)
}

/// How long a run waits for another one that replaces tokens. A lock that is older was left behind.
const PATIENCE: Duration = Duration::from_secs(60);

/// A file that exists while a run of the program replaces tokens. A server may accept each refresh token only once, and
/// revoke all tokens if one is used twice.
struct Lock(PathBuf);

impl Lock {
    async fn wait(stored: &Path) -> Result<Self, Fault> {
        let mut waited = Duration::ZERO;
        while waited < PATIENCE {
            if let Some(lock) = Self::take(stored) {
                return Ok(lock);
            }
            let step = Duration::from_millis(50);
            tokio::time::sleep(step).await;
            waited += step;
        }
        let message = format!("cannot create `{}`", Self::path(stored).display());
        Err(Fault::usage(message))
    }

    fn take(stored: &Path) -> Option<Self> {
        let path = Self::path(stored);
        let age = |path: &Path| path.metadata().ok()?.modified().ok()?.elapsed().ok();
        if age(&path).is_some_and(|age| age > PATIENCE) {
            // If it cannot be removed, it cannot be created either.
            let _ = std::fs::remove_file(&path);
        }
        std::fs::File::create_new(&path).ok()?;
        Some(Self(path))
    }

    fn path(stored: &Path) -> PathBuf {
        stored.with_extension("lock")
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
