//! OAuth 2.0.

use crate::{
    builder,
    server::{Answer, Received, Server, answer},
    told,
};
use security::{Client, Grant};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::task::JoinSet;

const TOKEN: &str = "POST /v1/oauth/token";
const GET: &str = "GET /v1/get";
const POST: &str = "POST /v1/post";

pub async fn all() {
    one_token_for_a_thousand_calls().await;
    a_waiter_that_gives_up_takes_nobody_along().await;
    all_that_give_up_end_the_request().await;
    the_request_is_as_the_standard_has_it().await;
    a_compressed_token_is_read().await;
    tokens_are_replaced_before_they_expire().await;
    a_refused_token_is_replaced_once().await;
    errors_say_why_and_show_no_secret().await;
    a_refresh_token_is_replaced().await;
    a_refresh_that_nobody_waits_for_is_not_lost().await;
    token_requests_are_sent_again_where_that_is_safe().await;
    secrets_go_nowhere_in_the_clear().await;
}

fn grant() -> Grant {
    Grant::client_credentials("me", "s3cr3t!")
}

fn client(server: &Server, grant: Grant) -> Client {
    builder(server)
        .access_token_grant(grant)
        .build()
        .expect("a client")
}

/// Returns a server function whose n-th token is `token-n`, valid for `seconds`. The API accepts any token.
fn tokens(seconds: u64) -> impl Fn(&Received, usize) -> Answer {
    move |request, number| match &*request.line {
        TOKEN => answer(
            200,
            format!(
                r#"{{"access_token":"token-{number}","token_type":"Bearer","expires_in":{seconds}}}"#
            ),
        ),
        _ => answer(200, "fine"),
    }
}

fn slow_tokens(request: &Received, number: usize) -> Answer {
    let mut answer = tokens(3600)(request, number);
    if request.line == TOKEN {
        answer.delay = Duration::from_millis(300);
    }
    answer
}

async fn one_token_for_a_thousand_calls() {
    let server = Server::start(slow_tokens).await;
    let client = client(&server, grant());
    let mut calls = JoinSet::new();
    for _ in 0..1000 {
        let client = client.clone();
        calls.spawn(async move { client.things().get().await });
    }
    while let Some(call) = calls.join_next().await {
        call.expect("no panic").expect("an answer");
    }
    assert_eq!(server.count(TOKEN), 1);
    assert_eq!(server.count(GET), 1000);
    let all = server.received();
    let mut sent = all.iter().filter(|request| request.line == GET);
    assert!(sent.all(|request| request.header("authorization") == Some("Bearer token-1")));
}

async fn a_waiter_that_gives_up_takes_nobody_along() {
    let server = Server::start(slow_tokens).await;
    let client = client(&server, grant());
    let call = |client: Client| tokio::spawn(async move { client.things().get().await });
    let first = call(client.clone());
    tokio::time::sleep(Duration::from_millis(100)).await;
    let second = call(client.clone());
    tokio::time::sleep(Duration::from_millis(50)).await;
    first.abort();
    second.await.expect("no panic").expect("an answer");
    assert_eq!(server.count(TOKEN), 1);
    assert_eq!(server.count(GET), 1);
}

async fn all_that_give_up_end_the_request() {
    let server = Server::start(slow_tokens).await;
    let client = client(&server, grant());
    let limit = Duration::from_millis(50);
    tokio::time::timeout(limit, client.things().get().send())
        .await
        .expect_err("too late");
    client.things().get().await.expect("an answer");
    assert_eq!(server.count(TOKEN), 2);
}

async fn the_request_is_as_the_standard_has_it() {
    let server = Server::start(tokens(3600)).await;
    let asked = grant()
        .scopes(["read", "write"])
        .parameter("audience", "a&b");
    let with_header = builder(&server)
        .access_token_grant(asked.clone())
        .default_header("x-private", "p")
        .build()
        .expect("a client");
    with_header.things().get().await.expect("an answer");
    let request = server.received().remove(0);
    let form = "grant_type=client_credentials&scope=read%20write&audience=a%26b";
    assert_eq!(request.body, form);
    // `me:s3cr3t%21`, as RFC 6749 encodes ID and secret before base64.
    let basic = "Basic bWU6czNjcjN0JTIx";
    assert_eq!(request.header("authorization"), Some(basic));
    assert_eq!(request.header("accept"), Some("application/json"));
    // Default headers are sent to the API only, not to the token endpoint.
    assert_eq!(request.header("x-private"), None);

    let server = Server::start(tokens(3600)).await;
    let client = client(&server, grant().secret_in_body());
    client.things().get().await.expect("an answer");
    let request = server.received().remove(0);
    let form = "grant_type=client_credentials&client_id=me&client_secret=s3cr3t%21";
    assert_eq!(request.body, form);
    assert_eq!(request.header("authorization"), None);
    // An operation without credentials requests no token.
    let server = Server::start(tokens(3600)).await;
    let client = crate::grants::client(&server, grant());
    client.things().open().await.expect("an answer");
    assert_eq!(server.count(TOKEN), 0);
}

