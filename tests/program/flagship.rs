//! Transcripts of `outboundcalls`.

use super::server::{Answer, Received};
use super::{KEY, Place, program};
use serde_json::{Value, json};
use std::process::Command;

/// Answers as the API does.
fn api(received: &Received) -> Answer {
    let calls = json!({"calls": [
        {"id": "clx1", "status": "completed", "toNumber": "+14155551212", "agentId": "clxA"},
        {"id": "clx2", "status": "\u{1b}[31mred\u{9b}", "toNumber": "+4930123456"},
    ]});
    let answer = |body: Value| (200, "Content-Type: application/json\r\n", body.to_string());
    match &*received.line {
        "GET /me" => answer(json!({"id": "clxU", "email": "ada@example.com", "credits": 120})),
        "GET /calls" | "GET /calls?status=completed&limit=2" => answer(calls),
        "GET /calls/clx1" => {
            answer(json!({"call": {"id": "clx1", "status": "completed", "transcript": "Hello"}}))
        }
        "POST /calls" => answer(json!({"call": {"id": "clx9", "status": "queued"}})),
        "POST /contacts" => answer(json!({"contact": {"id": "clxC"}})),
        _ => (
            404,
            "Content-Type: application/json\r\nX-Request-Id: req_1\r\n",
            json!({"message": "There is no such call\u{1b}[2J"}).to_string(),
        ),
    }
}

#[test]
fn help_at_every_level() {
    let place = Place::new(api);
    let lines = [
        "--help",
        "-h",
        "calls",
        "calls create --help",
        "calls list -h",
        "login --help",
        "logout --help",
        "logout --dry-run",
        "--output json profiles",
        "--version",
    ];
    insta::assert_snapshot!(place.transcript(&lines));
}

#[test]
fn responses_are_printed_in_every_format() {
    let place = Place::new(api);
    let lines = [
        "calls list",
        "calls list --output table",
        "calls list --output table --columns toNumber,agentId",
        "calls list --output jsonl --status completed --limit 2",
        "calls list --output yaml",
        "calls list --query '$.calls[*].id'",
        "calls list --output raw --query '$.calls[0].id'",
        "calls get clx1 --output table",
        "calls get clx1 --out call.json",
        "whoami --query '$.email'",
        "calls get clx1 --until status=completed",
    ];
    insta::assert_snapshot!(place.transcript(&lines));
    let written = std::fs::read_to_string(place.folder.path().join("call.json")).unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(&written).unwrap()["call"]["id"],
        "clx1"
    );
}

#[test]
fn requests_are_made_of_flags_and_bodies() {
    let place = Place::new(api);
    std::fs::write(
        place.folder.path().join("call.json"),
        r#"{"agentId": "clxFile", "toNumber": "+1"}"#,
    )
    .unwrap();
    let bodies = |line: &str, input: &str| -> Value {
        let text = place.run_with(line, input, |command| command);
        let received = place.server.take();
        assert_eq!(received.len(), 1, "{text}");
        serde_json::from_str(&received[0].body).unwrap()
    };
    assert_eq!(
        bodies(
            "calls create --agent-id clxA --to-number +14155551212 --yes",
            ""
        ),
        json!({"agentId": "clxA", "toNumber": "+14155551212"})
    );
    assert_eq!(
        bodies("calls create --body @call.json --to-number +2 -y", ""),
        json!({"agentId": "clxFile", "toNumber": "+2"})
    );
    assert_eq!(
        bodies(
            "calls create --body - -y",
            r#"{"agentId": "clxIn", "toNumber": "+3", "own": 1}"#
        ),
        json!({"agentId": "clxIn", "toNumber": "+3", "own": 1})
    );
    assert_eq!(
        bodies(
            "contacts create --contact-list-id l --phone +1 --tags a --tags b --custom-fields '{\"x\": [1]}' --name 'Ada L'",
            ""
        ),
        json!({"contactListId": "l", "phone": "+1", "name": "Ada L", "tags": ["a", "b"], "customFields": {"x": [1]}})
    );
    let text = place.run("calls list --status completed --limit 2 --header 'X-Trace: 7'");
    let received = &place.server.take()[0];
    assert_eq!(
        received.line, "GET /calls?status=completed&limit=2",
        "{text}"
    );
    assert_eq!(received.header("x-trace"), Some("7"));
    assert_eq!(
        received.header("authorization"),
        Some(&*format!("Bearer {KEY}"))
    );
    assert!(
        received
            .header("user-agent")
            .unwrap()
            .starts_with("outboundcalls/")
    );
}

