//! Secrets that a server repeats appear in no error, whatever their encoding.

use crate::{
    builder,
    server::{Answer, Received, Server, answer},
    told,
};
use security::{Client, ClientBuilder, Error, Grant, RequestOptions, Secret};
use std::fmt::Write;

/// Needs escapes in queries, cookies, forms, JSON and HTML.
const SECRET: &str = "SEC/RET+x=y%41&~q";

/// Letters of each encoding of the secret, none of which may appear in a text.
const TRACES: [&str; 4] = ["RET", "U0VDL1JFVCt4PXklNDEmfnE", "SEC", "%41"];

pub async fn all() {
    no_error_shows_a_credential().await;
    no_error_shows_what_a_token_endpoint_was_sent().await;
    no_error_shows_what_a_token_endpoint_has_sent().await;
    texts_of_servers_are_bounded().await;
    short_keys_are_no_words().await;
    nothing_shows_its_settings();
}

/// Returns a response with the whole request, as received and as JSON, and in the headers.
fn echo(status: u16) -> impl Fn(&Received, usize) -> Answer {
    move |request, _| {
        let mut text = format!("invalid request {}", request.line);
        for header in &request.headers {
            write!(text, " | {header}").expect("a text");
        }
        write!(text, " | {}", request.body).expect("a text");
        let mut answer = answer(status, text.clone());
        write!(answer.headers, "x-request-id: {text}\r\n").expect("a text");
        answer
    }
}

fn assert_hidden(what: &str, error: &Error) {
    let text = format!("{} {error:?}", told(error));
    assert!(text.contains("[redacted]"), "{what}: {text}");
    for trace in TRACES {
        assert!(!text.contains(trace), "{what}: {trace}: {text}");
    }
}

async fn no_error_shows_a_credential() {
    let server = Server::start(echo(400)).await;
    let client =
        |set: fn(ClientBuilder) -> ClientBuilder| set(builder(&server)).build().expect("a client");
    let header = client(|builder| builder.api_key(SECRET));
    assert_hidden(
        "header",
        &header.things().get_header().await.expect_err("400"),
    );
    let query = client(|builder| builder.in_query(SECRET));
    assert_hidden("query", &query.things().query().await.expect_err("400"));
    let cookie = client(|builder| builder.in_cookie(SECRET));
    assert_hidden(
        "cookie",
        &cookie.things().get_cookie().await.expect_err("400"),
    );
    let bearer = client(|builder| builder.access_token(SECRET));
    assert_hidden("bearer", &bearer.things().get().await.expect_err("400"));
    let basic = client(|builder| builder.basic_auth("me", SECRET));
    assert_hidden("basic", &basic.things().get_basic().await.expect_err("400"));

    // The caller's own header.
    let own = format!("Bearer {SECRET}");
    let options = RequestOptions::new().header("authorization", &own);
    assert!(!format!("{options:?}").contains("RET"), "{options:?}");
    let call = bearer.things().open().options(options);
    assert_hidden("options", &call.await.expect_err("400"));
    let client = builder(&server)
        .api_key("key")
        .default_header("authorization", &own);
    let client = client.build().expect("a client");
    assert_hidden("default", &client.things().open().await.expect_err("400"));

    // A body that cannot be decoded.
    let server = Server::start(echo(200)).await;
    let client = builder(&server).in_query(SECRET).build().expect("a client");
    let error = client.things().get_number().await.expect_err("no number");
    assert!(error.is_decode(), "{error}");
    let text = format!("{error} {error:?}");
    assert!(!text.contains("RET"), "{text}");
    let server = Server::start(|request, _| {
        let key = request.line.rsplit('=').next().unwrap_or_default();
        answer(200, format!("\"{key}\""))
    })
    .await;
    let client = builder(&server).in_query(SECRET).build().expect("a client");
    let error = client.things().get_number().await.expect_err("no number");
    assert!(error.is_decode(), "{error}");
    assert_hidden("decode", &error);
}

