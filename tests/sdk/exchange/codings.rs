//! Compressed responses in every content coding: whole bodies over the in-memory transport, streams over a socket.

use bytes::Bytes;
use exchange::transport::{
    Body, BoxFuture, MemoryTransport, Recorder, Transport, TransportError, TransportErrorKind,
};
use exchange::{RequestOptions, Client, ClientBuilder, Error, RetryPolicy};
use flate2::{Compression, FlushCompress, GzBuilder, write};
use futures_core::Stream;
use http::{HeaderMap, Request, Response, StatusCode, header};
use std::error::Error as StdError;
use std::io::Write;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const NOTE: &[u8] = b"{\"text\":\"a\"}";
const ACCEPTED: &str = "gzip, deflate, br, zstd";

/// Brotli-encoded test data: the note, 16 MiB of zeros, and two events, each followed by a flush.
const BROTLI_NOTE: &str = "8b05807b2274657874223a2261227d03";
const BROTLI_ZEROS: &str = "cbffff3f002400e2b14072effff8ffff078004401c1680eefd9f0103";
const BROTLI_EVENTS: [&str; 3] = [
    "8b0980646174613a207b2274657874223a2261227d0a0a",
    "980000405a4144ac4fa9224c50bb1c0c",
    "03",
];
const ZSTD_EVENTS: [&str; 3] = [
    "28b52ffd0458a00000646174613a207b2274657874223a2261227d0a0a",
    "5c00002862227d0a0a0100d74d20",
    "0100008641234b",
];
const EVENTS: [&str; 2] = ["data: {\"text\":\"a\"}\n\n", "data: {\"text\":\"b\"}\n\n"];

/// Runs all cases and returns their number.
pub async fn all() -> usize {
    let count = every_coding_is_read().await;
    what_is_cut_short_or_corrupt_is_an_error().await;
    a_small_body_that_expands_ends_at_the_limit().await;
    what_has_no_body_is_not_decoded().await;
    what_is_not_readable_is_named().await;
    error_bodies_are_read().await;
    requests_say_what_is_accepted().await;
    parts_are_left_as_they_are().await;
    each_event_arrives_as_it_is_flushed().await;
    files_are_downloaded_whole().await;
    recordings_are_readable().await;
    count + 10
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2);
    let byte = |digits: &[u8]| {
        let digits = std::str::from_utf8(digits).expect("digits");
        u8::from_str_radix(digits, 16).expect("a byte")
    };
    digits.map(byte).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = write::GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// Compresses with every optional field of the gzip header.
fn gzip_with_header(bytes: &[u8]) -> Vec<u8> {
    let builder = GzBuilder::new().filename("a.json").comment("b");
    let builder = builder.extra([1, 2, 3]).mtime(1);
    let mut encoder = builder.write(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = write::ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = write::DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::with_capacity(zstd_safe::compress_bound(bytes.len()));
    zstd_safe::compress(&mut encoded, bytes, 3).expect("memory");
    encoded
}

fn response(coding: &str, body: impl Into<Bytes>) -> Response<Bytes> {
    let body = body.into();
    let mut response = Response::new(body.clone());
    for coding in coding.split('|') {
        let coding = coding.parse().expect("a header");
        response
            .headers_mut()
            .append(header::CONTENT_ENCODING, coding);
    }
    let length = body.len().into();
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, length);
    response
}

fn quick() -> ClientBuilder {
    Client::builder()
        .base_url("http://127.0.0.1:1")
        .retry(RetryPolicy::new(2).initial_backoff(Duration::from_millis(1)))
}

fn client(transport: impl Transport) -> Client {
    let builder = quick().transport(transport).max_response_size(64);
    builder.build().expect("a client")
}

/// Returns a client that receives one response.
fn given(coding: &str, body: impl Into<Bytes>) -> Client {
    client(MemoryTransport::new().response(response(coding, body)))
}

