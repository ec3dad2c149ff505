//! What can go wrong, and how to tell what it was.
//!
//! | status | documented meaning | predicate |
//! | --- | --- | --- |
//! | 400 | Bad request: missing or invalid fields. | [`Error::is_bad_request`] |
//! | 401 | Missing, invalid, or revoked API key. | [`Error::is_unauthorized`] |
//! | 402 | Insufficient credits to dispatch a call. | [`Error::is_insufficient_credits`] |
//! | 404 | Resource not found, or not owned by your account. | [`Error::is_not_found`] |
//! | 502 | Upstream telephony provider error. | [`Error::is_upstream_provider_error`] |
//!
//! Any other error status is an [`Error::Api`] too, which keeps the body.

use crate::runtime::decode;
use crate::types;

pub use crate::runtime::ApiError;
pub use crate::runtime::BuildError;
pub use crate::runtime::DecodeError;
pub use crate::runtime::Error;
pub use crate::runtime::Result;
pub use crate::runtime::SendError;

/// The bodies that the API documents for error statuses.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ErrorBody {
    /// [`ErrorMessage`](crate::types::ErrorMessage)
    ErrorMessage(Box<types::ErrorMessage>),
}

impl ErrorBody {
    pub(crate) fn error_message(body: &[u8]) -> Option<Self> {
        decode::error_body(body, Self::ErrorMessage)
    }
}

/// One predicate for each documented error status.
impl Error {
    /// Whether the server answered with status 400, Bad Request.
    ///
    /// Bad request: missing or invalid fields.
    #[must_use]
    pub fn is_bad_request(&self) -> bool {
        self.is_api_status(400)
    }

    /// Whether the server answered with status 401, Unauthorized.
    ///
    /// Missing, invalid, or revoked API key.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.is_api_status(401)
    }

    /// Whether the server answered with status 402, Payment Required.
    ///
    /// Insufficient credits to dispatch a call. At least 25 credits are needed.
    #[must_use]
    pub fn is_insufficient_credits(&self) -> bool {
        self.is_api_status(402)
    }

    /// Whether the server answered with status 404, Not Found.
    ///
    /// Resource not found, or not owned by your account.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_api_status(404)
    }

    /// Whether the server answered with status 502, Bad Gateway.
    ///
    /// Upstream telephony provider error. Whether the call was placed all the same is not
    /// documented.
    #[must_use]
    pub fn is_upstream_provider_error(&self) -> bool {
        self.is_api_status(502)
    }
}
