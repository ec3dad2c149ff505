//! Every fault on every operation.

use crate::operations::{self, Operation, builder};
use crate::server::{Act, Server};
use once::Error;
use std::net::TcpListener;
use std::time::Duration;

/// A fault, and whether the client retries an idempotent request after it.
struct Fault {
    name: String,
    act: Act,
    retried: bool,
}

/// Runs all cases and returns how many non-idempotent requests met a fault.
pub async fn all() -> usize {
    let mut count = 0;
    for fault in faults() {
        count += each(&fault).await;
    }
    for fault in redirects() {
        redirected(&fault).await;
    }
    a_closed_connection_is_no_reason_to_repeat().await;
    what_was_never_sent_is_sent_again().await;
    a_refused_credential_is_replaced_where_that_is_safe().await;
    count
}

fn faults() -> Vec<Fault> {
    let fault = |name: &str, act, retried| Fault {
        name: name.to_owned(),
        act,
        retried,
    };
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n";
    let chunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n";
    let raw = |text: &str| Act::Raw(text.to_owned());
    let stalled = |text: &str| Act::RawThenStall(text.to_owned());
    let mut all = vec![
        fault("reset before it is read", Act::ResetUnread, true),
        fault("reset after its head is read", Act::ResetAfterHead, true),
        fault("closed after it is read", Act::CloseAfterRequest, true),
        fault("no answer", Act::Stall, true),
        fault("half a head", stalled(&head[..30]), true),
        fault("closed in the head", raw(&head[..30]), true),
        fault("no HTTP", raw("SSH-2.0-OpenSSH_9.6\r\n\r\n"), true),
        // A stream has already begun, so that the client cannot retry.
        fault("a head and no body", stalled(head), true),
        fault("closed in the body", raw(&format!("{head}abc")), true),
        fault("closed in a chunk", raw(chunk), true),
        fault("no more after a chunk", stalled(chunk), true),
    ];
    let afters: [&'static [(&str, &str)]; 4] = [
        &[],
        &[("retry-after", "0")],
        &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")],
        &[("retry-after", "soon")],
    ];
    for status in [400, 401, 404, 408, 409, 425, 429, 500, 501, 502, 503, 504] {
        let retried = matches!(status, 408 | 429 | 500 | 502 | 503 | 504);
        for headers in afters {
            let name = format!("{status} {headers:?}");
            all.push(fault(
                &name,
                Act::Reply(status, headers, "no".into()),
                retried,
            ));
        }
    }
    all
}

/// Returns the response that makes an operation succeed.
fn good(operation: &Operation) -> Act {
    match operation.name.starts_with("create_events") {
        true => Act::Reply(
            200,
            &[("content-type", "text/event-stream")],
            "data: x\n\n".into(),
        ),
        false => Act::Reply(200, &[("content-type", "text/plain")], "x".into()),
    }
}

fn server(operation: &Operation, script: Vec<Act>) -> Server {
    Server::start(script, good(operation))
}

/// Lets each operation meet the fault twice. They run concurrently, as some faults take time.
async fn each(fault: &Fault) -> usize {
    let meet = |operation: Operation, act: Act| async move {
        let server = server(&operation, vec![act.clone(), act]);
        // Long enough for a good response of a busy machine; only faults without a response wait for it.
        let client = builder(server.base_url()).timeout(Duration::from_millis(1500));
        let outcome = (operation.call)(client.build().expect("a client")).await;
        (operation, server, outcome)
    };
    let operations = operations::all().into_iter();
    let calls: Vec<_> = operations
        .map(|operation| tokio::spawn(meet(operation, fault.act.clone())))
        .collect();
    let mut count = 0;
    for call in calls {
        let (operation, server, outcome) = call.await.expect("no panic");
        let context = format!("{}, {}", operation.name, fault.name);
        check_keys(&operation, &server, &context);
        if operation.repeated && fault.retried {
            outcome.unwrap_or_else(|error| panic!("{context}: {error}"));
            assert_eq!(server.arrivals(), 3, "{context}");
            continue;
        }
        assert_eq!(server.arrivals(), 1, "{context}");
        let is_begun = operation.name.starts_with("create_events") && outcome.is_ok();
        if !is_begun {
            let error = outcome.expect_err(&context);
            assert!(error.may_have_reached_server(), "{context}: {error}");
        }
        count += usize::from(!operation.repeated);
    }
    count
}

