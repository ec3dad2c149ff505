//! A request that a builder fills.

use std::{borrow::Cow, fmt};

use http::{HeaderName, HeaderValue, Uri, header};
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use serde_core::Serialize;

use super::{
    assemble::base_url,
    body::Body,
    client::Core,
    error::{BuildError, Result},
    execute,
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
    url::{self, Origin},
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

    /// Sets the operation's own server: an absolute URL, or one relative to the client's base URL.
    pub(crate) fn server(&mut self, url: &'static str) {
        self.server = Some(url);
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

    /// Sets the whole query from an object (`in: querystring`).
    pub(crate) fn query_string<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.styled_query_string(name, Style::URL_ENCODED, value);
    }

    pub(crate) fn styled_query_string<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: Style,
        value: &T,
    ) {
        let query = self.write(name, number::to_string(value), |part| {
            param::query_string(style, part)
        });
        if let Some(query) = query {
            self.target.pairs(name, &[query]);
        }
    }

    /// Sets the whole query from an object with styles for some properties.
    pub(crate) fn query_form<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        styles: &[(&'static str, Style)],
    ) {
        let query = self.write(name, number::to_string(value), |part| {
            param::form(part, styles)
        });
        if let Some(query) = query {
            self.target.pairs(name, &[query]);
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

    /// Sets a cookie parameter in the default style of cookies.
    pub(crate) fn cookie<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.styled_cookie(name, Style::FORM, value);
    }

    pub(crate) fn styled_cookie<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: Style,
        value: &T,
    ) {
        let pairs = self.write(name, number::to_string(value), |part| {
            param::cookie(name, style, part)
        });
        if let Some(pairs) = pairs {
            replace(&mut self.cookies, name, pairs);
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

    /// Sets a form body. Properties that are not in `styles` are written in the default style.
    pub(crate) fn form<T: Serialize + ?Sized>(
        &mut self,
        body: &T,
        styles: &[(&'static str, Style)],
    ) {
        let text = self.write("body", number::to_string(body), |part| {
            param::form(part, styles)
        });
        if let Some(text) = text {
            self.bytes("application/x-www-form-urlencoded", text);
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

    /// Fails to send the request unless a parameter is set by then.
    pub(crate) fn require(&mut self, parameter: Required) {
        self.required.push(parameter);
    }

    /// Sends the request and decodes the response.
    pub(crate) fn send<T>(self, decode: Decoder<T>) -> ResponseFuture<T> {
        ResponseFuture::new(self, decode)
    }

    /// Sends the request and returns the response, which the caller decodes.
    pub(crate) fn send_raw<T>(self, decode: Decoder<T>) -> RawResponseFuture<T> {
        RawResponseFuture::new(self, decode)
    }

    // sdkgen:if opened
    /// Sends the request and returns the response with an unread body.
    pub(crate) async fn open(self) -> Result<super::response::Opened> {
        execute::open(self).await
    }

    // sdkgen:end
    /// Builds the HTTP request without sending it.
    pub(crate) fn build(self) -> HttpRequestFuture {
        HttpRequestFuture::new(self)
    }

    /// Returns a copy of the request, or `None` if it has an error or its body can be sent only once.
    pub(crate) fn try_clone(&self) -> Option<Self> {
        let clone = self.clone();
        clone.error.is_none().then_some(clone)
    }

    /// Returns the value of a query parameter, if it is set.
    pub(crate) fn query_value(&self, name: &str) -> Option<String> {
        let value = percent_decode_str(self.target.value(name)?);
        Some(value.decode_utf8_lossy().into_owned())
    }

    /// Changes the request to a URL that the server returned, relative to the current one, and returns the
    /// absolute URL. It must have the same origin, because credentials are sent there.
    ///
    /// A URL is fetched with `GET`, whatever the previous method was. So headers that describe a body are
    /// removed, and so is the idempotency key.
    pub(crate) fn follow(&mut self, link: &str) -> std::result::Result<String, &'static str> {
        let settings = self.core.settings();
        let base = base_url(settings, &self.options, self.server)?;
        let from = self.target.clone().url(base.as_str());
        let from: Option<Uri> = from.ok().and_then(|url| url.parse().ok());
        let to = from.and_then(|from| url::resolve(&from, link));
        let to = to.ok_or("is not a URL")?;
        if Origin::of(&to).as_ref() != Some(base.origin()) {
            return Err("is on another host, which must not receive credentials");
        }
        let path = to.path_and_query().map_or("/", |path| path.as_str());
        // A credential that the server repeats is added anyway.
        self.target = Target::of_url(path, |name| settings.has_in_query(name));
        self.options.base_url = Some(base.join("/")?);
        self.options.query.clear();
        self.options.body.clear();
        self.options.idempotency_key = None;
        self.key = None;
        self.required.retain(|parameter| parameter.is_header);
        self.is_followed = true;
        self.body = None;
        self.content_type = None;
        for headers in [&mut self.headers, &mut self.options.headers] {
            headers.retain(|(name, _)| !is_of_first(name));
        }
        Ok(to.to_string())
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

    /// Sets a header whose value needs no encoding.
    pub(crate) fn header_value(&mut self, name: HeaderName, value: HeaderValue) {
        replace(&mut self.headers, name, value);
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

/// Returns whether a header describes the body of a request, or is its idempotency key.
fn is_of_first(name: &HeaderName) -> bool {
    let name = name.as_str();
    name.starts_with("content-") || name == "idempotency-key"
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
