//! Compresses request bodies.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{body::Body, options::RequestOptions};

/// Compresses a body of at least `from` bytes with gzip, and sets `Content-Encoding`. A stream is left
/// unchanged, and so is a body that would not become smaller or whose `Content-Encoding` the caller has set.
pub(super) fn body(
    body: Option<Body>,
    from: Option<usize>,
    defaults: &HeaderMap,
    options: &RequestOptions,
    headers: &mut Vec<(HeaderName, HeaderValue)>,
) -> Option<Body> {
    let name = header::CONTENT_ENCODING;
    let mut own = headers.iter().chain(&options.headers);
    if defaults.contains_key(&name) || own.any(|(known, _)| *known == name) {
        return body;
    }
    let bytes = body.as_ref().and_then(Body::as_bytes);
    let bytes = bytes.filter(|bytes| from.is_some_and(|from| bytes.len() >= from.max(1)));
    match bytes.and_then(gzip) {
        Some(compressed) => {
            headers.push((name, HeaderValue::from_static("gzip")));
            Some(compressed.into())
        }
        None => body,
    }
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    encoder.write_all(bytes).ok()?;
    let compressed = encoder.finish().ok()?;
    (compressed.len() < bytes.len()).then_some(compressed)
}
