//! Content codings (RFC 9110, section 8.4): which ones the client accepts, and how it decodes compressed
//! bodies.
//!
//! Bodies are decoded here and not in a transport, so that it works with every transport, and so that all
//! limits count decoded bytes.

use std::{
    pin::Pin,
    sync::LazyLock,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};

#[cfg(any(
    feature = "brotli",
    feature = "deflate",
    feature = "gzip",
    feature = "zstd"
))]
use super::decompress;
use super::{
    body::Body,
    transport::{Transport, TransportError, TransportErrorKind},
};

/// Decodes one coding, chunk by chunk.
pub(super) trait Decompressor: Send {
    /// Takes bytes from `input` and appends the decoded bytes to `output`. One call appends a few dozen KiB
    /// at most, however large the input is when decoded.
    ///
    /// All input is decoded when `input` is empty and nothing was appended.
    fn push(&mut self, input: &mut Bytes, output: &mut Vec<u8>) -> std::io::Result<()>;

    /// Checks that the input is complete.
    fn finish(&mut self) -> std::io::Result<()>;
}

type Create = fn() -> Box<dyn Decompressor>;

/// The codings that the enabled features decode, in the order of `Accept-Encoding`.
const READABLE: &[(&str, Create)] = &[
    #[cfg(feature = "gzip")]
    ("gzip", || Box::new(decompress::Gzip::new())),
    #[cfg(feature = "deflate")]
    ("deflate", || Box::new(decompress::Deflate::default())),
    #[cfg(feature = "brotli")]
    ("br", || Box::new(decompress::Brotli::new())),
    #[cfg(feature = "zstd")]
    ("zstd", || Box::new(decompress::Zstd::default())),
];

/// All registered codings except `identity`. Servers send other names by mistake, such as `utf-8` and
/// `aws-chunked`, with bodies that are not encoded.
const REGISTERED: [&str; 10] = [
    "aes128gcm",
    "br",
    "compress",
    "dcb",
    "dcz",
    "deflate",
    "exi",
    "gzip",
    "pack200-gzip",
    "zstd",
];

/// The largest number of codings of a body. A server that uses more may try to exhaust the client.
const MAX_CODINGS: usize = 4;

/// The value of `Accept-Encoding`.
static ACCEPTED: LazyLock<HeaderValue> = LazyLock::new(|| {
    let names: Vec<&str> = READABLE.iter().map(|(name, _)| *name).collect();
    HeaderValue::from_str(&names.join(", "))
        .ok()
        .filter(|names| !names.is_empty())
        .unwrap_or(IDENTITY)
});

const IDENTITY: HeaderValue = HeaderValue::from_static("identity");

/// Sends a request with `Accept-Encoding`, and decodes the body of the response.
///
/// An `Accept-Encoding` that the caller sets is sent unchanged. A range request asks for bytes that are not
/// encoded, since only the first part of a compressed body could be decoded.
pub(crate) async fn exchange(
    transport: &dyn Transport,
    mut request: Request<Body>,
) -> Result<Response<Body>, TransportError> {
    let headers = request.headers_mut();
    if !headers.contains_key(header::ACCEPT_ENCODING) {
        let accepted = match headers.contains_key(header::RANGE) {
            true => IDENTITY,
            false => ACCEPTED.clone(),
        };
        headers.insert(header::ACCEPT_ENCODING, accepted);
    }
    let method = request.method().clone();
    let response = transport.send(request).await?;
    Ok(decoded(&method, response))
}

/// Decodes the body of a response if the enabled features decode all of its codings.
///
/// `Content-Encoding` and `Content-Length` are then removed, as they describe the encoded body. A response
/// with an unsupported coding, or without a body, is returned unchanged.
pub(crate) fn decoded(method: &Method, response: Response<Body>) -> Response<Body> {
    let codings = match *method == Method::HEAD {
        true => Vec::new(),
        false => codings(response.status(), response.headers()),
    };
    let find = |coding| READABLE.iter().find(|(name, _)| *name == coding);
    let readers: Option<Vec<_>> = codings.iter().rev().copied().map(find).collect();
    let readers = readers.filter(|readers| (1..=MAX_CODINGS).contains(&readers.len()));
    let Some(readers) = readers else {
        return response;
    };
    let mut response = response;
    response.headers_mut().remove(header::CONTENT_ENCODING);
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response.map(|body| {
        readers.into_iter().fold(body, |body, (name, create)| {
            Body::stream(Decoded {
                body,
                coding: name,
                decompressor: create(),
                input: Bytes::new(),
                state: State::Waiting,
                is_begun: false,
            })
        })
    })
}

