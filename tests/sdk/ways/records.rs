//! Errors and responses built by hand, and recorded responses that are replayed.

use crate::start;
use http::{HeaderMap, HeaderValue, StatusCode};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};
use ways::error::{ApiError, BuildError, SendError};
use ways::transport::{
    Body, BoxFuture, MemoryTransport, Recorder, ReqwestTransport, TowerTransport, Transport,
    TransportError,
};
use ways::mock::Sample;
use ways::types::{Job, Problem, State};
use ways::{Client, Error, ErrorBody, RawResponse, RetryPolicy};

pub async fn all() {
    made_by_hand();
    recorded_and_given_again().await;
    damaged_records();
    secrets_of_headers_and_tokens().await;
    secrets_of_forms_and_addresses().await;
    hooks().await;
    middleware().await;
    answered_as_described().await;
    println!("errors and responses are made, recorded and given again");
}

fn made_by_hand() {
    let mut job = Job::sample();
    job.status = "failed".to_owned();
    let json = ways::serde_json::to_string(&job).expect("JSON");
    assert_eq!(json, r#"{"id":"job_123","status":"failed"}"#);
    assert!(State::sample().work.kind.is_some());

    let problem = Box::new(ways_problem("it exists"));
    let error = ApiError::new(StatusCode::CONFLICT, HeaderMap::new(), "it\nexists")
        .with_documented(ErrorBody::Problem(problem.clone()));
    let error = Error::from(error);
    assert!(error.is_api() && error.is_conflict());
    assert_eq!(error.documented(), Some(&ErrorBody::Problem(problem)));
    assert_eq!(error.to_string(), "GET /test: 409 Conflict: it exists");

    let error = Error::Connect(Box::new(SendError::new(3, None)));
    assert!(error.is_connect() && !error.may_have_reached_server());
    assert!(Error::from(BuildError::new("no")).is_build());

    let response = |status, body: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", "r1".parse().expect("a value"));
        RawResponse::<Job>::new(status, headers, body)
    };
    let raw = response(StatusCode::OK, r#"{"id": "a", "status": "new"}"#).expect("a success");
    assert_eq!(raw.request_id(), Some("r1"));
    assert_eq!(raw.decode().expect("a job").status, "new");
    let raw = response(StatusCode::OK, "[1]").expect("a success");
    let error = raw.decode().expect_err("no job");
    assert!(matches!(&error, Error::Decode(error) if error.path() == "$[0]"));
    let error = response(StatusCode::NOT_FOUND, "gone").expect_err("an error");
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(error.request_id(), Some("r1"));
}

fn ways_problem(message: &str) -> Problem {
    let json = format!("{{\"message\": {message:?}}}");
    RawResponse::new(StatusCode::OK, HeaderMap::new(), json)
        .and_then(RawResponse::into_value)
        .expect("a problem")
}

async fn recorded_and_given_again() {
    let server = start(&[
        "200\nx-request-id: r1\nset-cookie: session=t0ken\n\n[{\"id\": \"s3cret&y\", \"status\": \"a\"}]",
        "200\n\n[]",
        "404\nlocation: /login?key=s3cret%26y\n\nno",
        "200\ncontent-type: application/octet-stream\n\n\u{0}binary\u{1f600}",
    ]);
    let recorder = Recorder::new(ReqwestTransport::new().expect("a transport"));
    let real = client(
        &format!("http://{}", server.address),
        "s3cret&y",
        recorder.clone(),
    );
    told(&real).await;
    let requests = server.requests().join("");
    assert!(requests.contains("key=s3cret%26y"), "{requests}");

    let lines = recorder.json_lines();
    assert_eq!(lines.lines().count(), 4, "{lines}");
    for secret in ["s3cret", "t0ken"] {
        assert!(!lines.contains(secret), "{lines}");
    }
    let first = lines.lines().next().expect("a line");
    assert_eq!(
        first,
        r#"{"body":"[{\"id\": \"REDACTED\", \"status\": \"a\"}]","headers":{"x-request-id":["r1"]},"method":"GET","status":200,"target":"/jobs?owner=jane%20d&key=REDACTED"}"#
    );

    // Replay ignores the server and the key.
    let memory = MemoryTransport::replay(&lines).expect("what was recorded");
    let again = client("https://elsewhere.example.com", "other", memory.clone());
    let given = told(&again).await;
    assert_eq!(
        given,
        [
            "Ok([\"REDACTED\"])",
            "Ok([])",
            "Err(GET /jobs/{id}: 404 Not Found: no)",
            "Ok(\"\\0binary😀\")"
        ]
    );
    assert_eq!(memory.requests().len(), 4);
    // Each response is replayed once.
    let error = again.jobs().get("a").await.expect_err("nothing is left");
    let why = "nothing is recorded for GET /jobs/a?key=REDACTED";
    assert!(error.to_string().ends_with(why), "{error}");
}

/// Returns the results of the same requests for any transport.
async fn told(client: &Client) -> Vec<String> {
    let mut told = Vec::new();
    for _ in 0..2 {
        let jobs = client.jobs().list().maybe_owner(Some("jane d")).await;
        let ids = jobs.map(|jobs| jobs.into_iter().map(|job| job.id).collect::<Vec<_>>());
        told.push(format!("{ids:?}"));
    }
    let job = client.jobs().get("a").await;
    told.push(format!("Err({})", job.expect_err("a failure")));
    let log = client.jobs().get_log("a").await.expect("a log");
    told.push(format!("Ok({:?})", String::from_utf8_lossy(&log)));
    told
}

fn client(base_url: &str, key: &str, transport: impl Transport) -> Client {
    Client::builder()
        .base_url(base_url)
        .api_key(key)
        .retry(RetryPolicy::none())
        .transport(transport)
        .build()
        .expect("a client")
}

fn damaged_records() {
    let good = r#"{"body":[255],"headers":{},"method":"GET","status":200,"target":"/"}"#;
    assert!(MemoryTransport::replay(good).is_ok());
    for damage in [
        "",
        "{}",
        &good.replace("255", "256"),
        &good.replace("200", "20"),
    ] {
        let error = MemoryTransport::replay(&format!("{good}\n{damage}\n")).expect_err(damage);
        assert_eq!(
            error.to_string(),
            "line 2 is not a recorded exchange",
            "{damage}"
        );
    }
}

/// Checks that recordings hide OAuth 2.0 tokens and cookies. The server repeats the cookie.
async fn secrets_of_headers_and_tokens() {
    let answer = r#"{"access_token": "t1", "refresh_token": "t2", "scope": "code b4sic t0ken"}"#;
    let recorder = Recorder::new(MemoryTransport::new().json(200, answer));
    let mut request = http::Request::post("https://api.example.com/token").body(Body::empty());
    let headers = request.as_mut().expect("a request").headers_mut();
    for (name, text) in [
        ("authorization", "Basic b4sic"),
        ("cookie", "lang=de; session=t0ken"),
    ] {
        let mut value = HeaderValue::from_static(text);
        value.set_sensitive(true);
        headers.insert(name, value);
    }
    let response = recorder.send(request.expect("a request")).await;
    let body = response.expect("an answer").into_body();
    // The client receives the original response.
    assert_eq!(body.bytes(1000).await.expect("the body"), answer);
    assert_eq!(
        recorder.json_lines(),
        concat!(
            r#"{"body":"{\"access_token\": \"REDACTED\", \"refresh_token\": \"REDACTED\", "#,
            r#"\"scope\": \"code REDACTED REDACTED\"}","#,
            r#""headers":{"content-type":["application/json"]},"#,
            r#""method":"POST","status":200,"target":"/token"}"#,
            "\n"
        )
    );
}

/// Checks that recordings hide secrets of token request bodies and of the query. The server repeats them in every
/// encoding, in a binary body, and in a redirect.
async fn secrets_of_forms_and_addresses() {
    let latin = b"caf\xe9: SEC%2FRET".to_vec();
    let redirect = http::Response::builder()
        .status(302)
        .header("location", "/login?next=SEC%2fRET&t=tok3n-1");
    let transport = MemoryTransport::new()
        .json(401, r#"{"error":"client_secret=SEC%2FRET, SEC\/RET, aSEC1"}"#)
        .json(200, r#"{"access_token":"tok3n-1","refresh_token":"tok3n-2","scope":"read"}"#)
        .response(redirect.body(bytes::Bytes::new()).expect("a response"))
        .response(http::Response::new(latin.into()))
        .json(400, "tok3n-2 is not SEC/RET, key=k%26y1 or k&y1");
    let recorder = Recorder::new(transport);
    let form = "grant_type=client_credentials&client_id=me&client_secret=SEC%2FRET&scope=read";
    for (path, body) in [
        ("/token", form),
        ("/token", form),
        ("/jobs", ""),
        ("/login?next=SEC%2fRET&t=tok3n-1", ""),
        ("/jobs?key=k%26y1", ""),
    ] {
        let request = http::Request::post(format!("https://api.example.com{path}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body));
        let response = recorder.send(request.expect("a request")).await;
        let body = response.expect("an answer").into_body();
        body.bytes(1000).await.expect("the body");
    }
    let lines = recorder.json_lines();
    let bytes = "99,97,102,233,58,32,82,69,68,65,67,84,69,68";
    let wanted = [
        r#""body":"{\"error\":\"client_secret=REDACTED, REDACTED, aSEC1\"}""#,
        r#""body":"{\"access_token\":\"REDACTED\",\"refresh_token\":\"REDACTED\",\"scope\":\"read\"}""#,
        r#""location":["/login?next=REDACTED&t=REDACTED"]"#,
        &format!(r#""body":[{bytes}],"headers":{{}},"method":"POST","status":200,"target":"/login?next=REDACTED&t=REDACTED""#),
        r#""body":"REDACTED is not REDACTED, key=REDACTED or REDACTED""#,
    ];
    for (line, wanted) in lines.lines().zip(wanted) {
        assert!(line.contains(wanted), "{wanted}: {line}");
    }
    for secret in ["RET", "tok3n", "k%26y1", "k&y1"] {
        assert!(!lines.contains(secret), "{secret}: {lines}");
    }
    assert!(MemoryTransport::replay(&lines).is_ok());
}

/// The middleware of the book.
#[derive(Clone)]
struct Timed<T>(Arc<T>);

impl<T: Transport> Transport for Timed<T> {
    fn send(
        &self,
        mut request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let hop = HeaderValue::from_static("timed");
            request.headers_mut().insert("x-hop", hop);
            let begun = Instant::now();
            let outcome = self.0.send(request).await;
            assert!(begun.elapsed() < Duration::from_secs(20));
            outcome
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.sleep(duration)
    }
}

async fn hooks() {
    let server = start(&["200\n\n[]"]);
    let transport = Timed(Arc::new(ReqwestTransport::new().expect("a transport")));
    let client = client(&format!("http://{}", server.address), "s3cret", transport);
    client.jobs().list().await.expect("jobs");
    assert!(server.requests()[0].contains("x-hop: timed\n"));
}

/// Checks that tower middleware sees every request, and that errors of the inner service keep their kind.
async fn middleware() {
    let server = start(&["200\n\n[]"]);
    let layered = || {
        let own = ReqwestTransport::new().expect("a transport");
        TowerTransport::new(own, |service| {
            let hop = |mut request: http::Request<Body>| {
                request
                    .headers_mut()
                    .insert("x-hop", HeaderValue::from_static("tower"));
                request
            };
            tower::ServiceBuilder::new()
                .map_request(hop)
                .service(service)
        })
    };
    let near = client(&format!("http://{}", server.address), "s3cret", layered());
    near.jobs().list().await.expect("jobs");
    assert!(server.requests()[0].contains("x-hop: tower\n"));

    let gone = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let gone = format!("http://{}", gone.expect("an address"));
    let outcome = client(&gone, "s3cret", layered()).jobs().list().await;
    assert!(matches!(outcome, Err(Error::Connect(_))), "{outcome:?}");

    // A request that middleware rejects was not sent.
    let own = ReqwestTransport::new().expect("a transport");
    let refusing = TowerTransport::new(own, |_| {
        tower::service_fn(|_: http::Request<Body>| async {
            Err::<http::Response<Body>, _>("too many calls")
        })
    });
    let outcome = client(&gone, "s3cret", refusing).jobs().list().await;
    assert!(matches!(outcome, Err(Error::Transport(_))), "{outcome:?}");
}

/// Checks that the mock answers every operation, whatever the arguments and the base URL.
async fn answered_as_described() {
    let transport = ways::mock::transport();
    let client = client("https://example.com/base/v1", "s3cret", transport.clone());
    let jobs = client.jobs().list().owner("anybody").await.expect("jobs");
    assert_eq!(jobs.len(), 1);
    let list = || client.jobs().list();
    let query = async |list: ways::resources::jobs::builders::ListJobsBuilder| {
        let request = list.build().await.expect("a request");
        request.uri().query().map(str::to_owned)
    };
    let owner = query(list().maybe_owner(Some("jane"))).await;
    assert_eq!(owner.as_deref(), query(list().owner("jane")).await.as_deref());
    assert_eq!(query(list().maybe_owner(None::<&str>)).await, query(list()).await);
    let job = client.jobs().get("any/id").await.expect("a job");
    assert_eq!(job.status, "status");
    let state = client.jobs().get_state("any").await.expect("a state");
    assert!(state.work.kind.is_some());
    let created = client.jobs().create(job).send_raw().await.expect("a job");
    assert_eq!(created.status(), StatusCode::CREATED);
    let mut news = client
        .jobs()
        .listen_to_job("any")
        .send_lines()
        .await
        .expect("news");
    assert!(news.try_next().await.expect("a line").is_some());
    assert!(news.try_next().await.expect("the end").is_none());
    assert_eq!(transport.requests().len(), 5);
    // Every list ends, whatever its kind of pagination.
    macro_rules! count {
        ($call:ident) => {{
            let mut items = client.lists().$call().items();
            let mut count = 0;
            while items.try_next().await.expect("an end").is_some() {
                count += 1;
            }
            count
        }};
    }
    let counts = [
        count!(list_numbered),
        count!(list_counted),
        count!(list_offsets),
        count!(list_cursors),
        count!(list_told),
    ];
    assert_eq!(counts, [1; 5]);
}
