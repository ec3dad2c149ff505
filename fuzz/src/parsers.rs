//! Checks for the parsers of a generated crate on arbitrary bytes. Each check panics if it fails.

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use parsers::transport::{Body, BoxFuture, MemoryTransport, Transport, TransportError};
use parsers::webhooks::{self, Signer, Verifier};
use parsers::{Client, RetryPolicy};
use std::collections::VecDeque;
use std::future::pending;
use std::pin::{Pin, pin};
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

/// Kind, ID and data.
type Event = (String, Option<String>, String);

/// A response body that arrives in these pieces.
struct Pieces(VecDeque<Bytes>);

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(Ok))
    }
}

/// A transport that responds once.
struct Once(Mutex<Option<Pieces>>);

impl Transport for Once {
    fn send(&self, _: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let pieces = self
            .0
            .lock()
            .expect("no panic")
            .take()
            .expect("one request");
        Box::pin(async move { Ok(Response::new(Body::stream(pieces))) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(pending())
    }
}

/// Polls a future that never has to wait.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

fn read(pieces: Vec<Bytes>) -> Vec<Event> {
    let client = Client::builder()
        .transport(Once(Mutex::new(Some(Pieces(pieces.into())))))
        .build()
        .expect("a client");
    now(async {
        let mut stream = client
            .things()
            .listen()
            .send_events()
            .await
            .expect("a stream");
        let mut events = Vec::new();
        while let Some(event) = stream.try_next().await.expect("an event") {
            events.push((event.event, event.id, event.data));
        }
        events
    })
}

/// Returns whether a character keeps an ID out of `Last-Event-ID` (RFC 9110, section 5.5). The standard ignores an ID
/// with a null character; the client also ignores these, and keeps the last ID that it can send.
fn is_unsendable(c: char) -> bool {
    c.is_ascii_control() && c != '\t'
}

/// Parses the events of a whole text as the standard specifies (WHATWG HTML, section 9.2.6).
fn expected(bytes: &[u8]) -> Vec<Event> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (mut events, mut kind, mut id) = (Vec::new(), "", "");
    let mut data: Vec<&str> = Vec::new();
    let mut lines: Vec<&str> = text.split('\n').collect();
    // A line without a line break at the end of the stream is ignored.
    lines.pop();
    for line in lines {
        if line.is_empty() {
            let text = data.join("\n");
            if text == "[DONE]" {
                break;
            }
            if !data.is_empty() {
                let kind = if kind.is_empty() { "message" } else { kind };
                let id = (!id.is_empty()).then(|| id.to_owned());
                events.push((kind.to_owned(), id, text));
            }
            (kind, data) = ("", Vec::new());
            continue;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => kind = value,
            "data" => data.push(value),
            "id" if !value.contains(is_unsendable) => id = value,
            _ => {}
        }
    }
    events
}

/// Checks that events equal those of the standard, however their bytes arrive. The input is a number of lengths, the
/// lengths of the first pieces, and the stream.
pub fn events(input: &[u8]) {
    let Some((count, rest)) = input.split_first() else {
        return;
    };
    let (lengths, stream) = rest.split_at(usize::from(count % 16).min(rest.len()));
    let mut left = Bytes::copy_from_slice(stream);
    let mut pieces = Vec::new();
    for length in lengths {
        pieces.push(left.split_to(usize::from(*length).min(left.len())));
    }
    pieces.push(left);
    assert_eq!(read(pieces), expected(stream));
}

/// Checks that the client waits as `Retry-After` says if it is a number or a date, and otherwise no longer than
/// without the header.
pub fn retry_after(input: &[u8]) {
    const USUAL: Duration = Duration::from_millis(500);
    const LONGEST: u64 = 1_000_000;
    let Ok(value) = HeaderValue::from_bytes(input) else {
        return;
    };
    let mut busy = Response::new(Bytes::new());
    *busy.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    busy.headers_mut().insert("retry-after", value.clone());
    let transport = MemoryTransport::new().response(busy).json(204, "");
    let client = Client::builder()
        .transport(transport.clone())
        .retry(RetryPolicy::new(2).initial_backoff(USUAL))
        .total_timeout(Duration::from_secs(LONGEST + 1))
        .build()
        .expect("a client");
    let is_answered = now(client.things().list().send()).is_ok();
    let sleeps = transport.sleeps();
    assert_eq!(is_answered, sleeps.len() == 1, "{sleeps:?}");
    let text = value.to_str().unwrap_or_default().trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // Every date begins with a day of the week.
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let may_be_date = days.iter().any(|day| text.starts_with(day));
    if is_number {
        let seconds = text.parse().ok().filter(|seconds| *seconds <= LONGEST);
        assert_eq!(sleeps, Vec::from_iter(seconds.map(Duration::from_secs)));
    } else if !may_be_date {
        assert!(sleeps[0] <= USUAL, "{sleeps:?}");
    }
}

/// Checks that pagination by `Link` only follows URLs of the API's host, and ends.
pub fn links(input: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(input) else {
        return;
    };
    let link = value.clone();
    let transport = MemoryTransport::from_fn(move |_| {
        let mut page = Response::new(Bytes::from_static(b"[\"item\"]"));
        page.headers_mut().insert("link", link.clone());
        page
    });
    let client = Client::builder()
        .transport(transport.clone())
        .build()
        .expect("a client");
    let mut pages = client.things().get_list().pages().max_pages(3);
    now(async { while let Ok(Some(_)) = pages.try_next().await {} });
    let requests = transport.requests();
    assert!((1..=3).contains(&requests.len()), "{}", requests.len());
    let hosts: Vec<_> = requests
        .iter()
        .map(|request| request.uri().host())
        .collect();
    assert!(
        hosts.iter().all(|host| *host == Some("api.example.com")),
        "{hosts:?}"
    );
    let text = String::from_utf8_lossy(input).to_ascii_lowercase();
    assert!(requests.len() == 1 || text.contains("next"), "{text}");
}

const SECRET: &str = "the secret";
const NOW: u64 = 1_700_000_000;
const SIGNATURE: HeaderName = HeaderName::from_static("signature");

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

/// Checks that exactly the valid signatures are accepted. The input is a header, a line feed, and a body.
pub fn webhooks(input: &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n');
    let (header, body) = input.split_at(end.unwrap_or(input.len()));
    let body = body.get(1..).unwrap_or_default();
    let verifier = Verifier::new(SECRET).expect("a secret");
    let signer = Signer::new(SECRET).expect("a secret");
    let signed = signer.sign_at(body, at(NOW)).expect("headers");
    let signature = |headers: &HeaderMap| headers[SIGNATURE].to_str().expect("text").to_owned();

    assert_eq!(verifier.verify_at(&signed, body, at(NOW)), Ok(()));
    let longer = [body, b" "].concat();
    verifier
        .verify_at(&signed, &longer, at(NOW))
        .expect_err("another body");
    verifier
        .verify_at(&signed, body, at(NOW + 301))
        .expect_err("an old one");

    if let Ok(value) = HeaderValue::from_bytes(header) {
        let headers = HeaderMap::from_iter([(SIGNATURE, value.clone())]);
        if verifier.verify_at(&headers, body, at(NOW)).is_ok() {
            let text = signature(&headers).to_ascii_lowercase();
            let known = |seconds| {
                let signed = signer.sign_at(body, at(seconds)).expect("headers");
                let signed = signature(&signed);
                text.contains(signed.split_once(",v1=").expect("a signature").1)
            };
            assert!((NOW - 300..=NOW + 300).any(known), "{text}");
        }
        // Other entries next to a valid signature are harmless, except for another timestamp.
        if !header.windows(2).any(|pair| pair == b"t=") {
            let mut headers = headers;
            headers.append(SIGNATURE, signed[SIGNATURE].clone());
            assert_eq!(verifier.verify_at(&headers, body, at(NOW)), Ok(()));
        }
    }
    // A parsed event must be valid JSON.
    if webhooks::parse_event(body).is_ok() {
        serde_json::from_slice::<serde_json::Value>(body).expect("JSON");
    }
}