/// Numbers are sent as they are written, or not at all.
#[test]
fn no_number_is_rounded() {
    let place = Place::new(api);
    let fields = |value: &str| {
        let line = format!(
            "contacts create --contact-list-id l --phone +1 --custom-fields '{{\"n\": {value}}}'"
        );
        place.run(&line)
    };
    for exact in [
        "18446744073709551615",
        "-2.5e-1",
        "1.10",
        "120e300",
        "0.1",
        "-9007199254740993",
    ] {
        let text = fields(exact);
        let received = place.server.take();
        assert_eq!(received.len(), 1, "{text}");
        let body: Value = serde_json::from_str(&received[0].body).unwrap();
        let expected: Value = serde_json::from_str(exact).unwrap();
        assert_eq!(body["customFields"]["n"], expected, "{exact}");
    }
    for long in [
        "12345678901234567890123",
        "3.14159265358979323846",
        "[\"1\\\"\", 1.00000000000000000001]",
    ] {
        let text = fields(long);
        assert!(text.contains("has more digits than can be sent"), "{text}");
        assert!(place.server.take().is_empty(), "{long}");
    }
}

#[test]
fn a_dry_run_prints_a_command_and_sends_nothing() {
    let place = Place::new(api);
    let lines = [
        "calls create --agent-id 'it is' --to-number +1 --dry-run",
        "calls list --status completed --dry-run",
    ];
    insta::assert_snapshot!(place.transcript(&lines));
    let without = place.run_with("calls list --dry-run", "", |command| {
        command.env_remove("OUTBOUNDCALLS_API_KEY")
    });
    assert!(without.contains("$OUTBOUNDCALLS_API_KEY"), "{without}");
    assert!(place.server.take().is_empty());
}

/// The printed command sends the same request, by a real shell and a real curl.
#[test]
fn curl_sends_the_request_of_a_dry_run() {
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("skipped: there is no curl");
        return;
    }
    let place = Place::new(api);
    let line = "calls create --agent-id 'a'\\''b $X `id`' --to-number +1";
    let arguments = [
        "calls",
        "create",
        "--agent-id",
        "a'b $X `id`",
        "--to-number",
        "+1",
        "--dry-run",
    ];
    let printed = place.command("").args(arguments).output().unwrap();
    let script = String::from_utf8(printed.stdout).unwrap();
    let ran = Command::new("sh")
        .args(["-c", &script])
        .env("OUTBOUNDCALLS_API_KEY", KEY)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{line}: {script}");
    let received = &place.server.take()[0];
    assert_eq!(received.line, "POST /calls");
    assert_eq!(
        received.header("authorization"),
        Some(&*format!("Bearer {KEY}"))
    );
    let body: Value = serde_json::from_str(&received.body).unwrap();
    assert_eq!(body, json!({"agentId": "a'b $X `id`", "toNumber": "+1"}));
}

#[test]
fn errors_are_one_line_with_an_exit_code() {
    let place = Place::new(api);
    let lines = [
        "calls get nowhere",
        "calls create --agent-id clxA --to-number +1",
        "calls create --agent-id clxA --yes",
        "calls create --body {",
        "calls create --body '[1]' --agent-id x --yes",
        "calls list --limit many",
        "calls list --query '$['",
        "calls lst",
        "calls list --statsu x",
        "calls get",
        "calls list --profile gone",
        "calls list --base-url http://127.0.0.1:1",
    ];
    insta::assert_snapshot!(place.transcript(&lines));
    let received = place.server.take();
    assert!(
        received
            .iter()
            .all(|received| received.line == "GET /calls/nowhere"),
        "{received:?}"
    );
    let text = place.run_with("calls list", "", |command| {
        command.env_remove("OUTBOUNDCALLS_API_KEY")
    });
    insta::assert_snapshot!("without_a_credential", text);
}

