//! Where a request goes when the server says "elsewhere".

use http::{HeaderMap, Method, StatusCode, Uri, header};

use super::{
    request::Prepared,
    url::{self, Origin},
};

/// How many redirects of one attempt are followed.
const MAX_REDIRECTS: usize = 5;

/// One step of an attempt: where to ask, and what to show there.
pub(super) struct Hop {
    pub(super) uri: Uri,
    /// Whether another origin has ever been asked.
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

    /// The headers to show there.
    pub(super) fn headers(&self, request: &Prepared) -> HeaderMap {
        let mut headers = request.headers();
        if self.is_elsewhere {
            headers = public_headers(&headers);
        }
        headers
    }

    /// The step that a response asks for; `None` when there is none, or when it is not followed, so
    /// that the response is the answer.
    ///
    /// Only `GET` and `HEAD` are followed, since only they surely change nothing. Another origin
    /// gets to see no credential, and nothing else that was meant for this one; it stays so even
    /// when it leads back, since then it has chosen the URL. What the transport would show it, such as a
    /// certificate, cannot be held back, so nothing is followed there then. Nor is anything from `https`
    /// to `http`, and to `http` on another machine unless the caller has allowed that.
    pub(super) fn next(
        &self,
        request: &Prepared,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Option<Self> {
        let safe = request.method == Method::GET || request.method == Method::HEAD;
        let redirects = matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308);
        // A redirect that the API documents as an answer is data.
        let answer = request.operation.is_success(status);
        if !safe || !redirects || answer || self.followed == MAX_REDIRECTS {
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

/// The headers that say nothing about the caller.
fn public_headers(headers: &HeaderMap) -> HeaderMap {
    [header::ACCEPT, header::USER_AGENT]
        .into_iter()
        .filter_map(|name| {
            let value = headers.get(&name)?.clone();
            Some((name, value))
        })
        .collect()
}
