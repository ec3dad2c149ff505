//! Errors for responses: an error status, or a body that does not decode.

use std::{error::Error as StdError, fmt, sync::OnceLock, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_core::de::DeserializeOwned;

use super::{decode, message, operation::Operation, retry};
use crate::error::ErrorBody;

/// Why and where a response body does not decode.
#[derive(Clone)]
pub struct DecodeError {
    /// Method and path template of the operation, or a description of what was decoded.
    pub(super) what: String,
    pub(super) status: Option<StatusCode>,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) fault: super::decode::Fault,
}

impl DecodeError {
    /// Returns the status of the response, or `None` if the data was not a response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// Returns the headers of the response, or no headers if the data was not a response. `Content-Encoding`
    /// is absent if the body was decompressed.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the whole body, decompressed. It is empty if it cannot be decompressed.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the JSON path of the error, such as `$.calls[3].duration`. A path of more than a thousand
    /// characters is truncated.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.fault.path
    }

    /// Returns the line of the error, starting at 1, or 0 if it is unknown.
    #[must_use]
    pub fn line(&self) -> usize {
        self.fault.line
    }

    /// Returns the column of the error in bytes, starting at 1, or 0 if it is unknown.
    #[must_use]
    pub fn column(&self) -> usize {
        self.fault.column
    }

    /// Returns the reason.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.fault.reason
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.what)?;
        if let Some(status) = self.status {
            write!(f, "{status}, but ")?;
        }
        write!(f, "the body does not decode: {}", self.fault.reason)?;
        match (self.fault.line, self.fault.column) {
            (0, _) if self.fault.path == "$" => Ok(()),
            (0, _) => write!(f, ", at {}", self.fault.path),
            (line, column) => {
                write!(f, ", at {} (line {line} column {column})", self.fault.path)
            }
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("what", &self.what)
            .field("status", &self.status)
            .field("fault", &self.fault)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

impl StdError for DecodeError {}

/// An error response.
#[derive(Clone)]
pub struct ApiError {
    pub(super) operation: &'static Operation,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) documented: Option<ErrorBody>,
    /// Computed on first use.
    pub(super) message: OnceLock<Option<String>>,
    /// The beginning of the body on one line, with credentials redacted.
    pub(super) excerpt: String,
    /// The request id, with credentials redacted.
    pub(super) shown_id: Option<String>,
}

impl ApiError {
    /// Returns the operation's `operationId` in the API description.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// Returns the status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the request id from the response header `x-request-id` or `request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns the whole body, decompressed. It is empty if it could not be read.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the decoded body if the API documents one for this status and the body fits it.
    #[must_use]
    pub fn documented(&self) -> Option<&ErrorBody> {
        self.documented.as_ref()
    }

    /// Returns the human-readable message in the body, such as `message`, `error.message` or `detail`.
    ///
    /// If the API description documents the body, the message is read from the documented property. Otherwise
    /// the client looks under common names. The text is as the server sent it, so it may repeat parts of the
    /// request.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        let documented = || {
            self.documented
                .as_ref()
                .map_or(&[][..], ErrorBody::message_path)
        };
        let find = || message::find(&self.body, documented());
        self.message.get_or_init(find).as_deref()
    }

    /// Returns how long the server asks the client to wait, from the header `Retry-After`.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry::retry_after(&self.headers)
    }

    /// Decodes the JSON body as a `T`. Returns `None` if it does not fit.
    #[must_use]
    pub fn body_as<T: DeserializeOwned>(&self) -> Option<T> {
        decode::read(&self.body).ok()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.status)?;
        if !self.excerpt.is_empty() {
            write!(f, ": {}", self.excerpt)?;
        }
        Ok(())
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("request_id", &self.shown_id)
            .field("body", &self.excerpt)
            .finish_non_exhaustive()
    }
}

impl StdError for ApiError {}

/// Returns the request id under either common header name.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["x-request-id", "request-id"]
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok())
}
