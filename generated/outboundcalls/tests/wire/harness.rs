//! Sends a request and compares it with the expected one.

#![allow(dead_code, reason = "an API may have no body or part of some kind")]

use std::{env, error, fmt::Debug, time::Duration};

use bytes::Bytes;
use http::{Request, Response, StatusCode, header};
use serde_json::Value;

use outboundcalls::Client;
use outboundcalls::ClientBuilder;
use outboundcalls::Deviation;
use outboundcalls::Error;
use outboundcalls::RawResponse;
use outboundcalls::RetryPolicy;
use outboundcalls::transport::MemoryTransport;

pub type Outcome<T = ()> = Result<T, Box<dyn error::Error>>;

/// The timeout of a request: a mock server of a large API may need long for one response.
const PATIENCE: Duration = Duration::from_secs(300);

/// The environment variable with the URL of a server.
const URL: &str = "SDKGEN_WIRE_URL";

/// An operation, and the request that it has to send.
#[derive(Default)]
pub struct Call {
    pub method: &'static str,
    /// The path in the API description.
    pub path: &'static str,
    pub operation: &'static str,
    /// The path of the URL, encoded.
    pub target: &'static str,
    /// The pairs of the query, encoded, in any order.
    pub query: &'static [&'static str],
    /// `name: value`.
    pub headers: &'static [&'static str],
    pub cookies: &'static [&'static str],
    /// The media types of the documented successes.
    pub accepts: &'static [&'static str],
    pub body: Body,
    /// The status of the response if there is no server.
    pub status: u16,
}

#[derive(Default)]
pub enum Body {
    #[default]
    None,
    /// The media type, and the JSON text.
    Json(&'static str, &'static str),
    /// The encoded pairs of a form, in any order.
    Form(&'static [&'static str]),
    /// The kind of multipart body, and its parts.
    Parts(&'static str, Vec<Part>),
    /// The media type, and the text.
    Text(&'static str, &'static str),
}

/// A part of a multipart body.
#[derive(Debug, PartialEq)]
pub struct Part {
    name: String,
    is_file: bool,
    media_type: Option<String>,
    text: String,
}

impl Part {
    pub fn text(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            is_file: false,
            media_type: None,
            text: text.to_owned(),
        }
    }

    pub fn file(name: &str, text: &str) -> Self {
        Self {
            is_file: true,
            ..Self::text(name, text)
        }
    }

    pub fn of_type(mut self, media_type: &str) -> Self {
        self.media_type = Some(media_type.to_owned());
        self
    }
}

/// Returns a credential: that of the environment variable if there is a server and it is set, else an
/// invented one.
fn secret(variable: &str) -> String {
    let real = env::var(URL).and_then(|_| env::var(variable));
    real.unwrap_or_else(|_| "secret".to_owned())
}

/// Creates a client with a credential of each kind.
fn client(base_url: &str) -> ClientBuilder {
    Client::builder()
        .base_url(base_url)
        .api_key(secret("SDKGEN_WIRE_API_KEY"))
}

impl Call {
    /// Sends the request to the server that the environment names, else through a `MemoryTransport`.
    pub fn check<T: Debug>(
        self,
        call: impl AsyncFnOnce(Client) -> Outcome<RawResponse<T>>,
    ) -> Outcome {
        if let Ok(url) = env::var(URL) {
            let client = client(&url).retry(RetryPolicy::none());
            let client = client.timeout(PATIENCE).total_timeout(PATIENCE).build()?;
            return self.judge(run(call(client))?);
        }
        let status = StatusCode::from_u16(self.status)?;
        let transport = MemoryTransport::from_fn(move |_| {
            let mut response = Response::new(Bytes::new());
            *response.status_mut() = status;
            response
        });
        let client = client("https://api.example.com")
            .transport(transport.clone())
            .build()?;
        run(call(client))??;
        match &transport.requests()[..] {
            [request] => self.compare(request),
            requests => Err(format!("{} requests were sent", requests.len()).into()),
        }
    }

    /// Prints a line about the response. Fails if there is none, if the server failed, or if a success does
    /// not decode.
    fn judge<T>(&self, response: Outcome<RawResponse<T>>) -> Outcome {
        let response =
            response.and_then(|response| Ok((response.status(), response.deviations()?)));
        let (answer, is_fault) = match response {
            Ok((status, found)) => (with_deviations(status, &found), false),
            Err(error) => fault(&*error),
        };
        let line = format!(
            "{} {} {} → {answer}",
            self.method, self.path, self.operation
        );
        println!("{line}");
        match is_fault {
            true => Err(line.into()),
            false => Ok(()),
        }
    }

    fn compare(&self, request: &Request<Bytes>) -> Outcome {
        let mut query: Vec<&str> = request.uri().query().map_or(Vec::new(), pairs);
        let mut expected = self.query.to_vec();
        query.sort_unstable();
        expected.sort_unstable();
        same("method", self.method, request.method().as_str())?;
        same("path", self.target, request.uri().path())?;
        same("query", expected, query)?;
        self.compare_headers(request)?;
        match &self.body {
            Body::None => same("body", &[][..], request.body()),
            Body::Json(media_type, json) => {
                same(
                    "Content-Type",
                    Some(*media_type),
                    header_of(request, "content-type"),
                )?;
                let sent: Value = serde_json::from_slice(request.body())?;
                same("body", serde_json::from_str::<Value>(json)?, sent)
            }
            Body::Form(expected) => {
                let media_type = "application/x-www-form-urlencoded";
                same(
                    "Content-Type",
                    Some(media_type),
                    header_of(request, "content-type"),
                )?;
                let text = std::str::from_utf8(request.body())?.replace('+', "%20");
                let mut sent = pairs(&text);
                let mut expected = expected.to_vec();
                sent.sort_unstable();
                expected.sort_unstable();
                same("body", expected, sent)
            }
            Body::Parts(kind, expected) => same("body", expected, &parts(kind, request)?),
            Body::Text(media_type, text) => {
                same(
                    "Content-Type",
                    Some(*media_type),
                    header_of(request, "content-type"),
                )?;
                same("body", text.as_bytes(), request.body())
            }
        }
    }

