//! Methods to inspect an error.

use std::time::Duration;

use http::StatusCode;
use serde_core::de::DeserializeOwned;

use super::{error::Error, response_error::ApiError};

/// The kind of the error.
impl Error {
    /// Returns whether the request could not be built.
    #[must_use]
    pub fn is_build(&self) -> bool {
        matches!(self, Self::Build(_))
    }

    /// Returns whether the client is misconfigured.
    #[must_use]
    pub fn is_config(&self) -> bool {
        matches!(self, Self::Config(_))
    }

    /// Returns whether a credential is missing or malformed, or its provider failed. If the server rejects a
    /// credential, [`is_unauthorized`](Self::is_unauthorized) returns true instead.
    #[must_use]
    pub fn is_auth(&self) -> bool {
        matches!(self, Self::Auth(_))
    }

    /// Returns whether no connection could be established.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Connect(_))
    }

    /// Returns whether no complete response arrived in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout(_))
    }

    /// Returns whether the server returned a success status with a body that does not decode.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self, Self::Decode(_))
    }

    /// Returns whether the server returned an error status.
    #[must_use]
    pub fn is_api(&self) -> bool {
        matches!(self, Self::Api(_))
    }
}

/// The status of an error response.
impl Error {
    /// Returns whether the server returned this error status.
    pub(crate) fn is_api_status(&self, status: u16) -> bool {
        self.is_api_of(|returned| returned.as_u16() == status)
    }

    fn is_api_of(&self, test: impl Fn(StatusCode) -> bool) -> bool {
        self.as_api().is_some_and(|error| test(error.status()))
    }

    /// Returns whether the server returned status 400, Bad Request.
    #[must_use]
    pub fn is_bad_request(&self) -> bool {
        self.is_api_status(400)
    }

    /// Returns whether the server returned status 401, Unauthorized.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.is_api_status(401)
    }

    /// Returns whether the server returned status 403, Forbidden.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is_api_status(403)
    }

    /// Returns whether the server returned status 404, Not Found.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_api_status(404)
    }

    /// Returns whether the server returned status 409, Conflict.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is_api_status(409)
    }

    /// Returns whether the server returned status 429, Too Many Requests.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.is_api_status(429)
    }

    /// Returns whether the server returned a status from 400 to 499.
    #[must_use]
    pub fn is_client_error(&self) -> bool {
        self.is_api_of(|status| status.is_client_error())
    }

    /// Returns whether the server returned a status from 500 to 599.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.is_api_of(|status| status.is_server_error())
    }
}

/// The content of an error response.
impl Error {
    /// Returns the message in the error response, as [`ApiError::message`] does.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.as_api().and_then(ApiError::message)
    }

    /// Returns how long the server asks the client to wait, as [`ApiError::retry_after`] does.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.as_api().and_then(ApiError::retry_after)
    }

    /// Decodes the JSON body of the error response, as [`ApiError::body_as`] does.
    #[must_use]
    pub fn body_as<T: DeserializeOwned>(&self) -> Option<T> {
        self.as_api().and_then(ApiError::body_as)
    }
}
