//! Requests to an OAuth 2.0 token endpoint (RFC 6749), and its responses.

use std::{sync::Arc, time::Duration};

use http::{HeaderMap, Method, Request, StatusCode, Uri};

use crate::{
    error::{Error, Result},
    runtime::{
        Body, Clock, RetryPolicy, Secrets, Transport, TransportError, exchange, is_transient,
        without_mark,
    },
};

/// The largest response of a token endpoint.
const MAX_RESPONSE: usize = 1024 * 1024;

/// The largest excerpt of an error of the token endpoint, in characters.
const MAX_ERROR: usize = 500;

/// A request for a token.
pub(crate) struct TokenRequest {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) form: String,
    /// Whether it may be retried if it may have arrived.
    pub(crate) is_repeatable: bool,
    /// Texts to redact if the server repeats them.
    pub(crate) secrets: Secrets,
}

impl TokenRequest {
    /// Requests a token, with retries.
    pub(crate) async fn send(self) -> Result<TokenResponse, TokenError> {
        let transport = &*self.transport;
        let mut clock = Clock::start();
        let mut attempts = 0;
        loop {
            let outcome = clock.limit(transport, self.timeout, self.exchange()).await;
            attempts += 1;
            let again = match &outcome {
                Some(Ok((status, _))) => is_transient(*status) && self.is_repeatable,
                Some(Err(error)) => error.kind().may_be_sent_again(self.is_repeatable),
                None => self.is_repeatable,
            };
            if again && self.retry.allows(attempts) {
                clock.sleep(transport, self.retry.backoff(attempts)).await;
                continue;
            }
            return match outcome {
                Some(Ok((status, body))) => {
                    let shown = |why: String| self.secrets.line(&why, MAX_ERROR);
                    read(status, &body).map_err(|why| TokenError::new(shown(why)))
                }
                Some(Err(error)) => {
                    let error = error.at(&self.uri);
                    let cause = error.cause(&self.secrets);
                    Err(TokenError {
                        message: format!("the request to the token endpoint failed: {cause}"),
                        source: Some(Arc::new(error)),
                    })
                }
                None => Err(TokenError::new(
                    "the token endpoint did not respond in time",
                )),
            };
        }
    }

    /// Sends the request once, without redirects: they could send the secret to another server.
    async fn exchange(&self) -> Result<(StatusCode, bytes::Bytes), TransportError> {
        let mut request = Request::new(Body::from(self.form.clone()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        let response = exchange(&*self.transport, request).await?;
        let status = response.status();
        let body = response.into_body().bytes(MAX_RESPONSE).await?;
        Ok((status, body))
    }
}

/// The response of a token endpoint (RFC 6749, section 5.1).
pub(crate) struct TokenResponse {
    pub(crate) access_token: String,
    pub(crate) expires_in: Option<u64>,
    pub(crate) refresh_token: Option<String>,
}

fn read(status: StatusCode, body: &[u8]) -> Result<TokenResponse, String> {
    let body = serde_json::from_slice(without_mark(body)).unwrap_or(serde_json::Value::Null);
    let text = |name| body.get(name).and_then(serde_json::Value::as_str);
    if let Some(error) = text("error") {
        let about = text("error_description").map(|about| format!(": {about}"));
        let about = about.unwrap_or_default();
        return Err(format!(
            "the token endpoint returned the error `{error}`{about}"
        ));
    }
    if !status.is_success() {
        return Err(format!("the token endpoint returned status {status}"));
    }
    if let Some(kind) = text("token_type").filter(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err(format!("the token type is not `bearer`: {kind}"));
    }
    let token = text("access_token").filter(|token| !token.is_empty());
    let token = token.ok_or("the response of the token endpoint has no access token")?;
    // Some servers write the number as a string.
    let life = body.get("expires_in").and_then(|life| match life {
        serde_json::Value::String(text) => text.parse().ok(),
        life => life.as_u64(),
    });
    Ok(TokenResponse {
        access_token: token.to_owned(),
        expires_in: life,
        refresh_token: text("refresh_token").map(str::to_owned),
    })
}

/// The error if there is no access token, for all tasks that wait for it.
#[derive(Clone)]
pub(crate) struct TokenError {
    message: String,
    source: Option<Arc<TransportError>>,
}

impl TokenError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            source: None,
        }
    }

    pub(crate) fn into_error(self) -> Error {
        let error = Error::auth(format!("no access token: {}", self.message));
        match self.source {
            Some(source) => error.because(source),
            None => error,
        }
    }
}