/// The encodings of the note. A `|` separates two header values.
fn notes() -> Vec<(&'static str, Vec<u8>)> {
    let brotli = unhex(BROTLI_NOTE);
    vec![
        ("gzip", gzip(NOTE)),
        ("X-GZip", gzip_with_header(NOTE)),
        ("gzip", [gzip(&NOTE[..4]), gzip(&NOTE[4..])].concat()),
        ("gzip", [gzip(NOTE), gzip(b"")].concat()),
        ("deflate", zlib(NOTE)),
        ("deflate", deflate(NOTE)),
        ("br", brotli.clone()),
        ("zstd", zstd(NOTE)),
        ("zstd", [zstd(&NOTE[..4]), zstd(&NOTE[4..])].concat()),
        ("gzip, zstd", zstd(&gzip(NOTE))),
        ("br|gzip", gzip(&brotli)),
        ("br, gzip, deflate, zstd", zstd(&zlib(&gzip(&brotli)))),
        (", identity ,gzip", gzip(NOTE)),
        ("utf-8, gzip", gzip(NOTE)),
    ]
}

async fn every_coding_is_read() -> usize {
    let notes = notes();
    for (coding, body) in &notes {
        let raw = given(coding, body.clone()).get().get_one().send_raw().await;
        let raw = raw.unwrap_or_else(|error| panic!("{coding}: {error}"));
        assert_eq!(raw.body(), NOTE, "{coding}");
        assert_eq!(raw.decode().expect("a note").text, "a");
        for name in [header::CONTENT_ENCODING, header::CONTENT_LENGTH] {
            assert!(!raw.headers().contains_key(name), "{coding}");
        }
        // The result must not depend on how the network splits the body.
        for size in 1..body.len() {
            let client = client(Pieces::of(coding, body.clone(), size));
            let note = client.get().get_one().await;
            let note = note.unwrap_or_else(|error| panic!("{coding}, {size}: {error}"));
            assert_eq!(note.text, "a", "{coding}, {size}");
        }
    }
    // Larger than the decoder's buffer and than a compression window.
    let text: String = (0..100_000).map(|number| format!("{number},")).collect();
    for (coding, body) in [
        ("gzip", gzip(text.as_bytes())),
        ("deflate", zlib(text.as_bytes())),
        ("zstd", zstd(text.as_bytes())),
    ] {
        let transport = Pieces::of(coding, body, 1000);
        let client = quick().transport(transport).build().expect("a client");
        let read = client.get().get_textual().await.expect("a text");
        assert!(read == text, "{coding}");
    }
    // Without a content coding, the body is passed through.
    for coding in ["identity", "", "utf-8", "aws-chunked"] {
        let raw = given(coding, NOTE).get().get_one().send_raw().await;
        let raw = raw.expect("a note");
        assert_eq!(raw.headers()[header::CONTENT_ENCODING], coding);
        assert_eq!(raw.decode().expect("a note").text, "a");
    }
    notes.len() + 7
}

