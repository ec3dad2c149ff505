//! What a server has answered, kept for tests without it.

use std::{
    fmt,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::{
    error::{Error, Result},
    runtime::{Body, BoxFuture, MemoryTransport, Transport, TransportError, TransportErrorKind},
};

/// The parameters of queries that are credentials.
const CREDENTIALS: &[&str] = &[];

/// What stands in place of a secret.
const REDACTED: &str = "REDACTED";

/// What is shorter is left where a response has it: it may stand in any word.
const SHORTEST: usize = 5;

/// The members of a token's response that are secrets (RFC 6749, section 5.1).
const TOKENS: [&str; 3] = ["access_token", "refresh_token", "id_token"];

/// Headers of a response that are secrets, or that say how it was sent.
const LEFT_OUT: [HeaderName; 4] = [
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::SET_COOKIE,
    header::TRANSFER_ENCODING,
];

/// A transport that sends through another one, and keeps what is answered.
///
/// [`json_lines`](Self::json_lines) is to be written to a file, and
/// [`MemoryTransport::replay`] answers from it. Headers and bodies of requests are not kept, nor are
/// credentials: `REDACTED` stands for each, wherever a response repeats it, and for the tokens of OAuth
/// 2.0. What else is secret in a response stays, so read the file before you share it.
///
/// Clones share everything: give one to the client and keep the other.
#[derive(Clone)]
pub struct Recorder {
    transport: Arc<dyn Transport>,
    exchanges: Exchanges,
}

type Exchanges = Arc<Mutex<Vec<Exchange>>>;

/// A request and its answer.
struct Exchange {
    method: String,
    /// Path and query.
    target: String,
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
    /// What the request had of secrets.
    secrets: Vec<String>,
}

impl Recorder {
    /// A transport that sends through `transport`.
    pub fn new(transport: impl Transport) -> Self {
        Self {
            transport: Arc::new(transport),
            exchanges: Exchanges::default(),
        }
    }

    /// What was answered so far, as JSON Lines: an exchange a line, in the order of the requests. Of a
    /// body there is what was read of it.
    #[must_use]
    pub fn json_lines(&self) -> String {
        let exchanges = lock(&self.exchanges);
        exchanges.iter().map(Exchange::line).collect()
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let mut exchange = Exchange::of(&request);
            let response = self.transport.send(request).await?;
            exchange.status = response.status();
            exchange.headers = response.headers().clone();
            let mut exchanges = lock(&self.exchanges);
            let index = exchanges.len();
            exchanges.push(exchange);
            drop(exchanges);
            let exchanges = self.exchanges.clone();
            Ok(response.map(|body| {
                let length = body.length();
                let body = Body::stream(Kept {
                    body,
                    exchanges,
                    index,
                });
                match length {
                    Some(length) => body.with_length(length),
                    None => body,
                }
            }))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.transport.sleep(duration)
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder")
            .field("exchanges", &lock(&self.exchanges).len())
            .finish_non_exhaustive()
    }
}

impl MemoryTransport {
    /// A transport that answers what a [`Recorder`] has kept, from its JSON Lines.
    ///
    /// A request is answered by the first exchange of its method, its path and its query that was not
    /// used yet; host and credentials do not matter. A request that was not recorded fails. Answers that
    /// are queued go before those that were recorded.
    ///
    /// # Errors
    ///
    /// Fails with [`Error::Build`] when a line is no exchange.
    pub fn replay(json_lines: &str) -> Result<Self> {
        let mut exchanges = Vec::new();
        for (index, line) in json_lines.lines().enumerate() {
            let exchange = Exchange::read(line);
            exchanges.push(exchange.ok_or_else(|| {
                Error::build(format!("line {} is no recorded exchange", index + 1))
            })?);
        }
        Ok(Self::answering(move |request| {
            let target = target(request.uri(), &mut Vec::new());
            let method = request.method().as_str();
            let is_wanted = |known: &Exchange| known.method == method && known.target == target;
            match exchanges.iter().position(is_wanted) {
                Some(index) => Ok(exchanges.remove(index).into_response()),
                None => Err(TransportError::new(
                    TransportErrorKind::Other,
                    format!("nothing is recorded for {method} {target}"),
                )),
            }
        }))
    }
}

impl Exchange {
    /// A request that is not answered yet.
    fn of(request: &http::Request<Body>) -> Self {
        let headers = request.headers().iter();
        let sensitive = headers.filter(|(_, value)| value.is_sensitive());
        let mut secrets: Vec<String> = sensitive.flat_map(secrets_of).collect();
        Self {
            method: request.method().to_string(),
            target: target(request.uri(), &mut secrets),
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Vec::new(),
            secrets,
        }
    }

    fn line(&self) -> String {
        let mut headers = Map::new();
        for (name, value) in &self.headers {
            if LEFT_OUT.contains(name) {
                continue;
            }
            let text = self.redacted(&String::from_utf8_lossy(value.as_bytes()));
            let values = headers
                .entry(name.as_str())
                .or_insert(Value::Array(Vec::new()));
            if let Value::Array(values) = values {
                values.push(text.into());
            }
        }
        let body = match std::str::from_utf8(&self.body) {
            Ok(text) => self.redacted(&without_tokens(text)).into(),
            Err(_) => self.body.clone().into(),
        };
        let members = [
            ("method", self.method.clone().into()),
            ("target", self.target.clone().into()),
            ("status", self.status.as_u16().into()),
            ("headers", headers.into()),
            ("body", body),
        ];
        let members = members.map(|(name, value): (&str, Value)| (name.to_owned(), value));
        format!("{}\n", Value::Object(members.into_iter().collect()))
    }

    fn read(line: &str) -> Option<Self> {
        let line: Value = serde_json::from_str(line).ok()?;
        let text = |name: &str| line.get(name)?.as_str().map(str::to_owned);
        let mut headers = HeaderMap::new();
        for (name, values) in line.get("headers")?.as_object()? {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            for value in values.as_array()? {
                headers.append(&name, HeaderValue::from_str(value.as_str()?).ok()?);
            }
        }
        let byte = |value: &Value| value.as_u64().and_then(|byte| u8::try_from(byte).ok());
        let body = match line.get("body")? {
            Value::String(text) => text.clone().into_bytes(),
            Value::Array(bytes) => bytes.iter().map(byte).collect::<Option<_>>()?,
            _ => return None,
        };
        let status = u16::try_from(line.get("status")?.as_u64()?).ok()?;
        Some(Self {
            method: text("method")?,
            target: text("target")?,
            status: StatusCode::from_u16(status).ok()?,
            headers,
            body,
            secrets: Vec::new(),
        })
    }

    fn redacted(&self, text: &str) -> String {
        let secrets = self
            .secrets
            .iter()
            .filter(|secret| secret.len() >= SHORTEST);
        secrets.fold(text.to_owned(), |text, secret| {
            text.replace(secret, REDACTED)
        })
    }

    fn into_response(self) -> http::Response<Bytes> {
        let mut response = http::Response::new(Bytes::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

/// What is secret in a header: no scheme, and no name of a cookie.
fn secrets_of((name, value): (&HeaderName, &HeaderValue)) -> Vec<String> {
    let text = value.to_str().unwrap_or_default();
    let after = |text: &str, mark: char| {
        let secret = text.split_once(mark).map_or(text, |(_, secret)| secret);
        secret.to_owned()
    };
    match *name {
        header::AUTHORIZATION => vec![after(text, ' ')],
        header::COOKIE => text.split("; ").map(|pair| after(pair, '=')).collect(),
        _ => vec![text.to_owned()],
    }
}

/// Path and query, without credentials, which become `secrets`.
fn target(uri: &Uri, secrets: &mut Vec<String>) -> String {
    let Some(query) = uri.query() else {
        return uri.path().to_owned();
    };
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decoded = percent_decode_str(name).decode_utf8_lossy();
        if !CREDENTIALS.contains(&&*decoded) {
            return pair.to_owned();
        }
        secrets.push(value.to_owned());
        secrets.push(percent_decode_str(value).decode_utf8_lossy().into_owned());
        format!("{name}={REDACTED}")
    };
    let pairs: Vec<String> = query.split('&').map(pair).collect();
    format!("{}?{}", uri.path(), pairs.join("&"))
}

/// A body as it is, unless it is the response that a grant of OAuth 2.0 gets.
fn without_tokens(body: &str) -> String {
    let Ok(Value::Object(mut members)) = serde_json::from_str(body) else {
        return body.to_owned();
    };
    if !members.contains_key(TOKENS[0]) {
        return body.to_owned();
    }
    for name in TOKENS {
        if let Some(token) = members.get_mut(name) {
            *token = REDACTED.into();
        }
    }
    Value::Object(members).to_string()
}

/// A body that is kept while it is read.
struct Kept {
    body: Body,
    exchanges: Exchanges,
    index: usize,
}

impl Stream for Kept {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.body).poll_next(cx);
        if let Poll::Ready(Some(Ok(chunk))) = &next {
            if let Some(exchange) = lock(&self.exchanges).get_mut(self.index) {
                exchange.body.extend_from_slice(chunk);
            }
        }
        next
    }
}

/// A panic elsewhere does not spoil what was kept.
fn lock(exchanges: &Exchanges) -> MutexGuard<'_, Vec<Exchange>> {
    exchanges.lock().unwrap_or_else(PoisonError::into_inner)
}
