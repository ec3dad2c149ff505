//! Slow servers, and callers that stop waiting.

use exchange::{Client, Error, RetryPolicy};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const EVENTS: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
const LINES: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\n\r\n";
const FILE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n";

/// The pause between two pieces. The client's limit is three times as long.
const PAUSE: Duration = Duration::from_millis(100);

/// A server that sends pieces with pauses between them. After the last piece, it closes the connection, or stalls
/// until the client closes it.
struct Slow {
    address: SocketAddr,
    done: JoinHandle<()>,
}

impl Slow {
    async fn start(pieces: Vec<String>, stalls: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let done = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            for piece in pieces {
                stream.write_all(piece.as_bytes()).await.expect("a reader");
                tokio::time::sleep(PAUSE).await;
            }
            if stalls {
                while stream.read(&mut request).await.is_ok_and(|read| read > 0) {}
            }
        });
        Slow { address, done }
    }

    fn client(&self) -> Client {
        Client::builder()
            .base_url(format!("http://{}", self.address))
            .timeout(PAUSE * 3)
            .total_timeout(PAUSE * 4)
            .retry(RetryPolicy::none())
            .build()
            .expect("a client")
    }

    /// Waits until the client has closed the connection.
    async fn is_closed(self) {
        let limit = Duration::from_secs(10);
        let done = tokio::time::timeout(limit, self.done).await;
        done.expect("the client closes").expect("no panic");
    }
}

fn pieces(head: &str, piece: &str, count: usize) -> Vec<String> {
    let head = [head.to_owned()].into_iter();
    head.chain(std::iter::repeat_n(piece.to_owned(), count))
        .collect()
}

const EVENT: &str = "data: {\"text\":\"a\"}\n\n";

/// Runs all cases and returns their number.
pub async fn all() -> usize {
    a_stream_may_take_longer_than_a_call().await;
    a_stream_that_stalls_ends_with_an_error().await;
    a_stream_that_is_dropped_is_closed().await;
    a_head_that_does_not_come_ends_the_call().await;
    8
}

async fn a_stream_may_take_longer_than_a_call() {
    let server = Slow::start(pieces(EVENTS, EVENT, 9), false).await;
    let mut events = server
        .client()
        .get()
        .listen()
        .send_events()
        .await
        .expect("events");
    let mut count = 0;
    while let Some(event) = events.try_next().await.expect("an event") {
        assert_eq!(event.data.text, "a");
        count += 1;
    }
    assert_eq!(count, 9);

    let server = Slow::start(pieces(LINES, "{\"text\":\"a\"}\n", 9), false).await;
    let mut lines = server
        .client()
        .get()
        .get_note_lines()
        .send_lines()
        .await
        .expect("lines");
    let mut count = 0;
    while lines.try_next().await.expect("a line").is_some() {
        count += 1;
    }
    assert_eq!(count, 9);

    let server = Slow::start(pieces(FILE, &"x".repeat(100), 9), false).await;
    let mut download = server
        .client()
        .get()
        .get_file()
        .send_stream()
        .await
        .expect("a file");
    let mut count = 0;
    while let Some(chunk) = download.chunk().await.expect("a piece") {
        count += chunk.len();
    }
    assert_eq!(count, 900);
}

async fn a_stream_that_stalls_ends_with_an_error() {
    let server = Slow::start(pieces(EVENTS, EVENT, 2), true).await;
    let mut events = server
        .client()
        .get()
        .listen()
        .send_events()
        .await
        .expect("events");
    for _ in 0..2 {
        assert!(events.try_next().await.expect("an event").is_some());
    }
    let start = Instant::now();
    let error = events.try_next().await.expect_err("a stall");
    assert!(
        error.error().is_timeout() && error.received() == 2,
        "{error}"
    );
    assert!(start.elapsed() < Duration::from_secs(10));
    drop(events);
    server.is_closed().await;

    let server = Slow::start(pieces(FILE, "x", 1), true).await;
    let mut download = server
        .client()
        .get()
        .get_file()
        .send_stream()
        .await
        .expect("a file");
    let error = loop {
        match download.chunk().await {
            Ok(chunk) => assert!(chunk.is_some(), "the file is longer"),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, Error::Timeout(_)), "{error}");
    drop(download);
    server.is_closed().await;
}

async fn a_stream_that_is_dropped_is_closed() {
    let server = Slow::start(pieces(EVENTS, EVENT, 1), true).await;
    let mut events = server
        .client()
        .get()
        .listen()
        .send_events()
        .await
        .expect("events");
    assert!(events.try_next().await.expect("an event").is_some());
    drop(events);
    server.is_closed().await;

    let server = Slow::start(pieces(LINES, "", 0), true).await;
    let mut lines = server
        .client()
        .get()
        .get_note_lines()
        .send_lines()
        .await
        .expect("lines");
    // Cancels the read while it waits for a line.
    let late = tokio::time::timeout(PAUSE, lines.try_next()).await;
    assert!(late.is_err());
    drop(lines);
    server.is_closed().await;
}

async fn a_head_that_does_not_come_ends_the_call() {
    let server = Slow::start(Vec::new(), true).await;
    let error = server.client().get().listen().send_events().await.map(drop);
    let error = error.expect_err("no head");
    assert!(error.is_timeout(), "{error}");
    server.is_closed().await;
}
