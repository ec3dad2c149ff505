//! Sends requests with settings of the client to a local server.

mod server;

use server::Server;
use settings::types::{CreateMessageParams, MessageStreamEvent};
use settings::{Client, ClientBuilder, Error, RequestOptions};
use std::env;
use std::process::Command;

const DONE: &str = "204\n\n";

fn client(server: &Server) -> ClientBuilder {
    Client::builder().base_url(format!("http://{}", server.address))
}

/// Returns the first line and the headers of the only request, without the ones that every request has.
fn only(server: Server) -> String {
    let requests = server.requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    let head = requests[0].split("\n\n").next().unwrap_or_default();
    let own = head.lines().filter(|line| {
        let line = line.to_ascii_lowercase();
        let mut names = ["delete ", "get ", "post ", "messages-", "x-api-key"].iter();
        names.any(|name| line.starts_with(name))
    });
    own.collect::<Vec<_>>().join("\n")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    if let Ok(address) = env::var("MESSAGES_BASE_URL") {
        return from_env(&address).await;
    }
    parameters().await;
    defaults().await;
    missing().await;
    secrets().await;
    environment();
    streams().await;
    println!("6 settings reached the server");
}

/// The client's values go to the operations that have the parameter, and requests override them.
async fn parameters() {
    let server = Server::start(vec![DONE.to_owned()]);
    let built = client(&server)
        .api_key("k")
        .tenant("t 1")
        .messages_version("2026-01-01")
        .messages_beta(true);
    let client = built.build().unwrap();
    client.messages().delete("7").await.unwrap();
    let expected = "DELETE /messages/7?tenant=t%201\nmessages-beta: true\nmessages-version: 2026-01-01\nx-api-key: k";
    assert_eq!(only(server), expected);

    for (is_own, expected) in [
        (true, "GET /health?tenant=t2\nmessages-beta: false\nmessages-version: v\nx-api-key: k"),
        (false, "GET /open"),
    ] {
        let server = Server::start(vec![DONE.to_owned()]);
        let client = crate::client(&server).api_key("k").tenant("t").messages_version("w");
        let client = client.messages_beta(true).build().unwrap();
        let messages = client.messages();
        match is_own {
            true => {
                let request = messages.get_health().tenant("t2").messages_version("v");
                request.messages_beta(false).await.unwrap();
            }
            false => messages.open().await.unwrap(),
        }
        assert_eq!(only(server), expected);
    }
}

/// The document's defaults are sent, each with its operation, unless the caller sets the header.
async fn defaults() {
    let server = Server::start(vec!["200\ncontent-type: application/json\n\n[]".to_owned()]);
    let client = client(&server).tenant("t").build().unwrap();
    assert_eq!(client.messages().list().await.unwrap(), []);
    assert_eq!(only(server), "GET /messages?tenant=t\nmessages-version: 2025-01-01");

    let server = Server::start(vec![DONE.to_owned()]);
    let client = crate::client(&server).tenant("t").default_header("messages-version", "own");
    client.build().unwrap().messages().delete("7").await.unwrap();
    assert_eq!(only(server), "DELETE /messages/7?tenant=t\nmessages-version: own");
}

/// A request without a required parameter is not sent.
async fn missing() {
    let server = Server::start(vec![DONE.to_owned()]);
    let client = client(&server).build().unwrap();
    let messages = client.messages();
    let error = messages.delete("7").await.unwrap_err();
    assert!(matches!(error, Error::Config(_)), "{error:?}");
    let text = error.to_string();
    let expected = "`tenant` is not set: call `tenant(…)` of the client's builder or of the request";
    assert!(text.contains(expected), "{text}");
    let options = RequestOptions::new().query("tenant", "q");
    messages.delete("7").options(options).await.unwrap();
    assert_eq!(
        only(server),
        "DELETE /messages/7?tenant=q\nmessages-version: 2024-06-01"
    );
    let faulty = Client::builder().tenant("a\nb").build().unwrap_err();
    assert!(matches!(faulty, Error::Config(_)), "{faulty:?}");
}

/// The key is a credential: it is in no text.
async fn secrets() {
    let server = Server::start(vec!["401\n\nthe key hidden-key is unknown".to_owned()]);
    let client = client(&server).api_key("hidden-key").tenant("t").build().unwrap();
    let error = client.messages().delete("7").await.unwrap_err();
    assert!(error.is_unauthorized());
    for text in [format!("{client:?}"), format!("{error:?}"), error.to_string()] {
        assert!(!text.contains("hidden-key"), "{text}");
    }
    assert!(only(server).ends_with("x-api-key: hidden-key"));
}

/// `from_env` reads the key and the configured parameter.
fn environment() {
    let server = Server::start(vec![DONE.to_owned()]);
    let status = Command::new(env::current_exe().unwrap())
        .env("MESSAGES_BASE_URL", format!("http://{}", server.address))
        .env("MESSAGES_KEY", "from-env")
        .env("MESSAGES_TENANT", "env")
        .status()
        .unwrap();
    assert!(status.success());
    assert_eq!(
        only(server),
        "DELETE /messages/7?tenant=env\nmessages-version: 2024-06-01\nx-api-key: from-env"
    );
}

async fn from_env(_: &str) {
    let client = Client::from_env().unwrap();
    client.messages().delete("7").await.unwrap();
}

/// `send_events` sets `stream`, and returns the union beside the operation.
async fn streams() {
    let events = "event: message_start\ndata: {\"type\":\"message_start\",\"text\":\"Hi\"}\n\n\
                  event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    let reply = format!("200\ncontent-type: text/event-stream\n\n{events}");
    let server = Server::start(vec![reply]);
    let client = client(&server).tenant("t").build().unwrap();
    let body = CreateMessageParams::new("Hello");
    let mut events = client.messages().create(body).send_events().await.unwrap();
    let first = events.try_next().await.unwrap().unwrap().data;
    let MessageStreamEvent::MessageStart(start) = first else {
        panic!("{first:?}");
    };
    assert_eq!(start.text.as_deref(), Some("Hi"));
    let last = events.try_next().await.unwrap().unwrap().data;
    assert!(matches!(last, MessageStreamEvent::MessageStop(_)), "{last:?}");
    assert!(events.try_next().await.unwrap().is_none());
    let request = server.requests().remove(0);
    assert!(request.contains("accept: text/event-stream"), "{request}");
    assert!(request.ends_with(r#"{"stream":true,"text":"Hello"}"#), "{request}");
}
