//! Sends a request: attempts, timeouts, redirects.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

#[cfg(feature = "tracing")]
use super::trace;
use super::{
    body::Body,
    coding,
    decode::Fault,
    deviation::Deviations,
    error::{Error, Result, SendError},
    prepared::Prepared,
    redirect::Hop,
    request::Request,
    response::{Reply, secrets},
    retry::{self, RetryPolicy},
    time::Clock,
    transport::{TransportError, TransportErrorKind},
};

/// The outcome of one attempt, or `None` if it timed out.
pub(super) type Outcome = Option<std::result::Result<(Reply, Body), TransportError>>;

/// The body for each attempt.
struct Supply(Option<Body>);

impl Supply {
    /// Returns whether there is a body for another attempt: a stream is consumed by the first one.
    fn is_left(&self) -> bool {
        self.0.is_some()
    }

    fn next(&mut self) -> Body {
        let copy = self.0.as_ref().and_then(Body::try_clone);
        copy.or_else(|| self.0.take()).unwrap_or_default()
    }
}

/// Sends a request, with retries, and reads the whole response.
pub(super) async fn execute(request: Request) -> Result<Reply> {
    let (reply, _, _) = run(request, false).await?;
    Ok(reply)
}

// sdkgen:if opened
/// Sends a request, with retries. The body of a success is not read yet.
pub(super) async fn open(request: Request) -> Result<super::response::Opened> {
    let (reply, body, timeout) = run(request, true).await?;
    reply.check_coding()?;
    Ok(super::response::Opened {
        reply,
        body,
        timeout,
    })
}

// sdkgen:end
/// Builds the message of the first attempt.
pub(super) async fn build(request: Request) -> Result<http::Request<Body>> {
    let mut request = request.prepare()?;
    let settings = request.core.clone();
    let limit = request.options.timeout;
    let limit = limit.unwrap_or(settings.settings().timeout);
    let renewed = renew(&mut request, &mut Clock::start(), limit).await;
    renewed.map_err(|error| error.of(request.operation))?;
    let body = std::mem::take(&mut request.body);
    Ok(message(&request, &Hop::first(&request), body))
}

fn message(request: &Prepared, hop: &Hop, body: Body) -> http::Request<Body> {
    let mut message = http::Request::new(body);
    *message.method_mut() = request.method.clone();
    *message.uri_mut() = hop.uri.clone();
    *message.headers_mut() = hop.headers(request);
    message
}

async fn run(request: Request, open: bool) -> Result<(Reply, Body, Duration)> {
    #[cfg(feature = "tracing")]
    let operation = request.operation();
    let exchange = exchange(request, open);
    #[cfg(feature = "tracing")]
    let exchange = trace::request(operation, exchange, |(reply, _, _)| reply);
    exchange.await
}

async fn exchange(request: Request, open: bool) -> Result<(Reply, Body, Duration)> {
    let mut request = request.prepare()?;
    let mut supply = Supply(Some(std::mem::take(&mut request.body)));
    let core = request.core.clone();
    let settings = core.settings();
    let transport = &*settings.transport;
    let options = &request.options;
    let total = options.total_timeout.unwrap_or(settings.total_timeout);
    let timeout = options.timeout.unwrap_or(settings.timeout);
    let policy = options.retry.as_ref().unwrap_or(&settings.retry).clone();

    let mut clock = Clock::start();
    let mut attempts = 0;
    let mut last = None;
    // The attempt whose credential was rejected, which is retried once.
    let mut refused = 0;
    let outcome = loop {
        let limit = timeout.min(total.saturating_sub(clock.elapsed()));
        match (renew(&mut request, &mut clock, limit).await, last) {
            (Err(error), None) => return Err(error.of(request.operation)),
            // The response of the attempt before is more useful than this error.
            (Err(_), Some(outcome)) => break outcome,
            (Ok(false), Some(outcome)) if refused == attempts => break outcome,
            (Ok(_), _) => {}
        }
        let limit = timeout.min(total.saturating_sub(clock.elapsed()));
        let attempt = attempt(&request, &mut supply, open);
        let outcome = clock.limit(transport, limit, attempt);
        #[cfg(feature = "tracing")]
        let outcome = trace::attempt(&request, attempts, outcome);
        let outcome = outcome.await;
        attempts += 1;
        let left = total.saturating_sub(clock.elapsed());
        let wait = wait_before_next(&request, &policy, &outcome, attempts, left);
        match wait.filter(|_| supply.is_left() && settings.budget.spend()) {
            Some(wait) => clock.sleep(transport, wait).await,
            None => {
                let again = refused == 0 && supply.is_left() && policy.allows(attempts);
                if !is_refused(&request, &outcome) || !again {
                    break outcome;
                }
                refused = attempts;
            }
        }
        last = Some(outcome);
    };
    let (reply, body) = conclude(&request, outcome, attempts, open)?;
    settings.budget.earn(attempts);
    Ok((reply, body, timeout))
}

