//! The request of each operation, and the result of each documented response.

use crate::server::{Act, Server};
use outboundcalls::{
    Client, Error, ErrorBody, Result,
    transport::BoxFuture,
    types::{Call, CallDetail, CreateCall, CreateContact},
};
use serde_json::{Map, Value, json};

const KEY: &str = "oc_live_0123456789abcdef0123456789abcdef";

/// Runs an operation and returns its value as JSON.
type Run = fn(Client) -> BoxFuture<'static, Result<Value>>;

macro_rules! run {
    ($client:ident => $call:expr) => {
        |$client: Client| {
            Box::pin(async move {
                let value = $call.await?;
                Ok(serde_json::to_value(&value).unwrap())
            })
        }
    };
}

struct Case {
    name: &'static str,
    run: Run,
    request: &'static str,
    body: Option<Value>,
    /// A response body under `key`, and the operation's result for it.
    key: &'static str,
    value: Value,
    /// The statuses whose bodies are documented.
    errors: &'static [u16],
}

fn cases() -> Vec<Case> {
    let call = json!({"id": "clx1", "status": "done", "toNumber": "+14155551212", "new": [1]});
    vec![
        Case {
            name: "getMe",
            run: run!(client => client.account().get()),
            request: "GET /api/v1/me",
            body: None,
            key: "data",
            value: json!({
                "user": {"id": "u", "email": "a@b.c", "plan": 1},
                "creditBalance": 12.5,
                "subscription": {"tier": "pro"}
            }),
            errors: &[401],
        },
        Case {
            name: "listAgents",
            run: run!(client => client.agents().list()),
            request: "GET /api/v1/agents",
            body: None,
            key: "agents",
            value: json!([{"id": "clx1", "name": "Ann"}, {}]),
            errors: &[400, 401],
        },
        Case {
            name: "listAgents, all parameters, set twice and encoded",
            run: run!(client => {
                client.agents().list().limit(1).status("a b&c=d/é+").limit(200)
            }),
            request: "GET /api/v1/agents?status=a%20b%26c%3Dd%2F%C3%A9%2B&limit=200",
            body: None,
            key: "items",
            value: json!([]),
            errors: &[400, 401],
        },
        Case {
            name: "getAgent",
            run: run!(client => client.agents().get("a/b?c#d%e f é")),
            request: "GET /api/v1/agents/a%2Fb%3Fc%23d%25e%20f%20%C3%A9",
            body: None,
            key: "agent",
            value: json!({"id": "clx1", "status": "deployed"}),
            errors: &[401, 404],
        },
        Case {
            name: "listContacts",
            run: run!(client => client.contacts().list().contact_list_id("clxL").limit(500)),
            request: "GET /api/v1/contacts?contactListId=clxL&limit=500",
            body: None,
            key: "contacts",
            value: json!([{"id": "clx1", "tags": ["a", "b"], "customFields": {"x": null}}]),
            errors: &[400, 401],
        },
        Case {
            name: "createContact",
            run: run!(client => {
                let mut body = CreateContact::new("clxL", "+14155551212")
                    .name("Jane Doe")
                    .email("jane@example.com")
                    .company("Doe & Söhne")
                    .tags(["lead", "website"])
                    .custom_fields(Map::from_iter([("score".to_owned(), json!(7))]));
                body.extra.insert("source".to_owned(), json!("web"));
                client.contacts().create(body)
            }),
            request: "POST /api/v1/contacts",
            body: Some(json!({
                "contactListId": "clxL", "phone": "+14155551212", "name": "Jane Doe",
                "email": "jane@example.com", "company": "Doe & Söhne", "tags": ["lead", "website"],
                "customFields": {"score": 7}, "source": "web"
            })),
            key: "contact",
            value: json!({"id": "clx1", "phone": "+14155551212"}),
            errors: &[400, 401, 404],
        },
        Case {
            name: "createContact, required members only",
            run: run!(client => client.contacts().create(CreateContact::new("L", "+1"))),
            request: "POST /api/v1/contacts",
            body: Some(json!({"contactListId": "L", "phone": "+1"})),
            key: "data",
            value: json!({"id": "clx1"}),
            errors: &[400, 401, 404],
        },
        Case {
            name: "listCalls",
            run: run!(client => {
                client
                    .calls()
                    .list()
                    .status("completed")
                    .agent_id("clxA")
                    .campaign_id("clxC")
                    .limit(50)
            }),
            request: "GET /api/v1/calls?status=completed&agentId=clxA&campaignId=clxC&limit=50",
            body: None,
            key: "calls",
            value: json!([call]),
            errors: &[400, 401],
        },
        Case {
            name: "getCall",
            run: run!(client => client.calls().get(String::from("clx1"))),
            request: "GET /api/v1/calls/clx1",
            body: None,
            key: "call",
            value: json!({
                "id": "clx1", "transcript": [{"who": "agent", "text": "Hi"}], "summary": "ok",
                "recordingUrl": "https://x/y", "sentiment": "good", "extractedData": {"a": [1]},
                "creditsCharged": 3.5
            }),
            errors: &[401, 404],
        },
        Case {
            name: "createCall",
            run: run!(client => {
                let body = CreateCall::new("clxA", "+14155551212")
                    .phone_number_id("clxP")
                    .contact_id("clxC");
                client.calls().create(body)
            }),
            request: "POST /api/v1/calls",
            body: Some(json!({
                "agentId": "clxA", "toNumber": "+14155551212", "phoneNumberId": "clxP",
                "contactId": "clxC"
            })),
            key: "call",
            value: call.clone(),
            errors: &[400, 401, 402, 404, 502],
        },
        Case {
            name: "listCampaigns",
            run: run!(client => client.campaigns().list()),
            request: "GET /api/v1/campaigns",
            body: None,
            key: "campaigns",
            value: json!([{"id": "clx1", "callsCompleted": 3, "successRate": 0.5}]),
            errors: &[401],
        },
        Case {
            name: "getCampaign",
            run: run!(client => client.campaigns().get("..x")),
            request: "GET /api/v1/campaigns/..x",
            body: None,
            key: "campaign",
            value: json!({
                "id": "clx1", "name": "n", "status": "s", "callsCompleted": 3,
                "callsSuccessful": 2, "callsFailed": 1, "creditsUsed": 7.25, "successRate": 0.5
            }),
            errors: &[401, 404],
        },
    ]
}

