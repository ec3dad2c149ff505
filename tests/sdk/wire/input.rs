//! What must be refused before anything is sent, and what must never be printed.

use std::time::Duration;

use crate::server::{Act, Server};
use outboundcalls::{
    CallOptions, Client, Error, Secret,
    transport::MemoryTransport,
    types::{CreateCall, CreateContact},
};

const KEY: &str = "oc_live_SECRETSECRETSECRET";

#[tokio::test]
async fn bad_path_parameters_are_not_sent() {
    let transport = MemoryTransport::from_fn(|_| http::Response::new("{}".into()));
    let client = Client::builder()
        .api_key(KEY)
        .transport(transport.clone())
        .build()
        .expect("a client");
    for id in ["", ".", "..", "\u{2e}", "%2e"] {
        let refused = id != "%2e";
        let before = transport.requests().len();
        let results = [
            client.calls().get(id).await.map(drop),
            client.agents().get(id).await.map(drop),
            client.campaigns().get(id).await.map(drop),
        ];
        for result in results {
            match result {
                Err(Error::Build(error)) if refused => {
                    assert!(error.to_string().contains("path parameter"), "{error}");
                }
                Ok(()) if !refused => {}
                other => panic!("{id:?}: {other:?}"),
            }
        }
        let sent = transport.requests().len() - before;
        assert_eq!(sent, if refused { 0 } else { 3 }, "{id:?}");
    }
}

#[tokio::test]
async fn path_parameters_arrive_encoded() {
    let table = [
        ("a/b", "a%2Fb"),
        ("a?b", "a%3Fb"),
        ("a#b", "a%23b"),
        ("a%b", "a%25b"),
        ("%2e%2e", "%252e%252e"),
        ("../me", "..%2Fme"),
        ("a b", "a%20b"),
        ("é日", "%C3%A9%E6%97%A5"),
        ("a\nb", "a%0Ab"),
        ("a\\b", "a%5Cb"),
        ("-._~", "-._~"),
        ("+;,=&@:", "%2B%3B%2C%3D%26%40%3A"),
    ];
    let server = Server::always(Act::json(200, "{}"));
    let client = Client::builder()
        .api_key(KEY)
        .base_url(server.base_url() + "/")
        .build()
        .expect("a client");
    for (id, _) in table {
        client.calls().get(id).await.expect(id);
    }
    let targets: Vec<_> = server.received().into_iter().map(|r| r.target).collect();
    let expected: Vec<_> = table
        .iter()
        .map(|(_, path)| format!("/api/v1/calls/{path}"))
        .collect();
    assert_eq!(targets, expected);
}

#[test]
fn bad_keys_are_refused_and_not_shown() {
    for key in [
        "",
        " ",
        "SECRET\n",
        "SECRET\r\nx: y",
        "SEC RET",
        "SECRET\0",
        "SECRET\u{7f}",
        "SECRETé",
    ] {
        let error = Client::new(key).map(drop).expect_err(key);
        let text = format!("{error} {error:?}");
        assert!(matches!(error, Error::Build(_)), "{text}");
        assert!(text.contains("OUTBOUNDCALLS_API_KEY"), "{text}");
        assert!(!text.contains("SEC"), "{text}");
    }
    let error = Client::builder().build().map(drop).expect_err("no key");
    assert!(
        error.to_string().contains("OUTBOUNDCALLS_API_KEY"),
        "{error}"
    );
}

#[test]
fn base_urls_are_checked() {
    let good = [
        "https://example.com",
        "https://example.com/",
        "https://example.com:8443/v1/",
        "http://127.0.0.1:1/x",
        "http://127.9.9.9",
        "http://[::1]:80",
        "http://localhost:1",
        "HTTPS://EXAMPLE.COM",
    ];
    let bad = [
        "",
        "example.com",
        "/v1",
        "ftp://example.com",
        "https://",
        "https:///v1",
        "https://user:SECRET@example.com",
        "https://example.com/?a=b",
        "https://example.com/#a",
        "https://example.com/a b",
        "https://example.com/a/../b",
        "https://example.com/%2e%2E/b",
        "https://example.com:",
        "https://example.com:port",
        "https://example.com:99999",
        "https://exa\nmple.com",
        "http://example.com",
        "http://api.localhost",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://0.0.0.0",
        "http://10.0.0.1",
    ];
    let build = |url: &str| Client::builder().api_key(KEY).base_url(url).build();
    for url in good {
        build(url).map(drop).expect(url);
    }
    for url in bad {
        let error = build(url).map(drop).expect_err(url);
        assert!(matches!(error, Error::Build(_)), "{url}: {error}");
        assert!(!format!("{error:?}").contains("SECRET"), "{error:?}");
    }
    let insecure = Client::builder()
        .api_key(KEY)
        .base_url("http://example.com");
    insecure
        .allow_insecure_http()
        .build()
        .map(drop)
        .expect("allowed");
}