/// Returns an OAuth 2.0 error whose text repeats the request.
fn refusing(request: &Received, _: usize) -> Answer {
    let sent = request.header("authorization").unwrap_or_default();
    let about = format!("{sent} | {}", request.body);
    let about = about.replace('%', "%25").replace("%25", "%");
    answer(
        401,
        format!(r#"{{"error":"invalid_client","error_description":"{about}"}}"#),
    )
}

async fn no_error_shows_what_a_token_endpoint_was_sent() {
    let server = Server::start(refusing).await;
    let grant = || Grant::client_credentials("me", SECRET);
    for (what, grant) in [
        ("basic", grant()),
        ("body", grant().secret_in_body()),
        ("refresh", Grant::refresh_token("me", SECRET)),
        (
            "assertion",
            Grant::refresh_token("me", "r0").parameter("client_assertion", SECRET),
        ),
    ] {
        let client = builder(&server)
            .access_token_grant(grant)
            .build()
            .expect("a client");
        let error = client.things().get().await.expect_err("no token");
        assert!(told(&error).contains("returned the error `invalid_client`"), "{error}");
        assert_hidden(what, &error);
    }
    // The encoded pair of Basic authentication.
    let client = builder(&server)
        .access_token_grant(grant())
        .build()
        .expect("a client");
    let error = client.things().get().await.expect_err("no token");
    let requests = server.received();
    let pair = requests
        .iter()
        .rev()
        .find_map(|request| request.header("authorization"));
    let pair = pair
        .and_then(|header| header.strip_prefix("Basic "))
        .expect("a pair");
    assert!(!told(&error).contains(pair), "{error}");
}

/// Checks an API that repeats secrets which only its token endpoint should know.
async fn no_error_shows_what_a_token_endpoint_has_sent() {
    let server = Server::start(|request: &Received, _| match &*request.line {
        "POST /refresh" => answer(
            200,
            r#"{"access_token":"aSEC1","expires_in":3600,"refresh_token":"rSEC2"}"#,
        ),
        _ => answer(400, "aSEC1 is not rSEC2, and not cSEC3"),
    })
    .await;
    let grant = Grant::refresh_token("me", "r0").secret("cSEC3");
    let client = builder(&server)
        .access_token_grant(grant)
        .build()
        .expect("a client");
    let error = client.things().get().await.expect_err("400");
    assert!(
        told(&error).ends_with("[redacted] is not [redacted], and not [redacted]"),
        "{error}"
    );
    assert_hidden("tokens", &error);
}

async fn texts_of_servers_are_bounded() {
    let long = "x".repeat(1_000_000);
    let body = format!(r#"{{"error":"{long}","error_description":"{long}"}}"#);
    let server = Server::start(move |_, _| answer(400, body.clone())).await;
    let grant = Grant::client_credentials("me", SECRET);
    let client = builder(&server)
        .access_token_grant(grant)
        .in_query("k")
        .build()
        .expect("a client");
    let error = client.things().get().await.expect_err("no token");
    assert!(told(&error).chars().count() < 700, "{}", told(&error).len());
    assert!(format!("{error:?}").chars().count() < 700);
    let error = client.things().get_number().await.expect_err("400");
    assert!(format!("{error} {error:?}").chars().count() < 1000);

    // The error names a property and a value, both of which are very long.
    let body = format!(r#"{{"{}":"{}"}}"#, "n".repeat(100_000), "v".repeat(100_000));
    let server = Server::start(move |_, _| answer(200, body.clone())).await;
    let client = builder(&server).in_query("k").build().expect("a client");
    let error = client.things().get_numbers().await.expect_err("no numbers");
    assert!(error.is_decode(), "{}", told(&error).len());
    assert!(format!("{error} {error:?}").chars().count() < 5000);
}

async fn short_keys_are_no_words() {
    let text = "about a banana: the key `a` of cab is bad, ?key=a";
    let server = Server::start(move |_, _| answer(400, text)).await;
    let client = builder(&server).in_query("ba").build().expect("a client");
    let error = client.things().query().await.expect_err("400");
    assert!(told(&error).ends_with(text), "{error}");
}

fn nothing_shows_its_settings() {
    let grant = Grant::client_credentials("me", SECRET)
        .token_url(format!("https://me:{SECRET}@example.com/?key={SECRET}"))
        .parameter("client_assertion", SECRET);
    let secret = Secret::new(SECRET);
    let builder = Client::builder()
        .in_query(SECRET)
        .access_token_grant(grant.clone());
    let client = builder.clone().build().expect("a client");
    let shown = format!("{grant:?} {secret:?} {builder:?} {client:?}");
    assert!(!shown.contains("RET"), "{shown}");
    let base = Client::builder()
        .in_query("k")
        .base_url(format!("https://me:{SECRET}@example.com"));
    let error = base.build().expect_err("a password in the URL");
    assert!(!format!("{error} {error:?}").contains("RET"), "{error:?}");
}
