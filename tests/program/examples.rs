//! The example of each operation sends the same request as the client's test of the wire format, which is computed from
//! the description alone.

use super::corpus::{built, operations, run_example, shop};
use super::program;
use super::server::{Received, Server};
use super::support::{cargo, repository, target};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// What operations of a description decide about a request.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Sent {
    method_and_path: String,
    query: Vec<String>,
    headers: Vec<String>,
    body: String,
}

/// Headers that do not depend on the operation.
const USUAL: [&str; 7] = [
    "accept-encoding",
    "authorization",
    "connection",
    "content-length",
    "host",
    "user-agent",
    "transfer-encoding",
];

impl Sent {
    fn new(received: &Received) -> Self {
        let (path, query) = received
            .line
            .split_once('?')
            .unwrap_or((&received.line, ""));
        let mut query: Vec<String> = query.split('&').map(str::to_owned).collect();
        query.sort();
        let header = |line: &String| {
            let (name, value) = line.split_once(": ")?;
            let name = name.to_ascii_lowercase();
            // The boundary of a multipart body is random.
            let value = value.split("; boundary").next().unwrap_or(value);
            (!USUAL.contains(&&*name)).then(|| format!("{name}: {value}"))
        };
        let mut headers: Vec<String> = received.headers.iter().filter_map(header).collect();
        headers.sort();
        Sent {
            method_and_path: path.to_owned(),
            query,
            headers,
            body: body(received),
        }
    }
}

/// Returns a body that can be compared: JSON with sorted properties, and the names of the parts of a form, because the
/// files of the command have other contents.
fn body(received: &Received) -> String {
    let media_type = received.header("content-type").unwrap_or_default();
    if media_type.starts_with("multipart/") {
        let lines = received.body.lines();
        let names = lines.filter_map(|line| line.split("; name=").nth(1));
        let mut names: Vec<&str> = names.filter_map(|rest| rest.split(';').next()).collect();
        names.sort_unstable();
        return names.join(" ");
    }
    if media_type.starts_with("application/pdf") || media_type.starts_with("image/") {
        return "a file".to_owned();
    }
    match serde_json::from_str::<Value>(&received.body) {
        Ok(json) => sorted(json).to_string(),
        Err(_) => received.body.clone(),
    }
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> = members.into_iter().collect();
            members.sort_by(|one, other| one.0.cmp(&other.0));
            let members = members
                .into_iter()
                .map(|(name, value)| (name, sorted(value)));
            Value::Object(members.collect())
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        value => value,
    }
}

fn taken(server: &Server) -> Vec<Sent> {
    let mut sent: Vec<Sent> = server.take().iter().map(Sent::new).collect();
    sent.sort();
    sent
}

/// Compares the requests of a program with those of the client's tests, which `tests` runs.
fn compare(program: &Path, mut tests: Command) -> usize {
    let server = Server::start(|_| (200, "Content-Type: application/json\r\n", "{}".to_owned()));
    // The server's responses do not match the description, so that tests fail after they have sent their requests.
    let output = tests.env("SDKGEN_WIRE_URL", &server.url).output().unwrap();
    let expected = taken(&server);
    assert!(!expected.is_empty(), "{output:?}");
    let helps = operations(program);
    for help in &helps {
        let output = run_example(program, help, &format!("--yes --base-url {}", server.url));
        assert_ne!(output.status.code(), Some(2), "{output:?}");
    }
    let sent = taken(&server);
    for (sent, expected) in sent.iter().zip(&expected) {
        assert_eq!(sent, expected);
    }
    assert_eq!(sent.len(), expected.len());
    assert_eq!(sent.len(), helps.len());
    sent.len()
}

#[test]
fn examples_of_the_flagship_send_the_expected_requests() {
    let tests = [
        "test",
        "--package",
        "outboundcalls",
        "--test",
        "wire",
        "--no-fail-fast",
    ];
    let mut tests = cargo::command(repository(), &tests);
    tests.env("CARGO_TARGET_DIR", target());
    assert_eq!(compare(program(), tests), 10);
}

#[test]
fn examples_of_every_kind_send_the_expected_requests() {
    let tests = [
        "test",
        "--offline",
        "--package",
        "shop",
        "--test",
        "wire",
        "--no-fail-fast",
    ];
    let tests = shop().command(&tests);
    assert_eq!(compare(&built(shop(), "shop"), tests), 14);
}