#[tokio::test]
async fn bad_headers_are_refused() {
    let client = Client::builder()
        .api_key(KEY)
        .transport(MemoryTransport::new());
    let bad = [
        ("x-a", "a\nb"),
        ("x-a", "a\rb"),
        ("x a", "b"),
        ("", "b"),
        ("host", "b"),
        ("Content-Length", "1"),
    ];
    for (name, value) in bad {
        let error = client.clone().default_header(name, value).build().map(drop);
        assert!(matches!(error, Err(Error::Build(_))), "{name:?}");
        let options = CallOptions::new().header(name, value);
        let client = client.clone().build().expect("a client");
        let error = client.account().get().options(options).await.map(drop);
        assert!(matches!(error, Err(Error::Build(_))), "{name:?}");
    }
}

#[tokio::test]
async fn options_reach_the_wire() {
    let server = Server::always(Act::json(200, "{}"));
    let client = Client::builder()
        .api_key(KEY)
        .base_url(server.base_url())
        .default_header("x-team", "a")
        .default_header("x-team", "b")
        .user_agent("mine/1")
        .build()
        .expect("a client");
    let options = CallOptions::new()
        .header("x-call", "c")
        .header("accept", "text/plain");
    client
        .account()
        .get()
        .options(options)
        .await
        .expect("an account");
    client.account().get().await.expect("an account");
    let received = server.received();
    let values = |name| received.iter().map(|r| r.header(name)).collect::<Vec<_>>();
    assert_eq!(values("x-team"), [Some("b"), Some("b")]);
    assert_eq!(values("user-agent"), [Some("mine/1"), Some("mine/1")]);
    assert_eq!(values("x-call"), [Some("c"), None]);
    assert_eq!(
        values("accept"),
        [Some("text/plain"), Some("application/json")]
    );
}

/// A server that sends everything back, in every kind of answer.
#[tokio::test]
async fn the_key_is_never_printed() {
    let mut texts = vec![
        format!("{:?}", Secret::new(KEY)),
        format!("{:?}", Client::builder().api_key(KEY)),
        format!("{:?}", Client::new(KEY)),
    ];
    let client = Client::new(KEY).expect("a client");
    texts.push(format!(
        "{:?} {:?}",
        client.calls(),
        client.calls().get("QUERY")
    ));
    texts.push(format!(
        "{:?}",
        client.agents().list().status("QUERY").send()
    ));

    let echo = format!("Bearer {KEY}");
    let answers = [
        Act::json(401, &format!(r#"{{"error": "bad key {echo}"}}"#)),
        Act::Reply(500, &[], format!("<html>{echo}</html>")),
        Act::json(200, &format!(r#""{echo}""#)),
        Act::json(200, &format!(r#"{{"agents": "{echo}"}}"#)),
        Act::Raw(echo.clone()),
        Act::Stall,
    ];
    for answer in answers {
        let server = Server::always(answer);
        let client = Client::builder()
            .api_key(KEY)
            .base_url(server.base_url())
            .timeout(Duration::from_millis(300))
            .retry(outboundcalls::RetryPolicy::none())
            .build()
            .expect("a client");
        let error = client
            .agents()
            .list()
            .status("QUERY")
            .await
            .expect_err("an error");
        texts.push(print(&error));
    }
    let refused = Client::builder()
        .api_key(KEY)
        .base_url("http://127.0.0.1:1")
        .build();
    let error = refused
        .expect("a client")
        .agents()
        .list()
        .status("QUERY")
        .await;
    texts.push(print(&error.expect_err("refused")));

    for text in texts {
        assert!(!text.contains("SECRET"), "{text}");
        assert!(!text.contains("QUERY"), "{text}");
    }
}

/// An error and all its causes, in both ways of printing.
fn print(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        text += &format!(" {next} {next:?}");
        cause = next.source();
    }
    text
}

#[test]
fn requests_are_read_back_as_written() {
    let json = r#"{"agentId":"a","toNumber":"+1","contactId":null,"x":{"y":1}}"#;
    let call: CreateCall = serde_json::from_str(json).expect("a call");
    let expected = CreateCall::new("a", "+1");
    assert_eq!(call.agent_id, expected.agent_id);
    assert_eq!(call.contact_id, None);
    let again = serde_json::to_string(&call).expect("JSON");
    assert_eq!(again, r#"{"agentId":"a","toNumber":"+1","x":{"y":1}}"#);

    let error = serde_json::from_str::<CreateContact>(r#"{"phone": "+1"}"#).expect_err("missing");
    assert!(
        error.to_string().contains("missing field `contactListId`"),
        "{error}"
    );
    let error = serde_json::from_str::<CreateContact>("[]").expect_err("a list");
    assert!(
        error.to_string().contains("a `CreateContact` object"),
        "{error}"
    );
}