    fn compare_headers(&self, request: &Request<Bytes>) -> Outcome {
        let mut is_secured = false;
        for (name, value) in self.headers.iter().filter_map(|text| text.split_once(": ")) {
            same(name, Some(value), header_of(request, name))?;
            is_secured |= name.eq_ignore_ascii_case("authorization");
        }
        if !is_secured {
            same("Authorization", None, header_of(request, "authorization"))?;
        }
        let cookies = header_of(request, "cookie").unwrap_or_default();
        let mut cookies: Vec<&str> = cookies
            .split("; ")
            .filter(|pair| !pair.is_empty())
            .collect();
        let mut expected = self.cookies.to_vec();
        cookies.sort_unstable();
        expected.sort_unstable();
        same("cookies", expected, cookies)?;
        let accept = header_of(request, "accept").unwrap_or_default();
        let fits = |range: &str| range == "*/*" || self.accepts.contains(&range);
        match accept.split(", ").all(fits) {
            true => Ok(()),
            false => Err(format!("Accept: {accept}, of {:?}", self.accepts).into()),
        }
    }
}

/// Returns a status, with the places where the body deviates from the description.
fn with_deviations(status: StatusCode, found: &[Deviation]) -> String {
    /// The items of a list may all have the same deviation.
    const MOST: usize = 10;
    let shown = found.iter().take(MOST).map(|deviation| {
        let (path, found) = (deviation.path(), deviation.found());
        match found {
            "nothing" => format!(", missing {path}"),
            _ => format!(", {deviation}"),
        }
    });
    let rest = match found.len().saturating_sub(MOST) {
        0 => String::new(),
        count => format!(", and {count} more"),
    };
    format!("{}{}{rest}", status.as_str(), shown.collect::<String>())
}

/// Returns the text of an error, and whether the server or the crate caused it: an example may name something
/// that the server does not have.
fn fault(error: &(dyn error::Error + 'static)) -> (String, bool) {
    let (answer, is_fault) = match error.downcast_ref::<Error>() {
        Some(Error::Decode(error)) => {
            let status = error.status().unwrap_or_default();
            let why = format!("{}, at {}", error.reason(), error.path());
            (format!("{}, does not decode: {why}", status.as_str()), true)
        }
        Some(Error::Api(error)) => {
            let status = error.status();
            (status.as_str().to_owned(), status.is_server_error())
        }
        _ => (format!("ERROR {error}"), true),
    };
    (answer.replace('\n', " "), is_fault)
}

fn run<T>(call: impl Future<Output = T>) -> Outcome<T> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    Ok(runtime.enable_all().build()?.block_on(call))
}

fn same<T: PartialEq<U> + Debug, U: Debug>(what: &str, expected: T, sent: U) -> Outcome {
    match expected == sent {
        true => Ok(()),
        false => Err(format!("{what}: expected {expected:?}, sent {sent:?}").into()),
    }
}

fn pairs(text: &str) -> Vec<&str> {
    text.split('&').filter(|pair| !pair.is_empty()).collect()
}

fn header_of<'r>(request: &'r Request<Bytes>, name: &str) -> Option<&'r str> {
    request.headers().get(name)?.to_str().ok()
}

/// Parses the parts of a multipart body (RFC 2046, section 5.1; RFC 7578).
fn parts(kind: &str, request: &Request<Bytes>) -> Outcome<Vec<Part>> {
    let media_type = header_of(request, header::CONTENT_TYPE.as_str()).unwrap_or_default();
    let (essence, boundary) = media_type
        .split_once("; boundary=")
        .ok_or_else(|| format!("Content-Type: {media_type}"))?;
    same("Content-Type", kind, essence)?;
    let text = std::str::from_utf8(request.body())?;
    let body = format!("\r\n{text}");
    let mut pieces: Vec<&str> = body.split(&*format!("\r\n--{boundary}")).collect();
    same("the text after the last part", Some("--\r\n"), pieces.pop())?;
    pieces.iter().skip(1).map(|piece| part(piece)).collect()
}

fn part(piece: &str) -> Outcome<Part> {
    let (head, text) = piece
        .split_once("\r\n\r\n")
        .ok_or("a part without a head")?;
    let headers = head.split("\r\n").filter_map(|line| line.split_once(": "));
    let value = |wanted: &str| {
        let mut headers = headers.clone();
        headers
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value)
    };
    let disposition = value("content-disposition").ok_or("a part without a name")?;
    let name = disposition
        .split("name=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    Ok(Part {
        name: name.unwrap_or_default().to_owned(),
        is_file: disposition.contains("filename="),
        media_type: value("content-type").map(str::to_owned),
        text: text.to_owned(),
    })
}
