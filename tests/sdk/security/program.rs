//! Runs all cases; each asserts.

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

#[tokio::main(flavor = "current_thread")]
async fn main() {
    if std::env::args().any(|argument| argument == "tls") {
        tls::all().await;
        println!("TLS by the system does the same");
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
        .retry(RetryPolicy::new(3).base(Duration::from_millis(1)))
}

/// An error with its causes, as a log has it, and as `Debug` shows it.
pub fn told(error: &Error) -> String {
    let mut text = format!("{error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}
