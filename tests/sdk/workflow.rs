//! The example program of the flagship's main use over a real socket: place a call, wait for it, read the transcript.

#[path = "wire/server.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod server;

use std::process::{Command, Output};

use server::{Act, Server};

const KEY: &str = "oc_live_0123456789abcdef0123456789abcdef";

/// Runs `examples/workflow.rs` of the flagship against a server.
fn run(server: &Server) -> Output {
    Command::new(env!("CARGO"))
        .args([
            "run",
            "--quiet",
            "-p",
            "outboundcalls",
            "--example",
            "workflow",
        ])
        .env("OUTBOUNDCALLS_API_KEY", KEY)
        .env("OUTBOUNDCALLS_BASE_URL", server.base_url())
        .output()
        .expect("cargo")
}

fn stdout(output: &Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_transcript_is_read_when_it_is_there() {
    let created = Act::json(200, r#"{"call":{"id":"clx1","status":"queued"}}"#);
    let running = Act::json(200, r#"{"call":{"id":"clx1","status":"running"}}"#);
    let ended = Act::json(200, r#"{"call":{"id":"clx1","transcript":"Hello, Jane."}}"#);
    let server = Server::start(vec![created, running, ended], Act::Stall);
    let printed = stdout(&run(&server));
    assert_eq!(printed.trim_end(), "Some(String(\"Hello, Jane.\"))");
    let requests = server.received();
    let lines: Vec<String> = requests
        .iter()
        .map(|request| format!("{} {}", request.method, request.target))
        .collect();
    let call = "GET /api/v1/calls/clx1";
    assert_eq!(lines, ["POST /api/v1/calls", call, call]);
    for request in &requests {
        let bearer = format!("Bearer {KEY}");
        assert_eq!(request.header("authorization"), Some(bearer.as_str()));
    }
}

#[test]
fn insufficient_credits_are_handled() {
    let refused = Act::json(402, r#"{"message":"25 credits are needed"}"#);
    let server = Server::start(vec![refused], Act::Stall);
    let printed = stdout(&run(&server));
    assert!(printed.contains("POST /calls: 402"), "{printed}");
    assert!(printed.contains("25 credits are needed"), "{printed}");
    assert_eq!(server.received().len(), 1);
}
