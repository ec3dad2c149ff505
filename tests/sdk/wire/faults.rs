//! Faults of the network and of the server.

use std::{
    error::Error as _,
    net::TcpListener,
    time::{Duration, Instant},
};

use crate::client::{KEY, Kind, POSTS, builder, client, kind};
use crate::server::{Act, Server};
use outboundcalls::{Client, Error, RequestOptions, RetryPolicy};

struct Fault {
    name: &'static str,
    act: Act,
    kind: Kind,
    /// Whether the client retries an idempotent request.
    retried: bool,
}

fn faults() -> Vec<Fault> {
    let fault = |name, act, kind, retried| Fault {
        name,
        act,
        kind,
        retried,
    };
    let status = |status: u16, retried| {
        let act = Act::json(status, r#"{"error": "e"}"#);
        fault("a status", act, Kind::Api(status), retried)
    };
    let raw = |text: &str| Act::Raw(text.to_owned());
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n";
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n";
    vec![
        fault("reset, unread", Act::ResetUnread, Kind::Transport, true),
        fault(
            "reset, after the head",
            Act::ResetAfterHead,
            Kind::Transport,
            true,
        ),
        fault(
            "closed, after the request",
            Act::CloseAfterRequest,
            Kind::Transport,
            true,
        ),
        fault("no answer", Act::Stall, Kind::Timeout, true),
        fault(
            "head, no body",
            Act::RawThenStall(head.to_owned()),
            Kind::Timeout,
            true,
        ),
        fault(
            "half a head",
            Act::RawThenStall(head[..30].to_owned()),
            Kind::Timeout,
            true,
        ),
        fault(
            "closed within the head",
            raw(&head[..30]),
            Kind::Transport,
            true,
        ),
        fault(
            "closed within the body",
            raw(&format!("{head}{{\"id\"")),
            Kind::Transport,
            true,
        ),
        fault("closed within a chunk", raw(chunked), Kind::Transport, true),
        fault(
            "stalled within a chunk",
            Act::RawThenStall(chunked.to_owned()),
            Kind::Timeout,
            true,
        ),
        fault(
            "no HTTP",
            raw("SSH-2.0-OpenSSH_9.6\r\n\r\n"),
            Kind::Transport,
            true,
        ),
        fault(
            "truncated JSON",
            Act::json(200, r#"{"id": "clx"#),
            Kind::Decode,
            false,
        ),
        fault("empty body", Act::json(200, ""), Kind::Decode, false),
        fault(
            "another type",
            Act::Reply(200, &[("content-type", "text/html")], "<p>".into()),
            Kind::Decode,
            false,
        ),
        fault(
            "redirect to nowhere",
            Act::Reply(302, &[], String::new()),
            Kind::Api(302),
            false,
        ),
        status(400, false),
        status(408, true),
        status(429, true),
        status(500, true),
        status(501, false),
        status(502, true),
        status(503, true),
        status(504, true),
    ]
}

/// Checks the most important guarantee: a request that dials a person arrives at most once.
#[tokio::test]
async fn a_post_arrives_at_most_once() {
    for (name, post) in POSTS {
        for fault in faults() {
            let context = format!("{name}, {} {:?}", fault.name, fault.kind);
            let server = Server::always(fault.act.clone());
            let error = post(client(&server)).await.expect_err(&context);
            assert_eq!(kind(&error), Some(fault.kind), "{context}: {error}");
            assert!(error.may_have_reached_server(), "{context}: {error}");
            assert!(server.received().len() <= 1, "{context}");
            assert_eq!(server.arrivals(), 1, "{context}");
        }
    }
}

#[tokio::test]
async fn a_get_is_sent_again() {
    for fault in faults() {
        let context = format!("{} {:?}", fault.name, fault.kind);
        let ok = Act::json(200, "[]");
        let server = Server::start(vec![fault.act.clone(), fault.act.clone()], ok);
        let result = client(&server).calls().list().await;
        if fault.retried {
            result.expect(&context);
            assert_eq!(server.arrivals(), 3, "{context}");
        } else {
            let error = result.expect_err(&context);
            assert_eq!(kind(&error), Some(fault.kind), "{context}: {error}");
            assert_eq!(server.arrivals(), 1, "{context}");
        }
    }
}

#[tokio::test]
async fn attempts_end() {
    for fault in faults().into_iter().filter(|fault| fault.retried) {
        let context = format!("{} {:?}", fault.name, fault.kind);
        let server = Server::always(fault.act.clone());
        let error = client(&server).calls().list().await.expect_err(&context);
        assert_eq!(kind(&error), Some(fault.kind), "{context}: {error}");
        assert_eq!(server.arrivals(), 3, "{context}");

        let server = Server::always(fault.act.clone());
        let once = RequestOptions::new().no_retries();
        let call = client(&server).calls().list().options(once);
        call.await.expect_err(&context);
        assert_eq!(server.arrivals(), 1, "{context}");
    }
}

/// Checks a server that closes a reused connection, possibly while the next request is on its way.
#[tokio::test]
async fn a_post_on_a_connection_that_closes_arrives_at_most_once() {
    let mut sent_again = 0;
    for (name, post) in POSTS {
        for round in 0..40 {
            let script = vec![Act::ReplyThenClose(200, "{}".into())];
            let server = Server::start(script, Act::json(200, "{}"));
            let client = client(&server);
            client.account().get().await.expect("an account");
            // From before the client notices to after it does.
            let pause = Duration::from_micros(50 * (round % 20));
            let start = Instant::now();
            while start.elapsed() < pause {
                tokio::task::yield_now().await;
            }
            let result = post(client).await;
            let posts = server
                .received()
                .iter()
                .filter(|r| r.method == "POST")
                .count();
            assert!(posts <= 1, "{name}: {posts}");
            match result {
                Ok(()) => assert_eq!(posts, 1, "{name}"),
                Err(error) => {
                    assert!(error.may_have_reached_server(), "{name}: {error}");
                    sent_again += 1;
                }
            }
        }
    }
    println!("{sent_again} of 80 ended in an error");
}

/// Checks the same for a server that resets the reused connection when the request arrives.
#[tokio::test]
async fn a_post_on_a_connection_that_is_reset_arrives_at_most_once() {
    for act in [
        Act::ResetUnread,
        Act::ResetAfterHead,
        Act::CloseAfterRequest,
    ] {
        for (name, post) in POSTS {
            let script = vec![Act::json(200, "{}"), act.clone()];
            let server = Server::start(script, Act::json(200, "{}"));
            let client = client(&server);
            client.account().get().await.expect("an account");
            let error = post(client.clone()).await.expect_err(name);
            assert!(matches!(error, Error::Transport(_)), "{name}: {error}");
            assert_eq!(server.arrivals(), 2, "{name}, {act:?}");
            client.account().get().await.expect("an account");
        }
    }
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_and_told() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let base_url = format!(
        "http://{}/api/v1",
        listener.local_addr().expect("an address")
    );
    drop(listener);
    let client = builder(base_url).build().expect("a client");
    let mut errors = vec![client.calls().list().await.expect_err("refused")];
    for (_, post) in POSTS {
        errors.push(post(client.clone()).await.expect_err("refused"));
    }
    for error in errors {
        let Error::Connect(inner) = &error else {
            panic!("{error}");
        };
        assert_eq!(inner.attempts(), 3);
        assert!(!error.may_have_reached_server());
        assert!(error.source().is_some());
    }
}

/// Checks that even a `POST` is retried after a refused connection, and arrives once: the server starts while the
/// client waits.
#[tokio::test]
async fn a_post_recovers_from_a_refused_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let patient = RetryPolicy::new(200)
        .initial_backoff(Duration::from_millis(5))
        .max_backoff(Duration::from_millis(20));
    let client = builder(format!("http://{address}/api/v1")).retry(patient);
    let client = client.build().expect("a client");
    let task = tokio::spawn(POSTS[0].1(client));
    tokio::time::sleep(Duration::from_millis(50)).await;
    let Ok(listener) = TcpListener::bind(address) else {
        eprintln!("the port was taken meanwhile; nothing was tested");
        return;
    };
    let server = Server::on(listener, Vec::new(), Act::json(200, "{}"));
    task.await.expect("no panic").expect("a call");
    assert_eq!(server.arrivals(), 1);
}

#[tokio::test]
async fn decode_errors_say_where() {
    let table = [
        (
            r#"{"calls": [{}, {"id": "a"}, 7]}"#,
            "$.calls[2]",
            "expected a `Call` object",
        ),
        (r#"{"calls": [{"id": "#, "$.calls[0].id", "EOF"),
        ("[\n  {\"id\": \"a\"},\n  nope\n]", "$[1]", "expected ident"),
        (r#"{"things": []}"#, "$", "calls"),
        ("", "$", "it is empty"),
        ("  ", "$", "it is empty"),
        ("<html>", "$", "text/x-test"),
    ];
    for (body, path, reason) in table {
        let reply = Act::Reply(200, &[("content-type", "text/x-test")], body.to_owned());
        let server = Server::always(reply);
        let error = client(&server).calls().list().await.expect_err(body);
        let Error::Decode(decode) = &error else {
            panic!("{body}: {error}");
        };
        assert_eq!(decode.path(), path, "{error}");
        assert!(decode.reason().contains(reason), "{error}");
        assert_eq!(decode.body(), body);
        assert_eq!(error.status().map(|s| s.as_u16()), Some(200));
        assert!(
            error.to_string().starts_with("GET /calls: 200 OK, but"),
            "{error}"
        );
        assert_eq!(server.arrivals(), 1);
    }
}

#[tokio::test]
async fn retry_after_is_followed() {
    let table: [(&[(&str, &str)], u64); 3] = [
        (&[("retry-after", "1")], 1000),
        (
            &[
                ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
                ("retry-after", "Sun, 06 Nov 1994 08:49:38 GMT"),
            ],
            1000,
        ),
        (&[("retry-after", "Sun, 06 Nov 1994 08:49:38 GMT")], 0),
    ];
    for (headers, at_least) in table {
        let script = vec![Act::Reply(429, headers, String::new())];
        let server = Server::start(script, Act::json(200, "[]"));
        let start = Instant::now();
        client(&server).calls().list().await.expect("a list");
        assert!(
            start.elapsed() >= Duration::from_millis(at_least),
            "{headers:?}"
        );
        assert_eq!(server.arrivals(), 2);
    }
}

#[tokio::test]
async fn a_call_ends_at_its_deadline() {
    let server = Server::always(Act::Reply(503, &[("retry-after", "3600")], String::new()));
    let start = Instant::now();
    let error = client(&server).calls().list().await.expect_err("an error");
    assert_eq!(kind(&error), Some(Kind::Api(503)));
    assert!(start.elapsed() < Duration::from_secs(60));
    assert_eq!(server.arrivals(), 1);

    let server = Server::always(Act::Stall);
    let options = RequestOptions::new()
        .timeout(Duration::from_secs(3600))
        .total_timeout(Duration::from_millis(200));
    let error = client(&server).calls().list().options(options).await;
    assert!(error.expect_err("an error").is_timeout());
    assert!(start.elapsed() < Duration::from_secs(60));
    assert_eq!(server.arrivals(), 1);
}

#[tokio::test]
async fn a_response_that_is_too_large_is_not_read_on() {
    let body = format!("[\"{}\"]", "x".repeat(5000));
    for act in [
        Act::json(200, &body),
        Act::Raw(format!("HTTP/1.1 200 OK\r\n\r\n{body}")),
    ] {
        let server = Server::always(act);
        let client = builder(server.base_url()).max_response_size(4096).build();
        let error = client
            .expect("a client")
            .calls()
            .list()
            .await
            .expect_err("an error");
        assert!(matches!(error, Error::Transport(_)), "{error}");
        assert_eq!(server.arrivals(), 1);
    }
}

#[tokio::test]
async fn dropping_a_call_cancels_it() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n[";
    for act in [Act::Stall, Act::RawThenStall(head.to_owned())] {
        let server = Server::always(act.clone());
        let client = builder(server.base_url()).timeout(Duration::from_secs(60));
        let client = client.build().expect("a client");
        let call = client.calls().list().send();
        let late = tokio::time::timeout(Duration::from_millis(200), call).await;
        assert!(late.is_err() && server.arrivals() == 1, "{act:?}");
        let start = Instant::now();
        while server.given_up() == 0 {
            assert!(
                start.elapsed() < Duration::from_secs(10),
                "{act:?}: the connection stays"
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(server.arrivals(), 1, "{act:?}");
    }

    // A client that is dropped between two attempts has no connection to close and sends no further attempt.
    let busy = Act::Reply(503, &[("retry-after", "1")], String::new());
    let server = Server::always(busy);
    let call = client(&server).calls().list().send();
    let late = tokio::time::timeout(Duration::from_millis(200), call).await;
    assert!(late.is_err());
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!(server.arrivals(), 1);
}

/// Checks that the default transport returns an error outside of Tokio and does not panic.
#[test]
fn without_a_runtime_nothing_panics() {
    let client = Client::new(KEY).expect("a client");
    let mut call = client.account().get().send();
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let polled = std::pin::Pin::new(&mut call).poll(&mut context);
    let std::task::Poll::Ready(Err(error)) = polled else {
        panic!("{polled:?}");
    };
    assert!(!error.may_have_reached_server(), "{error}");
}