/// Returns why a body cannot be read: it is still encoded.
pub(super) fn unreadable(status: StatusCode, headers: &HeaderMap) -> Option<String> {
    let codings = codings(status, headers);
    let is_unreadable = |coding: &&&str| READABLE.iter().all(|(name, _)| name != *coding);
    let why = match codings.iter().find(is_unreadable).copied() {
        _ if codings.is_empty() => return None,
        Some("br") => ", which needs the feature `brotli`",
        Some("deflate") => ", which needs the feature `deflate`",
        Some("gzip") => ", which needs the feature `gzip`",
        Some("zstd") => ", which needs the feature `zstd`",
        _ => ", which is not supported",
    };
    let codings = codings.join(", ");
    Some(format!("its `Content-Encoding` is `{codings}`{why}"))
}

/// Returns the codings of a body, in the order in which they were applied. The partial content of a 206
/// cannot be decoded, and a 204 and a 304 have no body.
fn codings(status: StatusCode, headers: &HeaderMap) -> Vec<&'static str> {
    if matches!(status.as_u16(), 204 | 206 | 304) {
        return Vec::new();
    }
    let registered = |name: &str| {
        let name = name.trim().to_ascii_lowercase();
        let name = name.strip_prefix("x-").unwrap_or(&name);
        REGISTERED.into_iter().find(|known| *known == name)
    };
    let values = headers.get_all(header::CONTENT_ENCODING).iter();
    let values = values.filter_map(|value| value.to_str().ok());
    let names = values.flat_map(|value| value.split(','));
    names.filter_map(registered).collect()
}

/// A body that is decoded while it is read.
struct Decoded {
    body: Body,
    coding: &'static str,
    decompressor: Box<dyn Decompressor>,
    /// Received bytes that are not decoded yet.
    input: Bytes,
    state: State,
    /// Whether any byte was received. A body without bytes is empty, whatever its coding.
    is_begun: bool,
}

enum State {
    /// Needs more input.
    Waiting,
    /// The received input may decode to more output.
    Decoding,
    Over,
}

impl Decoded {
    fn next(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, TransportError>> {
        loop {
            match self.state {
                State::Over => return Poll::Ready(Ok(None)),
                State::Decoding => {
                    let mut output = Vec::new();
                    let pushed = self.decompressor.push(&mut self.input, &mut output);
                    pushed.map_err(|error| invalid(self.coding, &error))?;
                    if !output.is_empty() {
                        return Poll::Ready(Ok(Some(output.into())));
                    }
                    if self.input.is_empty() {
                        self.state = State::Waiting;
                    }
                }
                State::Waiting => match ready!(Pin::new(&mut self.body).poll_next(cx)) {
                    Some(chunk) => {
                        self.input = chunk?;
                        if !self.input.is_empty() {
                            self.is_begun = true;
                            self.state = State::Decoding;
                        }
                    }
                    None => {
                        self.state = State::Over;
                        if self.is_begun {
                            let finished = self.decompressor.finish();
                            finished.map_err(|error| invalid(self.coding, &error))?;
                        }
                    }
                },
            }
        }
    }
}

impl Stream for Decoded {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.next(cx));
        if next.is_err() {
            self.state = State::Over;
        }
        Poll::Ready(next.transpose())
    }
}

fn invalid(coding: &str, error: &std::io::Error) -> TransportError {
    TransportError::new(
        TransportErrorKind::Encoding,
        format!("it is not valid `{coding}`, which is its `Content-Encoding`: {error}"),
    )
}
