//! Error messages when there is no usable response.

use crate::server::Server;
use bytes::Bytes;
use exchange::transport::{
    Body, BoxFuture, MemoryTransport, Transport, TransportError, TransportErrorKind,
};
use exchange::{RequestOptions, Client, ClientBuilder, Error, RetryPolicy};
use std::time::Duration;

/// Runs all cases and returns their number.
pub async fn all() -> usize {
    errors_of_connections_name_host_and_cause().await;
    causes_hold_no_secrets().await;
    a_transport_that_has_run_out_is_not_asked_again().await;
    errors_have_message_status_and_body().await;
    faults_before_sending_have_kinds_of_their_own().await;
    19
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
    let twice = RetryPolicy::new(2).initial_backoff(Duration::ZERO);
    let error = failed(at("http://[::1]:1").retry(twice)).await;
    let text = format!("GET /one: {refused} (2 attempts): [::1]:1: ");
    assert!(error.to_string().starts_with(&text), "{error}");
    let error = failed(at("http://no-such-host.invalid")).await;
    let text = format!("GET /one: {refused}: no-such-host.invalid: ");
    let cause = error.to_string();
    let cause = cause.strip_prefix(&text);
    assert!(cause.is_some_and(|cause| !cause.is_empty()), "{error}");

    // The target of the redirect refuses connections.
    let elsewhere = "302\nlocation: http://localhost:1/two?key=s3cr3t\n\n";
    let server = Server::start(vec![elsewhere.to_owned()]);
    let error = failed(at(&format!("http://{}", server.address))).await;
    let text = format!("GET /one: {refused}: localhost:1: connection refused");
    assert_eq!(error.to_string(), text);
    server.requests();

    // The fault occurs after the request was sent.
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

/// A transport whose error text contains the key and the password of a proxy.
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
    let options = RequestOptions::new().header("x-key", "s3cr3t-key");
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

    // Errors returned by `from_fn` are retried as well.
    let busy = MemoryTransport::from_fn(|_| -> http::Response<Bytes> {
        let mut response = http::Response::new(Bytes::new());
        *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
        response
    });
    let builder = Client::builder().transport(busy.clone());
    assert!(failed(builder).await.is_api());
    assert_eq!(busy.requests().len(), 3);
}

async fn answered(answer: &str) -> Error {
    let server = Server::start(vec![answer.to_owned()]);
    let error = failed(at(&format!("http://{}", server.address))).await;
    server.requests();
    error
}

async fn errors_have_message_status_and_body() {
    // The description names the message's property, which has an unusual name.
    let error = answered("404\n\n{\"problem\": {\"userMessage\": 1}, \"title\": \"Gone.\"}").await;
    assert!(error.is_not_found() && error.is_client_error() && !error.is_server_error());
    assert_eq!(error.message(), Some("Gone."));
    let answer = "418\n\n{\"code\": 1, \"errors\": [{\"userMessage\": \"No tea.\"}]}";
    let server = Server::start(vec![answer.to_owned()]);
    let client = at(&format!("http://{}", server.address)).build();
    let error = client.expect("a client").get().get_explained().await;
    let error = error.expect_err("a fault");
    server.requests();
    assert!(error.documented().is_some(), "{error:?}");
    assert_eq!(error.message(), Some("No tea."));

    // Undocumented bodies.
    let error =
        answered("429\nretry-after: 7\n\n{\"error\": {\"message\": \" Slow down. \"}}").await;
    assert!(error.is_rate_limited() && error.is_client_error());
    assert_eq!(error.message(), Some("Slow down."));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    let body: Option<std::collections::BTreeMap<String, serde_json::Value>> = error.body_as();
    assert!(body.is_some_and(|body| body.contains_key("error")));
    assert_eq!(error.body_as::<Vec<u8>>(), None);
    let error = answered("503\n\n<html>").await;
    assert!(error.is_server_error() && !error.is_client_error());
    assert_eq!((error.message(), error.retry_after()), (None, None));
    let statuses: [(u16, fn(&Error) -> bool); 4] = [
        (400, Error::is_bad_request),
        (401, Error::is_unauthorized),
        (403, Error::is_forbidden),
        (409, Error::is_conflict),
    ];
    for (status, is) in statuses {
        let error = answered(&format!("{status}\n\n")).await;
        assert!(is(&error) && error.is_api(), "{status}");
    }
}

async fn faults_before_sending_have_kinds_of_their_own() {
    let error = Client::builder().base_url("no URL").build();
    let error = error.expect_err("no URL");
    assert!(
        matches!(error, Error::Config(_)) && error.is_config(),
        "{error:?}"
    );
    assert!(!error.may_have_reached_server());
    let options = RequestOptions::new().header("a b", "c");
    let client = at("http://127.0.0.1:1").build().expect("a client");
    let error = client.get().get_one().options(options).await;
    let error = error.expect_err("not a name");
    assert!(
        matches!(error, Error::Build(_)) && !error.is_config(),
        "{error:?}"
    );
}
