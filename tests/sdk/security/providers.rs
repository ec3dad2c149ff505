//! Credential providers, and where each credential is sent.

use crate::{
    builder,
    server::{Received, Server, answer},
    told,
};
use security::{Secret, TokenProvider, transport::BoxFuture};
use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

pub async fn all() {
    each_attempt_has_its_own().await;
    a_secret_goes_where_its_scheme_says().await;
    a_refused_secret_is_asked_for_again().await;
    a_failure_sends_nothing().await;
    another_host_sees_none().await;
}

type Given = Result<Secret, Box<dyn Error + Send + Sync>>;

/// A provider whose n-th secret is `key-n`, up to `last`.
struct Numbered {
    given: AtomicUsize,
    last: usize,
}

impl Numbered {
    fn until(last: usize) -> Self {
        let given = AtomicUsize::new(0);
        Self { given, last }
    }
}

impl TokenProvider for Numbered {
    fn token(&self) -> BoxFuture<'_, Given> {
        let number = (self.given.fetch_add(1, Ordering::Relaxed) + 1).min(self.last);
        Box::pin(async move { Ok(Secret::new(format!("key-{number}"))) })
    }
}

async fn each_attempt_has_its_own() {
    let server = Server::start(|_, number| answer(if number < 3 { 503 } else { 200 }, "")).await;
    let client = builder(&server).api_key_provider(Numbered::until(9));
    let client = client.build().expect("a client");
    client.things().get_header().await.expect("an answer");
    let all = server.received();
    let keys: Vec<_> = all
        .iter()
        .filter_map(|request| request.header("x-key"))
        .collect();
    assert_eq!(keys, ["key-1", "key-2", "key-3"]);
}

async fn a_secret_goes_where_its_scheme_says() {
    let server = Server::start(|_, _| answer(200, "fine")).await;
    let client = builder(&server)
        .in_query_provider(Numbered::until(9))
        .in_cookie_provider(Numbered::until(9))
        .api_key("fixed")
        .build()
        .expect("a client");
    client.things().query().q("v").await.expect("an answer");
    client.things().query().await.expect("an answer");
    client
        .things()
        .get_cookie()
        .c("v")
        .await
        .expect("an answer");
    client.things().get_both().await.expect("an answer");
    let sent = server.received();
    let lines: Vec<&str> = sent.iter().map(|request| &*request.line).collect();
    let expected = [
        "GET /v1/query?q=v&key=key-1",
        "GET /v1/query?key=key-2",
        "GET /v1/cookie",
        "GET /v1/both?key=key-3",
    ];
    assert_eq!(lines, expected);
    assert_eq!(sent[2].header("cookie"), Some("c=v; session=key-1"));
    assert_eq!(sent[3].header("x-key"), Some("fixed"));
    // The second alternative is used if the first cannot be satisfied. A later setter replaces an earlier one.
    let client = builder(&server)
        .api_key("fixed")
        .oidc_provider(Numbered::until(1))
        .oidc("given")
        .build()
        .expect("a client");
    client.things().get_both().await.expect("an answer");
    assert_eq!(
        server.received()[4].header("authorization"),
        Some("Bearer given")
    );
    let error = client.things().query().await.expect_err("no credential");
    assert!(error.is_auth(), "{error}");
    assert_eq!(server.received().len(), 5);
}

async fn a_refused_secret_is_asked_for_again() {
    let good = |request: &Received, _: usize| match request.header("x-key") {
        Some("key-2") => answer(200, "fine"),
        _ => answer(401, "key-1 is old"),
    };
    let server = Server::start(good).await;
    let client = builder(&server).api_key_provider(Numbered::until(9));
    client
        .build()
        .expect("a client")
        .things()
        .get_header()
        .await
        .expect("an answer");
    // A rejected secret is not sent again.
    let server = Server::start(good).await;
    let client = builder(&server).api_key_provider(Numbered::until(1));
    let client = client.build().expect("a client");
    let error = client.things().get_header().await.expect_err("401");
    assert!(told(&error).ends_with("[redacted] is old"), "{error}");
    assert_eq!(server.received().len(), 1);
}

async fn a_failure_sends_nothing() {
    let server = Server::start(|_, _| answer(200, "fine")).await;
    let provider = || async { Given::Err("the vault is shut".into()) };
    let client = builder(&server)
        .api_key_provider(provider)
        .build()
        .expect("a client");
    let error = client.things().get_header().await.expect_err("no key");
    assert!(
        error.is_auth() && !error.may_have_reached_server(),
        "{error}"
    );
    assert!(
        told(&error).ends_with(": the vault is shut"),
        "{}",
        told(&error)
    );
    let provider = || async { Ok(Secret::new("a\nb")) };
    let client = builder(&server)
        .api_key_provider(provider)
        .build()
        .expect("a client");
    let error = client.things().get_header().await.expect_err("no key");
    assert!(told(&error).contains("line break"), "{error}");
    assert!(server.received().is_empty());
}

async fn another_host_sees_none() {
    let other = Arc::new(Server::start(|_, _| answer(200, "fine")).await);
    let address = other.address;
    let server = Server::start(move |_, _| {
        let mut answer = answer(302, "");
        answer
            .headers
            .push_str(&format!("location: http://{address}/there\r\n"));
        answer
    })
    .await;
    let client = builder(&server)
        .api_key_provider(Numbered::until(9))
        .in_query_provider(Numbered::until(9))
        .in_cookie_provider(Numbered::until(9))
        .build()
        .expect("a client");
    client.things().get_both().await.expect("an answer");
    client.things().get_cookie().await.expect("an answer");
    let seen = format!("{:?}", other.received());
    assert_eq!(other.received().len(), 2);
    assert!(!seen.contains("key-"), "{seen}");
}