/// A `POST` arrives at most once, whatever the server does.
#[test]
fn a_post_is_sent_at_most_once() {
    for status in [408, 429, 500, 502, 503, 504] {
        let place = Place::new(move |_| (status, "Retry-After: 0\r\n", String::new()));
        let text = place.run("calls create --agent-id a --to-number +1 --yes");
        assert!(text.contains("exit 1"), "{text}");
        assert_eq!(place.server.take().len(), 1, "{status}");
    }
}

#[test]
fn verbose_messages_have_no_secret() {
    let place = Place::new(|received| {
        let cookie = "Set-Cookie: session=abc\r\nX-Echo: oc_live_0123456789abcdef\r\n";
        (
            200,
            cookie,
            format!("{{\"calls\": [], \"x\": {}}}", received.headers.len()),
        )
    });
    let text = place.run("calls list -v --query '$.calls'");
    assert!(text.contains("! > GET http://SERVER/calls"), "{text}");
    assert!(
        text.contains("! > authorization: ***") && text.contains("! < x-echo: ***"),
        "{text}"
    );
    assert!(
        text.contains("! < 200 OK") && !text.contains("session=abc"),
        "{text}"
    );
}

#[test]
fn credentials_are_stored_for_their_owner_alone() {
    let place = Place::new(api);
    let without = |line: &str, input: &str| {
        place.run_with(line, input, |command| {
            command.env_remove("OUTBOUNDCALLS_API_KEY")
        })
    };
    let mut told = vec![without("login", &format!("{KEY}\n"))];
    told.push(without(
        "login --profile work --base-url http://127.0.0.1:1",
        "other_key\n",
    ));
    told.push(without("profiles", ""));
    told.push(without("whoami --query '$.email'", ""));
    assert_eq!(
        place.server.take()[0].header("authorization"),
        Some(&*format!("Bearer {KEY}"))
    );
    // The profile has another URL, and goes before the variables of the environment.
    told.push(place.run_with("whoami --profile work", "", |command| command));
    told.push(without("logout", ""));
    told.push(without("whoami", ""));
    told.push(without("login", "\n"));
    insta::assert_snapshot!(told.join("\n"));
    let file = place
        .folder
        .path()
        .join(".config/outboundcalls/credentials.json");
    let stored = std::fs::read_to_string(&file).unwrap();
    assert!(stored.contains("other_key") && !stored.contains(KEY));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn completions_and_manual_pages_are_written() {
    let place = Place::new(api);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let text = place.run(&format!("completions {shell}"));
        assert!(
            text.contains("agent-id") && text.contains("campaigns"),
            "{shell}"
        );
    }
    let text = place.run("man pages");
    assert!(!text.contains("exit"), "{text}");
    let page = std::fs::read_to_string(
        place
            .folder
            .path()
            .join("pages/outboundcalls-calls-create.1"),
    )
    .unwrap();
    assert!(
        page.contains("dials a person") && page.contains("agent\\-id"),
        "{page}"
    );
}

/// `head` closes the pipe early, which is no error.
#[test]
fn a_closed_pipe_is_no_error() {
    let place = Place::new(|_| {
        let calls: Vec<Value> = (0..20_000)
            .map(|id| json!({"id": id.to_string()}))
            .collect();
        (
            200,
            "Content-Type: application/json\r\n",
            json!({"calls": calls}).to_string(),
        )
    });
    let script = format!(
        "'{}' calls list --output jsonl | head -n 1",
        program().display()
    );
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &script])
        .env("OUTBOUNDCALLS_BASE_URL", &place.server.url);
    let output = shell.env("OUTBOUNDCALLS_API_KEY", KEY).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "{\"id\":\"0\"}\n");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
