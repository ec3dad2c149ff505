//! Errors that a response is: by its status, or by its body.

use std::{error::Error as StdError, fmt, sync::OnceLock, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_core::de::DeserializeOwned;

use super::{decode, message, operation::Operation, retry};
use crate::error::ErrorBody;

/// Where and why a body is not what it should be.
#[derive(Clone)]
pub struct DecodeError {
    /// Method and path template, or what else was decoded.
    pub(super) what: String,
    pub(super) status: Option<StatusCode>,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) fault: super::decode::Fault,
}

impl DecodeError {
    /// The status of the response; `None` when it was no response that was decoded.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// The headers of the response; none when it was no response that was decoded. `Content-Encoding` is
    /// not among them if the body was decompressed.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The whole body, decompressed; empty if it cannot be decompressed.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Where in the JSON it went wrong, as in `$.calls[3].duration`. A path of more than a thousand
    /// characters is cut.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.fault.path
    }

    /// Returns the line of the fault, from 1; 0 if it is not known.
    #[must_use]
    pub fn line(&self) -> usize {
        self.fault.line
    }

    /// Returns the column of the fault, in bytes, from 1; 0 if it is not known.
    #[must_use]
    pub fn column(&self) -> usize {
        self.fault.column
    }

    /// What was wrong.
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
    /// Found when it is first asked for.
    pub(super) message: OnceLock<Option<String>>,
    /// The beginning of the body on one line, with no credential in it.
    pub(super) excerpt: String,
    /// The id of the request, with no credential in it.
    pub(super) shown_id: Option<String>,
}

impl ApiError {
    /// The operation, by its name in the API's description.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The id that the server gave the request, from the response header `x-request-id` or
    /// `request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The whole body, decompressed; empty if it could not be read.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body that the API documents for this status; `None` when it documents none, or when the
    /// body was something else.
    #[must_use]
    pub fn documented(&self) -> Option<&ErrorBody> {
        self.documented.as_ref()
    }

    /// Returns the message that the body has for people, such as `message`, `error.message` or `detail`.
    ///
    /// The property is taken from the API's description if it documents the body, and is looked for under
    /// usual names otherwise. The text is as the server sent it, so it may repeat what was sent.
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

    /// Returns how long the server asks to wait before the next request, from the header `Retry-After`.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry::retry_after(&self.headers)
    }

    /// Decodes the JSON body as any type; `None` if it does not fit.
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

/// The id that a server gave a request, under either usual name.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["x-request-id", "request-id"]
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok())
}
