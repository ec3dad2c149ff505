//! A request that a builder fills.

use std::{borrow::Cow, fmt};

use http::{HeaderName, HeaderValue, header};
use percent_encoding::utf8_percent_encode;
use serde_core::Serialize;

use super::{
    body::Body,
    client::Core,
    error::{BuildError, Result},
    future::{HttpRequestFuture, RawResponseFuture, ResponseFuture},
    number,
    operation::Operation,
    options::RequestOptions,
    param,
    part::Part,
    response::Decoder,
    scalar,
    style::{self, Style},
    target::Target,
};

/// The header of an idempotency key, and the function that creates a key if the caller sets none.
#[derive(Clone, Copy)]
pub(super) struct Key {
    pub(super) header: &'static str,
    pub(super) make: fn() -> Result<String>,
}

/// A parameter that the client or the request has to set.
#[derive(Clone, Copy)]
pub(crate) struct Required {
    pub(crate) name: &'static str,
    pub(crate) is_header: bool,
    /// The setter of the client's builder.
    pub(crate) setter: &'static str,
}

/// One request of an operation.
///
/// Setters never fail: the first error is kept, and returned instead of sending. Setting a parameter again
/// replaces it, except path parameters, which are arguments.
pub(crate) struct Request {
    pub(super) core: Core,
    pub(super) operation: &'static Operation,
    pub(super) server: Option<&'static str>,
    pub(super) target: Target,
    pub(super) cookies: Vec<(&'static str, Vec<String>)>,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) body: Option<Body>,
    pub(super) content_type: Option<HeaderValue>,
    pub(super) options: RequestOptions,
    pub(super) key: Option<Key>,
    pub(super) required: Vec<Required>,
    /// Whether it requests a URL that the server returned, which is always done with `GET`.
    pub(super) is_followed: bool,
    pub(super) error: Option<BuildError>,
}

impl Request {
    pub(crate) fn new(core: &Core, operation: &'static Operation) -> Self {
        Self {
            core: core.clone(),
            operation,
            server: None,
            target: Target::new(operation.path),
            cookies: Vec::new(),
            headers: Vec::new(),
            body: None,
            content_type: None,
            options: RequestOptions::default(),
            key: None,
            required: Vec::new(),
            is_followed: false,
            error: None,
        }
    }

    /// Sets a path parameter in the default style of paths.
    pub(crate) fn path<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        let target = &mut self.target;
        let mut is_empty = false;
        let fill = &mut |text: &str| {
            let encoded = utf8_percent_encode(text, style::NOT_UNRESERVED);
            is_empty = text.is_empty();
            target.fill(name, &Cow::from(encoded));
        };
        if !scalar::write(value, fill) || is_empty {
            self.styled_path(name, Style::SIMPLE, value);
        }
    }

