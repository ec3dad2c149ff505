//! Retry delays and deadlines, with Tokio's paused clock.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use std::time::Duration;

use crate::requests::{GET, POST, builder, core};
use crate::runtime::{MemoryTransport, Request, RetryPolicy, Status, TransportErrorKind, decode};

#[tokio::test]
async fn waits_are_bounded_and_end_at_the_deadline() {
    let full = |transport: &MemoryTransport, policy: RetryPolicy, total: u64| {
        builder(transport)
            .retry(policy)
            .timeout(Duration::from_secs(10))
            .total_timeout(Duration::from_secs(total))
            .finish()
            .expect("a client")
    };
    let seconds = Duration::from_secs;
    // Five attempts; each delay is within its bounds.
    let transport = MemoryTransport::from_fn(|_| {
        let mut response = http::Response::new("".into());
        *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
        response
    });
    let policy = RetryPolicy::new(5)
        .initial_backoff(seconds(1))
        .max_backoff(seconds(3));
    let core = full(&transport, policy.clone(), 1000);
    Request::new(&core, &GET)
        .send(decode::nothing)
        .await
        .expect_err("503");
    assert_eq!(transport.requests().len(), 5);
    let bounds = [1, 2, 3, 3].map(seconds);
    assert_eq!(transport.sleeps().len(), bounds.len());
    for (sleep, bound) in transport.sleeps().iter().zip(bounds) {
        assert!(*sleep <= bound, "{sleep:?}");
    }

    // Stalls use up the time: 10 s, a delay, and the rest of 15 s.
    let transport = MemoryTransport::new().stall().stall().stall();
    let core = full(
        &transport,
        RetryPolicy::new(9).initial_backoff(seconds(1)),
        15,
    );
    let error = Request::new(&core, &GET)
        .send(decode::nothing)
        .await
        .expect_err("late");
    assert!(error.is_timeout(), "{error}");
    let sleeps = transport.sleeps();
    assert_eq!(transport.requests().len(), 2, "{sleeps:?}");
    let total: Duration = sleeps.iter().sum();
    assert!(total > seconds(14) && total <= seconds(15), "{sleeps:?}");

    // A POST is retried only after a refused connection.
    for (kind, requests) in [
        (TransportErrorKind::Connect, 3),
        (TransportErrorKind::Timeout, 1),
        (TransportErrorKind::Other, 1),
        (TransportErrorKind::BodyTooLarge, 1),
    ] {
        let transport = MemoryTransport::new()
            .failure(kind)
            .failure(kind)
            .failure(kind);
        let core = full(&transport, RetryPolicy::new(3), 1000);
        Request::new(&core, &POST)
            .send(decode::nothing)
            .await
            .expect_err("a fault");
        assert_eq!(transport.requests().len(), requests, "{kind:?}");
    }
}

#[tokio::test]
async fn retry_after_is_the_wait() {
    let date = |date: Option<&str>, retry: &str| {
        let mut response = http::Response::new("".into());
        *response.status_mut() = http::StatusCode::TOO_MANY_REQUESTS;
        let headers = response.headers_mut();
        headers.insert("retry-after", retry.parse().expect("a value"));
        if let Some(date) = date {
            headers.insert("date", date.parse().expect("a value"));
        }
        response
    };
    let now = Some("Sun, 06 Nov 1994 08:49:37 GMT");
    let table = [
        (None, "7", Some(7)),
        (now, "Sun, 06 Nov 1994 08:49:44 GMT", Some(7)),
        (now, "Sunday, 06-Nov-94 08:49:44 GMT", Some(7)),
        (now, "Sun, 06 Nov 1994 08:49:30 GMT", Some(0)),
        // The delay exceeds the total timeout, so that the response is returned at once.
        (None, "1000", None),
        (None, "99999999999999999999999", None),
        (None, "Fri, 31 Dec 9999 23:59:59 GMT", None),
    ];
    for (now, retry, wait) in table {
        let transport = MemoryTransport::new()
            .response(date(now, retry))
            .json(200, "1");
        let result = Request::new(&core(&transport), &GET)
            .send(decode::nothing)
            .await;
        assert_eq!(result.is_ok(), wait.is_some(), "{retry}");
        let expected: Vec<_> = wait.map(Duration::from_secs).into_iter().collect();
        assert_eq!(transport.sleeps(), expected, "{retry}");
    }
    for nonsense in ["-1", "soon", "", "1.5"] {
        let transport = MemoryTransport::new()
            .response(date(None, nonsense))
            .json(200, "1");
        Request::new(&core(&transport), &GET)
            .send(decode::nothing)
            .await
            .expect(nonsense);
        assert!(
            transport.sleeps()[0] <= Duration::from_millis(500),
            "{nonsense}"
        );
    }
}

#[test]
fn statuses_match_the_nearest_pattern() {
    let patterns = [Status::Any, Status::Class(4), Status::Exact(404)];
    for (status, nearest) in [(404, patterns[2]), (400, patterns[1]), (500, patterns[0])] {
        let status = http::StatusCode::from_u16(status).expect("a status");
        let found = patterns.iter().filter(|p| p.matches(status)).min();
        assert_eq!(found, Some(&nearest));
    }
}

#[tokio::test]
async fn an_outage_is_not_made_worse() {
    let is_up = Arc::new(AtomicBool::new(false));
    let up = is_up.clone();
    let transport = MemoryTransport::from_fn(move |_| {
        let mut response = http::Response::new("".into());
        if !up.load(Ordering::Relaxed) {
            *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
        }
        response
    });
    let core = core(&transport);
    let call = async |times: usize| {
        let before = transport.requests().len();
        for _ in 0..times {
            let _ = Request::new(&core, &GET).send(decode::nothing).await;
        }
        transport.requests().len() - before
    };
    // The budget allows a hundred retries, two a request, and then none.
    assert_eq!(call(50).await, 150);
    assert_eq!(call(20).await, 20);
    // Five successes pay for one retry.
    is_up.store(true, Ordering::Relaxed);
    assert_eq!(call(9).await, 9);
    is_up.store(false, Ordering::Relaxed);
    assert_eq!(call(3).await, 4);
}

/// Returns how many requests reach a server that always returns this status.
async fn attempts(status: u16, header: Option<&'static str>, policy: RetryPolicy) -> usize {
    let transport = MemoryTransport::from_fn(move |_| {
        let mut response = http::Response::new("".into());
        *response.status_mut() = http::StatusCode::from_u16(status).expect("a status");
        if let Some(seconds) = header {
            let value = http::HeaderValue::from_static(seconds);
            response.headers_mut().insert("retry-after", value);
        }
        response
    });
    let core = builder(&transport).retry(policy).finish();
    let core = core.expect("a client");
    let request = Request::new(&core, &GET).send(decode::nothing);
    request.await.expect_err("an error status");
    transport.requests().len()
}

#[tokio::test]
async fn the_policy_says_which_statuses_are_retried() {
    let policy = RetryPolicy::none().max_attempts(2);
    assert_eq!(attempts(503, None, policy.clone()).await, 2);
    assert_eq!(attempts(403, None, policy.clone()).await, 1);
    assert_eq!(attempts(403, Some("1"), policy.clone()).await, 2);
    assert_eq!(attempts(404, Some("1"), policy.clone()).await, 1);
    let policy = policy.statuses([404]);
    assert_eq!(attempts(404, None, policy.clone()).await, 2);
    assert_eq!(attempts(503, None, policy.clone()).await, 1);
    assert_eq!(attempts(403, Some("1"), policy).await, 1);
}
