//! Idempotency keys.

use crate::operations::{builder, thing};
use crate::server::{Act, Server};
use once::RequestOptions;
use std::time::Duration;

pub async fn all() {
    each_call_has_its_own().await;
    the_key_of_the_caller_goes_before().await;
    an_empty_key_is_none().await;
    a_header_may_be_named_by_the_configuration().await;
}

fn flaky() -> Server {
    let busy = Act::Reply(503, &[], String::new());
    let good = Act::Reply(200, &[("content-type", "text/plain")], "x".into());
    Server::start(vec![busy.clone(), busy], good)
}

fn keys(server: &Server, name: &str) -> Vec<Option<String>> {
    let received = server.received();
    let key = |request: &crate::server::Received| request.header(name).map(str::to_owned);
    received.iter().map(key).collect()
}

async fn each_call_has_its_own() {
    let server = Server::always(Act::Reply(
        200,
        &[("content-type", "text/plain")],
        "x".into(),
    ));
    let client = builder(server.base_url()).build().expect("a client");
    for _ in 0..200 {
        client
            .things()
            .create_keyed(thing())
            .await
            .expect("an answer");
    }
    let mut keys = keys(&server, "idempotency-key");
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 200);
}

async fn the_key_of_the_caller_goes_before() {
    let server = flaky();
    let client = builder(server.base_url()).build().expect("a client");
    let call = client.things().create_keyed(thing()).idempotency_key("mine");
    call.await.expect("an answer");
    assert_eq!(
        keys(&server, "idempotency-key"),
        vec![Some("mine".to_owned()); 3]
    );

    let server = flaky();
    let client = builder(server.base_url()).build().expect("a client");
    let options = RequestOptions::new().header("Idempotency-Key", "of the call");
    let call = client.things().create_keyed(thing()).options(options);
    call.await.expect("an answer");
    assert_eq!(
        keys(&server, "idempotency-key"),
        vec![Some("of the call".to_owned()); 3]
    );

    // If no key can be generated, the request is sent as given and is not retried.
    let server = flaky();
    let client = builder(server.base_url()).build().expect("a client");
    let call = client.things().create_short(thing()).idempotency_key("short");
    call.await.expect_err("503");
    assert_eq!(keys(&server, "idempotency-key"), [Some("short".to_owned())]);
}

async fn an_empty_key_is_none() {
    for key in ["", " "] {
        let server = flaky();
        let client = builder(server.base_url()).build().expect("a client");
        let call = client.things().create_keyed(thing()).idempotency_key(key);
        let error = call.await.expect_err("no key");
        assert!(
            error
                .to_string()
                .contains("the header `Idempotency-Key` is empty"),
            "{error}"
        );
        assert_eq!(server.arrivals(), 0);
    }
}

async fn a_header_may_be_named_by_the_configuration() {
    use once_by_header::{Client, RetryPolicy, types::Thing};
    let client = |server: &Server| {
        let quick = RetryPolicy::new(3).initial_backoff(Duration::from_millis(1));
        let client = Client::builder().base_url(server.base_url()).retry(quick);
        client.build().expect("a client")
    };
    for is_patch in [false, true] {
        let server = flaky();
        let things = client(&server).things();
        match is_patch {
            true => drop(things.update_plain(Thing::new("n")).await.expect("an answer")),
            false => drop(things.create_plain(Thing::new("n")).await.expect("an answer")),
        }
        let keys = keys(&server, "x-request-id");
        assert_eq!(keys.len(), 3);
        assert!(
            keys[0].is_some() && keys[0] == keys[1] && keys[1] == keys[2],
            "{keys:?}"
        );
    }
    // An idempotent method needs no key, and a header of the description takes precedence.
    let server = flaky();
    client(&server)
        .things()
        .replace_plain(Thing::new("n"))
        .await
        .expect("an answer");
    assert_eq!(keys(&server, "x-request-id"), [None, None, None]);
    let server = flaky();
    client(&server)
        .things()
        .create_keyed(Thing::new("n"))
        .await
        .expect("an answer");
    assert_eq!(keys(&server, "x-request-id"), [None, None, None]);
    assert!(keys(&server, "idempotency-key").iter().all(Option::is_some));
}
