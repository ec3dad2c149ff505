//! Spans, as a subscriber receives them.

use crate::{client, start};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use ways::types::Job;
use ways::{RequestOptions, Client};

/// A subscriber that records the fields of each span with its name and its parent's.
#[derive(Clone, Default)]
struct Keeper(Arc<Kept>);

#[derive(Default)]
struct Kept {
    count: AtomicU64,
    spans: Mutex<Vec<BTreeMap<String, String>>>,
    entered: Mutex<Vec<u64>>,
}

struct Fields<'a>(&'a mut BTreeMap<String, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let text = format!("{value:?}");
        self.0
            .insert(field.name().to_owned(), text.trim_matches('"').to_owned());
    }
}

impl Subscriber for Keeper {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("ways")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let id = self.0.count.fetch_add(1, Ordering::Relaxed) + 1;
        let around = self.0.entered.lock().unwrap().last().copied();
        let mut fields = BTreeMap::new();
        fields.insert("(name)".to_owned(), span.metadata().name().to_owned());
        fields.insert("(in)".to_owned(), format!("{around:?}"));
        span.record(&mut Fields(&mut fields));
        self.0.spans.lock().unwrap().push(fields);
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut spans = self.0.spans.lock().unwrap();
        values.record(&mut Fields(&mut spans[span.into_u64() as usize - 1]));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        panic!("an event: {event:?}");
    }

    fn enter(&self, span: &Id) {
        self.0.entered.lock().unwrap().push(span.into_u64());
    }

    fn exit(&self, span: &Id) {
        assert_eq!(self.0.entered.lock().unwrap().pop(), Some(span.into_u64()));
    }
}

impl Keeper {
    /// Returns each span as one line, without parts that differ between runs.
    fn told(&self, port: u16) -> Vec<String> {
        let spans = self.0.spans.lock().unwrap();
        let line = |span: &BTreeMap<String, String>| {
            let fields = span.iter().map(|(name, value)| format!("{name}={value}"));
            let line = fields.collect::<Vec<_>>().join(" ");
            line.replace(&port.to_string(), "PORT")
        };
        spans.iter().map(line).collect()
    }
}

/// Sends requests while a subscriber records, and compares the spans.
fn check(name: &str, address: SocketAddr, call: impl AsyncFnOnce(Client), spans: &[&str]) {
    let keeper = Keeper::default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let call = call(client(address));
    tracing::subscriber::with_default(keeper.clone(), || runtime.block_on(call));
    let told = keeper.told(address.port());
    assert_eq!(told, spans, "{name}: {told:#?}");
}

pub fn all() {
    a_further_attempt();
    an_error_response();
    no_connection();
    no_answer();
    println!("4 calls are told as they happen");
}

fn a_further_attempt() {
    let server = start(&["503\n\nbusy", "200\n\n[]"]);
    let call = async |client: Client| {
        let jobs = client.jobs().list().owner("jane@example.com").await;
        assert_eq!(jobs.expect("jobs").len(), 0);
    };
    check(
        "a further attempt",
        server.address,
        call,
        &[
            "(in)=None (name)=request http.request.method=GET http.response.status_code=200 \
             otel.name=listJobs url.template=/jobs",
            "(in)=Some(1) (name)=attempt error.type=503 http.request.method=GET \
             http.response.status_code=503 otel.kind=client otel.name=GET /jobs \
             otel.status_code=ERROR server.address=127.0.0.1 server.port=PORT \
             url.full=http://127.0.0.1:PORT/jobs?owner=REDACTED&key=REDACTED",
            "(in)=Some(1) (name)=attempt http.request.method=GET http.request.resend_count=1 \
             http.response.status_code=200 otel.kind=client otel.name=GET /jobs \
             server.address=127.0.0.1 server.port=PORT \
             url.full=http://127.0.0.1:PORT/jobs?owner=REDACTED&key=REDACTED",
        ],
    );
    // Values that the spans omit were sent.
    let requests = server.requests().join("");
    assert!(requests.contains("jane%40example.com") && requests.contains("key=s3cret"));
}

fn an_error_response() {
    let server = start(&["409\n\n{\"message\": \"private\"}"]);
    let call = async |client: Client| {
        let job = Job::new("a", "private");
        assert!(client.jobs().create(job).await.is_err());
    };
    check(
        "an error response",
        server.address,
        call,
        &[
            "(in)=None (name)=request error.type=409 http.request.method=POST \
             http.response.status_code=409 otel.name=createJob otel.status_code=ERROR \
             url.template=/jobs",
            "(in)=Some(1) (name)=attempt error.type=409 http.request.method=POST \
             http.response.status_code=409 otel.kind=client otel.name=POST /jobs \
             otel.status_code=ERROR server.address=127.0.0.1 server.port=PORT \
             url.full=http://127.0.0.1:PORT/jobs?key=REDACTED",
        ],
    );
}

fn no_connection() {
    let gone = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = gone.local_addr().expect("an address");
    drop(gone);
    let call = async |client: Client| {
        let options = RequestOptions::new().no_retries();
        assert!(client.jobs().get("a/b").options(options).await.is_err());
    };
    check(
        "no connection",
        address,
        call,
        &[
            "(in)=None (name)=request error.type=connect http.request.method=GET otel.name=getJob \
             otel.status_code=ERROR url.template=/jobs/{id}",
            "(in)=Some(1) (name)=attempt error.type=connect http.request.method=GET \
             otel.kind=client otel.name=GET /jobs/{id} otel.status_code=ERROR \
             server.address=127.0.0.1 server.port=PORT \
             url.full=http://127.0.0.1:PORT/jobs/a%2Fb?key=REDACTED",
        ],
    );
}

fn no_answer() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let call = async |client: Client| {
        let options = RequestOptions::new()
            .no_retries()
            .timeout(Duration::from_millis(50));
        assert!(client.jobs().list().options(options).await.is_err());
    };
    check(
        "no answer",
        silent.local_addr().expect("an address"),
        call,
        &[
            "(in)=None (name)=request error.type=timeout http.request.method=GET \
             otel.name=listJobs otel.status_code=ERROR url.template=/jobs",
            "(in)=Some(1) (name)=attempt error.type=timeout http.request.method=GET \
             otel.kind=client otel.name=GET /jobs otel.status_code=ERROR \
             server.address=127.0.0.1 server.port=PORT \
             url.full=http://127.0.0.1:PORT/jobs?key=REDACTED",
        ],
    );
}
