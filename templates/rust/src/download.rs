//! Answers that are read while they arrive.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::{
    error::Result,
    runtime::{Body, Opened, Request},
};

/// A successful response whose body is still on its way. It is read piece by piece, and never held
/// as a whole.
pub struct Download {
    opened: Opened,
}

impl Download {
    pub(crate) async fn open(request: Request) -> Result<Self> {
        let opened = request.open().await?;
        Ok(Self { opened })
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.opened.reply.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.opened.reply.headers()
    }

    /// How many bytes are still to come, where the server has said it. Of a compressed body it is not
    /// known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.opened.body.length()
    }

    /// The next piece of the body; `None` at its end.
    ///
    /// # Errors
    ///
    /// Fails when the connection does, and when a piece takes longer than the time limit of an
    /// attempt. What has arrived until then stands.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        self.opened.chunk().await
    }

    /// The body as a stream, without a time limit.
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
