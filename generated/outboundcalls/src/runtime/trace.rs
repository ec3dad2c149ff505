//! Spans for `tracing`: one for each request, and in it one for each attempt, with OpenTelemetry's names.
//!
//! They contain no body, no header and no value of a query, at any level.

use std::future::Future;

use http::Uri;
use tracing::{Instrument, Span, field::Empty};

use super::{
    deviation::Deviation,
    error::{Error, Result},
    execute::Outcome,
    operation::Operation,
    prepared::Prepared,
    response::Reply,
    transport::TransportErrorKind,
};

/// Runs a request inside a span.
pub(super) async fn request<T>(
    operation: &'static Operation,
    request: impl Future<Output = Result<T>>,
    reply: fn(&T) -> &Reply,
) -> Result<T> {
    let span = tracing::info_span!(
        "request",
        otel.name = operation.id,
        http.request.method = operation.method,
        url.template = operation.path,
        http.response.status_code = Empty,
        otel.status_code = Empty,
        "error.type" = Empty,
    );
    let outcome = request.instrument(span.clone()).await;
    match &outcome {
        Ok(value) => status(&span, reply(value).status.as_u16()),
        Err(error) => {
            if let Some(code) = error.status() {
                status(&span, code.as_u16());
            }
            failed(&span, error_type(error));
        }
    }
    outcome
}

/// Runs an attempt inside a span. `earlier` is the number of attempts before it.
pub(super) async fn attempt(
    request: &Prepared,
    earlier: u32,
    attempt: impl Future<Output = Outcome>,
) -> Outcome {
    let span = tracing::info_span!(
        "attempt",
        otel.name = %request.operation,
        otel.kind = "client",
        http.request.method = request.method.as_str(),
        http.request.resend_count = (earlier > 0).then_some(earlier),
        url.full = shown(&request.uri),
        server.address = request.uri.host(),
        server.port = port(&request.uri),
        http.response.status_code = Empty,
        otel.status_code = Empty,
        "error.type" = Empty,
    );
    let outcome = attempt.instrument(span.clone()).await;
    match &outcome {
        None => failed(&span, "timeout"),
        Some(Err(error)) => failed(&span, kind(error.kind())),
        Some(Ok((reply, _))) => {
            status(&span, reply.status.as_u16());
            if !request.operation.is_success(reply.status) && !reply.is_not_modified() {
                failed(&span, reply.status.as_str());
            }
        }
    }
    outcome
}

/// Warns about each deviation, without the value, which may be private.
pub(super) fn deviations(operation: &Operation, deviations: &[Deviation]) {
    for deviation in deviations {
        tracing::warn!(
            operation = operation.id,
            path = deviation.path(),
            expected = deviation.expected(),
            found = deviation.found(),
            "the response deviates from the API's description",
        );
    }
}

fn status(span: &Span, code: u16) {
    span.record("http.response.status_code", code);
}

/// Records the status as OpenTelemetry bridges expect it.
fn failed(span: &Span, why: &str) {
    span.record("error.type", why);
    span.record("otel.status_code", "ERROR");
}

/// Returns one of a few names, or a status, so that errors can be counted by it.
fn error_type(error: &Error) -> &str {
    match error {
        Error::Build(_) => "build",
        Error::Config(_) => "config",
        Error::Auth(_) => "auth",
        Error::Connect(_) => kind(TransportErrorKind::Connect),
        Error::Timeout(_) => kind(TransportErrorKind::Timeout),
        Error::Transport(_) => kind(TransportErrorKind::Other),
        Error::Decode(_) => "decode",
        Error::Api(error) => error.status.as_str(),
    }
}

fn kind(kind: TransportErrorKind) -> &'static str {
    match kind {
        TransportErrorKind::Connect => "connect",
        TransportErrorKind::Timeout => "timeout",
        TransportErrorKind::BodyTooLarge => "body_too_large",
        TransportErrorKind::Encoding => "encoding",
        TransportErrorKind::NoResponse => "no_response",
        TransportErrorKind::Other => "transport",
    }
}

/// Returns the URL with only the names of its query: a value may be private or a credential.
fn shown(uri: &Uri) -> String {
    let text = uri.to_string();
    let Some((address, query)) = text.split_once('?') else {
        return text;
    };
    let hidden = |pair: &str| match pair.split_once('=') {
        Some((name, _)) => format!("{name}=REDACTED"),
        None => "REDACTED".to_owned(),
    };
    let pairs: Vec<String> = query.split('&').map(hidden).collect();
    format!("{address}?{}", pairs.join("&"))
}

fn port(uri: &Uri) -> Option<u16> {
    let default = match uri.scheme_str() {
        Some("https") => Some(443),
        Some("http") => Some(80),
        _ => None,
    };
    uri.port_u16().or(default)
}
