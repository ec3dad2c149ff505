//! The server of the Model Context Protocol, through a small client of JSON-RPC.

use super::corpus::{built, shop};
use super::server::{Answer, Received, Server};
use super::{KEY, Place};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A session with a server. What the server asks for is answered by `agrees`.
struct Session {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    agrees: bool,
    questions: Vec<String>,
    last: u64,
}

impl Session {
    /// Starts `outboundcalls mcp` with more arguments, and initializes the session.
    fn start(place: &Place, arguments: &str, capabilities: Value) -> Self {
        let command = place.command(&format!("mcp {arguments}"));
        Session::of("outboundcalls", command, capabilities)
    }

    /// Starts the server of a program.
    fn of(name: &str, mut command: Command, capabilities: Value) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut session = Session {
            input: child.stdin.take(),
            output: BufReader::new(child.stdout.take().unwrap()),
            child,
            agrees: true,
            questions: Vec::new(),
            last: 0,
        };
        let hello = json!({
            "protocolVersion": "2025-06-18",
            "capabilities": capabilities,
            "clientInfo": {"name": "test", "version": "1"},
        });
        let hello = session.request("initialize", hello);
        assert_eq!(hello["result"]["serverInfo"]["name"], name, "{hello}");
        session.write(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        session
    }

    fn write(&mut self, message: &Value) {
        let line = message.to_string() + "\n";
        self.input
            .as_mut()
            .unwrap()
            .write_all(line.as_bytes())
            .unwrap();
    }

    fn read(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        assert!(!line.contains(KEY), "the key is shown: {line}");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    /// Sends a request and returns the response. Questions of the server are answered on the way.
    fn request(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let id = self.last;
        self.write(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let message = self.read();
            if message["method"] == "elicitation/create" {
                self.questions
                    .push(message["params"]["message"].as_str().unwrap().to_owned());
                let action = if self.agrees { "accept" } else { "decline" };
                self.write(&json!({"jsonrpc": "2.0", "id": message["id"], "result": {"action": action, "content": {}}}));
            } else if message["id"] == id {
                return message;
            }
        }
    }

    fn call(&mut self, name: &str, arguments: Value) -> Value {
        let response = self.request("tools/call", json!({"name": name, "arguments": arguments}));
        match response.get("result") {
            Some(result) => result.clone(),
            None => response,
        }
    }

    /// Ends the session, and expects that the server ends well.
    fn end(mut self) {
        drop(self.input.take());
        assert!(self.child.wait().unwrap().success());
    }
}

fn api(received: &Received) -> Answer {
    let answer = |body: Value| (200, "Content-Type: application/json\r\n", body.to_string());
    match &*received.line {
        "GET /me" => answer(json!({"id": "u", "echo": KEY})),
        "GET /calls" => {
            let call = |id: usize| json!({"id": format!("clx{id}"), "status": "completed"});
            answer(json!({"calls": (0..3_000).map(call).collect::<Vec<_>>()}))
        }
        "GET /calls/clx1" => answer(json!({"call": {"id": "clx1", "transcript": "Hello"}})),
        "POST /calls" => answer(json!({"call": {"id": "clx9", "status": "queued"}})),
        _ => (
            402,
            "X-Request-Id: req_1\r\n",
            json!({"message": "Too few"}).to_string(),
        ),
    }
}

fn can_ask() -> Value {
    json!({"elicitation": {}})
}

#[test]
fn each_operation_is_a_tool() {
    let place = Place::new(api);
    let mut session = Session::start(&place, "", json!({}));
    let tools = session.request("tools/list", json!({}))["result"]["tools"].clone();
    let names: Vec<&str> = tools
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "account_get",
            "agents_list",
            "agents_get",
            "contacts_list",
            "contacts_create",
            "calls_list",
            "calls_create",
            "calls_get",
            "campaigns_list",
            "campaigns_get"
        ]
    );
    insta::assert_snapshot!("tool", serde_json::to_string_pretty(&tools[6]).unwrap());
    assert_eq!(tools[7]["annotations"]["readOnlyHint"], true);
    assert_eq!(tools[6]["annotations"]["destructiveHint"], true);
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    for (index, tool) in tools.as_array().unwrap().iter().enumerate() {
        for key in ["inputSchema", "outputSchema"] {
            let name = format!("{key}{index}.json");
            compiler.add_resource(&name, tool[key].clone()).unwrap();
            compiler.compile(&name, &mut schemas).unwrap();
        }
    }
    session.end();
}

