//! A request that is ready to be sent, and the message of each attempt.

use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};

use super::{
    auth::Place,
    body::Body,
    client::Core,
    operation::Operation,
    options::RequestOptions,
    provide::{Given, Provided},
    requirement,
};

/// The initial capacity of a header map.
const USUAL_HEADERS: usize = 6;

/// A request that is ready to be sent.
pub(super) struct Prepared {
    pub(super) core: Core,
    pub(super) operation: &'static Operation,
    pub(super) method: Method,
    /// Whether sending it twice has the same effect as sending it once.
    pub(super) idempotent: bool,
    pub(super) uri: Uri,
    /// The headers of the operation's parameters.
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) content_type: Option<HeaderValue>,
    /// The schemes whose credentials are sent.
    pub(super) schemes: Vec<&'static str>,
    /// The credentials that providers returned for this attempt.
    pub(super) given: Given,
    pub(super) body: Body,
    pub(super) options: RequestOptions,
}

impl Prepared {
    /// Returns the providers to call before each attempt.
    pub(super) fn sources(&self) -> Vec<&Provided> {
        let provided = self.core.settings().provided.iter();
        provided
            .filter(|provided| self.schemes.contains(&provided.scheme))
            .collect()
    }

    /// Returns the URL, with provided credentials in its query.
    pub(super) fn uri(&self) -> Uri {
        let mut text = String::new();
        for credential in &self.given.credentials {
            if let Place::Query(pair) = &credential.place {
                if text.is_empty() {
                    text = self.uri.to_string();
                }
                text.push(if text.contains('?') { '&' } else { '?' });
                text.push_str(pair);
            }
        }
        // The pairs are encoded, so the result is a valid URL.
        Uri::try_from(text).unwrap_or_else(|_| self.uri.clone())
    }

    /// Returns the headers of the request. Later ones replace earlier ones, so the caller's take precedence.
    ///
    /// They are assembled for each attempt, since storing them would need a copy for each attempt anyway.
    pub(super) fn headers(&self) -> HeaderMap {
        let settings = self.core.settings();
        let mut headers = HeaderMap::with_capacity(USUAL_HEADERS);
        let accept = HeaderValue::from_static(self.operation.accept);
        headers.insert(header::ACCEPT, accept);
        let credentials = requirement::of(&self.schemes, &settings.credentials);
        for credential in credentials.chain(&self.given.credentials) {
            if let Place::Header(name, value) = &credential.place {
                headers.insert(name, value.clone());
            }
        }
        for (name, value) in &settings.headers {
            headers.insert(name, value.clone());
        }
        if let Some(content_type) = &self.content_type {
            headers.insert(header::CONTENT_TYPE, content_type.clone());
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        // Credentials in the query are added to the URL of each attempt.
        for credential in &self.given.credentials {
            if let Place::Cookie(pair) = &credential.place {
                let all = cookie_header(headers.get(header::COOKIE), std::iter::once(pair));
                if let Some(all) = all {
                    headers.insert(header::COOKIE, all);
                }
            }
        }
        for (name, value) in &self.options.headers {
            headers.insert(name, value.clone());
        }
        headers
    }
}

/// Returns the `Cookie` header. The caller's cookies come first and are never replaced.
pub(super) fn cookie_header<'a>(
    own: Option<&'a HeaderValue>,
    pairs: impl Iterator<Item = &'a String>,
) -> Option<HeaderValue> {
    let own = own.and_then(|own| own.to_str().ok());
    let all: Vec<&str> = own.into_iter().chain(pairs.map(|pair| &**pair)).collect();
    let mut value = HeaderValue::from_str(&all.join("; ")).ok()?;
    value.set_sensitive(true);
    Some(value)
}
