//! Parsing of `http` and `https` URLs (RFC 3986).

use std::net::IpAddr;

use http::Uri;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// Scheme, host and port. They decide which server receives a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    https: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// Returns `None` if `uri` is not an absolute `http` or `https` URL with a valid port.
    pub(super) fn of(uri: &Uri) -> Option<Self> {
        let https = match uri.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        // A user name cannot change the host, but this crate uses no URL with one.
        let authority = uri.authority()?.as_str();
        let host = uri.host()?.to_ascii_lowercase();
        if host.is_empty() {
            return None;
        }
        let default = if https { 443 } else { 80 };
        let port = match authority.strip_prefix(uri.host()?)? {
            "" => default,
            port => port.strip_prefix(':')?.parse().ok()?,
        };
        Some(Self { https, host, port })
    }

    pub(super) fn is_https(&self) -> bool {
        self.https
    }

    /// Returns whether the host is this machine, by its name: nothing is resolved.
    pub(super) fn is_loopback(&self) -> bool {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        match host.parse::<IpAddr>() {
            Ok(address) => address.is_loopback(),
            Err(_) => host == "localhost",
        }
    }
}

/// The base of the API's paths.
#[derive(Clone, Debug)]
pub(super) struct BaseUrl {
    /// Without a trailing slash, so that a path can be appended.
    text: String,
    origin: Origin,
}

impl BaseUrl {
    /// Parses a base URL. The error does not contain the URL, which may have a password.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        if text.contains('#') {
            return Err("the base URL must not have a fragment (`#`)");
        }
        if text.contains('?') {
            return Err("the base URL must not have a query (`?`)");
        }
        let Ok(uri) = text.parse::<Uri>() else {
            return Err("the base URL is not a URL");
        };
        let Some(authority) = uri.authority() else {
            return Err("the base URL must be absolute, as in `https://example.com/v1`");
        };
        if authority.as_str().contains('@') {
            return Err("the base URL must not hold a user name or a password");
        }
        let Some(origin) = Origin::of(&uri) else {
            return Err(
                "the base URL must begin with `https://` or `http://`, a host, and a port if any",
            );
        };
        if uri.path().split('/').any(is_dot_segment) {
            return Err("the base URL must not have `.` or `..` in its path");
        }
        Ok(Self {
            text: text.trim_end_matches('/').to_owned(),
            origin,
        })
    }

    /// Returns the server of an operation, relative to this one or absolute.
    pub(super) fn join(&self, server: &str) -> Result<Self, &'static str> {
        let base = self.text.parse().ok();
        let url = base.and_then(|base| resolve(&base, server));
        let url = url.ok_or("the server of the operation is not a URL")?;
        Self::parse(&url.to_string())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Rejects plain `http` to another machine, unless that is allowed.
    pub(super) fn check(&self, allow_insecure_http: bool) -> Result<(), &'static str> {
        if self.origin.is_https() || self.origin.is_loopback() || allow_insecure_http {
            return Ok(());
        }
        Err(
            "the base URL begins with `http://`, which sends everything in the clear: \
             use `https://`, or call `allow_insecure_http()`",
        )
    }

    pub(super) fn origin(&self) -> &Origin {
        &self.origin
    }
}

/// Returns whether a path segment means "here" or "one up", also if it is percent-encoded: URL parsers treat
/// `%2e` as a dot (WHATWG URL, section 4.4), so `/calls/%2E%2E` would become `/`.
pub(super) fn is_dot_segment(segment: &str) -> bool {
    let mut decoded = percent_decode_str(segment);
    let is_dot = |byte: u8| byte == b'.';
    match (decoded.next(), decoded.next(), decoded.next()) {
        (Some(one), None, _) => is_dot(one),
        (Some(one), Some(two), None) => is_dot(one) && is_dot(two),
        _ => false,
    }
}

/// Characters that some servers leave unencoded in `Location`.
const NOT_IN_A_URL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Resolves `location` against `base` (RFC 3986, section 5.2).
///
/// Returns `None` if the result is not an `http` or `https` URL, or has a user name.
pub(super) fn resolve(base: &Uri, location: &str) -> Option<Uri> {
    let location = location.split('#').next().unwrap_or_default();
    let location = utf8_percent_encode(location, NOT_IN_A_URL).to_string();
    let scheme = base.scheme_str()?;
    let authority = base.authority()?.as_str();
    let text = if has_scheme(&location) {
        location
    } else if location.starts_with("//") {
        format!("{scheme}:{location}")
    } else if location.starts_with('/') {
        format!("{scheme}://{authority}{}", without_dots(&location))
    } else if location.is_empty() || location.starts_with('?') {
        format!("{scheme}://{authority}{}{location}", base.path())
    } else {
        let folder = base
            .path()
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        let path = without_dots(&format!("{folder}/{location}"));
        format!("{scheme}://{authority}{path}")
    };
    let uri: Uri = text.parse().ok()?;
    Origin::of(&uri)?;
    Some(uri)
}

/// Checks for a scheme (RFC 3986, section 3.1): a letter, then letters, digits, `+`, `-`, `.`, then a colon.
fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else {
        return false;
    };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// Removes `.` and `..` from a path that may have a query (RFC 3986, section 5.2.4).
fn without_dots(path_and_query: &str) -> String {
    let (path, query) = match path_and_query.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (path_and_query, None),
    };
    let mut kept: Vec<&str> = Vec::new();
    let mut ends_in_folder = false;
    for segment in path.split('/').skip(1) {
        ends_in_folder = matches!(segment, "." | "..");
        match segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            segment => kept.push(segment),
        }
    }
    if ends_in_folder {
        kept.push("");
    }
    let mut joined = format!("/{}", kept.join("/"));
    if let Some(query) = query {
        joined.push('?');
        joined.push_str(query);
    }
    joined
}