#[test]
fn results_are_structured_and_errors_have_their_meaning() {
    let place = Place::new(api);
    let mut session = Session::start(&place, "", json!({}));
    let result = session.call("calls_get", json!({"id": "clx1"}));
    assert_eq!(
        result["structuredContent"],
        json!({"status": 200, "data": {"call": {"id": "clx1", "transcript": "Hello"}}})
    );
    let result = session.call("agents_get", json!({"id": "gone"}));
    assert_eq!(result["isError"], true);
    let text = result["content"][0]["text"].as_str().unwrap();
    assert!(
        text.contains("402") && text.contains("Too few") && text.contains("req_1"),
        "{text}"
    );
    // The server of the API repeats the key; no result has it.
    let result = session.call("account_get", json!({}));
    assert_eq!(result["structuredContent"]["data"]["echo"], "***");
    session.end();
}

#[test]
fn long_results_are_cut_with_a_hint() {
    let place = Place::new(api);
    let mut session = Session::start(&place, "--max-result 2000", json!({}));
    let result = session.call("calls_list", json!({}));
    let data = &result["structuredContent"];
    assert!(data["data"].to_string().len() < 2_100);
    let note = data["note"].as_str().unwrap();
    assert!(
        note.contains("of 3000 items") && note.contains("limit"),
        "{note}"
    );
    session.end();
}

