//! Errors.

use std::{borrow::Cow, error::Error as StdError, fmt, sync::Arc};

use http::StatusCode;

use super::{
    operation::Operation,
    response_error::{ApiError, DecodeError, request_id},
    transport::TransportError,
};
use crate::error::ErrorBody;

/// The result of a request.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of a client or of a request.
///
/// It is one pointer in size. Its text is one line that never contains a credential or a query value. If
/// there is no response, the text names the host and the innermost cause. [`source`](StdError::source)
/// returns the whole chain of causes.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request cannot be built from its arguments or options. Nothing was sent.
    Build(Box<BuildError>),
    /// The client is misconfigured: a setting or an environment variable is invalid, or the transport is
    /// missing. Nothing was sent.
    Config(Box<BuildError>),
    /// A credential is missing or malformed, or its provider failed. Nothing was sent.
    Auth(Box<BuildError>),
    /// No connection could be established. Nothing was sent.
    Connect(Box<SendError>),
    /// No complete response arrived in time. The server may have received the request.
    Timeout(Box<SendError>),
    /// The connection failed, or the response was too large. The server may have received the request.
    Transport(Box<SendError>),
    /// The server returned a success status, but the body does not decode.
    Decode(Box<DecodeError>),
    /// The server returned an error status: any status outside of 200–299. A redirect that the client does
    /// not follow is also one, unless the API documents it.
    Api(Box<ApiError>),
}

impl Error {
    pub(crate) fn build(message: impl Into<Cow<'static, str>>) -> Self {
        Self::Build(Box::new(BuildError::new(message)))
    }

    pub(crate) fn config(message: impl Into<Cow<'static, str>>) -> Self {
        Self::Config(Box::new(BuildError::new(message)))
    }

    pub(crate) fn auth(message: impl Into<Cow<'static, str>>) -> Self {
        Self::Auth(Box::new(BuildError::new(message)))
    }

    fn unsent_mut(&mut self) -> Option<&mut BuildError> {
        match self {
            Self::Build(error) | Self::Config(error) | Self::Auth(error) => Some(error),
            _ => None,
        }
    }

    /// Adds the cause, if nothing was sent.
    pub(crate) fn because(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        if let Some(error) = self.unsent_mut() {
            error.source = Some(Arc::from(cause.into()));
        }
        self
    }

    /// Creates the error for a wait whose deadline has passed after this many requests.
    pub(crate) fn overdue(operation: &'static Operation, attempts: u32) -> Self {
        Self::Timeout(Box::new(SendError {
            operation,
            attempts,
            cause: None,
            source: None,
        }))
    }

    /// Sets the operation, if nothing was sent.
    pub(super) fn of(mut self, operation: &'static Operation) -> Self {
        if let Some(error) = self.unsent_mut() {
            error.operation = Some(operation);
        }
        self
    }

    /// Returns the status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Decode(error) => error.status(),
            Self::Api(error) => Some(error.status()),
            _ => None,
        }
    }

    /// Returns the request id from the response header `x-request-id` or `request-id`. Include it if you
    /// contact the API's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Decode(error) => request_id(error.headers()),
            Self::Api(error) => error.request_id(),
            _ => None,
        }
    }

    /// Returns the error response, if there is one.
    #[must_use]
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the documented body of the error response, if there is one.
    #[must_use]
    pub fn documented(&self) -> Option<&ErrorBody> {
        self.as_api().and_then(ApiError::documented)
    }

    /// Returns whether the server may have received the request.
    ///
    /// If it returns `false`, nothing was sent, so it is safe to send the request again. If it returns
    /// `true`, check the state on the server before you send again a request that must not take effect twice.
    #[must_use]
    pub fn may_have_reached_server(&self) -> bool {
        use Error::{Auth, Build, Config, Connect};
        !matches!(self, Build(_) | Config(_) | Auth(_) | Connect(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Build(error) | Self::Config(error) | Self::Auth(error) => error.fmt(f),
            Self::Connect(error) => error.write(f, "could not connect to the server"),
            Self::Timeout(error) => error.write(f, "no complete response in time"),
            Self::Transport(error) => error.write(f, "the exchange with the server failed"),
            Self::Decode(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
        }
    }
}

impl StdError for Error {
    // The text of an error is that of its variant's content. Returning the content as the source would print
    // it twice.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Build(error) | Self::Config(error) | Self::Auth(error) => error.source(),
            Self::Connect(error) | Self::Timeout(error) | Self::Transport(error) => error.source(),
            Self::Decode(_) | Self::Api(_) => None,
        }
    }
}

/// A request or a client that could not be built, or a credential that could not be used. Nothing was sent.
#[derive(Clone, Debug)]
pub struct BuildError {
    pub(super) operation: Option<&'static Operation>,
    pub(super) message: Cow<'static, str>,
    pub(super) source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl BuildError {
    /// Adds the cause.
    pub(crate) fn caused_by(mut self, cause: impl StdError + Send + Sync + 'static) -> Self {
        self.source = Some(Arc::new(cause));
        self
    }

    /// Returns the operation's `operationId` in the API description, if there is one.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.operation.map(|operation| operation.id)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation {
            write!(f, "{operation}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl StdError for BuildError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}

/// A request without a complete response.
#[derive(Debug)]
pub struct SendError {
    pub(super) operation: &'static Operation,
    pub(super) attempts: u32,
    /// Host and innermost cause, with credentials redacted.
    pub(super) cause: Option<String>,
    pub(super) source: Option<TransportError>,
}

impl SendError {
    /// Returns the operation's `operationId` in the API description.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// Returns the number of attempts.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, what: &str) -> fmt::Result {
        write!(f, "{}: {what}", self.operation)?;
        if self.attempts > 1 {
            write!(f, " ({} attempts)", self.attempts)?;
        }
        match &self.cause {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, "there is no response")
    }
}

impl StdError for SendError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
