//! The wire tests of a generated crate, run against a server.

use std::{path::PathBuf, process::Command};

use crate::server::{Act, Server};
use support::{Workshop, cargo::command};

const DOCUMENT: &str = "
openapi: 3.1.0
info: {title: Against, version: '1'}
servers: [{url: https://api.example.com}]
security: [{key: []}]
paths:
  /thing/{id}:
    get:
      operationId: getThing
      parameters: [{name: id, in: path, required: true, schema: {type: string, example: a}}]
      responses: {'200': {description: OK., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
  /session:
    post:
      operationId: logIn
      security: [{login: []}]
      responses: {'204': {description: Done.}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: x-key}
    login: {type: http, scheme: basic}
  schemas:
    Thing:
      type: object
      required: [id, created, tags]
      properties:
        id: {type: string}
        created: {type: string}
        tags: {type: array, items: {type: string}}
        at: {type: string, format: date}
";

/// Runs a test of the crate. Returns whether it passed, and its output.
fn run(test: &mut Command, name: &str, url: &str) -> (bool, String) {
    let run = test.args([name, "--nocapture"]).env("SDKGEN_WIRE_URL", url);
    let output = run.output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    (output.status.success(), printed)
}

/// A response, a part of the test's output, and whether the test passes.
const CASES: &[(u16, &str, &str, bool)] = &[
    (200, r#"{"id":"a","created":"x","tags":[]}"#, "200", true),
    (
        200,
        r#"{"id":5,"tags":["a",6]}"#,
        "200, $.id: expected string, found number, $.tags[1]: expected string, found number, missing $.created",
        true,
    ),
    (
        200,
        r#"{"id":"a","created":"x","tags":[],"at":"never"}"#,
        "200, does not decode: ",
        false,
    ),
    (200, "", "200, does not decode: it is empty, at $", false),
    (404, "{}", "404", true),
    (500, "{}", "500", false),
    (503, "", "503", false),
];

#[test]
fn the_wire_tests_of_a_crate_judge_a_server() {
    let mut workshop = Workshop::new("wire-against");
    let spec = workshop.root().join("openapi.yaml");
    std::fs::write(&spec, DOCUMENT).unwrap();
    let spec = spec.to_str().unwrap();
    workshop.generate("wire_tests: true", spec, "wire-against");
    workshop.finish();
    workshop.wire_tests(&["wire-against"]).unwrap();
    let program = built(&workshop);

    for (status, body, line, passes) in CASES {
        let server = Server::always(Act::json(*status, body));
        let url = format!("http://{}", server.address());
        let (passed, printed) = run(&mut Command::new(&program), "get", &url);
        let line = format!("GET /thing/{{id}} getThing → {line}");
        assert!(printed.contains(&line), "{printed}");
        assert_eq!(passed, *passes, "{printed}");
    }
    let nobody = "http://127.0.0.1:1";
    let (passed, printed) = run(&mut Command::new(&program), "get", nobody);
    assert!(
        !passed && printed.contains("getThing → ERROR "),
        "{printed}"
    );
    credentials(&program);
}

/// Checks that credentials are read from the environment only if the tests run against a server.
fn credentials(program: &PathBuf) {
    let server = Server::always(Act::Reply(204, &[], String::new()));
    let url = format!("http://{}", server.address());
    let variables = [
        ("SDKGEN_WIRE_API_KEY", "real"),
        ("SDKGEN_WIRE_BASIC_AUTH_USER", "ada"),
        ("SDKGEN_WIRE_BASIC_AUTH_PASSWORD", "long"),
    ];
    let mut test = Command::new(program);
    run(test.envs(variables), "", &url);
    let received = server.received();
    let sent = |target: &str, name: &str| {
        let request = received.iter().find(|it| it.target == target).unwrap();
        request.header(name).map(str::to_owned)
    };
    assert_eq!(sent("/thing/a", "x-key").as_deref(), Some("real"));
    // `ada:long` in base64.
    assert_eq!(
        sent("/session", "authorization").as_deref(),
        Some("Basic YWRhOmxvbmc=")
    );
    let offline = Command::new(program).envs(variables).output().unwrap();
    assert!(offline.status.success(), "{offline:?}");
}

/// Builds the wire tests of the crate and returns the program's path.
fn built(workshop: &Workshop) -> PathBuf {
    let arguments = [
        "test",
        "--offline",
        "--all-features",
        "--test",
        "wire",
        "--package",
        "wire-against",
        "--no-run",
        "--message-format=json",
    ];
    let output = command(workshop.root(), &arguments).output().unwrap();
    let messages = String::from_utf8(output.stdout).unwrap();
    let executable = messages.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    executable.unwrap_or_else(|| panic!("{messages}"))
}
