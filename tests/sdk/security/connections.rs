//! Connection timeouts and invalid certificates.

use crate::{
    server::{Server, answer},
    told,
};
use security::{
    Client, ClientBuilder, RetryPolicy,
    transport::{ReqwestTransport, reqwest},
};
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

pub async fn all() {
    a_connection_that_takes_too_long_is_given_up().await;
    a_handshake_that_takes_too_long_is_given_up().await;
    what_is_no_certificate_is_told();
    a_host_may_have_other_addresses().await;
    a_proxy_gets_all_requests().await;
    connections_are_kept_as_long_as_the_pool_says().await;
    a_client_of_reqwest_is_a_transport().await;
}

async fn server() -> Server {
    Server::start(|_, _| answer(200, "fine")).await
}

fn through(transport: ReqwestTransport, url: &str) -> Client {
    let builder: ClientBuilder = Client::builder().base_url(url).allow_insecure_http();
    let builder = builder.transport(transport).retry(RetryPolicy::none());
    builder.build().expect("a client")
}

async fn a_host_may_have_other_addresses() {
    let server = server().await;
    let url = format!("http://api.example.invalid:{}/v1", server.address.port());
    let transport = ReqwestTransport::builder()
        .no_proxy()
        .resolve(
            "api.example.invalid",
            ["127.0.0.1:0".parse().expect("an address")],
        )
        .http1_only()
        .read_timeout(Duration::from_secs(5))
        .build();
    let client = through(transport.expect("a transport"), &url);
    client.things().open().await.expect("an answer");
    assert_eq!(server.received().len(), 1);
}

async fn a_proxy_gets_all_requests() {
    let server = server().await;
    let proxy = format!("http://user:s3cr3t@{}", server.address);
    let transport = ReqwestTransport::builder().proxy(&proxy).build();
    let client = through(
        transport.expect("a transport"),
        "http://api.example.invalid/v1",
    );
    client.things().open().await.expect("an answer");
    let sent = &server.received()[0];
    assert!(
        sent.line.starts_with("GET http://api.example.invalid/v1/"),
        "{}",
        sent.line
    );
    assert_eq!(
        sent.header("proxy-authorization"),
        Some("Basic dXNlcjpzM2NyM3Q=")
    );
    let error = ReqwestTransport::builder()
        .proxy("http://u:s3cr3t@[")
        .build();
    let error = error.expect_err("no URL");
    assert!(error.is_config() && !format!("{error:?} {}", told(&error)).contains("s3cr3t"));
}

async fn connections_are_kept_as_long_as_the_pool_says() {
    for (builder, expected) in [
        (ReqwestTransport::builder(), 1),
        (ReqwestTransport::builder().pool_max_idle_per_host(0), 2),
        (
            ReqwestTransport::builder().pool_idle_timeout(Duration::from_millis(1)),
            2,
        ),
    ] {
        let server = server().await;
        let transport = builder.no_proxy().build().expect("a transport");
        let client = through(transport, &format!("http://{}/v1", server.address));
        for _ in 0..2 {
            client.things().open().await.expect("an answer");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(server.connections(), expected);
    }
}

async fn a_client_of_reqwest_is_a_transport() {
    let server = server().await;
    let client = reqwest::Client::builder()
        .user_agent("theirs")
        .default_headers(
            [(reqwest::header::VIA, "own".parse().expect("a value"))]
                .into_iter()
                .collect(),
        )
        .build()
        .expect("a client");
    let transport = ReqwestTransport::from_client(client);
    let client = through(transport, &format!("http://{}/v1", server.address));
    client.things().open().await.expect("an answer");
    assert_eq!(server.received()[0].header("via"), Some("own"));
}

/// Checks the connect timeout: a server with a full accept queue does not respond to further connections.
async fn a_connection_that_takes_too_long_is_given_up() {
    let socket = TcpSocket::new_v4().expect("a socket");
    let any = "127.0.0.1:0".parse().expect("an address");
    socket.bind(any).expect("a free port");
    let listener = socket.listen(1).expect("a listener");
    let address = listener.local_addr().expect("an address");
    let mut waiting = Vec::new();
    loop {
        let limit = Duration::from_millis(200);
        match tokio::time::timeout(limit, TcpStream::connect(address)).await {
            Ok(stream) => waiting.push(stream.expect("a connection")),
            Err(_) => break,
        }
    }
    let client = Client::builder()
        .base_url(format!("http://{address}"))
        .connect_timeout(Duration::from_millis(100))
        .retry(RetryPolicy::none())
        .build()
        .expect("a client");
    let start = Instant::now();
    let error = client.things().open().await.expect_err("no connection");
    assert!(error.is_connect(), "{}", told(&error));
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
}

/// Checks that a slow TLS handshake times out before anything of the request is sent.
async fn a_handshake_that_takes_too_long_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let accepted = tokio::spawn(async move {
        let mut count = 0;
        let mut silent = Vec::new();
        while count < 2 {
            silent.push(listener.accept().await.expect("a connection"));
            count += 1;
        }
        silent
    });
    let client = Client::builder()
        .base_url(format!("https://{address}"))
        .connect_timeout(Duration::from_millis(100))
        .retry(RetryPolicy::new(2).initial_backoff(Duration::from_millis(1)))
        .build()
        .expect("a client");
    let error = client.things().open().await.expect_err("no handshake");
    assert!(
        error.is_connect() && !error.may_have_reached_server(),
        "{}",
        told(&error)
    );
    accepted.await.expect("two attempts");
}

fn what_is_no_certificate_is_told() {
    let builder = ReqwestTransport::builder().client_certificate("-----SECRET-----");
    assert!(!format!("{builder:?}").contains("SECRET"));
    let error = builder.build().expect_err("no certificate");
    let text = told(&error);
    assert!(
        text.contains("the client's certificate cannot be read"),
        "{text}"
    );
    assert!(
        !text.contains("SECRET") && !format!("{error:?}").contains("SECRET"),
        "{error:?}"
    );
    ReqwestTransport::builder()
        .root_certificates("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        .build()
        .expect_err("no certificate");
}