async fn what_is_cut_short_or_corrupt_is_an_error() {
    for (coding, body) in notes() {
        if body == [gzip(NOTE), gzip(b"")].concat() {
            // The body is complete after its first gzip member.
            continue;
        }
        for length in 1..body.len() {
            let transport =
                MemoryTransport::new().response(response(coding, body[..length].to_vec()));
            let error = client(transport.clone()).get().get_one().await;
            let error = error.expect_err("a part");
            let names = ["gzip", "deflate", "br", "zstd"].map(|name| format!("`{name}`"));
            // A truncated sequence of members may end with a complete member and still not hold the note.
            let is_named = names.iter().any(|name| error.to_string().contains(name));
            assert!(is_named || error.to_string().contains("EOF"), "{error}");
            assert!(error.is_decode(), "{coding}, {length}: {error:?}");
            assert_eq!(error.status(), Some(StatusCode::OK));
            assert_eq!(transport.requests().len(), 1, "it is not sent again");
        }
    }
    for (coding, body, why) in [
        ("gzip", NOTE.to_vec(), "invalid gzip header"),
        (
            "gzip",
            [gzip(NOTE), b"more and more".to_vec()].concat(),
            "invalid gzip header",
        ),
        (
            "deflate",
            [zlib(NOTE), b"more".to_vec()].concat(),
            "data follows its end",
        ),
        ("deflate", vec![7], "deflate decompression error"),
        ("br", NOTE.to_vec(), "the data is corrupt"),
        (
            "br",
            [unhex(BROTLI_NOTE), b"more".to_vec()].concat(),
            "data follows its end",
        ),
        ("zstd", NOTE.to_vec(), "Unknown frame descriptor"),
    ] {
        let error = given(coding, body)
            .get()
            .get_one()
            .await
            .expect_err("no such coding");
        let text = format!(
            "GET /one: 200 OK, but the body does not decode: it is not valid `{coding}`, which is its \
             `Content-Encoding`: {why}"
        );
        assert_eq!(error.to_string(), text);
    }
    // The trailing checksum is wrong.
    let mut body = gzip(NOTE);
    let at = body.len() - 6;
    body[at] ^= 1;
    let error = given("gzip", body)
        .get()
        .get_one()
        .await
        .expect_err("another checksum");
    assert!(
        error.is_decode() && error.to_string().contains("checksum"),
        "{error}"
    );
    // The frame declares a window larger than 8 MiB.
    let body = unhex("28b52ffd0078")
        .into_iter()
        .chain([1, 0, 0])
        .collect::<Vec<u8>>();
    let error = given("zstd", body).get().get_one().await.expect_err("32 MiB");
    assert!(
        error.is_decode() && error.to_string().contains("`zstd`"),
        "{error}"
    );
}

fn is_too_large(error: &Error) -> bool {
    let cause = StdError::source(error).and_then(|cause| cause.downcast_ref());
    cause.is_some_and(|cause: &TransportError| cause.kind() == TransportErrorKind::BodyTooLarge)
}

async fn a_small_body_that_expands_ends_at_the_limit() {
    let zeros = vec![0; 16 * 1024 * 1024];
    for (coding, body) in [
        ("gzip", gzip(&zeros)),
        ("deflate", zlib(&zeros)),
        ("br", unhex(BROTLI_ZEROS)),
        ("zstd", zstd(&zeros)),
        ("gzip, gzip", gzip(&gzip(&zeros))),
    ] {
        let transport = MemoryTransport::new().response(response(coding, body.clone()));
        let error = client(transport.clone())
            .get()
            .get_one()
            .await
            .expect_err("too large");
        assert!(is_too_large(&error), "{coding}: {error:?}");
        assert_eq!(transport.requests().len(), 1);
        // Callers can still read the whole body.
        let transport = MemoryTransport::new().response(response(coding, body));
        let builder = quick().transport(transport).max_response_size(zeros.len());
        let client = builder.build().expect("a client");
        let raw = client.get().get_one().send_raw().await.expect("zeros");
        assert!(*raw.body() == zeros, "{coding}");
    }
    // Reading an endless body stops at the limit.
    let mut deflater = flate2::Compress::new(Compression::best(), false);
    let mut block = Vec::with_capacity(8192);
    let megabyte = &zeros[..1024 * 1024];
    let compressed = deflater.compress_vec(megabyte, &mut block, FlushCompress::Sync);
    compressed.expect("memory");
    let endless = Endless {
        block: block.into(),
        count: Arc::default(),
    };
    let builder = quick().transport(endless.clone());
    let client = builder.max_response_size(10 * megabyte.len()).build();
    let error = client
        .expect("a client")
        .get()
        .get_one()
        .await
        .expect_err("too large");
    assert!(is_too_large(&error), "{error:?}");
    let count = endless.count.load(Ordering::Relaxed);
    assert!((10..=12).contains(&count), "{count} MiB");
    // The client refuses to undo more codings than a server would reasonably apply.
    let mut body = NOTE.to_vec();
    for _ in 0..5 {
        body = gzip(&body);
    }
    let five = response("gzip, gzip, gzip, gzip, gzip", body);
    let client = quick().transport(MemoryTransport::new().response(five));
    let error = client.build().expect("a client").get().get_one().await;
    let error = error.expect_err("five codings").to_string();
    assert!(error.contains("which is not supported"), "{error}");
}

