//! Responses that are read while they arrive.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::{
    error::Result,
    runtime::{Body, Opened, Request},
};

/// A successful response whose body is read as it arrives. It is never held in memory as a whole.
pub struct Download {
    opened: Opened,
}

impl Download {
    pub(crate) async fn open(request: Request) -> Result<Self> {
        let opened = request.open().await?;
        Ok(Self { opened })
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.opened.reply.status()
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.opened.reply.headers()
    }

    /// Returns how many bytes remain, if the server has sent the length. For a compressed body it is unknown.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.opened.body.length()
    }

    /// Returns the next chunk of the body, or `None` at its end.
    ///
    /// # Errors
    ///
    /// Returns the error of the connection, or a timeout if a chunk takes longer than the timeout of one
    /// attempt. Chunks that were already returned stay valid.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        self.opened.chunk().await
    }

    /// Returns the body as a stream, without a timeout.
    #[must_use]
    pub fn into_body(self) -> Body {
        self.opened.body
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("status", &self.status())
            .field("body", &self.opened.body)
            .finish_non_exhaustive()
    }
}