async fn a_compressed_token_is_read() {
    /// `{"access_token":"token-1","token_type":"Bearer"}` compressed with gzip.
    const BODY: [u8; 59] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 171, 86, 74, 76, 78, 78, 45, 46, 142, 47, 201, 207, 78,
        205, 83, 178, 82, 2, 211, 186, 134, 74, 58, 16, 86, 124, 73, 101, 65, 42, 80, 216, 41, 53,
        177, 40, 181, 72, 169, 22, 0, 5, 89, 170, 7, 48, 0, 0, 0,
    ];
    let server = Server::start(|request: &Received, _| {
        let is_token = request.line == TOKEN;
        let mut answer = answer(200, if is_token { &BODY[..] } else { b"fine" });
        if is_token {
            answer.headers.push_str("content-encoding: gzip\r\n");
        }
        answer
    })
    .await;
    let client = client(&server, grant());
    client.things().get().await.expect("an answer");
    let received = server.received();
    assert_eq!(received[0].header("accept-encoding"), Some("gzip"));
    assert_eq!(received[1].header("authorization"), Some("Bearer token-1"));
}

async fn tokens_are_replaced_before_they_expire() {
    // A token that is valid for a second is used for nine tenths of it.
    let server = Server::start(tokens(1)).await;
    let client = client(&server, grant());
    for _ in 0..3 {
        client.things().get().await.expect("an answer");
    }
    assert_eq!(server.count(TOKEN), 1);
    tokio::time::sleep(Duration::from_millis(920)).await;
    client.things().get().await.expect("an answer");
    assert_eq!(server.count(TOKEN), 2);
}

async fn a_refused_token_is_replaced_once() {
    let refusing = |good: &'static str| {
        move |request: &Received, number: usize| match request.header("authorization") {
            _ if request.line == TOKEN => tokens(3600)(request, number),
            Some(token) if token == good => answer(200, "fine"),
            _ => answer(401, "no"),
        }
    };
    let server = Server::start(refusing("Bearer token-2")).await;
    let client = client(&server, grant());
    client.things().get().await.expect("an answer");
    assert_eq!((server.count(TOKEN), server.count(GET)), (2, 2));

    // A POST is not retried; the next request has another token.
    let server = Server::start(refusing("Bearer token-2")).await;
    let client = crate::grants::client(&server, grant());
    let error = client.things().post().await.expect_err("401");
    assert!(
        error.status().is_some_and(|status| status.as_u16() == 401),
        "{error}"
    );
    assert_eq!((server.count(TOKEN), server.count(POST)), (1, 1));
    client.things().post().await.expect("an answer");
    assert_eq!((server.count(TOKEN), server.count(POST)), (2, 2));

    // No token is valid: two attempts, and the second response is returned.
    let server = Server::start(refusing("Bearer none")).await;
    let client = crate::grants::client(&server, grant());
    client.things().get().await.expect_err("401");
    assert_eq!((server.count(TOKEN), server.count(GET)), (2, 2));
}

