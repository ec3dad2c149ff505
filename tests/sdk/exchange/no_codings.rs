//! A client without any content coding.

use bytes::Bytes;
use exchange::transport::MemoryTransport;
use exchange::{RequestOptions, Client};
use http::{HeaderValue, Response, StatusCode, header};

/// Runs all cases and returns their number.
pub async fn all() -> usize {
    for (coding, feature) in [
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("deflate", "deflate"),
        ("br", "brotli"),
        ("zstd", "zstd"),
        ("gzip, br", "gzip"),
    ] {
        let body: &[u8] = &[31, 139, 8];
        let mut response = Response::new(Bytes::from(body));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_ENCODING, coding.parse().expect("a header"));
        headers.insert(header::CONTENT_LENGTH, 3.into());
        let transport = MemoryTransport::new().response(response);
        let builder = Client::builder().transport(transport.clone());
        let client = builder.build().expect("a client");
        let raw = client.get().get_one().send_raw().await.expect("bytes");
        assert_eq!(
            transport.requests()[0].headers()["accept-encoding"],
            "identity"
        );
        assert_eq!(raw.body(), body);
        assert_eq!(raw.headers()[header::CONTENT_ENCODING], coding);
        assert_eq!(raw.headers()[header::CONTENT_LENGTH], "3");
        let error = raw.decode().expect_err("a coding");
        let coding = coding.trim_start_matches("x-");
        let text = format!(
            "GET /one: 200 OK, but the body does not decode: its `Content-Encoding` is `{coding}`, which \
             needs the feature `{feature}` (`send_raw` returns the body)"
        );
        assert!(error.is_decode());
        assert_eq!(error.to_string(), text);
    }
    let mut missing = Response::new(Bytes::from("???"));
    *missing.status_mut() = StatusCode::NOT_FOUND;
    let coding = HeaderValue::from_static("br");
    missing
        .headers_mut()
        .insert(header::CONTENT_ENCODING, coding);
    let transport = MemoryTransport::new().response(missing);
    let client = Client::builder().transport(transport).build();
    let error = client.expect("a client").get().get_one().await;
    let text = "(3 bytes: its `Content-Encoding` is `br`, which needs the feature `brotli`)";
    assert!(error.expect_err("404").to_string().ends_with(text));

    let note = Response::new(Bytes::from("{\"text\":\"a\"}"));
    let transport = MemoryTransport::new().response(note);
    let client = Client::builder().transport(transport.clone()).build();
    let options = RequestOptions::new().header("accept-encoding", "gzip");
    let note = client.expect("a client").get().get_one().options(options).await;
    assert_eq!(note.expect("a note").text, "a");
    assert_eq!(transport.requests()[0].headers()["accept-encoding"], "gzip");
    8
}
