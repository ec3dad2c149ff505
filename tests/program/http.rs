//! The Model Context Protocol over HTTP, through raw sockets.

use super::server::{Answer, Received};
use super::{KEY, Place};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

/// A server that ends with the test.
struct Served {
    child: Child,
    /// `127.0.0.1:PORT`.
    address: String,
}

impl Served {
    fn start(place: &Place, token: Option<&str>) -> Self {
        let mut command = place.command("mcp --http 0");
        if let Some(token) = token {
            command.env("OUTBOUNDCALLS_MCP_TOKEN", token);
        }
        let mut child = command
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.trim().strip_prefix("http://");
        let address = address.and_then(|rest| rest.strip_suffix("/mcp"));
        let address = address.unwrap_or_else(|| panic!("{line}")).to_owned();
        Served { child, address }
    }

    /// Sends a message with these headers, and returns the head and the body of the response.
    fn post(&self, path: &str, headers: &[String], message: &Value) -> (String, String) {
        let body = message.to_string();
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let mut head = format!(
            "POST {path} HTTP/1.1\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n\
             Connection: close\r\nContent-Length: {}\r\n",
            body.len()
        );
        for header in headers {
            head += &format!("{header}\r\n");
        }
        stream
            .write_all(format!("{head}\r\n{body}").as_bytes())
            .unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        assert!(!response.contains(KEY), "the key is shown: {response}");
        let (head, body) = response.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }

    fn status(&self, path: &str, headers: &[String]) -> u16 {
        let (head, _) = self.post(path, headers, &hello());
        head.split(' ').nth(1).unwrap().parse().unwrap()
    }

    fn host(&self) -> String {
        format!("Host: {}", self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn hello() -> Value {
    json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    }})
}

/// Returns the message of a response, which is an event or JSON itself.
fn message(body: &str) -> Value {
    let mut lines = body
        .lines()
        .map(|line| line.strip_prefix("data:").unwrap_or(line));
    lines
        .find_map(|line| {
            serde_json::from_str::<Value>(line.trim())
                .ok()
                .filter(Value::is_object)
        })
        .unwrap_or_else(|| panic!("no message: {body}"))
}

fn api(received: &Received) -> Answer {
    let body = match &*received.line {
        "GET /me" => json!({"id": "u", "echo": KEY}),
        _ => json!({}),
    };
    (200, "Content-Type: application/json\r\n", body.to_string())
}

#[test]
fn a_session_calls_tools() {
    let place = Place::new(api);
    let served = Served::start(&place, None);
    let (head, body) = served.post("/mcp", &[served.host()], &hello());
    assert_eq!(
        message(&body)["result"]["serverInfo"]["name"],
        "outboundcalls"
    );
    let session = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("mcp-session-id")
            .then(|| value.to_owned())
    });
    let headers = [
        served.host(),
        format!("Mcp-Session-Id: {}", session.unwrap()),
        "Mcp-Protocol-Version: 2025-06-18".to_owned(),
    ];
    let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    let (head, _) = served.post("/mcp", &headers, &ready);
    assert!(head.starts_with("HTTP/1.1 202"), "{head}");
    let request = |id: u64, method: &str, params: Value| {
        let request = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        message(&served.post("/mcp", &headers, &request).1)
    };
    let tools = request(2, "tools/list", json!({}));
    assert_eq!(tools["result"]["tools"].as_array().unwrap().len(), 10);
    let result = request(
        3,
        "tools/call",
        json!({"name": "account_get", "arguments": {}}),
    );
    assert_eq!(
        result["result"]["structuredContent"]["data"],
        json!({"id": "u", "echo": "***"})
    );
    // A request that costs money needs the user's consent here too.
    let call = json!({"body": {"agentId": "a", "toNumber": "+1"}});
    let result = request(
        4,
        "tools/call",
        json!({"name": "calls_create", "arguments": call}),
    );
    assert_eq!(result["result"]["isError"], true, "{result}");
    let lines: Vec<String> = place
        .server
        .take()
        .into_iter()
        .map(|received| received.line)
        .collect();
    assert_eq!(lines, ["GET /me"]);
}

/// A page of a browser reaches no server on this machine: neither by its own origin, nor by a name that resolves here.
#[test]
fn web_pages_are_refused() {
    let place = Place::new(api);
    let served = Served::start(&place, None);
    let port = served.address.rsplit_once(':').unwrap().1;
    let with = |headers: &[&str]| {
        let headers: Vec<String> = headers.iter().map(|line| (*line).to_owned()).collect();
        served.status("/mcp", &headers)
    };
    assert_eq!(with(&[&served.host()]), 200);
    assert_eq!(with(&[&format!("Host: localhost:{port}")]), 200);
    assert_eq!(with(&[&format!("Host: attacker.example:{port}")]), 403);
    for origin in ["https://attacker.example", "null", "http://localhost"] {
        assert_eq!(
            with(&[&served.host(), &format!("Origin: {origin}")]),
            403,
            "{origin}"
        );
    }
    assert_eq!(served.status("/", &[served.host()]), 404);
}

#[test]
fn a_token_is_required_if_one_is_set() {
    let place = Place::new(api);
    let served = Served::start(&place, Some("s3cret"));
    let status = |header: &str| served.status("/mcp", &[served.host(), header.to_owned()]);
    assert_eq!(status("X-None: 1"), 401);
    assert_eq!(status("Authorization: Bearer s3cre"), 401);
    assert_eq!(status("Authorization: Bearer s3cret"), 200);
}

#[test]
fn other_machines_cannot_be_served() {
    let place = Place::new(api);
    for address in ["0.0.0.0:8808", "example.com:80"] {
        let text = place.run(&format!("mcp --http {address}"));
        assert!(
            text.contains("is not an address of this machine") && text.contains("exit 2"),
            "{text}"
        );
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let text = place.run(&format!("mcp --http {}", taken.local_addr().unwrap()));
    assert!(text.contains("cannot listen on"), "{text}");
}