    pub(crate) fn styled_path<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: Style,
        value: &T,
    ) {
        let path = self.write(name, number::to_string(value), |part| {
            param::path(name, style, part)
        });
        if let Some(text) = path {
            self.target.fill(name, &text);
        }
    }

    /// Sets a query parameter in the default style of queries.
    pub(crate) fn query<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        let target = &mut self.target;
        if !scalar::write(value, &mut |text| target.pair(name, text)) {
            self.styled_query(name, Style::FORM, value);
        }
    }

    pub(crate) fn styled_query<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: Style,
        value: &T,
    ) {
        let pairs = self.write(name, number::to_string(value), |part| {
            param::query(name, style, part)
        });
        if let Some(pairs) = pairs {
            self.target.pairs(name, &pairs);
        }
    }

    /// Sets a header parameter in the default style of headers.
    pub(crate) fn header<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.styled_header(name, Style::SIMPLE, value);
    }

    pub(crate) fn styled_header<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: Style,
        value: &T,
    ) {
        let text = self.write(name, number::to_string(value), |part| {
            param::header(name, style, part)
        });
        if let Some(text) = text {
            self.put_header(name, text);
        }
    }

    /// Sets a JSON body.
    pub(crate) fn json<T: Serialize + ?Sized>(&mut self, body: &T) {
        self.json_as("application/json", body);
    }

    /// Sets a JSON body with another media type, such as `application/merge-patch+json`.
    pub(crate) fn json_as<T: Serialize + ?Sized>(&mut self, content_type: &'static str, body: &T) {
        match number::to_vec(body) {
            Ok(json) => self.bytes(content_type, json),
            Err(error) => {
                let message = format!("the body cannot be written as JSON: {error}");
                self.fail(BuildError::new(message));
            }
        }
    }

    /// Sets a text body.
    pub(crate) fn text(&mut self, content_type: &'static str, body: impl Into<String>) {
        self.bytes(content_type, body.into());
    }

    /// Sets a body of bytes, which may be a stream.
    pub(crate) fn bytes(&mut self, content_type: &'static str, body: impl Into<Body>) {
        self.body_of(HeaderValue::from_static(content_type), body.into());
    }

    pub(crate) fn body_of(&mut self, content_type: HeaderValue, body: Body) {
        self.body = Some(body);
        self.content_type = Some(content_type);
    }

    pub(crate) fn options(&mut self, options: RequestOptions) {
        self.options = options;
    }

    /// Sends an idempotency key in this header. The key is created when the request is sent.
    pub(crate) fn key(&mut self, header: &'static str, make: fn() -> Result<String>) {
        self.key = Some(Key { header, make });
    }

    /// Sends the request and decodes the response.
    pub(crate) fn send<T>(self, decode: Decoder<T>) -> ResponseFuture<T> {
        ResponseFuture::new(self, decode)
    }

    /// Sends the request and returns the response, which the caller decodes.
    pub(crate) fn send_raw<T>(self, decode: Decoder<T>) -> RawResponseFuture<T> {
        RawResponseFuture::new(self, decode)
    }

    /// Builds the HTTP request without sending it.
    pub(crate) fn build(self) -> HttpRequestFuture {
        HttpRequestFuture::new(self)
    }

    /// Returns a copy of the request, or `None` if it has an error or its body can be sent only once.
    pub(crate) fn try_clone(&self) -> Option<Self> {
        let clone = self.clone();
        clone.error.is_none().then_some(clone)
    }

    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the body, if it is set.
    pub(crate) fn body(&self) -> Option<&Body> {
        self.body.as_ref()
    }

    pub(crate) fn body_mut(&mut self) -> Option<&mut Body> {
        self.body.as_mut()
    }

    pub(crate) fn fail(&mut self, error: BuildError) {
        self.error.get_or_insert(error);
    }

    /// Writes a value in a style. All styles start from JSON text.
    fn write<R>(
        &mut self,
        name: &str,
        json: serde_json::Result<String>,
        write: impl FnOnce(&Part<'_>) -> std::result::Result<R, String>,
    ) -> Option<R> {
        let part = |json: &str| match Part::read(json) {
            Ok(part) => write(&part).map_err(BuildError::new),
            Err(error) => Err(unwritten(name, &error)),
        };
        let json = json.map_err(|error| unwritten(name, &error));
        match json.and_then(|json| part(&json)) {
            Ok(written) => Some(written),
            Err(error) => {
                self.fail(error);
                None
            }
        }
    }

    fn put_header(&mut self, name: &'static str, text: Option<String>) {
        let Ok(key) = HeaderName::from_bytes(name.as_bytes()) else {
            self.fail(BuildError::new(format!("`{name}` is not a header name")));
            return;
        };
        let Some(text) = text else {
            self.headers.retain(|(known, _)| *known != key);
            return;
        };
        match HeaderValue::from_str(&text) {
            Ok(mut value) => {
                value.set_sensitive(key == header::AUTHORIZATION);
                replace(&mut self.headers, key, value);
            }
            Err(_) => self.fail(BuildError::new(format!(
                "the value of the header `{name}` has a control character in it"
            ))),
        }
    }
}

/// A stream can be sent only once, so a copy of its request has an error.
impl Clone for Request {
    fn clone(&self) -> Self {
        let body = self.body.as_ref().map(Body::try_clone);
        let once = || BuildError::new("the body is a stream, which can be sent only once");
        let is_gone = matches!(body, Some(None));
        Self {
            core: self.core.clone(),
            operation: self.operation,
            server: self.server,
            target: self.target.clone(),
            cookies: self.cookies.clone(),
            headers: self.headers.clone(),
            body: body.flatten(),
            content_type: self.content_type.clone(),
            options: self.options.clone(),
            key: self.key,
            required: self.required.clone(),
            is_followed: self.is_followed,
            error: self.error.clone().or_else(|| is_gone.then(once)),
        }
    }
}

fn unwritten(name: &str, cause: &serde_json::Error) -> BuildError {
    BuildError::new(format!("the value of `{name}` cannot be written: {cause}"))
}

/// Shows names only, since values may be private.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

/// Adds `value` under `name` at the end, and removes an earlier one.
pub(super) fn replace<N: PartialEq, T>(values: &mut Vec<(N, T)>, name: N, value: T) {
    values.retain(|(known, _)| *known != name);
    values.push((name, value));
}
