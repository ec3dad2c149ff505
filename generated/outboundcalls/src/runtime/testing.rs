//! Constructors of errors and responses, for tests.

use std::{borrow::Cow, sync::OnceLock};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_core::de::DeserializeOwned;

use super::{
    builder::ClientBuilder,
    decode,
    deviation::Deviations,
    error::{BuildError, Error, Result, SendError},
    memory::MemoryTransport,
    operation::Operation,
    provide::Given,
    redact::Secrets,
    response::{self, RawResponse, Reply},
    response_error::{ApiError, request_id},
    transport::TransportError,
};
use crate::error::ErrorBody;

/// The operation of errors that are created in tests.
static NO_OPERATION: Operation = Operation {
    id: "test",
    method: "GET",
    path: "/test",
    accept: "application/json",
    idempotent: true,
    security: &[],
    successes: &[],
    errors: &[],
};

impl BuildError {
    /// Creates an error without a request, for tests.
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            operation: None,
            message: message.into(),
            source: None,
        }
    }
}

impl SendError {
    /// Creates an error without a request, for tests. It is the content of [`Error::Connect`],
    /// [`Error::Timeout`] and [`Error::Transport`].
    #[must_use]
    pub fn new(attempts: u32, source: Option<TransportError>) -> Self {
        let cause = |source: &TransportError| source.cause(&Secrets::default());
        Self {
            operation: &NO_OPERATION,
            attempts,
            cause: source.as_ref().map(cause),
            source,
        }
    }
}

impl ApiError {
    /// Creates an error response, for tests.
    ///
    /// Its body is not decoded. [`with_documented`](Self::with_documented) sets the documented body.
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        Self {
            operation: &NO_OPERATION,
            status,
            shown_id: request_id(&headers).map(str::to_owned),
            headers,
            documented: None,
            message: OnceLock::new(),
            excerpt: response::excerpt(&body, &Secrets::default()),
            body,
        }
    }

    /// Sets the documented body.
    #[must_use]
    pub fn with_documented(mut self, body: ErrorBody) -> Self {
        self.documented = Some(body);
        self.message = OnceLock::new();
        self
    }
}

impl From<BuildError> for Error {
    fn from(error: BuildError) -> Self {
        Self::Build(Box::new(error))
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(Box::new(error))
    }
}

impl<T: DeserializeOwned> RawResponse<T> {
    /// Creates a response with a JSON body, for tests. `send_raw` returns such a response.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Api`] if the status is not from 200 to 299. A body that does not fit its type is an
    /// error of [`decode`](Self::decode).
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Result<Self> {
        let client = ClientBuilder::with_defaults("http://localhost", "test");
        let reply = Reply {
            core: client.transport(MemoryTransport::new()).finish()?,
            operation: &NO_OPERATION,
            status,
            headers,
            body: body.into(),
            fault: None,
            given: Given::default(),
            is_strict: false,
            deviations: Deviations::default(),
        };
        if !status.is_success() {
            return Err(reply.into_error());
        }
        Ok(Self::of(reply, decode::json))
    }
}
