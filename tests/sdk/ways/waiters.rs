//! Polling of long-running operations.

use crate::{client, start};
use std::time::Duration;
use ways::transport::{MemoryTransport, TransportErrorKind};
use ways::{Client, RetryPolicy, WaitError};

const RUNNING: &str = r#"{"work": {"kind": "running"}}"#;
const DONE: &str = r#"{"work": {"kind": "done"}}"#;

pub async fn all() {
    over_a_socket().await;
    said_by_the_caller().await;
    in_an_envelope().await;
    waits_grow().await;
    the_deadline().await;
    a_call_that_takes_too_long().await;
    faults().await;
    without_async();
    println!("8 ways to wait for long work end as they should");
}

async fn over_a_socket() {
    let running = format!("200\n\n{RUNNING}");
    let done = format!("200\n\n{DONE}");
    // A server error does not end the wait: the client's retry policy handles it.
    let server = start(&[&running, "503\n\n", &running, &done]);
    let wait = client(server.address)
        .jobs()
        .get_state("a")
        .wait_until_over();
    let state = wait.interval(Duration::from_millis(1)).await;
    let work = state.expect("the end").work;
    assert_eq!(format!("{:?}", work.kind), "Some(\"done\")");
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    let is_same = |request: &String| request.starts_with("GET /jobs/a/state?key=s3cret\n");
    assert!(requests.iter().all(is_same), "{requests:?}");
}

/// Returns a client with immediate responses and delays.
fn quick(memory: &MemoryTransport) -> Client {
    Client::builder()
        .api_key("s3cret")
        .retry(RetryPolicy::none())
        .transport(memory.clone())
        .build()
        .expect("a client")
}

async fn said_by_the_caller() {
    let memory = MemoryTransport::new()
        .json(200, r#"{"id": "a", "status": "1"}"#)
        .json(200, r#"{"id": "a", "status": "2"}"#);
    let wait = quick(&memory).jobs().get("a");
    let job = wait.wait_until(|job| job.status == "2").await;
    assert_eq!(job.expect("the end").status, "2");
    assert_eq!(memory.sleeps(), [Duration::from_secs(1)]);
}

async fn in_an_envelope() {
    let there = r#"{"id": "a", "status": "there"}"#;
    for answer in [there.to_owned(), format!(r#"{{"job": {there}}}"#)] {
        let memory = MemoryTransport::new()
            .json(
                200,
                r#"{"data": {"id": "a", "status": "sent"}, "status": "there"}"#,
            )
            .json(200, answer);
        let wait = quick(&memory).jobs().get_parcel("a").wait_until_there();
        assert!(wait.await.is_ok());
        assert_eq!(memory.requests().len(), 2);
    }
}

async fn waits_grow() {
    let memory = (0..5).fold(MemoryTransport::new(), |memory, _| {
        memory.json(200, RUNNING)
    });
    let memory = memory.json(200, DONE);
    let wait = quick(&memory).jobs().get_state("a").wait_until_over();
    let wait = wait.longest_interval(Duration::from_secs(3));
    wait.await.expect("the end");
    let sleeps: Vec<u128> = memory.sleeps().iter().map(Duration::as_millis).collect();
    assert_eq!(sleeps, [1000, 1500, 2250, 3000, 3000]);
}

async fn the_deadline() {
    let memory = MemoryTransport::from_fn(|_| http::Response::new(RUNNING.into()));
    let wait = quick(&memory).jobs().get_state("a").wait_until_over();
    let error = wait.deadline(Duration::from_secs(5)).await;
    let error = error.expect_err("no end");
    assert!(error.is_overdue() && error.error().is_timeout());
    // After 0, 1 and 2.5 seconds; the next poll would be after 4.75, and the one after that exceeds the limit.
    assert_eq!((error.attempts(), memory.requests().len()), (4, 4));
    assert_eq!(
        error.to_string(),
        "not done after 4 attempts: the deadline has passed"
    );
    let last = error.into_last().expect("an answer");
    assert!(last.work.kind.is_some());
}

async fn a_call_that_takes_too_long() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let client = client(silent.local_addr().expect("an address"));
    let wait = client.jobs().get_state("a").wait_until_over();
    let error = wait.deadline(Duration::from_millis(50)).await;
    let error = error.expect_err("no answer");
    assert!(error.is_overdue() && error.last().is_none());
}

async fn faults() {
    let memory = MemoryTransport::new()
        .json(200, RUNNING)
        .failure(TransportErrorKind::Other);
    let wait = quick(&memory).jobs().get_state("a").wait_until_over();
    let error = wait.await.expect_err("a failure");
    assert!(!error.is_overdue() && error.last().is_some());
    assert_eq!(
        error.to_string(),
        "not done after 1 attempt: GET /jobs/{id}/state: the exchange with the server failed: api.example.com: \
         a failure that the test queued"
    );
    let error: ways::Error = error.into();
    assert!(matches!(error, ways::Error::Transport(_)));

    // An invalid argument is reported before anything is sent.
    let memory = MemoryTransport::new();
    let wait = quick(&memory).jobs().get_state("").wait_until_over();
    assert!(wait.await.expect_err("no id").error().is_build());
    assert_eq!(memory.requests().len(), 0);
}

fn without_async() {
    use ways::blocking::Wait;

    let wait = || {
        let memory = MemoryTransport::new().json(200, RUNNING).json(200, DONE);
        quick(&memory)
            .jobs()
            .get_state("a")
            .wait_until_over()
            .wait()
    };
    // Inside a runtime, as here, blocking is an error.
    let error: WaitError<_> = wait().expect_err("a runtime");
    assert!(error.error().is_config());
    let outside = std::thread::spawn(move || wait().is_ok());
    assert!(outside.join().expect("no panic"));
}
