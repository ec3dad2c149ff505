//! Sends a request: attempts, time limits, redirects.

use std::time::Duration;

use bytes::Bytes;

use super::{
    body::Body,
    error::{Error, Result, SendError},
    redirect::Hop,
    request::{Prepared, Request},
    response::Reply,
    retry::{self, RetryPolicy},
    time::Clock,
    transport::{TransportError, TransportErrorKind},
};

/// What became of one attempt. `None`: it took too long.
type Outcome = Option<std::result::Result<Reply, TransportError>>;

/// Sends a request until there is an answer to give, good or bad.
pub(super) async fn execute(request: Request) -> Result<Reply> {
    let request = request.prepare()?;
    let settings = request.core.settings();
    let transport = &*settings.transport;
    let options = &request.options;
    let total = options.total_timeout.unwrap_or(settings.total_timeout);
    let timeout = options.timeout.unwrap_or(settings.timeout);
    let policy = options.retry.as_ref().unwrap_or(&settings.retry);

    let mut clock = Clock::start();
    let mut attempts = 0;
    loop {
        let limit = timeout.min(total.saturating_sub(clock.elapsed()));
        let outcome = clock.limit(transport, limit, attempt(&request)).await;
        attempts += 1;
        let left = total.saturating_sub(clock.elapsed());
        match wait_before_next(&request, policy, &outcome, attempts, left) {
            Some(wait) => clock.sleep(transport, wait).await,
            None => return conclude(&request, outcome, attempts),
        }
    }
}

/// Sends a request once, follows where it is led, and reads the answer to its end.
async fn attempt(request: &Prepared) -> std::result::Result<Reply, TransportError> {
    let settings = request.core.settings();
    let mut hop = Hop::first(request);
    loop {
        let mut message = http::Request::new(Body::from(request.body.clone()));
        *message.method_mut() = request.method.clone();
        *message.uri_mut() = hop.uri.clone();
        *message.headers_mut() = hop.headers.clone();
        let (head, body) = settings.transport.send(message).await?.into_parts();
        if let Some(next) = hop.next(request, head.status, &head.headers) {
            hop = next;
            continue;
        }
        let body = match body.bytes(settings.max_response_size).await {
            Ok(body) => body,
            // The status says that it failed, which is worth more than the rest of the body.
            Err(_) if !head.status.is_success() => Bytes::new(),
            Err(error) => return Err(error),
        };
        return Ok(Reply {
            core: request.core.clone(),
            operation: request.operation,
            status: head.status,
            headers: head.headers,
            body,
        });
    }
}

/// How long to wait before the next attempt; `None` when there is to be none.
///
/// What is not idempotent is sent again only when it surely never left: whatever else happened,
/// the server may have acted on it.
fn wait_before_next(
    request: &Prepared,
    policy: &RetryPolicy,
    outcome: &Outcome,
    attempts: u32,
    left: Duration,
) -> Option<Duration> {
    let idempotent = request.operation.idempotent;
    let mut asked = None;
    let again = match outcome {
        None => idempotent,
        Some(Err(error)) => match error.kind() {
            TransportErrorKind::Connect => true,
            TransportErrorKind::Timeout | TransportErrorKind::Other => idempotent,
            TransportErrorKind::BodyTooLarge => false,
        },
        Some(Ok(reply)) => {
            asked = retry::retry_after(&reply.headers);
            idempotent && retry::is_transient(reply.status)
        }
    };
    if !again || !policy.allows(attempts) {
        return None;
    }
    let wait = asked.unwrap_or_else(|| policy.backoff(attempts));
    (wait < left).then_some(wait)
}

/// Turns the last outcome into what the caller gets.
fn conclude(request: &Prepared, outcome: Outcome, attempts: u32) -> Result<Reply> {
    let failure = |source| {
        Box::new(SendError {
            operation: request.operation,
            attempts,
            source,
        })
    };
    match outcome {
        None => Err(Error::Timeout(failure(None))),
        Some(Err(error)) => Err(match error.kind() {
            TransportErrorKind::Connect => Error::Connect(failure(Some(error))),
            TransportErrorKind::Timeout => Error::Timeout(failure(Some(error))),
            _ => Error::Transport(failure(Some(error))),
        }),
        Some(Ok(reply)) if reply.status.is_success() => Ok(reply),
        Some(Ok(reply)) => Err(reply.into_error()),
    }
}
