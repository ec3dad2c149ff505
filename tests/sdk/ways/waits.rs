//! Requests, downloads and streams with the blocking API.

use crate::{client, start};
use std::time::{Duration, Instant};
use ways::RequestOptions;
use ways::blocking::Wait;

pub fn all() {
    calls();
    parts();
    streams();
    on_many_threads();
    time_limits();
    inside_of_a_runtime();
    println!("6 ways to wait for calls work");
}

fn calls() {
    let server = start(&["200\n\n[]", "503\n\n", "200\n\n[]", "404\n\ngone"]);
    let client = client(server.address);
    assert_eq!(client.jobs().list().wait().expect("jobs").len(), 0);
    let raw = client.jobs().list().send_raw().wait().expect("an answer");
    assert_eq!(raw.status(), 200);
    let error = client.jobs().get("a").send().wait().expect_err("an error");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(server.requests().len(), 4);
}

fn parts() {
    let server = start(&["200\n\none and two"]);
    let call = client(server.address).jobs().get_log("a").send_stream();
    let mut download = call.wait().expect("an answer");
    let mut text = Vec::new();
    while let Some(chunk) = download.chunk().wait().expect("a chunk") {
        text.extend_from_slice(&chunk);
    }
    assert_eq!(text, b"one and two");
}

fn streams() {
    let answer =
        "200\ncontent-type: application/jsonl\n\n{\"id\": \"a\", \"status\": \"new\"}\nno\n";
    let server = start(&[answer]);
    let call = client(server.address).jobs().listen_to_job("a").send_lines();
    let mut news = call.wait().expect("an answer");
    let first = news.try_next().wait().expect("a line").expect("the first");
    assert_eq!(first.status, "new");
    let error = news.try_next().wait().expect_err("no job");
    assert_eq!(error.received(), 1);
}

fn on_many_threads() {
    let servers: Vec<_> = (0..8).map(|_| start(&["200\n\n[]"])).collect();
    std::thread::scope(|scope| {
        for server in &servers {
            scope.spawn(|| client(server.address).jobs().list().wait().expect("jobs"));
        }
    });
    for server in servers {
        assert_eq!(server.requests().len(), 1);
    }
}

fn time_limits() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let client = client(silent.local_addr().expect("an address"));
    let options = RequestOptions::new()
        .no_retries()
        .timeout(Duration::from_millis(50));
    let begun = Instant::now();
    let error = client.jobs().list().options(options).wait();
    assert!(error.expect_err("no answer").is_timeout());
    assert!(begun.elapsed() >= Duration::from_millis(50));
}

fn inside_of_a_runtime() {
    let server = start(&["200\n\n[]"]);
    let call = client(server.address).jobs().list();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let error = runtime
        .block_on(async { call.wait() })
        .expect_err("no wait");
    assert!(error.is_config());
    assert_eq!(
        error.to_string(),
        "`wait` would block the Tokio runtime of this thread: use `.await`"
    );
    assert_eq!(server.requests().len(), 0);
}
