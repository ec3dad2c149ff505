//! A transport that prints requests and responses to the standard error, without secrets.

use std::time::{Duration, Instant};

use sdk::http::{HeaderMap, Request, Response};
use sdk::transport::{Body, BoxFuture, ReqwestTransport, Transport, TransportError};

use super::fault::Fault;
use super::secrets::Secrets;
use super::terminal::printable;

/// Prints what it sends and receives.
pub struct Verbose {
    transport: ReqwestTransport,
    secrets: Secrets,
}

impl Verbose {
    /// Creates a transport that prints.
    ///
    /// # Errors
    ///
    /// Returns an error if TLS cannot be set up.
    pub fn new(secrets: Secrets) -> Result<Self, Fault> {
        let transport = ReqwestTransport::new().map_err(|error| Fault::usage(error.to_string()))?;
        Ok(Self { transport, secrets })
    }

    fn print(&self, text: &str) {
        eprintln!("{}", printable(&self.secrets.redacted(text)));
    }

    fn headers(&self, sign: char, headers: &HeaderMap) {
        for (name, value) in headers {
            let text = match value.is_sensitive() || name == "set-cookie" {
                true => "***".into(),
                false => String::from_utf8_lossy(value.as_bytes()),
            };
            self.print(&format!("{sign} {name}: {text}"));
        }
    }
}

impl Transport for Verbose {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let started = Instant::now();
            self.print(&format!("> {} {}", request.method(), request.uri()));
            self.headers('>', request.headers());
            let response = self.transport.send(request).await;
            let elapsed = started.elapsed().as_millis();
            match &response {
                Ok(response) => {
                    self.print(&format!("< {} ({elapsed} ms)", response.status()));
                    self.headers('<', response.headers());
                }
                Err(error) => self.print(&format!("< {error} ({elapsed} ms)")),
            }
            response
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.transport.sleep(duration)
    }
}