#[test]
fn bad_input_is_an_error_and_no_crash() {
    let place = Place::new(api);
    let mut session = Session::start(&place, "", json!({}));
    let message = |result: &Value| {
        result["content"][0]["text"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let result = session.call("calls_get", json!({}));
    assert!(
        result["isError"] == true && message(&result).contains("`id` is missing"),
        "{result}"
    );
    let result = session.call("calls_get", json!({"id": "x", "more": 1}));
    assert!(message(&result).contains("`more` is not known"), "{result}");
    let result = session.call("calls_list", json!({"limit": "many"}));
    assert!(result["isError"] == true, "{result}");
    let result = session.call("contacts_create", json!({"body": {"phone": 5}}));
    assert!(
        result["isError"] == true && message(&result).contains("body"),
        "{result}"
    );
    assert_eq!(session.call("nothing", json!({}))["error"]["code"], -32602);
    let wrong = session.request("tools/call", json!({"arguments": 5}));
    assert!(wrong["error"]["code"].is_i64(), "{wrong}");
    let wrong = session.request("no/such/method", json!({}));
    assert_eq!(wrong["error"]["code"], -32601, "{wrong}");
    assert!(place.server.take().is_empty());
    assert_eq!(
        session.call("calls_get", json!({"id": "clx1"}))["structuredContent"]["status"],
        200
    );
    session.end();
}

/// `POST /calls` is never sent unless the user agrees, or started the server so.
#[test]
fn a_call_is_placed_only_with_consent() {
    let place = Place::new(api);
    let call = json!({"body": {"agentId": "a", "toNumber": "+1"}});
    let text = |result: &Value| {
        result["content"][0]["text"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };

    let mut session = Session::start(&place, "", json!({}));
    let result = session.call("calls_create", call.clone());
    assert!(
        result["isError"] == true && text(&result).contains("mcp --yes"),
        "{result}"
    );
    session.end();

    let mut session = Session::start(&place, "", can_ask());
    session.agrees = false;
    let result = session.call("calls_create", call.clone());
    assert!(
        result["isError"] == true && text(&result).contains("nothing was sent"),
        "{result}"
    );
    assert_eq!(place.server.take().len(), 0);
    session.agrees = true;
    let result = session.call("calls_create", call.clone());
    assert_eq!(
        result["structuredContent"]["data"]["call"]["id"], "clx9",
        "{result}"
    );
    assert_eq!(place.server.take().len(), 1);
    assert!(session.questions[1].contains("POST /calls") && session.questions[1].contains("+1"));
    // Other requests are sent without a question.
    session.call("calls_get", json!({"id": "clx1"}));
    assert_eq!(session.questions.len(), 2);
    session.end();
    place.server.take();

    let mut session = Session::start(&place, "--yes", json!({}));
    let result = session.call("calls_create", call);
    assert_eq!(result["structuredContent"]["data"]["call"]["id"], "clx9");
    assert_eq!(place.server.take().len(), 1);
    session.end();
}

/// Since the revision 2026-07-28, the client asks the user and calls again.
#[test]
fn consent_is_requested_without_a_session_too() {
    let place = Place::new(api);
    let mut command = place.command("mcp");
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut session = Session {
        input: child.stdin.take(),
        output: BufReader::new(child.stdout.take().unwrap()),
        child,
        agrees: true,
        questions: Vec::new(),
        last: 0,
    };
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {"elicitation": {}},
    });
    let arguments = json!({"body": {"agentId": "a", "toNumber": "+1"}});
    let call = json!({"name": "calls_create", "arguments": arguments, "_meta": meta});
    let asked = session.request("tools/call", call.clone())["result"].clone();
    assert_eq!(asked["resultType"], "input_required", "{asked}");
    let question = asked["inputRequests"]["confirm"]["params"]["message"]
        .as_str()
        .unwrap();
    assert!(question.contains("POST /calls"), "{question}");
    assert!(place.server.take().is_empty());
    let mut again = call.clone();
    again["inputResponses"] = json!({"confirm": {"action": "decline"}});
    let refused = session.request("tools/call", again.clone());
    assert_eq!(refused["result"]["isError"], true, "{refused}");
    assert!(place.server.take().is_empty());
    again["inputResponses"] = json!({"confirm": {"action": "accept", "content": {}}});
    let sent = session.request("tools/call", again);
    assert_eq!(sent["result"]["structuredContent"]["status"], 200, "{sent}");
    assert_eq!(place.server.take().len(), 1);
    session.end();
}

#[test]
fn operations_can_be_limited() {
    let place = Place::new(api);
    let names = |arguments: &str| {
        let mut session = Session::start(&place, arguments, json!({}));
        let tools = session.request("tools/list", json!({}))["result"]["tools"].clone();
        let names: Vec<String> = tools
            .as_array()
            .unwrap()
            .iter()
            .map(|tool| tool["name"].as_str().unwrap().to_owned())
            .collect();
        session.end();
        names.join(" ")
    };
    assert!(!names("--read-only").contains("create"));
    assert_eq!(
        names("--allow tag:Campaigns,listCalls"),
        "calls_list campaigns_list campaigns_get"
    );
    assert_eq!(names("--allow calls --read-only"), "calls_list calls_get");
    let mut session = Session::start(&place, "--read-only", can_ask());
    let result = session.call(
        "calls_create",
        json!({"body": {"agentId": "a", "toNumber": "+1"}}),
    );
    assert_eq!(result["error"]["code"], -32602, "{result}");
    session.end();
    let text = place.run("mcp --allow nothing");
    assert!(
        text.contains("no operation is allowed") && text.contains("exit 2"),
        "{text}"
    );
    assert!(place.server.take().is_empty());
}

#[test]
fn resources_are_pages_about_the_api() {
    let place = Place::new(api);
    let mut session = Session::start(&place, "", json!({}));
    let listed = session.request("resources/list", json!({}));
    assert_eq!(
        listed["result"]["resources"].as_array().unwrap().len(),
        5,
        "{listed}"
    );
    let page = session.request("resources/read", json!({"uri": "docs://api/calls"}));
    let text = page["result"]["contents"][0]["text"].as_str().unwrap();
    assert!(
        text.contains("## calls_create") && text.contains("error 402"),
        "{text}"
    );
    assert!(
        session.request("resources/read", json!({"uri": "docs://api/no"}))["error"].is_object()
    );
    session.end();
}

/// Starts the server of a program with more operations than tools.
fn many(server: &Server, arguments: &[&str], capabilities: Value) -> Session {
    let mut command = Command::new(built(shop(), "many"));
    let home = command.arg("mcp").args(arguments).env_clear();
    home.env("HOME", "/nonexistent")
        .env("MANY_BASE_URL", &server.url);
    Session::of("many", command, capabilities)
}

/// An API of many operations has three tools, which list, describe and run operations.
#[test]
fn many_operations_have_three_tools() {
    let server = Server::start(|received| {
        let body = json!({"line": received.line}).to_string();
        (200, "Content-Type: application/json\r\n", body)
    });
    let mut session = many(&server, &[], json!({}));
    let tools = session.request("tools/list", json!({}))["result"]["tools"].clone();
    let tools = tools.as_array().unwrap();
    let names: Vec<&str> = tools
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["list_operations", "describe_operation", "run_operation"]
    );
    assert!(serde_json::to_string(tools).unwrap().len() < 2_000);

    let listed = |result: Value| {
        let operations = result["structuredContent"]["operations"]
            .as_array()
            .unwrap()
            .clone();
        let name = |one: &Value| one["operation"].as_str().unwrap().to_owned();
        operations.iter().map(name).collect::<Vec<String>>()
    };
    // More than a hundred are listed by resource.
    let overview = session.call("list_operations", json!({}))["structuredContent"].clone();
    assert_eq!(overview["resources"].as_array().unwrap().len(), 42);
    assert_eq!(
        overview["resources"][0],
        json!({"resource": "part0", "about": "Part0", "operations": 3})
    );
    let found = listed(session.call("list_operations", json!({"search": "DELETE part7"})));
    assert_eq!(found, ["part7_delete"]);
    let found = listed(session.call("list_operations", json!({"resource": "part3"})));
    assert_eq!(found, ["part3_list", "part3_get", "part3_delete"]);

    let described = session.call("describe_operation", json!({"operation": "part3_get"}));
    let described = &described["structuredContent"];
    assert_eq!(described["arguments"]["required"], json!(["id"]));
    assert!(
        described["description"]
            .as_str()
            .unwrap()
            .contains("GET /part3/{id}")
    );

    let run =
        |operation: &str, arguments: Value| json!({"operation": operation, "arguments": arguments});
    let result = session.call("run_operation", run("part3_get", json!({"id": "a/b"})));
    assert_eq!(
        result["structuredContent"]["data"]["line"],
        "GET /part3/a%2Fb"
    );
    // The id of the description is a name too.
    let result = session.call("run_operation", run("listPart3", Value::Null));
    assert_eq!(result["structuredContent"]["data"]["line"], "GET /part3");

    let text = |result: Value| {
        assert_eq!(result["isError"], true, "{result}");
        result["content"][0]["text"].as_str().unwrap().to_owned()
    };
    server.take();
    assert!(
        text(session.call("run_operation", run("part3_get", json!({}))))
            .contains("`id` is missing")
    );
    assert!(
        text(session.call("run_operation", run("gone", json!({})))).contains("no operation `gone`")
    );
    assert!(
        text(session.call("run_operation", run("part3_get", json!("id"))))
            .contains("not an object")
    );
    let deletes = run("part3_delete", json!({"id": "x"}));
    assert!(text(session.call("run_operation", deletes.clone())).contains("mcp --yes"));
    assert_eq!(
        session.call("part3_get", json!({"operation": "part3_get"}))["error"]["code"],
        -32602
    );
    assert!(server.take().is_empty());
    session.end();

    let mut session = many(&server, &[], can_ask());
    session.call("run_operation", deletes);
    assert_eq!(server.take()[0].line, "DELETE /part3/x");
    assert!(
        session.questions[0].contains("DELETE /part3/{id}"),
        "{:?}",
        session.questions
    );
    session.end();

    // Few operations are a tool each here too.
    let mut session = many(&server, &["--allow", "part3"], json!({}));
    let tools = session.request("tools/list", json!({}))["result"]["tools"].clone();
    assert_eq!(tools.as_array().unwrap().len(), 3);
    session.end();
}

/// A thousand calls in one session, with a flat memory.
#[cfg(target_os = "linux")]
#[test]
fn memory_stays_flat() {
    let place = Place::new(api);
    let mut session = Session::start(&place, "", json!({}));
    let resident = |session: &Session| {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", session.child.id())).unwrap();
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS"))
            .unwrap();
        line.split_whitespace()
            .nth(1)
            .unwrap()
            .parse::<u64>()
            .unwrap()
    };
    let mut call = |count: usize| {
        for _ in 0..count {
            let result = session.call("calls_get", json!({"id": "clx1"}));
            assert_eq!(result["structuredContent"]["status"], 200);
        }
        resident(&session)
    };
    let before = call(200);
    let after = call(1_000);
    assert!(after < before + 2_048, "{before} KB became {after} KB");
    session.end();
}
