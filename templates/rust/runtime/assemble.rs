//! Turns a filled builder into a request that can be sent.

use std::borrow::Cow;

use http::{HeaderName, HeaderValue, Method, Uri, header};

#[cfg(feature = "gzip")]
use super::compress;
use super::{
    auth::Place,
    builder::hide_keys,
    client::Settings,
    error::{Error, Result},
    options::RequestOptions,
    prepared::{Prepared, cookie_header},
    provide::Given,
    request::{Key, Request, Required, replace},
    requirement::{self, OwnHeaders},
    url::BaseUrl,
};

impl Request {
    /// Assembles the request, or returns why it cannot be sent.
    pub(super) fn prepare(mut self) -> Result<Prepared> {
        if let Some(error) = self.error.take() {
            return Err(Error::Build(Box::new(error)).of(self.operation));
        }
        let operation = self.operation;
        self.assemble().map_err(|error| error.of(operation))
    }

    fn assemble(mut self) -> Result<Prepared> {
        let settings = self.core.settings();
        if let Some(message) = self.options.error {
            return Err(Error::build(message));
        }
        if let Some(missing) = self.required.iter().find(|it| !self.has(it)) {
            return Err(Error::config(format!(
                "`{}` is not set: call `{setter}(…)` of the client's builder or of the request",
                missing.name,
                setter = missing.setter
            )));
        }
        let idempotent = self.options.idempotency_key.is_some();
        if let Some((name, value)) = key(self.key, &self.options, &self.headers)? {
            replace(&mut self.headers, name, value);
        }
        let body = self.options.patch(self.body).map_err(Error::build)?;
        #[cfg(feature = "gzip")]
        let body = compress::body(
            body,
            settings.gzip_from,
            &settings.headers,
            &self.options,
            &mut self.headers,
        );
        if body.is_some() && self.content_type.is_none() {
            self.content_type = Some(HeaderValue::from_static("application/json"));
        }
        self.target.extend(&self.options.query);
        let own_headers = self.options.headers.iter_mut();
        hide_keys(
            settings.schemes,
            own_headers.map(|(name, value)| (&*name, value)),
        );
        let own = OwnHeaders {
            client: &settings.headers,
            request: &self.options.headers,
        };
        let schemes = requirement::choose(self.operation.security, settings, &own);
        let schemes = schemes.map_err(Error::auth)?;
        for credential in requirement::of(&schemes, &settings.credentials) {
            match &credential.place {
                // Headers are added to each attempt.
                Place::Header(..) => {}
                Place::Query(pair) => self.target.add(pair),
                Place::Cookie(pair) => self.cookies.push((credential.scheme, vec![pair.clone()])),
            }
        }
        let mut cookies = self.cookies.iter().flat_map(|(_, pairs)| pairs).peekable();
        if cookies.peek().is_some() {
            let mut own = self.headers.iter();
            let own = own.find(|(name, _)| *name == header::COOKIE);
            let own = own.map(|(_, value)| value);
            let own = own.or_else(|| settings.headers.get(header::COOKIE));
            let mut keys = requirement::of(&schemes, &settings.credentials);
            let own = own.or_else(|| keys.find_map(|key| key.value_of(&header::COOKIE)));
            let Some(value) = cookie_header(own, cookies) else {
                return Err(Error::build("a cookie cannot be sent in a header"));
            };
            replace(&mut self.headers, header::COOKIE, value);
        }
        let base = base_url(settings, &self.options, self.server).map_err(Error::build)?;
        let url = self.target.url(base.as_str()).map_err(Error::build)?;
        let Ok(uri) = Uri::try_from(url) else {
            let why = "path and query do not form a valid URL, perhaps because it is too long";
            return Err(Error::build(why));
        };
        let method = match self.is_followed {
            true => Method::GET.as_str(),
            false => self.operation.method,
        };
        let Ok(method) = Method::from_bytes(method.as_bytes()) else {
            return Err(Error::build(format!("`{method}` is not a method")));
        };
        // An argument may be a credential too.
        let is_secret = |header: &&(HeaderName, _)| header.0 == header::AUTHORIZATION;
        let arguments = self.headers.iter().filter(is_secret);
        Ok(Prepared {
            method,
            idempotent: idempotent || self.is_followed || self.operation.idempotent,
            uri,
            schemes,
            given: Given::of_headers(self.options.headers.iter().chain(arguments)),
            headers: self.headers,
            content_type: self.content_type,
            operation: self.operation,
            body: body.unwrap_or_default(),
            options: RequestOptions {
                error: None,
                ..self.options
            },
            core: self.core,
        })
    }
}

impl Request {
    /// Returns whether the client or the request has set a parameter, or a header or query pair of its name.
    fn has(&self, parameter: &Required) -> bool {
        let name = parameter.name;
        if !parameter.is_header {
            let own = self.options.query.iter();
            return self.target.value(name).is_some() || own.clone().any(|(own, _)| own == name);
        }
        let own = self.headers.iter().chain(&self.options.headers);
        self.core.settings().has_header(name)
            || own
                .clone()
                .any(|(own, _)| own.as_str().eq_ignore_ascii_case(name))
    }
}

/// Returns the header with the idempotency key, unless a parameter has set it.
fn key(
    key: Option<Key>,
    options: &RequestOptions,
    headers: &[(HeaderName, HeaderValue)],
) -> Result<Option<(HeaderName, HeaderValue)>> {
    let name = key.map_or("idempotency-key", |key| key.header);
    let Ok(name) = HeaderName::from_bytes(name.as_bytes()) else {
        return Err(Error::build(format!("`{name}` is not a header name")));
    };
    if let Some(key) = &options.idempotency_key {
        return Ok(Some((name, key.clone())));
    }
    let is_set = headers.iter().any(|(known, _)| *known == name);
    let Some(key) = key.filter(|_| !is_set) else {
        return Ok(None);
    };
    match HeaderValue::from_str(&(key.make)()?) {
        Ok(value) => Ok(Some((name, value))),
        Err(_) => Err(Error::build(
            "the idempotency key cannot be sent in a header",
        )),
    }
}

/// Returns the base URL of a request: the caller's, else the operation's own server, else the API's.
pub(super) fn base_url<'a>(
    settings: &'a Settings,
    options: &'a RequestOptions,
    server: Option<&str>,
) -> std::result::Result<Cow<'a, BaseUrl>, &'static str> {
    let is_relative = |server: &&str| !server.contains("://");
    let base = match (&options.base_url, server) {
        (Some(url), _) => Cow::Borrowed(url),
        (None, Some(server)) if is_relative(&server) || !settings.is_elsewhere => {
            Cow::Owned(settings.base_url.join(server)?)
        }
        _ => Cow::Borrowed(&settings.base_url),
    };
    base.check(settings.allow_insecure_http)?;
    Ok(base)
}
