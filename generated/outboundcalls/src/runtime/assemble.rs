//! From what a builder was given to a request that can be sent.

use std::borrow::Cow;

use http::{Method, Uri, header};

use super::{
    auth::{self, Place},
    client::Settings,
    error::{Error, Result},
    operation::CallOptions,
    prepared::{Prepared, cookie_header},
    provide::Given,
    request::{Request, replace},
    url::BaseUrl,
};

impl Request {
    /// Puts everything together, or says what cannot be sent.
    pub(super) fn prepare(mut self) -> Result<Prepared> {
        if let Some(error) = self.error.take() {
            return Err(error.of(self.operation));
        }
        let operation = self.operation;
        self.assemble()
            .map_err(|message| Error::build(message).of(operation))
    }

    fn assemble(mut self) -> std::result::Result<Prepared, String> {
        let settings = self.core.settings();
        if let Some(message) = self.options.error {
            return Err(message);
        }
        let is_set = |scheme: &str| {
            let set = settings.credentials.iter().map(|known| known.scheme);
            let provided = settings.provided.iter().map(|known| known.scheme);
            set.chain(provided).any(|known| known == scheme)
        };
        let schemes = auth::choose(self.operation, is_set)?;
        for credential in auth::of(schemes, &settings.credentials) {
            match &credential.place {
                // It is put among the headers of each attempt.
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
            let Some(value) = cookie_header(own, cookies) else {
                return Err("a cookie cannot be sent in a header".to_owned());
            };
            replace(&mut self.headers, header::COOKIE, value);
        }
        let base = base_url(settings, &self.options, self.server)?;
        let Ok(uri) = Uri::try_from(self.target.url(base.as_str())?) else {
            return Err("path and query do not make a URL; it may be too long".to_owned());
        };
        let method = match self.is_followed {
            true => Method::GET.as_str(),
            false => self.operation.method,
        };
        let Ok(method) = Method::from_bytes(method.as_bytes()) else {
            return Err(format!("`{method}` is not a method"));
        };
        Ok(Prepared {
            method,
            idempotent: self.is_followed || self.operation.idempotent,
            uri,
            schemes,
            given: Given::of_headers(&self.options.headers),
            headers: self.headers,
            content_type: self.content_type,
            operation: self.operation,
            body: self.body.unwrap_or_default(),
            options: CallOptions {
                error: None,
                ..self.options
            },
            core: self.core,
        })
    }
}

/// Where a call goes: where the caller says, else to the operation's own server, else to the API's.
pub(super) fn base_url<'a>(
    settings: &'a Settings,
    options: &'a CallOptions,
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