fn client(server: &Server) -> Client {
    Client::builder()
        .api_key(KEY)
        .base_url(server.base_url())
        .build()
        .expect("a client")
}

/// Returns the `User-Agent` of the SDK's version.
fn user_agent() -> String {
    let manifest = include_str!("../../../generated/outboundcalls/Cargo.toml");
    let mut lines = manifest.lines();
    let version = lines.find_map(|line| line.strip_prefix("version = "));
    format!("outboundcalls/{}", version.unwrap().trim_matches('"'))
}

#[tokio::test]
async fn requests_are_as_documented() {
    for case in cases() {
        let server = Server::always(Act::json(200, &case.value.to_string()));
        (case.run)(client(&server)).await.expect(case.name);

        let [request] = &server.received()[..] else {
            panic!("{}: not one request", case.name);
        };
        let line = format!("{} {}", request.method, request.target);
        assert_eq!(line, case.request, "{}", case.name);
        let body = (!request.body.is_empty())
            .then(|| serde_json::from_slice::<Value>(&request.body).expect("JSON"));
        assert_eq!(body, case.body, "{}", case.name);

        let mut headers = request.headers.clone();
        headers.sort();
        let host = server.address().to_string();
        let length = request.body.len().to_string();
        let bearer = format!("Bearer {KEY}");
        let agent = user_agent();
        let mut expected = vec![
            ("accept", "application/json"),
            ("accept-encoding", "gzip"),
            ("authorization", &bearer),
            ("host", &host),
            ("user-agent", &agent),
        ];
        if case.body.is_some() {
            expected.push(("content-length", &length));
            expected.push(("content-type", "application/json"));
        }
        expected.sort();
        let headers: Vec<_> = headers.iter().map(|(n, v)| (&n[..], &v[..])).collect();
        assert_eq!(headers, expected, "{}", case.name);
    }
}

