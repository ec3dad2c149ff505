//! The program on a terminal, which `script` emulates.

use super::server::{Answer, Received};
use super::{KEY, Place, program};
use serde_json::json;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

fn api(received: &Received) -> Answer {
    let body = match &*received.line {
        "POST /calls" => json!({"call": {"id": "clx9", "status": "queued"}}),
        _ => json!({"calls": [
            {"id": "clx1", "status": "\u{1b}[31mcompleted", "toNumber": "+14155551212"},
            {"id": "clx2", "status": "\u{202e}queued\u{9b}2J"},
        ]}),
    };
    (200, "Content-Type: application/json\r\n", body.to_string())
}

/// Runs a line on a terminal. Types an answer when the prompt is shown, and returns what the terminal shows with the
/// exit code.
fn on_terminal(place: &Place, line: &str, prompt: &str, answer: &str) -> (String, i32) {
    let line = format!("stty cols 100; '{}' {line}", program().display());
    let mut command = Command::new("script");
    let command = command
        .args(["--quiet", "--return", "--command", &line, "/dev/null"])
        .current_dir(place.folder.path())
        .env("HOME", place.folder.path())
        .env("TERM", "xterm")
        .env("OUTBOUNDCALLS_BASE_URL", &place.server.url)
        .env("OUTBOUNDCALLS_API_KEY", KEY);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut input, mut output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut shown = Vec::new();
    let mut byte = [0];
    while !String::from_utf8_lossy(&shown).contains(prompt) && output.read(&mut byte).unwrap() > 0 {
        shown.push(byte[0]);
    }
    // Echo is turned off right after a prompt for a secret is printed.
    std::thread::sleep(std::time::Duration::from_millis(300));
    input.write_all(answer.as_bytes()).unwrap();
    output.read_to_end(&mut shown).unwrap();
    drop(input);
    let code = child.wait().unwrap().code().unwrap_or(-1);
    (String::from_utf8(shown).unwrap(), code)
}

#[test]
fn a_request_that_costs_money_asks_first() {
    let place = Place::new(api);
    let line = "calls create --agent-id a --to-number +1";
    for (answer, count, code) in [("n\n", 0, 2), ("\n", 0, 2), ("y\n", 1, 0), ("yes\n", 1, 0)] {
        let (text, status) = on_terminal(&place, line, "[y/N] ", answer);
        assert!(
            text.contains("Send POST /calls (Place a call)? [y/N]"),
            "{text}"
        );
        assert_eq!(place.server.take().len(), count, "{answer:?}: {text}");
        assert_eq!(status, code, "{text}");
        assert_eq!(text.contains("nothing was sent"), count == 0, "{text}");
        assert_eq!(text.contains("clx9"), count == 1, "{text}");
    }
    let (text, status) = on_terminal(&place, &format!("{line} --yes"), "clx9", "");
    assert!(!text.contains("[y/N]") && status == 0, "{text}");
}

#[test]
fn lists_are_tables_without_escapes() {
    let place = Place::new(api);
    let (text, code) = on_terminal(&place, "calls list", "clx2", "");
    assert_eq!(code, 0, "{text}");
    assert!(text.starts_with("ID    TONUMBER      STATUS"), "{text}");
    assert!(text.contains("\\u{1b}[31mcompleted") && text.contains("\\u{202e}queued\\u{9b}2J"));
    let is_unsafe = |c: char| c.is_control() && c != '\r' && c != '\n' || c == '\u{202e}';
    assert!(!text.contains(is_unsafe), "{text:?}");
}

#[test]
fn a_secret_is_not_shown_while_it_is_typed() {
    let place = Place::new(api);
    let (text, code) = on_terminal(&place, "login", "API key: ", &format!("{KEY}\n"));
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("stored the API key") && !text.contains(KEY),
        "{text}"
    );
    let file = place
        .folder
        .path()
        .join(".config/outboundcalls/credentials.json");
    assert!(std::fs::read_to_string(file).unwrap().contains(KEY));
}
