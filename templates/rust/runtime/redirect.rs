//! Follows redirects.

use http::{HeaderMap, Method, StatusCode, Uri, header};

use super::{
    prepared::Prepared,
    url::{self, Origin},
};

/// The largest number of redirects of one attempt.
const MAX_REDIRECTS: usize = 5;

/// One step of an attempt: its URL, and which headers are sent there.
pub(super) struct Hop {
    pub(super) uri: Uri,
    /// Whether another origin has received a request.
    is_elsewhere: bool,
    followed: usize,
}

impl Hop {
    pub(super) fn first(request: &Prepared) -> Self {
        Self {
            uri: request.uri(),
            is_elsewhere: false,
            followed: 0,
        }
    }

    /// Returns the headers to send.
    pub(super) fn headers(&self, request: &Prepared) -> HeaderMap {
        let mut headers = request.headers();
        if self.is_elsewhere {
            headers = public_headers(&headers);
        }
        headers
    }

    /// Returns the next step, or `None` if the response is final: it is not a redirect, or one that is not
    /// followed.
    ///
    /// Only `GET` and `HEAD` are followed, since no other method is certain to change nothing. Another origin
    /// receives no credentials and none of the caller's headers, even if it redirects back, because it chose
    /// the URL. If the transport presents an identity, such as a certificate, it cannot be held back, so
    /// the client follows no redirect to another origin at all. Redirects from `https` to `http` are never
    /// followed, and redirects to `http` on another machine only if the caller allows that.
    pub(super) fn next(
        &self,
        request: &Prepared,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Option<Self> {
        let safe = request.method == Method::GET || request.method == Method::HEAD;
        let redirects = matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308);
        // A redirect that the API documents as a success is returned.
        let is_documented = request.operation.is_success(status);
        if !safe || !redirects || is_documented || self.followed == MAX_REDIRECTS {
            return None;
        }
        let location = headers.get(header::LOCATION)?;
        let location = std::str::from_utf8(location.as_bytes()).ok()?;
        let uri = url::resolve(&self.uri, location)?;
        let from = Origin::of(&self.uri)?;
        let to = Origin::of(&uri)?;
        let settings = request.core.settings();
        if from != to && settings.transport.shows_identity() {
            return None;
        }
        if !to.is_https() {
            let allowed = to.is_loopback() || settings.allow_insecure_http;
            if from.is_https() || !allowed {
                return None;
            }
        }
        Some(Self {
            uri,
            is_elsewhere: self.is_elsewhere || from != to,
            followed: self.followed + 1,
        })
    }
}

/// Returns the headers that do not identify the caller.
fn public_headers(headers: &HeaderMap) -> HeaderMap {
    [header::ACCEPT, header::USER_AGENT]
        .into_iter()
        .filter_map(|name| {
            let value = headers.get(&name)?.clone();
            Some((name, value))
        })
        .collect()
}
