//! Records the responses of a server, for tests without it.

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
    runtime::{
        Body, BoxFuture, MemoryTransport, Secrets, Transport, TransportError, TransportErrorKind,
        decoded, without_mark,
    },
};

/// Query parameters that are credentials.
const CREDENTIALS: &[&str] = &[];

/// Replaces a secret in a recording.
const REDACTED: &str = "REDACTED";

/// Properties of a token response that are secret (RFC 6749, section 5.1).
const TOKENS: [&str; 3] = ["access_token", "refresh_token", "id_token"];

/// Response headers that are secret, or that describe how the response was transferred.
const LEFT_OUT: [HeaderName; 4] = [
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::SET_COOKIE,
    header::TRANSFER_ENCODING,
];

/// A transport that sends requests through another transport and records the responses.
///
/// Write [`json_lines`](Self::json_lines) to a file. [`MemoryTransport::replay`] returns the responses in it.
/// Headers and bodies of requests are not recorded. Credentials and OAuth 2.0 tokens are replaced by
/// `REDACTED` wherever a URL or a response repeats them, in all forms in which the client's errors redact
/// them. Other secrets in responses remain, so read the file before you share it.
///
/// Clones share their state: pass one to the client and keep the other.
#[derive(Clone)]
pub struct Recorder {
    transport: Arc<dyn Transport>,
    exchanges: Exchanges,
}

type Exchanges = Arc<Mutex<Vec<Exchange>>>;

/// A request and its response.
struct Exchange {
    method: String,
    /// Path and query.
    target: String,
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
    /// The secrets in the request.
    secrets: Secrets,
}

impl Recorder {
    /// Creates a recorder that sends requests through `transport`.
    pub fn new(transport: impl Transport) -> Self {
        Self {
            transport: Arc::new(transport),
            exchanges: Exchanges::default(),
        }
    }

    /// Returns the recorded exchanges as JSON Lines, in the order of the requests. A body is recorded as far
    /// as it was read.
    #[must_use]
    pub fn json_lines(&self) -> String {
        let exchanges = lock(&self.exchanges);
        // A response may repeat a secret of another request.
        let mut secrets = Secrets::default();
        for exchange in exchanges.iter() {
            secrets.extend(exchange.secrets.clone());
            exchange.add_tokens(&mut secrets);
        }
        let lines = exchanges.iter().map(|exchange| exchange.line(&secrets));
        lines.collect()
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let mut exchange = Exchange::of(&request);
            let method = request.method().clone();
            let response = self.transport.send(request).await?;
            // Secrets can only be found in a decoded body.
            let response = decoded(&method, response);
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
    /// Creates a transport that returns the responses that a [`Recorder`] has recorded, from its JSON Lines.
    ///
    /// A request gets the response of the first unused exchange with the same method, path and query. Host
    /// and credentials are ignored. A request that was not recorded fails with
    /// [`TransportErrorKind::NoResponse`] and is not retried. Queued responses take precedence over recorded
    /// ones.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Config`] if a line is not an exchange.
    pub fn replay(json_lines: &str) -> Result<Self> {
        let mut exchanges = Vec::new();
        for (index, line) in json_lines.lines().enumerate() {
            let exchange = Exchange::read(line);
            exchanges.push(exchange.ok_or_else(|| {
                Error::config(format!("line {} is not a recorded exchange", index + 1))
            })?);
        }
        Ok(Self::answering(move |request| {
            let target = target(request.uri(), &mut Secrets::default());
            let method = request.method().as_str();
            let is_wanted = |known: &Exchange| known.method == method && known.target == target;
            match exchanges.iter().position(is_wanted) {
                Some(index) => Ok(exchanges.remove(index).into_response()),
                None => Err(TransportError::new(
                    TransportErrorKind::NoResponse,
                    format!("nothing is recorded for {method} {target}"),
                )),
            }
        }))
    }
}

impl Exchange {
    /// Creates an exchange without a response.
    fn of(request: &http::Request<Body>) -> Self {
        let mut secrets = Secrets::default();
        let headers = request.headers().iter();
        for (name, value) in headers.filter(|(_, value)| value.is_sensitive()) {
            secrets.add_header(name, value);
        }
        let form = request.body().as_bytes().filter(|_| is_form(request));
        if let Some(form) = form.and_then(|form| std::str::from_utf8(form).ok()) {
            secrets.add_form(form);
        }
        Self {
            method: request.method().to_string(),
            target: target(request.uri(), &mut secrets),
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Vec::new(),
            secrets,
        }
    }

    /// Adds the tokens in the response of a token endpoint.
    fn add_tokens(&self, secrets: &mut Secrets) {
        let body = serde_json::from_slice(without_mark(&self.body));
        let Ok(Value::Object(members)) = body else {
            return;
        };
        if members.contains_key(TOKENS[0]) {
            let token = |name: &&str| members.get(*name)?.as_str();
            let tokens = TOKENS.iter().filter_map(token);
            tokens.for_each(|token| secrets.add(token));
        }
    }

    fn line(&self, secrets: &Secrets) -> String {
        let redacted = |text: &str| secrets.replace(text, REDACTED);
        let mut headers = Map::new();
        for (name, value) in &self.headers {
            if LEFT_OUT.contains(name) {
                continue;
            }
            let text = redacted(&String::from_utf8_lossy(value.as_bytes()));
            let values = headers
                .entry(name.as_str())
                .or_insert(Value::Array(Vec::new()));
            if let Value::Array(values) = values {
                values.push(text.into());
            }
        }
        let body = match std::str::from_utf8(&self.body) {
            Ok(text) => redacted(text).into(),
            // The text parts may also contain a secret.
            Err(_) => {
                let chunks = self.body.utf8_chunks();
                let bytes = chunks.flat_map(|chunk| {
                    let text = redacted(chunk.valid()).into_bytes();
                    [text, chunk.invalid().to_vec()].concat()
                });
                bytes.collect::<Vec<u8>>().into()
            }
        };
        let members = [
            ("method", self.method.clone().into()),
            ("target", redacted(&self.target).into()),
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
            secrets: Secrets::default(),
        })
    }

    fn into_response(self) -> http::Response<Bytes> {
        let mut response = http::Response::new(Bytes::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

/// Returns whether the body of a request is a form, as that of a token request is.
fn is_form(request: &http::Request<Body>) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.starts_with("application/x-www-form-urlencoded")
}

/// Returns path and query, with credentials removed and added to `secrets`.
fn target(uri: &Uri, secrets: &mut Secrets) -> String {
    let Some(query) = uri.query() else {
        return uri.path().to_owned();
    };
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decoded = percent_decode_str(name).decode_utf8_lossy();
        if !CREDENTIALS.contains(&&*decoded) {
            return pair.to_owned();
        }
        secrets.add_encoded(value);
        format!("{name}={REDACTED}")
    };
    let pairs: Vec<String> = query.split('&').map(pair).collect();
    format!("{}?{}", uri.path(), pairs.join("&"))
}

/// A body that is recorded while it is read.
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

/// A panic elsewhere does not invalidate the recorded exchanges.
fn lock(exchanges: &Exchanges) -> MutexGuard<'_, Vec<Exchange>> {
    exchanges.lock().unwrap_or_else(PoisonError::into_inner)
}
