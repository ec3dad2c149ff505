//! Inputs that the client refuses before it sends anything, and secrets that it never prints.

use std::time::Duration;

use crate::server::{Act, Server};
use outboundcalls::{
    Client, Error, RequestOptions, Secret,
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
        assert!(matches!(error, Error::Auth(_)), "{text}");
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
        assert!(matches!(error, Error::Config(_)), "{url}: {error}");
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

/// Runs in another process, with the environment that the next test sets.
#[tokio::test]
#[ignore = "the next test runs it"]
async fn a_client_of_the_environment() {
    match Client::from_env() {
        Ok(client) => drop(client.account().get().await.expect("an answer")),
        Err(error) => println!("{error:?}: {error}"),
    }
}

#[tokio::test]
async fn the_environment_has_the_key_and_the_base_url() {
    let run = |key: Option<&str>, url: &str| {
        let mut child = std::process::Command::new(std::env::current_exe().expect("this test"));
        child.args([
            "--exact",
            "input::a_client_of_the_environment",
            "--ignored",
            "--nocapture",
        ]);
        child.env_remove("OUTBOUNDCALLS_API_KEY");
        child.envs(key.map(|key| ("OUTBOUNDCALLS_API_KEY", key)));
        child.env("OUTBOUNDCALLS_BASE_URL", url);
        let output = child.output().expect("a run");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    };
    let server = Server::always(Act::json(200, "{}"));
    run(Some(KEY), &server.base_url());
    let sent = &server.received()[0];
    assert_eq!(
        sent.header("authorization"),
        Some(&*format!("Bearer {KEY}"))
    );
    let told = run(None, &server.base_url());
    assert!(
        told.contains("Auth(") && told.contains("OUTBOUNDCALLS_API_KEY is not set"),
        "{told}"
    );
    let told = run(Some(KEY), "no URL");
    assert!(told.contains("Config(") && !told.contains(KEY), "{told}");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_request_is_built_as_it_is_sent() {
    let server = Server::always(Act::json(200, "{}"));
    let client = crate::client::client(&server);
    let create = client
        .calls()
        .create(CreateCall::new("clxA", "+14155551212"));
    let create = create.options(RequestOptions::new().header("x-a", "b").query("c", "d"));
    let built = create.clone().build().await.expect("a request");
    assert_eq!(server.arrivals(), 0);
    // A cloned request can be sent twice.
    create.clone().await.expect("an answer");
    create.await.expect("an answer");
    assert_eq!(server.received().len(), 2);
    for sent in server.received() {
        assert_eq!(built.method(), &*sent.method);
        assert!(built.uri().to_string().ends_with(&sent.target), "{built:?}");
        assert!(sent.target.ends_with("/calls?c=d"), "{}", sent.target);
        assert_eq!(built.body().as_bytes(), Some(&*sent.body));
        for (name, value) in built.headers() {
            assert_eq!(sent.header(name.as_str()), value.to_str().ok());
        }
    }
    let key = built.headers().get("authorization").expect("a credential");
    assert!(key.is_sensitive() && !format!("{built:?}").contains(KEY));
    // A transport accepts it unchanged.
    let transport = outboundcalls::transport::ReqwestTransport::new().expect("a transport");
    let response = outboundcalls::transport::Transport::send(&transport, built).await;
    assert_eq!(
        response.expect("a response").status(),
        outboundcalls::http::StatusCode::OK
    );

    let refused = client.calls().get("").build().await;
    assert!(refused.expect_err("no id").is_build());
}

#[tokio::test]
async fn large_bodies_are_compressed() {
    let server = Server::always(Act::json(200, "{}"));
    let builder = crate::client::builder(server.base_url()).gzip_requests(1000);
    let client = builder.build().expect("a client");
    let note = |length| CreateContact::new("clxL", "+14155551212").name("n".repeat(length));
    for (length, options) in [
        (100, RequestOptions::new()),
        (5000, RequestOptions::new()),
        (
            5000,
            RequestOptions::new().header("content-encoding", "identity"),
        ),
    ] {
        let create = client.contacts().create(note(length)).options(options);
        create.await.expect("an answer");
    }
    let sent = server.received();
    let codings = sent
        .iter()
        .map(|request| request.header("content-encoding"));
    assert_eq!(
        codings.collect::<Vec<_>>(),
        [None, Some("gzip"), Some("identity")]
    );
    assert!(sent[1].body.len() < 300, "{}", sent[1].body.len());
    // The client decodes what it has encoded.
    let mut echo = http::Response::new(sent[1].body.clone().into());
    let gzip = http::HeaderValue::from_static("gzip");
    echo.headers_mut().insert("content-encoding", gzip);
    let transport = MemoryTransport::new().response(echo);
    let client = Client::builder().api_key(KEY).transport(transport);
    let client = client.build().expect("a client");
    let response = client.account().get().send_raw().await.expect("an answer");
    assert_eq!(response.body(), &sent[2].body);
}

#[tokio::test]
async fn options_add_query_body_and_key() {
    let script = vec![Act::json(503, "{}"), Act::json(200, "{}")];
    let server = Server::start(script, Act::json(200, "[]"));
    let client = crate::client::client(&server);
    let body = CreateCall::new("clxA", "+14155551212");
    let options = RequestOptions::new()
        .query("a b", "c&d")
        .query("a b", 2)
        .body_property("to", "+1")
        .body_property("beta", [1, 2])
        .idempotency_key("k1");
    assert!(!format!("{options:?}").contains("k1"), "{options:?}");
    let call = client.calls().create(body.clone()).options(options);
    call.await.expect("an answer");
    // With an idempotency key, even a `POST` is retried.
    let sent = server.received();
    assert_eq!(sent.len(), 2);
    for request in &sent {
        assert!(
            request.target.ends_with("/calls?a%20b=c%26d&a%20b=2"),
            "{}",
            request.target
        );
        assert_eq!(request.header("idempotency-key"), Some("k1"));
        let body: serde_json::Value = serde_json::from_slice(&request.body).expect("JSON");
        assert_eq!(body["to"], "+1");
        assert_eq!(body["beta"], serde_json::json!([1, 2]));
        assert_eq!(body["agentId"], "clxA");
    }
    // The option replaces a parameter of the request.
    let options = RequestOptions::new().query("status", "x");
    let list = client.calls().list().status("y").limit(1).options(options);
    list.await.expect("an answer");
    let target = &server.received()[2].target;
    assert!(target.ends_with("/calls?limit=1&status=x"), "{target}");

    let faults = [
        RequestOptions::new().idempotency_key(""),
        RequestOptions::new().idempotency_key("a\nb"),
        RequestOptions::new().body_property("a", f64::NAN),
    ];
    for options in faults {
        let error = client.calls().create(body.clone()).options(options).await;
        assert!(error.expect_err("a fault").is_build());
    }
    assert_eq!(server.received().len(), 3);
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
        assert!(matches!(error, Err(Error::Config(_))), "{name:?}");
        let options = RequestOptions::new().header(name, value);
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
    let options = RequestOptions::new()
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

/// Checks against a server that repeats the whole request in every kind of response.
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

/// Returns an error and all its causes, by `Display` and by `Debug`.
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
