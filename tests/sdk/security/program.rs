//! Runs all cases, which assert.

mod connections;
mod grants;
mod own;
mod providers;
mod secrets;
mod server;
mod tls;

use security::{Client, ClientBuilder, Error, RetryPolicy};
use server::Server;
use std::error::Error as _;
use std::time::Duration;
use tokio_rustls::rustls::crypto::CryptoProvider;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    if std::env::args().any(|argument| argument == "tls") {
        tls::all().await;
        println!("TLS by the system does the same");
        return;
    }
    if std::env::args().any(|argument| argument == "ring") {
        let provider = CryptoProvider::get_default;
        assert!(provider().is_none());
        tls::all().await;
        let suites = &provider().expect("ring").cipher_suites;
        assert!(!suites.is_empty());
        println!("TLS by rustls and ring does the same");
        return;
    }
    if std::env::args().any(|argument| argument == "no-provider") {
        let error = security::transport::ReqwestTransport::new();
        let error = error.expect_err("no provider");
        assert!(
            error.is_config() && told(&error).contains("install_default"),
            "{error}"
        );
        let provider = tokio_rustls::rustls::crypto::aws_lc_rs::default_provider();
        provider.install_default().expect("the first");
        tls::all().await;
        println!("TLS by rustls and the provider of the program does the same");
        return;
    }
    grants::all().await;
    providers::all().await;
    secrets::all().await;
    own::all().await;
    connections::all().await;
    tls::all().await;
    println!("credentials are got, kept and hidden");
}

pub fn builder(server: &Server) -> ClientBuilder {
    Client::builder()
        .base_url(format!("http://{}/v1", server.address))
        .retry(RetryPolicy::new(3).initial_backoff(Duration::from_millis(1)))
}

/// Returns an error with its causes as a log prints them, followed by its `Debug` output.
pub fn told(error: &Error) -> String {
    let mut text = format!("{error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}