/// A response body of endless zeros.
#[derive(Clone)]
struct Endless {
    block: Bytes,
    count: Arc<AtomicUsize>,
}

impl Stream for Endless {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.count.fetch_add(1, Ordering::Relaxed);
        Poll::Ready(Some(Ok(self.block.clone())))
    }
}

impl Transport for Endless {
    fn send(&self, _: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let head = Body::from(vec![31, 139, 8, 0, 0, 0, 0, 0, 0, 255]);
        let blocks = self.clone();
        let mut response = response("gzip", "").map(|_| Body::stream(Joined(head, blocks)));
        response.headers_mut().remove(header::CONTENT_LENGTH);
        Box::pin(async move { Ok(response) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

struct Joined(Body, Endless);

impl Stream for Joined {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match Pin::new(&mut self.0).poll_next(cx) {
            Poll::Ready(None) => Pin::new(&mut self.1).poll_next(cx),
            next => next,
        }
    }
}

/// A response body in pieces of one size.
#[derive(Clone)]
struct Pieces {
    head: Response<Bytes>,
    size: usize,
}

impl Pieces {
    fn of(coding: &str, body: Vec<u8>, size: usize) -> Self {
        let head = response(coding, body);
        Self { head, size }
    }
}

impl Transport for Pieces {
    fn send(&self, _: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let pieces = |bytes: Bytes| Body::stream(Cut(bytes, self.size));
        let response = self.head.clone().map(pieces);
        Box::pin(async move { Ok(response) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

struct Cut(Bytes, usize);

impl Stream for Cut {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let size = self.1.min(self.0.len());
        let piece = self.0.split_to(size);
        Poll::Ready((size > 0).then_some(Ok(piece)))
    }
}

async fn what_has_no_body_is_not_decoded() {
    // A response to `HEAD` has the headers of `GET`, and no body to decode.
    given("gzip", "").get().probe().await.expect("HEAD");
    let mut nothing = response("gzip", "");
    *nothing.status_mut() = StatusCode::NO_CONTENT;
    let transport = MemoryTransport::new().response(nothing);
    client(transport).get().get_nothing().await.expect("204");
    let mut current = response("gzip", "");
    *current.status_mut() = StatusCode::NOT_MODIFIED;
    let transport = MemoryTransport::new().response(current);
    let raw = client(transport).get().get_one().send_raw().await.expect("304");
    assert_eq!(raw.headers()[header::CONTENT_ENCODING], "gzip");

    let error = given("gzip", "").get().get_one().await.expect_err("no JSON");
    assert!(
        error.to_string().ends_with("it is empty, at $")
            || error.to_string().ends_with("it is empty"),
        "{error}"
    );
}

async fn what_is_not_readable_is_named() {
    for coding in ["compress", "X-Compress", "dcz", "compress, gzip"] {
        let body = gzip(NOTE);
        let raw = given(coding, body.clone()).get().get_file().send_raw().await;
        let raw = raw.expect("bytes");
        assert_eq!(*raw.body(), body);
        assert_eq!(raw.headers()[header::CONTENT_ENCODING], coding);
        let error = raw.decode().expect_err("a coding");
        let text = error.to_string();
        assert!(
            error.is_decode() && text.contains("which is not supported"),
            "{text}"
        );
        let error = given(coding, body.clone()).get().get_file().await;
        assert_eq!(error.expect_err("a coding").to_string(), text);
        let error = given(coding, body.clone()).get().get_file().send_stream().await;
        assert_eq!(error.map(drop).expect_err("a coding").to_string(), text);
        let error = given(coding, body).get().listen().send_events().await;
        assert!(error.map(drop).expect_err("a coding").is_decode());
    }
    // The error names an unknown coding if the body cannot be read.
    let error = given("utf-8", "{").get().get_one().await.expect_err("no JSON");
    let end =
        "EOF while parsing an object (its `Content-Encoding` is `utf-8`), at $ (line 1 column 1)";
    assert!(error.to_string().ends_with(end), "{error}");
}

async fn error_bodies_are_read() {
    let mut missing = response("gzip", gzip(b"{\"title\":\"t\"}"));
    *missing.status_mut() = StatusCode::NOT_FOUND;
    let error = client(MemoryTransport::new().response(missing))
        .get()
        .get_one()
        .await;
    let error = error.expect_err("404");
    assert!(
        error.documented().is_some() && error.to_string().ends_with("{\"title\":\"t\"}"),
        "{error}"
    );
    // A body that cannot be read does not hide the status.
    let mut broken = response("gzip", NOTE);
    *broken.status_mut() = StatusCode::NOT_FOUND;
    let error = client(MemoryTransport::new().response(broken))
        .get()
        .get_one()
        .await;
    assert_eq!(
        error.expect_err("404").status(),
        Some(StatusCode::NOT_FOUND)
    );
}

async fn accepted(options: RequestOptions) -> HeaderMap {
    let transport = MemoryTransport::new().response(response("gzip", gzip(NOTE)));
    let note = client(transport.clone()).get().get_one().options(options).await;
    assert_eq!(note.expect("a note").text, "a");
    transport.requests()[0].headers().clone()
}

async fn requests_say_what_is_accepted() {
    let headers = accepted(RequestOptions::new()).await;
    assert_eq!(headers[header::ACCEPT_ENCODING], ACCEPTED);
    // A header that the caller sets is sent unchanged.
    for own in ["gzip;q=0.5", "br", "identity"] {
        let headers = accepted(RequestOptions::new().header("accept-encoding", own)).await;
        assert_eq!(headers[header::ACCEPT_ENCODING], own);
    }
    let headers = accepted(RequestOptions::new().header("range", "bytes=0-5")).await;
    assert_eq!(headers[header::ACCEPT_ENCODING], "identity");

    let transport = MemoryTransport::new().response(response("", NOTE));
    let builder = quick().transport(transport.clone());
    let builder = builder.default_header("Accept-Encoding", "identity");
    builder
        .build()
        .expect("a client")
        .get()
        .get_one()
        .await
        .expect("a note");
    let requests = transport.requests();
    assert_eq!(requests[0].headers()[header::ACCEPT_ENCODING], "identity");
}

async fn parts_are_left_as_they_are() {
    let body = gzip(NOTE)[5..12].to_vec();
    let mut part = response("gzip", body.clone());
    *part.status_mut() = StatusCode::PARTIAL_CONTENT;
    let transport = MemoryTransport::new().response(part.clone()).response(part);
    let client = client(transport);
    let options = || RequestOptions::new().header("range", "bytes=5-11");
    let bytes = client.get().get_whatever().options(options()).await;
    assert_eq!(bytes.expect("a part"), body);
    let download = client.get().get_file().options(options()).send_stream().await;
    let download = download.expect("a part");
    assert_eq!(download.headers()[header::CONTENT_ENCODING], "gzip");
    assert_eq!(download.into_body().bytes(64).await.expect("bytes"), body);
}

/// Accepts a connection and returns it once a request has arrived.
async fn accept(listener: TcpListener) -> TcpStream {
    let (mut stream, _) = listener.accept().await.expect("a connection");
    let mut request = [0; 4096];
    let read = stream.read(&mut request).await.expect("a request");
    let request = String::from_utf8_lossy(&request[..read]).into_owned();
    assert!(
        request.contains(&format!("accept-encoding: {ACCEPTED}\r\n")),
        "{request}"
    );
    stream
}

async fn server() -> (TcpListener, Client) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let builder = Client::builder().base_url(format!("http://{address}"));
    let builder = builder.retry(RetryPolicy::none()).max_response_size(64);
    let client = builder.timeout(Duration::from_secs(20)).build();
    (listener, client.expect("a client"))
}

fn flushed(mut encoder: write::GzEncoder<Vec<u8>>) -> [Vec<u8>; 3] {
    let mut piece = |text: &str| {
        encoder.write_all(text.as_bytes()).expect("memory");
        encoder.flush().expect("memory");
        std::mem::take(encoder.get_mut())
    };
    let [first, second] = EVENTS.map(&mut piece);
    [first, second, encoder.finish().expect("memory")]
}

fn flushed_zlib() -> [Vec<u8>; 3] {
    let mut encoder = write::ZlibEncoder::new(Vec::new(), Compression::best());
    let [first, second] = EVENTS.map(|text| {
        encoder.write_all(text.as_bytes()).expect("memory");
        encoder.flush().expect("memory");
        std::mem::take(encoder.get_mut())
    });
    [first, second, encoder.finish().expect("memory")]
}

/// Checks that events are not buffered: the server sends the second event only after the client has received the
/// first.
async fn each_event_arrives_as_it_is_flushed() {
    let gzip = write::GzEncoder::new(Vec::new(), Compression::best());
    for (coding, pieces) in [
        ("gzip", flushed(gzip)),
        ("deflate", flushed_zlib()),
        ("br", BROTLI_EVENTS.map(unhex)),
        ("zstd", ZSTD_EVENTS.map(unhex)),
    ] {
        let (listener, client) = server().await;
        let call = client.get().listen().send_events();
        let head = async {
            let mut stream = accept(listener).await;
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-encoding: {coding}\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).await.expect("a reader");
            stream
        };
        let (events, mut stream) = tokio::join!(call, head);
        let mut events = events.expect("events");
        for (piece, text) in pieces.iter().zip(["a", "b"]) {
            stream.write_all(piece).await.expect("a reader");
            let event = events.try_next().await;
            let event = event.unwrap_or_else(|error| panic!("{coding}: {error}"));
            assert_eq!(event.expect("an event").data.text, text, "{coding}");
        }
        stream.write_all(&pieces[2]).await.expect("a reader");
        drop(stream);
        assert!(events.try_next().await.expect("the end").is_none(), "{coding}");
    }
}

async fn download(body: &[u8], length: usize) -> (Vec<u8>, Option<Error>) {
    let (listener, client) = server().await;
    let serve = async {
        let mut stream = accept(listener).await;
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.expect("a reader");
        let _ = stream.write_all(&body[..length]).await;
    };
    let read = async {
        let call = client.get().get_file().send_stream().await;
        let mut download = call.expect("a file");
        assert_eq!(download.length(), None, "of the decoded file");
        assert!(!download.headers().contains_key(header::CONTENT_LENGTH));
        let mut file = Vec::new();
        loop {
            match download.chunk().await {
                Ok(Some(chunk)) => file.extend_from_slice(&chunk),
                Ok(None) => return (file, None),
                Err(error) => return (file, Some(error)),
            }
        }
    };
    tokio::join!(serve, read).1
}

async fn files_are_downloaded_whole() {
    // The client's limit is 64 bytes, which does not apply to streamed bodies.
    let text: String = (0..50_000).map(|number| format!("{number}\n")).collect();
    let body = gzip(text.as_bytes());
    let (file, error) = download(&body, body.len()).await;
    assert!(error.is_none() && file == text.as_bytes(), "{error:?}");
    let (file, error) = download(&body, body.len() - 9).await;
    let error = error.expect("it is cut short");
    assert!(text.as_bytes().starts_with(&file));
    assert!(
        error.is_decode() && error.to_string().contains("`gzip`"),
        "{error}"
    );
}

async fn recordings_are_readable() {
    let body = gzip(b"{\"text\":\"s3cr3t-key\",\"access_token\":\"t0ken\"}");
    let recorder = Recorder::new(MemoryTransport::new().response(response("gzip", body)));
    let note = client(recorder.clone()).get().get_one().await.expect("a note");
    assert_eq!(note.text, "s3cr3t-key");
    let lines = recorder.json_lines();
    assert!(
        lines.contains("s3cr3t-key") && !lines.contains("t0ken"),
        "{lines}"
    );
    assert!(!lines.contains("content-encoding"), "{lines}");
    let replay = MemoryTransport::replay(&lines).expect("a recording");
    let note = client(replay).get().get_one().await.expect("a note");
    assert_eq!(note.text, "s3cr3t-key");
}
