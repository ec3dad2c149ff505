//! What errors say where there is no response.

use crate::server::Server;
use bytes::Bytes;
use exchange::transport::{
    Body, BoxFuture, MemoryTransport, Transport, TransportError, TransportErrorKind,
};
use exchange::{CallOptions, Client, ClientBuilder, Error, RetryPolicy};
use std::time::Duration;

/// Runs all, and says how many there were.
pub async fn all() -> usize {
    errors_of_connections_name_host_and_cause().await;
    causes_hold_no_secrets().await;
    a_transport_that_has_run_out_is_not_asked_again().await;
    11
}

fn at(url: &str) -> ClientBuilder {
    let builder = Client::builder().base_url(url).allow_insecure_http();
    builder.retry(RetryPolicy::none())
}

async fn failed(builder: ClientBuilder) -> Error {
    let call = builder.build().expect("a client").get().get_one().await;
    call.expect_err("a failure")
}

async fn errors_of_connections_name_host_and_cause() {
    let refused = "could not connect to the server";
    let error = failed(at("http://127.0.0.1:1/base")).await;
    let text = format!("GET /one: {refused}: 127.0.0.1:1: connection refused");
    assert_eq!(error.to_string(), text);
    assert!(error.is_connect());
    let twice = RetryPolicy::new(2).base(Duration::ZERO);
    let error = failed(at("http://[::1]:1").retry(twice)).await;
    let text = format!("GET /one: {refused} (2 attempts): [::1]:1: ");
    assert!(error.to_string().starts_with(&text), "{error}");
    let error = failed(at("http://no-such-host.invalid")).await;
    let text = format!("GET /one: {refused}: no-such-host.invalid: ");
    let cause = error.to_string();
    let cause = cause.strip_prefix(&text);
    assert!(cause.is_some_and(|cause| !cause.is_empty()), "{error}");

    // Where a redirect leads.
    let elsewhere = "302\nlocation: http://localhost:1/two?key=s3cr3t\n\n";
    let server = Server::start(vec![elsewhere.to_owned()]);
    let error = failed(at(&format!("http://{}", server.address))).await;
    let text = format!("GET /one: {refused}: localhost:1: connection refused");
    assert_eq!(error.to_string(), text);
    server.requests();

    // After the request has left.
    let server = Server::start(vec![
        "200\ncontent-length: 9\nconnection: close\n\n{".to_owned(),
    ]);
    let address = server.address;
    let error = failed(at(&format!("http://{address}"))).await;
    let text = format!("GET /one: the exchange with the server failed: {address}: ");
    assert!(error.to_string().starts_with(&text), "{error}");
    server.requests();

    let large = MemoryTransport::new().json(200, "{\"text\":\"a\"}");
    let error = failed(
        at("https://a.example")
            .transport(large)
            .max_response_size(3),
    )
    .await;
    let text = "GET /one: the exchange with the server failed: the body is longer than the limit of 3 bytes";
    assert_eq!(error.to_string(), text);
}

/// A transport whose errors show all that they can.
struct Chatty;

impl Transport for Chatty {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let key = request.headers()["x-key"].to_str().expect("text");
        let text = format!(
            "no route to \"http://me:p4ss@proxy:3128/a?q=private#part\" for key={key}\nby {}",
            request.uri()
        );
        let error = TransportError::new(TransportErrorKind::Connect, text);
        Box::pin(async move { Err(error) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

async fn causes_hold_no_secrets() {
    let builder = at("https://a.example:8443").transport(Chatty);
    let builder = builder.default_header("cookie", "session=s3cr3t-key");
    let client = builder.build().expect("a client");
    let options = CallOptions::new().header("x-key", "s3cr3t-key");
    let error = client.get().get_one().options(options).await;
    let text = "GET /one: could not connect to the server: a.example:8443: no route to \
                \"http://[redacted]@proxy:3128/a?[redacted]\" for key=[redacted] by \
                https://a.example:8443/one";
    assert_eq!(error.expect_err("a failure").to_string(), text);
}

async fn a_transport_that_has_run_out_is_not_asked_again() {
    let memory = MemoryTransport::new().json(200, "{\"text\":\"a\"}");
    let builder = Client::builder().transport(memory.clone());
    let client = builder.build().expect("a client");
    client.get().get_one().await.expect("a note");
    for _ in 0..2 {
        let error = client.get().get_one().await.expect_err("nothing is left");
        let text = "GET /one: the exchange with the server failed: `MemoryTransport` has no response \
                    left for GET /one";
        assert_eq!(error.to_string(), text);
    }
    assert_eq!(memory.requests().len(), 3);
    assert!(memory.sleeps().is_empty());

    let replay = MemoryTransport::replay("").expect("an empty recording");
    let builder = Client::builder().transport(replay.clone());
    let error = failed(builder).await;
    let text = "GET /one: the exchange with the server failed: nothing is recorded for GET /one";
    assert_eq!(error.to_string(), text);
    assert!(replay.sleeps().is_empty());

    // What `from_fn` fails with is retried as before.
    let busy = MemoryTransport::from_fn(|_| -> http::Response<Bytes> {
        let mut response = http::Response::new(Bytes::new());
        *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
        response
    });
    let builder = Client::builder().transport(busy.clone());
    assert!(failed(builder).await.is_api());
    assert_eq!(busy.requests().len(), 3);
}