#[tokio::test]
async fn bodies_are_read_bare_and_in_an_envelope() {
    for case in cases() {
        let bare = case.value.to_string();
        let wrapped = json!({case.key: case.value, "total": 1}).to_string();
        for body in [bare, wrapped] {
            let server = Server::always(Act::json(200, &body));
            let got = (case.run)(client(&server)).await.expect(case.name);
            assert_eq!(got, case.value, "{}: {body}", case.name);
        }
    }
}

#[tokio::test]
async fn error_statuses_are_told_apart() {
    type Predicate = fn(&Error) -> bool;
    let predicates: [(u16, Predicate); 5] = [
        (400, Error::is_bad_request),
        (401, Error::is_unauthorized),
        (402, Error::is_insufficient_credits),
        (404, Error::is_not_found),
        (502, Error::is_upstream_provider_error),
    ];
    for case in cases() {
        for status in [400, 401, 402, 403, 404, 418, 422, 501, 502] {
            let body = r#"{"error": "nope", "message": "No.", "code": 7}"#;
            let reply = Act::Reply(status, &[("x-request-id", "r-1")], body.to_owned());
            let server = Server::always(reply);
            let client = Client::builder()
                .api_key(KEY)
                .base_url(server.base_url())
                .retry(outboundcalls::RetryPolicy::none())
                .build()
                .expect("a client");
            let error = (case.run)(client).await.expect_err(case.name);
            let context = format!("{} {status}: {error}", case.name);
            for (known, predicate) in predicates {
                assert_eq!(predicate(&error), known == status, "{context}");
            }
            assert_eq!(
                error.status().map(|s| s.as_u16()),
                Some(status),
                "{context}"
            );
            assert_eq!(error.request_id(), Some("r-1"), "{context}");
            assert!(error.may_have_reached_server(), "{context}");
            let api = error.as_api().expect("an API error");
            assert_eq!(api.body(), body, "{context}");
            assert_eq!(
                error.documented().is_some(),
                case.errors.contains(&status),
                "{context}"
            );
            if let Some(ErrorBody::ErrorMessage(message)) = error.documented() {
                assert_eq!(message.error.as_deref(), Some("nope"), "{context}");
                assert_eq!(message.message.as_deref(), Some("No."), "{context}");
                assert_eq!(message.extra["code"], json!(7), "{context}");
            }
        }
    }
}

#[tokio::test]
async fn raw_responses_show_status_headers_and_bytes() {
    let body = r#"{"call": {"id": "clx1"}, "total": 1}"#;
    let server = Server::always(Act::Reply(200, &[("x-more", "1")], body.to_owned()));
    let raw = client(&server)
        .calls()
        .get("clx1")
        .send_raw()
        .await
        .expect("a response");
    assert_eq!(raw.status().as_u16(), 200);
    assert_eq!(raw.headers()["x-more"], "1");
    assert_eq!(raw.body(), body);
    assert_eq!(raw.decode().expect("a call").id.as_deref(), Some("clx1"));
    // What else the envelope holds is in the body.
    let body: Value = serde_json::from_slice(raw.body()).expect("JSON");
    assert_eq!(body["total"], 1);
    let call: CallDetail = raw.into_value().expect("a call");
    assert_eq!(call.id.as_deref(), Some("clx1"));
}

#[tokio::test]
async fn operations_return_the_values_themselves() {
    let body = r#"{"calls": [{"id": "clx1"}], "total": 1}"#;
    let server = Server::always(Act::json(200, body));
    let calls: Vec<Call> = client(&server).calls().list().await.expect("calls");
    let ids: Vec<_> = calls.into_iter().map(|call| call.id).collect();
    assert_eq!(ids, [Some("clx1".to_owned())]);
}

#[tokio::test]
async fn connections_are_kept() {
    let server = Server::always(Act::json(200, "{}"));
    let client = client(&server);
    for _ in 0..3 {
        client.account().get().await.expect("an account");
    }
    assert_eq!(server.connections(), 1);
}

#[test]
fn calls_are_send_and_static() {
    fn check<T: Send + 'static>(_: &T) {}
    let client = Client::new(KEY).expect("a client");
    let call = client.calls().get("x").into_future();
    check(&call);
    check(&client.calls().list().send_raw());
    assert!(size_of::<Error>() <= 16);
}
