//! Connections: how long making one may take, and certificates that are none.

use crate::told;
use security::{Client, RetryPolicy, transport::ReqwestTransport};
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

pub async fn all() {
    a_connection_that_takes_too_long_is_given_up().await;
    a_handshake_that_takes_too_long_is_given_up().await;
    what_is_no_certificate_is_told();
}

/// A server whose queue of connections is full answers nothing to one more.
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

/// Nothing of the request was sent by then.
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
        .retry(RetryPolicy::new(2).base(Duration::from_millis(1)))
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
