//! Errors and responses that no call has given, for tests of what is made of them.

use std::{borrow::Cow, sync::OnceLock};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_core::de::DeserializeOwned;

use super::{
    answer::{ApiError, request_id},
    builder::ClientBuilder,
    decode,
    deviation::Deviations,
    error::{BuildError, Error, Result, SendError},
    memory::MemoryTransport,
    operation::Operation,
    provide::Given,
    redact::Secrets,
    response::{self, RawResponse, Reply},
    transport::TransportError,
};
use crate::error::ErrorBody;

/// What is said of the operation where there was none.
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
    /// An error that no call has given, for tests.
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            operation: None,
            message: message.into(),
            source: None,
        }
    }
}

impl SendError {
    /// An error that no call has given, for tests. [`Error::Connect`], [`Error::Timeout`] and
    /// [`Error::Transport`] take it.
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
    /// An error response that no server has given, for tests.
    ///
    /// Its body is not read: [`with_documented`](Self::with_documented) says what it is.
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
    /// What `send_raw` would give for a response with a JSON body, for tests.
    ///
    /// # Errors
    ///
    /// Fails with [`Error::Api`] where the status is none from 200 to 299. That the body is not what it
    /// should be is found by [`decode`](Self::decode), as ever.
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