async fn errors_say_why_and_show_no_secret() {
    let server = Server::start(|_, _| {
        answer(
            401,
            r#"{"error":"invalid_client","error_description":"s3cr3t! is\nwrong"}"#,
        )
    })
    .await;
    let client = client(&server, grant());
    let error = client.things().get().await.expect_err("no token");
    assert!(error.is_auth() && !error.may_have_reached_server());
    let text = told(&error);
    assert!(
        text.contains("returned the error `invalid_client`: [redacted] is wrong"),
        "{text}"
    );
    let debug = format!(
        "{error:?} {client:?} {:?} {:?}",
        grant(),
        builder(&server).access_token_grant(grant())
    );
    assert!(!debug.contains("s3cr3t!"), "{debug}");
    assert_eq!((server.count(TOKEN), server.count(GET)), (1, 0));

    // The API's response may contain the token.
    let server = Server::start(|request: &Received, number: usize| match &*request.line {
        TOKEN => tokens(9)(request, number),
        _ => answer(400, "token-1 is bad"),
    })
    .await;
    let client = crate::grants::client(&server, grant());
    let error = client.things().get().await.expect_err("400");
    assert!(told(&error).ends_with("[redacted] is bad"), "{error}");
    assert!(!format!("{error:?}").contains("token-1"), "{error:?}");

    for (body, why) in [
        ("<html>", "has no access token"),
        (r#"{"access_token":""}"#, "has no access token"),
        (r#"{"access_token":"a b"}"#, "white space"),
        (
            r#"{"access_token":"a","token_type":"mac"}"#,
            "not `bearer`",
        ),
    ] {
        let server = Server::start(move |_, _| answer(200, body)).await;
        let client = crate::grants::client(&server, grant());
        let error = client.things().get().await.expect_err("no token");
        assert!(told(&error).contains(why), "{}", told(&error));
    }
}

async fn a_refresh_token_is_replaced() {
    let server = Server::start(|request, number| match &*request.line {
        "POST /refresh" => answer(
            200,
            format!(
                r#"{{"access_token":"a{number}","expires_in":"0","refresh_token":"r{number}"}}"#
            ),
        ),
        _ => answer(200, "fine"),
    })
    .await;
    let heard = Arc::new(Mutex::new(Vec::new()));
    let listener = heard.clone();
    let grant = Grant::refresh_token("me", "r0").on_refresh_token(move |token| {
        listener
            .lock()
            .expect("no panic")
            .push(token.expose().to_owned());
    });
    let client = client(&server, grant);
    for _ in 0..3 {
        client.things().get().await.expect("an answer");
    }
    let all = server.received();
    let bodies = all.iter().filter(|request| request.line == "POST /refresh");
    let bodies: Vec<&str> = bodies.map(|request| &*request.body).collect();
    let form = |token| format!("grant_type=refresh_token&refresh_token={token}&client_id=me");
    assert_eq!(bodies, [form("r0"), form("r1"), form("r2")]);
    assert_eq!(*heard.lock().expect("no panic"), ["r1", "r2", "r3"]);
}

/// Checks that dropped requests do not lose a refresh token. The server accepts each refresh token once, and all
/// requests are dropped while it is replaced.
async fn a_refresh_that_nobody_waits_for_is_not_lost() {
    let once = |request: &Received, number: usize| match &*request.line {
        "POST /refresh"
            if request
                .body
                .contains(&format!("refresh_token=r{}&", number - 1)) =>
        {
            let tokens = format!(
                r#"{{"access_token":"a{number}","expires_in":0,"refresh_token":"r{number}"}}"#
            );
            let delay = Duration::from_millis(200);
            Answer {
                delay,
                ..answer(200, tokens)
            }
        }
        "POST /refresh" => answer(400, r#"{"error":"invalid_grant"}"#),
        _ => answer(200, "fine"),
    };
    let server = Server::start(once).await;
    let heard = Arc::new(Mutex::new(Vec::new()));
    let listener = heard.clone();
    let grant = Grant::refresh_token("me", "r0").on_refresh_token(move |token| {
        let token = token.expose().to_owned();
        listener.lock().expect("no panic").push(token);
    });
    let client = client(&server, grant);
    let give_up = async || {
        let mut calls = JoinSet::new();
        for _ in 0..10 {
            let client = client.clone();
            calls.spawn(async move { client.things().get().await });
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        calls.shutdown().await;
    };
    give_up().await;
    // Both before the first response, and some time after it.
    client.things().get().await.expect("an answer");
    assert_eq!(server.count("POST /refresh"), 1);
    give_up().await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    client.things().get().await.expect("an answer");
    assert_eq!(server.count("POST /refresh"), 2);
    assert_eq!(*heard.lock().expect("no panic"), ["r1", "r2"]);

    // A client that is dropped in the meantime closes its connection.
    give_up().await;
    let held = Arc::downgrade(&heard);
    drop((client, heard));
    assert!(
        held.upgrade().is_none(),
        "something still holds the listener"
    );
}

async fn token_requests_are_sent_again_where_that_is_safe() {
    let flaky = |request: &Received, number: usize| match (&*request.line, number) {
        (TOKEN | "POST /refresh", 1) => answer(503, ""),
        (TOKEN | "POST /refresh", _) => answer(200, r#"{"access_token":"a"}"#),
        _ => answer(200, "fine"),
    };
    let server = Server::start(flaky).await;
    client(&server, grant())
        .things()
        .get()
        .await
        .expect("an answer");
    assert_eq!(server.count(TOKEN), 2);
    let server = Server::start(flaky).await;
    let client = client(&server, Grant::refresh_token("me", "r0"));
    let error = client.things().get().await.expect_err("503");
    assert!(told(&error).contains("returned status 503"), "{error}");
    assert_eq!(server.count("POST /refresh"), 1);
}

async fn secrets_go_nowhere_in_the_clear() {
    let server = Server::start(tokens(9)).await;
    let elsewhere = grant().token_url("http://example.com/token");
    let error = client(&server, elsewhere)
        .things()
        .get()
        .await
        .expect_err("http");
    assert!(told(&error).contains("not encrypted"), "{error}");
    // A redirect of the token endpoint is not followed.
    let server = Server::start(|_, _| {
        let mut answer = answer(307, "");
        answer.headers.push_str("location: /v1/elsewhere\r\n");
        answer
    })
    .await;
    let error = client(&server, grant())
        .things()
        .get()
        .await
        .expect_err("307");
    assert!(told(&error).contains("returned status 307"), "{error}");
    assert_eq!(server.received().len(), 1);
}
