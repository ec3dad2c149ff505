//! Errors, and the documented error statuses.
//!
//! | status | documented meaning | predicate |
//! | --- | --- | --- |
//! | 400 | Bad request: missing or invalid fields. | [`Error::is_bad_request`] |
//! | 401 | Missing, invalid, or revoked API key. | [`Error::is_unauthorized`] |
//! | 402 | Insufficient credits to dispatch a call. | [`Error::is_insufficient_credits`] |
//! | 404 | Resource not found, or not owned by your account. | [`Error::is_not_found`] |
//! | 502 | Upstream telephony provider error. | [`Error::is_upstream_provider_error`] |
//!
//! Any other error status is also an [`Error::Api`], which has the body. [`Error::message`] returns the
//! message in it, and [`Error::body_as`] decodes it as your own type.

use crate::runtime::decode;
use crate::types;

pub use crate::runtime::ApiError;
pub use crate::runtime::BuildError;
pub use crate::runtime::DecodeError;
pub use crate::runtime::Error;
pub use crate::runtime::Result;
pub use crate::runtime::SendError;

/// The error bodies that the API documents.
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

    /// Returns the JSON path of the message in a body, or an empty path if none is documented.
    pub(crate) fn message_path(&self) -> &'static [&'static str] {
        match *self {
            Self::ErrorMessage(_) => &["message"],
        }
    }
}

/// Predicates for the other documented error statuses.
impl Error {
    /// Returns whether the server returned status 402, Payment Required.
    ///
    /// Insufficient credits to dispatch a call. At least 25 credits are needed.
    #[must_use]
    pub fn is_insufficient_credits(&self) -> bool {
        self.is_api_status(402)
    }

    /// Returns whether the server returned status 502, Bad Gateway.
    ///
    /// Upstream telephony provider error. Whether the call was placed anyway is not documented.
    #[must_use]
    pub fn is_upstream_provider_error(&self) -> bool {
        self.is_api_status(502)
    }
}
