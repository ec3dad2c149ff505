//! Bodies that are read as they arrive.

use std::future::Future;

use sdk::bytes::Bytes;
use sdk::{Download, Error};

use super::exchange::{Exchange, Response};

impl Exchange {
    pub fn download(
        download: impl Future<Output = Result<Download, Error>> + Send + 'static,
    ) -> Self {
        Self::Download(Box::pin(async move {
            let download = download.await?;
            let response = Response {
                status: download.status(),
                headers: download.headers().clone(),
                body: Bytes::new(),
            };
            Ok((response, download.into_body()))
        }))
    }
}