/// Checks that all attempts send the same key and that it is a UUID of version 4.
fn check_keys(operation: &Operation, server: &Server, context: &str) {
    let received = server.received();
    for name in ["idempotency-key", "x-idempotency-key"] {
        let keys: Vec<_> = received
            .iter()
            .map(|request| request.header(name))
            .collect();
        if operation.key != Some(name) {
            assert!(keys.iter().all(Option::is_none), "{context}: {keys:?}");
            continue;
        }
        assert!(
            keys.windows(2).all(|pair| pair[0] == pair[1]),
            "{context}: {keys:?}"
        );
        for key in keys {
            let key = key.expect(context);
            let groups: Vec<usize> = key.split('-').map(str::len).collect();
            assert_eq!(groups, [8, 4, 4, 4, 12], "{context}: {key}");
            assert_eq!(&key[14..15], "4", "{context}: {key}");
            assert!("89ab".contains(&key[19..20]), "{context}: {key}");
        }
    }
}

fn redirects() -> Vec<Act> {
    let to: &'static [(&str, &str)] = &[("location", "/elsewhere")];
    let redirect = |status| Act::Reply(status, to, String::new());
    [301, 302, 303, 307, 308].map(redirect).to_vec()
}

/// Checks that a request that changes something does not follow redirects.
async fn redirected(act: &Act) {
    for operation in operations::all() {
        let context = format!("{}, {act:?}", operation.name);
        let server = server(&operation, vec![act.clone()]);
        let client = builder(server.base_url()).build().expect("a client");
        let outcome = (operation.call)(client).await;
        let followed = operation.is_get;
        assert_eq!(outcome.is_ok(), followed, "{context}");
        assert_eq!(server.arrivals(), 1 + usize::from(followed), "{context}");
    }
}

/// Checks that a reused connection that closes does not cause a retry, whether it closes before or during the
/// request.
async fn a_closed_connection_is_no_reason_to_repeat() {
    let breaks = [
        Act::ResetUnread,
        Act::ResetAfterHead,
        Act::CloseAfterRequest,
    ];
    for act in breaks {
        for operation in operations::all() {
            let context = format!("{}, {act:?}", operation.name);
            let first = Act::Reply(200, &[("content-type", "text/plain")], "x".into());
            let server = server(&operation, vec![first, act.clone()]);
            let client = builder(server.base_url()).build().expect("a client");
            client.things().get_plain().await.expect(&context);
            let outcome = (operation.call)(client).await;
            assert_eq!(outcome.is_ok(), operation.repeated, "{context}");
            let expected = if operation.repeated { 3 } else { 2 };
            assert_eq!(server.arrivals(), expected, "{context}");
        }
    }
    for operation in operations::all() {
        let first = Act::ReplyThenClose(200, "x".into());
        let server = server(&operation, vec![first]);
        let client = builder(server.base_url()).build().expect("a client");
        let _ = client.things().get_plain().await;
        let outcome = (operation.call)(client).await;
        // It is a race whether the client has noticed by then that the connection is closed.
        let arrived = server.received().len() - 1;
        match outcome {
            Ok(()) => assert_eq!(arrived, 1, "{}", operation.name),
            Err(error) => {
                assert!(
                    !operation.repeated && arrived <= 1,
                    "{}: {error}",
                    operation.name
                );
            }
        }
    }
}

async fn what_was_never_sent_is_sent_again() {
    for operation in operations::all() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        drop(listener);
        let client = builder(format!("http://{address}"))
            .build()
            .expect("a client");
        let error = (operation.call)(client).await.expect_err("refused");
        let Error::Connect(told) = &error else {
            panic!("{}: {error}", operation.name);
        };
        // A one-shot body is consumed even if it was not sent.
        let expected = if operation.name.contains("once") {
            1
        } else {
            3
        };
        assert_eq!(told.attempts(), expected, "{}", operation.name);
        assert!(!error.may_have_reached_server(), "{}", operation.name);
    }
}

async fn a_refused_credential_is_replaced_where_that_is_safe() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let secured = operations::all().into_iter();
    for operation in secured.filter(|operation| operation.name.contains("secured")) {
        let refusal = Act::Reply(401, &[], String::new());
        let server = server(&operation, vec![refusal]);
        let given = AtomicUsize::new(0);
        let provider = move || {
            let number = given.fetch_add(1, Ordering::Relaxed);
            async move { Ok(format!("key-{number}").into()) }
        };
        let client = builder(server.base_url()).api_key_provider(provider);
        let outcome = (operation.call)(client.build().expect("a client")).await;
        assert_eq!(outcome.is_ok(), operation.repeated, "{}", operation.name);
        let received = server.received();
        let secrets: Vec<_> = received.iter().map(|one| one.header("x-key")).collect();
        let expected = [Some("key-0"), Some("key-1")];
        let sent = 1 + usize::from(operation.repeated);
        assert_eq!(secrets, expected[..sent], "{}", operation.name);
        check_keys(&operation, &server, operation.name);
    }
}