/// Requests the credentials for the next attempt. Returns whether they have changed.
async fn renew(request: &mut Prepared, clock: &mut Clock, limit: Duration) -> Result<bool> {
    let sources = request.sources();
    if sources.is_empty() {
        return Ok(false);
    }
    let core = request.core.clone();
    let ask = request.given.ask(&sources, &core);
    let given = clock.limit(&*core.settings().transport, limit, ask).await;
    let given = given
        .unwrap_or_else(|| Err(Error::auth("the token provider returned no token in time")))?;
    let is_other = !given.is_same(&request.given);
    request.given = given;
    Ok(is_other)
}

/// Returns whether the server rejected a credential that can change, and informs its source.
///
/// Status 401 means that nothing was done (RFC 9110, section 15.5.2), but some servers act before they check
/// with another server. So a request that must not arrive twice is not retried. The next request has the new
/// credential.
fn is_refused(request: &Prepared, outcome: &Outcome) -> bool {
    let refused =
        matches!(outcome, Some(Ok((reply, _))) if reply.status == StatusCode::UNAUTHORIZED);
    let sources = request.sources();
    if !refused || sources.is_empty() {
        return false;
    }
    request.given.refused(&sources);
    request.idempotent
}

/// Sends a request once and follows redirects. Reads the whole response, except that the body of a success is
/// returned separately if `open` is true.
async fn attempt(
    request: &Prepared,
    supply: &mut Supply,
    open: bool,
) -> std::result::Result<(Reply, Body), TransportError> {
    let settings = request.core.settings();
    let mut hop = Hop::first(request);
    loop {
        let message = message(request, &hop, supply.next());
        let response = coding::exchange(&*settings.transport, message).await;
        let response = response.map_err(|error| error.at(&hop.uri))?;
        let (head, body) = response.into_parts();
        let next = hop.next(request, head.status, &head.headers);
        if let Some(next) = next.filter(|_| supply.is_left()) {
            hop = next;
            continue;
        }
        let succeeds = request.operation.is_success(head.status);
        let limit = request.options.max_response_size;
        let limit = limit.unwrap_or(settings.max_response_size);
        let mut reply = Reply {
            core: request.core.clone(),
            operation: request.operation,
            status: head.status,
            headers: head.headers,
            body: Bytes::new(),
            fault: None,
            given: request.given.clone(),
            is_strict: request.options.strict_responses || settings.strict_responses,
            deviations: Deviations::default(),
        };
        if succeeds && open {
            return Ok((reply, body));
        }
        match body.bytes(limit).await {
            Ok(body) => reply.body = body,
            // The error status is more useful than the rest of the body.
            Err(_) if !succeeds => {}
            Err(error) if error.kind() == TransportErrorKind::Encoding => {
                reply.fault = Some(Fault::of_coding(&error));
            }
            Err(error) => return Err(error.at(&hop.uri)),
        }
        return Ok((reply, Body::empty()));
    }
}

/// Returns how long to wait before the next attempt, or `None` if there must not be one.
///
/// A request that is not idempotent is retried only if it was certainly not sent: after any other failure,
/// the server may have acted on it.
fn wait_before_next(
    request: &Prepared,
    policy: &RetryPolicy,
    outcome: &Outcome,
    attempts: u32,
    left: Duration,
) -> Option<Duration> {
    let idempotent = request.idempotent;
    let mut asked = None;
    let again = match outcome {
        None => idempotent,
        Some(Err(error)) => error.kind().may_be_sent_again(idempotent),
        Some(Ok((reply, _))) => {
            asked = retry::retry_after(&reply.headers);
            let retried = request.core.settings().retried;
            idempotent && policy.retries(retried, reply.status, &reply.headers)
        }
    };
    if !again || !policy.allows(attempts) {
        return None;
    }
    let wait = asked.unwrap_or_else(|| policy.backoff(attempts));
    (wait < left).then_some(wait)
}

/// Turns the last outcome into the result for the caller.
///
/// A 304 confirms what the caller has (RFC 9110, section 15.4.5), so it is returned if the caller sees the
/// status. It cannot be turned into a stream.
fn conclude(
    request: &Prepared,
    outcome: Outcome,
    attempts: u32,
    open: bool,
) -> Result<(Reply, Body)> {
    let failure = |source: Option<TransportError>| {
        let secrets = || secrets(&request.core, &request.given);
        Box::new(SendError {
            operation: request.operation,
            attempts,
            cause: source.as_ref().map(|source| source.cause(&secrets())),
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
        Some(Ok((reply, body))) if request.operation.is_success(reply.status) => {
            match reply.fault.clone() {
                Some(fault) => Err(reply.undecodable(fault)),
                None => Ok((reply, body)),
            }
        }
        Some(Ok((reply, body))) if reply.is_not_modified() && !open => Ok((reply, body)),
        Some(Ok((reply, _))) => Err(reply.into_error()),
    }
}
